/** The second factor: six digits of the app, or one of the codes on paper. */
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { type SignedInStep, signInByCode } from '../api/own.ts';
import { Failed } from '../failed.tsx';
import { useSay } from '../language.ts';
import { StepTitle } from './outside.tsx';

export function CodeForm({
  onNext,
  recovery = false,
}: {
  readonly onNext: (step: SignedInStep) => void;
  readonly recovery?: boolean;
}) {
  const say = useSay();
  const [code, setCode] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: (given: string) => signInByCode(given),
    onSuccess: onNext,
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate(recovery ? code.trim() : code.replace(/\s/g, ''));
  };
  return (
    <form onSubmit={send} className="space-y-4">
      <TextField
        key={String(recovery)}
        label={say(recovery ? 'code.recovery' : 'code.digits')}
        inputMode={recovery ? 'text' : 'numeric'}
        autoComplete="one-time-code"
        autoFocus
        required
        minLength={6}
        value={code}
        onChange={({ target }) => setCode(target.value)}
        className={recovery ? 'font-mono' : 'font-mono text-base tracking-[0.3em]'}
      />
      {error !== null && <Failed error={error} />}
      <Button type="submit" look="main" size="large" busy={isPending} className="w-full">
        {say('signIn.enter')}
      </Button>
    </form>
  );
}

export function CodeStep({
  onNext,
  onBack,
}: {
  readonly onNext: (step: SignedInStep) => void;
  readonly onBack: () => void;
}) {
  const say = useSay();
  const [recovery, setRecovery] = useState(false);
  return (
    <>
      <StepTitle title={say('code.title')}>{say(recovery ? 'code.recoveryHint' : 'code.hint')}</StepTitle>
      <CodeForm key={String(recovery)} onNext={onNext} recovery={recovery} />
      <div className="mt-4 flex flex-wrap justify-between gap-2">
        <Button look="quiet" onClick={onBack} className="-ml-3">
          {say('do.back')}
        </Button>
        <Button look="quiet" onClick={() => setRecovery(!recovery)} className="-mr-3">
          {say(recovery ? 'code.useApp' : 'code.useRecovery')}
        </Button>
      </div>
    </>
  );
}
