/** What went wrong, in a sentence, and what to do. The same words whoever it is about. */
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/states.tsx';
import type { CallError } from './api/call.ts';
import { useSay } from './language.ts';
import { leave } from './session.ts';
import type { TextKey } from './texts/shape.ts';

const WORDS: Readonly<Record<string, TextKey>> = {
  offline: 'fail.offline',
  too_many_tries: 'fail.paced',
  too_many_openings: 'fail.paced',
  step_up_required: 'fail.stronger',
  invalid_body: 'fail.invalid',
  conflict: 'fail.changed',
  notice_outdated: 'fail.changed',
  sign_in_refused: 'in.refused',
};

export function Failed({ failure, onRetry }: { readonly failure: CallError; readonly onRetry?: () => void }) {
  const say = useSay();
  const { code, requestId } = failure;
  const known = WORDS[code];
  return (
    <Notice look="bad" {...(known === undefined ? { title: say('fail.title') } : {})}>
      <p>{say(known ?? 'fail.other')}</p>
      {known === undefined && requestId !== null && (
        <p className="mt-1 text-sm">{say('fail.number', { id: requestId })}</p>
      )}
      {code === 'step_up_required' && (
        <Button className="mt-2" onClick={() => leave('first')}>
          {say('in.again')}
        </Button>
      )}
      {code !== 'step_up_required' && onRetry !== undefined && (
        <Button className="mt-2" onClick={onRetry}>
          {say('app.again')}
        </Button>
      )}
    </Notice>
  );
}
