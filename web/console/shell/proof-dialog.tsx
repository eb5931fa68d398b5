/** Asks for a code before something that needs a new proof; it stands over whatever is open. */
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { stepUp } from '../api/own.ts';
import { onProofNeeded } from '../api/proved.ts';
import { Failed } from '../failed.tsx';
import { useSay } from '../language.ts';

export function ProofDialog() {
  const say = useSay();
  const [answer, setAnswer] = useState<((given: boolean) => void) | null>(null);
  useEffect(() => {
    onProofNeeded(() => new Promise((resolve) => setAnswer(() => resolve)));
    return () => onProofNeeded(async () => false);
  }, []);
  if (answer === null) return null;
  const end = (given: boolean) => {
    setAnswer(null);
    answer(given);
  };
  return (
    <Dialog title={say('proof.title')} closeLabel={say('do.close')} onClose={() => end(false)}>
      <ProofForm onGiven={() => end(true)} />
    </Dialog>
  );
}

function ProofForm({ onGiven }: { readonly onGiven: () => void }) {
  const say = useSay();
  const [code, setCode] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => stepUp(code.replace(/\s/g, '')),
    onSuccess: onGiven,
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <form onSubmit={send} className="space-y-3">
      <p className="text-soft">{say('proof.why')}</p>
      <TextField
        label={say('code.digits')}
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        required
        minLength={6}
        value={code}
        onChange={({ target }) => setCode(target.value)}
        className="font-mono text-base tracking-[0.3em]"
      />
      {error !== null && <Failed error={error} />}
      <Button type="submit" look="main" busy={isPending}>
        {say('proof.do')}
      </Button>
    </form>
  );
}
