/** What is shown once: a link of invitation, or a key. */
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/states.tsx';
import { useSay } from '../language.ts';

export function SecretOnce({
  title,
  secret,
  onDone,
}: {
  readonly title: string;
  readonly secret: string;
  readonly onDone: () => void;
}) {
  const say = useSay();
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(secret).then(() => setCopied(true));
  return (
    <div className="space-y-4">
      <Notice look="good" title={title}>
        <code className="mt-1 block font-mono text-xs break-all select-all">{secret}</code>
      </Notice>
      <div className="flex justify-end gap-2">
        <Button onClick={copy}>{say(copied ? 'do.copied' : 'do.copy')}</Button>
        <Button look="main" onClick={onDone}>
          {say('do.close')}
        </Button>
      </div>
    </div>
  );
}
