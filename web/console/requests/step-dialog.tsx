/** A step that needs a reason, a proof, or a second thought. */
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Extension, Proof, Refusal, RequestStep } from '../../../contract/requests.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Loading, Notice } from '../../ui/states.tsx';
import { readCatalog } from '../api/catalog.ts';
import type { OneRequest, Step } from '../api/requests.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay, useSayName } from '../language.ts';
import { EXTENSIONS, PROOFS, REFUSALS } from './lists.ts';
import { needsSecondPerson, SecondPerson } from './second-person.tsx';
import { Stays } from './stays.tsx';

interface StepDialogProps {
  readonly step: RequestStep;
  readonly read: OneRequest;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onTake: (step: Step) => void;
  readonly onClose: () => void;
}

export function StepDialog({ step, read, busy, error, onTake, onClose }: StepDialogProps) {
  const say = useSay();
  const { request } = read;
  const erases = step === 'fulfil' && request.kind === 'erasure';
  const [more, setMore] = useState<Omit<Step, 'step'> | null>(needs(step, read) ? null : {});
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (more !== null) onTake({ step, ...more });
  };
  const alone = needsSecondPerson(error);
  const title = say(step === 'fulfil' ? `request.fulfil.${request.kind}` : `request.do.${step}`);
  return (
    <Dialog title={title} closeLabel={say('do.close')} onClose={onClose}>
      <form onSubmit={send} className="space-y-4">
        {step === 'fulfil' && <p>{say(`request.means.${request.kind}`)}</p>}
        {(step === 'withdraw' || step === 'appeal' || step === 'lift') && (
          <p>{say(`request.sure.${step}`)}</p>
        )}
        {step === 'prove' && <Proofs onPick={(proof) => setMore({ proof })} />}
        {step === 'extend' && <Longer read={read} onPick={(because) => setMore({ because })} />}
        {step === 'refuse' && <Reasons onPick={(because) => setMore({ because })} />}
        {step === 'fulfil' && request.kind === 'correction' && (
          <Corrected onPick={(fields) => setMore(fields.length === 0 ? null : { fields })} />
        )}
        {erases && read.stays.length > 0 && (
          <Notice look="plain" title={say('request.stays')}>
            <div className="mt-2">
              <Stays stays={read.stays} />
            </div>
          </Notice>
        )}
        {error !== null && (alone ? <SecondPerson customer={request.customer} /> : <Failed error={error} />)}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{say('do.cancel')}</Button>
          <Button
            type="submit"
            look={erases || step === 'refuse' ? 'danger' : 'main'}
            busy={busy}
            disabled={more === null || alone}
          >
            {title}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Something has to be chosen first. */
function needs(step: RequestStep, { request }: OneRequest): boolean {
  return ['prove', 'extend', 'refuse'].includes(step) || (step === 'fulfil' && request.kind === 'correction');
}

interface PickProps<Name extends string> {
  readonly onPick: (name: Name) => void;
}

function Proofs({ onPick }: PickProps<Proof>) {
  const say = useSay();
  return (
    <Choice
      label={say('request.proof')}
      hint={say('request.proofHint')}
      options={PROOFS.map((value) => ({ value, label: say(`request.proof.${value}`) }))}
      onPick={onPick}
    />
  );
}

function Longer({ read, onPick }: PickProps<Extension> & { readonly read: OneRequest }) {
  const say = useSay();
  const format = useFormat();
  const { extendableTo } = read.clock;
  return (
    <Choice
      label={say('request.extendBecause')}
      {...(extendableTo === null
        ? {}
        : { hint: say('request.extendTo', { day: format.day(`${extendableTo}T12:00`) }) })}
      options={EXTENSIONS.map((value) => ({ value, label: say(`request.because.${value}`) }))}
      onPick={onPick}
    />
  );
}

function Reasons({ onPick }: PickProps<Refusal>) {
  const say = useSay();
  return (
    <Choice
      label={say('request.refusedBecause')}
      hint={say('request.refuseHint')}
      options={REFUSALS.map((value) => ({ value, label: say(`request.refusal.${value}`) }))}
      onPick={onPick}
    />
  );
}

interface ChoiceProps<Name extends string> extends PickProps<Name> {
  readonly label: string;
  readonly hint?: string;
  readonly options: readonly { readonly value: Name; readonly label: string }[];
}

function Choice<Name extends string>({ label, hint, options, onPick }: ChoiceProps<Name>) {
  const say = useSay();
  const [value, setValue] = useState('');
  return (
    <SelectField
      label={label}
      {...(hint === undefined ? {} : { hint })}
      required
      value={value}
      onChange={({ target }) => {
        setValue(target.value);
        const picked = options.find((each) => each.value === target.value);
        if (picked !== undefined) onPick(picked.value);
      }}
      options={[...(value === '' ? [{ value: '', label: say('request.choose') }] : []), ...options]}
    />
  );
}

/** A correction ends when the shop's system has sent the right values: which ones were these? */
function Corrected({ onPick }: { readonly onPick: (fields: readonly string[]) => void }) {
  const say = useSay();
  const name = useSayName();
  const [picked, setPicked] = useState<readonly string[]>([]);
  const { data, error, refetch } = useQuery({ queryKey: ['catalog'], queryFn: readCatalog });
  if (error !== null) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading label={say('state.loading')} />;
  const toggle = (field: string) => {
    const next = picked.includes(field) ? picked.filter((each) => each !== field) : [...picked, field];
    setPicked(next);
    onPick(next);
  };
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{say('request.whichFields')}</legend>
      <div className="grid max-h-56 gap-1 overflow-y-auto sm:grid-cols-2">
        {data.fields.map((field) => (
          <label key={field.name} className="flex min-h-8 items-center gap-2">
            <input
              type="checkbox"
              checked={picked.includes(field.name)}
              onChange={() => toggle(field.name)}
            />
            {name('field', field.name)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
