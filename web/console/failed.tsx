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
      {onRetry !== undefined && (
        <Button className="mt-2" onClick={onRetry}>
          {say('do.retry')}
        </Button>
      )}
      <p className="mt-2 font-mono text-xs break-all text-soft">
        {[known?.code ?? 'internal', known?.requestId ?? ''].filter((part) => part !== '').join(' · ')}
      </p>
    </Notice>
  );
}
