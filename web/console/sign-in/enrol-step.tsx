/** The first set-up of the second factor. */
import type { SignedInStep } from '../api/own.ts';
import { useSay } from '../language.ts';
import { CodeForm } from './code-step.tsx';
import { StepTitle } from './outside.tsx';

interface EnrolProps {
  readonly enrol: NonNullable<SignedInStep['enrol']>;
  readonly onNext: (step: SignedInStep) => void;
}

/** The secret in groups of four, as one reads it off. */
export function grouped(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? secret;
}

export function EnrolStep({ enrol, onNext }: EnrolProps) {
  const say = useSay();
  return (
    <>
      <StepTitle title={say('enrol.title')}>{say('enrol.why')}</StepTitle>
      <ol className="mb-4 list-decimal space-y-2 pl-5">
        <li>{say('enrol.app')}</li>
        <li>
          {say('enrol.secret')}
          <code className="mt-1 block rounded-md bg-wash px-3 py-2 font-mono break-words select-all">
            {grouped(enrol.secret)}
          </code>
          <a href={enrol.uri} className="mt-1 inline-block text-accent underline">
            {say('enrol.here')}
          </a>
        </li>
        <li>{say('enrol.code')}</li>
      </ol>
      <CodeForm onNext={onNext} />
    </>
  );
}
