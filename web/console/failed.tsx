/** A refusal as a plain sentence, with its code small beside it. */
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/states.tsx';
import { CallError } from './api/call.ts';
import { useSay, useSayName } from './language.ts';

export function useSentence(): (error: unknown) => string {
  const say = useSay();
  const name = useSayName();
  return (error) => {
    if (!(error instanceof CallError)) return say('error.internal');
    const known = name('error', error.code);
    return known === error.code ? error.message || say('error.internal') : known;
  };
}

export function Failed({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const say = useSay();
  const sentence = useSentence();
  const known = error instanceof CallError ? error : null;
  return (
    <Notice look="bad" title={sentence(error)}>
      <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-soft">
        <span className="font-mono">{known?.code ?? 'internal'}</span>
        {known?.requestId && <span className="font-mono break-all">{known.requestId}</span>}
        {onRetry !== undefined && <Button onClick={onRetry}>{say('do.retry')}</Button>}
      </div>
    </Notice>
  );
}
