/** Shown once: what opens the account when the app is lost. */
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { useSay } from '../language.ts';
import { StepTitle } from './outside.tsx';

export function RecoveryCodes({
  codes,
  onDone,
}: {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}) {
  const say = useSay();
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(codes.join('\n')).then(() => setCopied(true));
  return (
    <>
      <StepTitle title={say('recovery.title')}>{say('recovery.body')}</StepTitle>
      <ul className="mb-4 grid grid-cols-1 gap-x-4 gap-y-1 rounded-md bg-wash px-3 py-2 font-mono text-sm sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button onClick={copy}>{say(copied ? 'do.copied' : 'do.copy')}</Button>
        <Button look="main" onClick={onDone}>
          {say('recovery.kept')}
        </Button>
      </div>
      <p role="status" className="sr-only">
        {copied ? say('do.copied') : ''}
      </p>
    </>
  );
}
