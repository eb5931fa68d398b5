/** A link or a key that is shown now and never again, and can be copied. */
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/states.tsx';
import { useSay } from './language.ts';

interface ShownOnceProps {
  readonly label: string;
  readonly secret: string;
  readonly hint: string;
  readonly onClose: () => void;
}

export function ShownOnce({ label, secret, hint, onClose }: ShownOnceProps) {
  const say = useSay();
  const [copied, setCopied] = useState(false);
  const copy = () =>
    void navigator.clipboard.writeText(secret).then(
      () => setCopied(true),
      // Without leave for the clipboard it is still there to be marked.
      () => setCopied(false),
    );
  return (
    <div className="space-y-4">
      <Notice look="warn">{hint}</Notice>
      <div>
        <div className="mb-1 text-sm font-medium">{label}</div>
        <output className="block rounded-md border border-line-strong bg-wash px-2.5 py-2 font-mono text-xs break-all select-all">
          {secret}
        </output>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button look="main" onClick={copy}>
          {say('do.copy')}
        </Button>
        <Button onClick={onClose}>{say('do.close')}</Button>
        <span role="status" className="text-sm text-good">
          {copied ? say('do.copied') : ''}
        </span>
      </div>
    </div>
  );
}
