/** Signing in: who, then a code, or the first set-up of one. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { SignedInStep } from '../api/own.ts';
import { useSay } from '../language.ts';
import { SESSION } from '../session.ts';
import { CodeStep } from './code-step.tsx';
import { EnrolStep } from './enrol-step.tsx';
import { Outside } from './outside.tsx';
import { PasswordStep } from './password-step.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

export function SignInPage() {
  const say = useSay();
  useEffect(() => {
    document.title = `${say('signIn.title')} · ${say('app.name')}`;
  }, [say]);
  return <SignInSteps first={null} />;
}

/** `first`: the step to begin with, for who comes by an invitation. */
export function SignInSteps({
  first,
  onDone,
}: {
  readonly first: SignedInStep | null;
  readonly onDone?: () => void;
}) {
  const queries = useQueryClient();
  const [step, setStep] = useState(first);
  const done = () => {
    void queries.invalidateQueries({ queryKey: SESSION });
    onDone?.();
  };
  const next = (answer: SignedInStep) => {
    setStep(answer);
    if (answer.next === 'done' && answer.recoveryCodes === undefined) done();
  };
  if (step === null || (step.next === 'done' && step.recoveryCodes === undefined))
    return (
      <Outside>
        <PasswordStep onNext={next} />
      </Outside>
    );
  return (
    <Outside>
      {step.next === 'code' && <CodeStep onNext={next} onBack={() => setStep(null)} />}
      {step.next === 'enrol' && step.enrol !== undefined && <EnrolStep enrol={step.enrol} onNext={next} />}
      {step.recoveryCodes !== undefined && <RecoveryCodes codes={step.recoveryCodes} onDone={done} />}
    </Outside>
  );
}
