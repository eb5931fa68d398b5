/** A refusal, where `conflict` means something that can be told more plainly here. */
import { Notice } from '../ui/states.tsx';
import { CallError } from './api/call.ts';
import { Failed } from './failed.tsx';
import { useSay } from './language.ts';
import type { TextKey } from './texts/keys.ts';

export function Refused({ error, conflict }: { readonly error: unknown; readonly conflict: TextKey }) {
  const say = useSay();
  if (error === null) return null;
  if (error instanceof CallError && error.code === 'conflict')
    return <Notice look="bad" title={say(conflict)} />;
  return <Failed error={error} />;
}
