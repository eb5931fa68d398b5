/** Asks to see named fields themselves, and says why. What is asked, by whom and for what stands in the ledger. */
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextArea } from '../../ui/field.tsx';
import { Notice } from '../../ui/states.tsx';
import { CallError } from '../api/call.ts';
import { askApproval, type Opened, reveal } from '../api/customers.ts';
import { Failed } from '../failed.tsx';
import { GroundFields, groundOf, useFirstDraft } from '../find/ground-fields.tsx';
import type { Ground } from '../ground.ts';
import { useSay, useSayName } from '../language.ts';
import { StepUp } from '../step-up.tsx';

const MOST = 5;

interface RevealProps {
  readonly customer: string;
  readonly ground: Ground;
  /** Fields that are not shown whole. */
  readonly fields: readonly string[];
  readonly onRevealed: (opened: Opened) => void;
  readonly onClose: () => void;
}

export function RevealDialog({ customer, ground, fields, onRevealed, onClose }: RevealProps) {
  const say = useSay();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const [draft, setDraft] = useState(useFirstDraft(ground));
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => reveal(customer, groundOf(draft), chosen, reason.trim()),
    onSuccess(opened) {
      onRevealed(opened);
      onClose();
    },
  });
  const code = error instanceof CallError ? error.code : null;
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <Dialog title={say('reveal.title')} closeLabel={say('do.close')} onClose={onClose}>
      {code === 'step_up_required' ? (
        <StepUp onDone={() => mutate()} />
      ) : (
        <form onSubmit={send} className="space-y-4">
          <p className="text-soft">{say('reveal.lead')}</p>
          <Choice fields={fields} chosen={chosen} onChange={setChosen} />
          <GroundFields draft={draft} onChange={setDraft} />
          <TextArea
            label={say('reveal.reason')}
            hint={say('reveal.reasonHint')}
            required
            rows={2}
            maxLength={500}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
          {code === 'approval_required' ? (
            <AskSecond customer={customer} ground={groundOf(draft)} fields={chosen} reason={reason.trim()} />
          ) : (
            error !== null && <Failed error={error} />
          )}
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>{say('do.cancel')}</Button>
            <Button type="submit" look="main" busy={isPending} disabled={chosen.length === 0}>
              {say('reveal.do')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

interface ChoiceProps {
  readonly fields: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

function Choice({ fields, chosen, onChange }: ChoiceProps) {
  const say = useSay();
  const name = useSayName();
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{say('reveal.fields', { most: MOST })}</legend>
      <div className="grid gap-x-4 sm:grid-cols-2">
        {fields.map((field) => {
          const on = chosen.includes(field);
          return (
            <label key={field} className="flex min-h-8 items-center gap-2">
              <input
                type="checkbox"
                checked={on}
                disabled={!on && chosen.length >= MOST}
                onChange={() => onChange(on ? chosen.filter((each) => each !== field) : [...chosen, field])}
                className="size-4"
              />
              {name('field', field)}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

interface AskProps {
  readonly customer: string;
  readonly ground: Ground;
  readonly fields: readonly string[];
  readonly reason: string;
}

/** Highly sensitive fields open when a second person agrees. */
function AskSecond({ customer, ground, fields, reason }: AskProps) {
  const say = useSay();
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: () => askApproval(customer, ground, fields, reason),
  });
  if (data !== undefined)
    return <Notice look="good" title={say(data.state === 'asked' ? 'approval.asked' : 'approval.delayed')} />;
  return (
    <Notice look="warn" title={say('error.approval_required')}>
      {error !== null && <Failed error={error} />}
      <Button className="mt-2" busy={isPending} onClick={() => mutate()}>
        {say('approval.ask')}
      </Button>
    </Notice>
  );
}
