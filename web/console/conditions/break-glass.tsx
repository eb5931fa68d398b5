/** Opens a customer without order or case, for a reason, at once; it alerts and has to be reviewed. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/states.tsx';
import { breakGlass } from '../api/conditions.ts';
import { Failed } from '../failed.tsx';
import { GroundFields, useFirstDraft } from '../find/ground-fields.tsx';
import { cleaned, kindOf } from '../find/kind-of.ts';
import { keepGround } from '../ground.ts';
import { useSay } from '../language.ts';

export function BreakGlass({ onClose }: { readonly onClose: () => void }) {
  const say = useSay();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [whom, setWhom] = useState('');
  const [reason, setReason] = useState('');
  const [draft, setDraft] = useState(useFirstDraft());
  const { mutate, isPending, error } = useMutation({
    mutationFn() {
      const kind = kindOf(whom);
      return breakGlass({ kind, value: cleaned(kind, whom) }, draft.purpose, reason.trim());
    },
    onSuccess({ customer }) {
      keepGround(customer, { purpose: draft.purpose, evidence: { kind: 'reason', value: reason.trim() } });
      void queries.invalidateQueries({ queryKey: ['glass'] });
      onClose();
      void navigate({ to: '/customers/$id', params: { id: customer } });
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <Dialog title={say('glass.break')} closeLabel={say('do.close')} onClose={onClose}>
      <form onSubmit={send} className="space-y-4">
        <Notice look="warn">{say('glass.warning')}</Notice>
        <TextField
          label={say('find.what')}
          required
          maxLength={254}
          autoComplete="off"
          value={whom}
          onChange={({ target }) => setWhom(target.value)}
        />
        <GroundFields draft={draft} onChange={setDraft} without />
        <TextArea
          label={say('glass.reason')}
          required
          rows={3}
          maxLength={500}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
        {error !== null && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{say('do.cancel')}</Button>
          <Button type="submit" look="danger" busy={isPending}>
            {say('glass.break')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
