/** Writes down what a customer asked for: first who, then what. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Proof, RequestChannel, RequestKind } from '../../../contract/requests.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/states.tsx';
import { createRequest } from '../api/requests.ts';
import { Failed } from '../failed.tsx';
import { useSay } from '../language.ts';
import { FindWhom } from './find-whom.tsx';
import { CHANNELS, KINDS, PROOFS } from './lists.ts';

interface NewRequestProps {
  /** Known already; absent: it is asked first. */
  readonly customer?: string;
  readonly onClose: () => void;
}

export function NewRequest({ customer, onClose }: NewRequestProps) {
  const say = useSay();
  const [whom, setWhom] = useState(customer ?? null);
  return (
    <Dialog title={say('request.new')} closeLabel={say('do.close')} onClose={onClose}>
      {whom === null ? <FindWhom onFound={setWhom} /> : <RequestForm customer={whom} onClose={onClose} />}
    </Dialog>
  );
}

interface Draft {
  readonly kind: RequestKind;
  readonly channel: RequestChannel;
  /** `YYYY-MM-DD`, here. */
  readonly day: string;
  readonly proof: Proof | '';
}

/** Today as the calendar on this desk has it. */
function todayHere(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

function RequestForm({ customer, onClose }: { readonly customer: string; readonly onClose: () => void }) {
  const say = useSay();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Draft>({ kind: 'access', channel: 'mail', day: todayHere(), proof: '' });
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: ({ kind, channel, day, proof }: Draft) =>
      createRequest({
        ...{ customer, kind, channel },
        ...(day === todayHere() ? {} : { receivedAt: new Date(`${day}T12:00`).toISOString() }),
        ...(proof === '' ? {} : { proof }),
      }),
    onSuccess({ request, joined }) {
      void queries.invalidateQueries({ queryKey: ['requests'] });
      if (!joined) open(request.id);
    },
  });
  const open = (id: string) => {
    onClose();
    void navigate({ to: '/requests/$id', params: { id } });
  };
  if (data?.joined === true)
    return (
      <div className="space-y-4">
        <Notice look="warn" title={say('request.joined', { number: data.request.number })} />
        <div className="flex justify-end">
          <Button look="main" onClick={() => open(data.request.id)}>
            {say('request.openIt')}
          </Button>
        </div>
      </div>
    );
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate(draft);
  };
  return (
    <form onSubmit={send} className="space-y-4">
      <Fields draft={draft} onChange={setDraft} />
      {error !== null && <Failed error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{say('do.cancel')}</Button>
        <Button type="submit" look="main" busy={isPending}>
          {say('request.keep')}
        </Button>
      </div>
    </form>
  );
}

function Fields({ draft, onChange }: { readonly draft: Draft; readonly onChange: (draft: Draft) => void }) {
  const say = useSay();
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <SelectField
        label={say('request.column.kind')}
        value={draft.kind}
        onChange={({ target }) => onChange({ ...draft, kind: target.value as RequestKind })}
        options={KINDS.map((value) => ({ value, label: say(`request.kind.${value}`) }))}
      />
      <SelectField
        label={say('request.column.channel')}
        value={draft.channel}
        onChange={({ target }) => onChange({ ...draft, channel: target.value as RequestChannel })}
        options={CHANNELS.map((value) => ({ value, label: say(`request.channel.${value}`) }))}
      />
      <TextField
        label={say('request.column.received')}
        type="date"
        required
        max={todayHere()}
        value={draft.day}
        onChange={({ target }) => onChange({ ...draft, day: target.value })}
      />
      <SelectField
        label={say('request.proof')}
        hint={say('request.proofHint')}
        value={draft.proof}
        onChange={({ target }) => onChange({ ...draft, proof: target.value as Proof | '' })}
        options={[
          { value: '', label: say('request.unproved') },
          ...PROOFS.map((value) => ({ value, label: say(`request.proof.${value}`) })),
        ]}
      />
    </div>
  );
}
