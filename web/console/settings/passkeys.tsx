/** One's passkeys. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { CallError } from '../api/call.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { addPasskey, listPasskeys, passkeysHere, removePasskey } from '../passkey.ts';
import { Sheet } from '../shell/page.tsx';
import { StepUp } from '../step-up.tsx';

export function Passkeys() {
  const say = useSay();
  const format = useFormat();
  const queries = useQueryClient();
  const { data, error } = useQuery({ queryKey: ['passkeys'], queryFn: listPasskeys });
  const removing = useMutation({
    mutationFn: removePasskey,
    onSettled: () => queries.invalidateQueries({ queryKey: ['passkeys'] }),
  });
  const passkeys = data?.passkeys ?? [];
  return (
    <Sheet title={say('passkeys.title')}>
      <p className="mb-3 text-soft">{say('passkeys.lead')}</p>
      {error !== null && <Failed error={error} />}
      {needsStepUp(removing.error) ? (
        <StepUp onDone={() => removing.mutate(removing.variables!)} />
      ) : (
        removing.error !== null && <Failed error={removing.error} />
      )}
      {data !== undefined && passkeys.length === 0 && <p className="mb-3">{say('passkeys.none')}</p>}
      {passkeys.length > 0 && (
        <ul className="mb-4 divide-y divide-line rounded-md border border-line">
          {passkeys.map(({ id, label, createdAt }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-3 px-3 py-2">
              <span>
                {label}
                <span className="ml-2 text-xs text-soft">
                  {say('passkeys.added', { day: format.day(createdAt) })}
                </span>
              </span>
              <Button
                look="danger"
                aria-label={say('passkeys.removeOf', { label })}
                onClick={() => removing.mutate(id)}
              >
                {say('passkeys.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {passkeysHere && <Add />}
    </Sheet>
  );
}

function needsStepUp(error: unknown): boolean {
  return error instanceof CallError && error.code === 'step_up_required';
}

function Add() {
  const say = useSay();
  const queries = useQueryClient();
  const [label, setLabel] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => addPasskey(label.trim()),
    onSuccess() {
      setLabel('');
      void queries.invalidateQueries({ queryKey: ['passkeys'] });
    },
  });
  if (needsStepUp(error)) return <StepUp onDone={() => mutate()} />;
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <form onSubmit={send} className="max-w-sm space-y-3">
      <TextField
        label={say('passkeys.label')}
        required
        maxLength={60}
        value={label}
        onChange={({ target }) => setLabel(target.value)}
      />
      {error !== null && <Failed error={error} />}
      <Button type="submit" busy={isPending}>
        {say('passkeys.add')}
      </Button>
    </form>
  );
}
