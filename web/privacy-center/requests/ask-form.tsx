/** What one may ask of the shop beside what the page does by itself. */
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { send } from '../api/call.ts';
import type { Requested } from '../api/center.ts';
import { Failed } from '../failed.tsx';
import { useSay } from '../language.ts';
import { useDoing } from '../loaded.ts';

const KINDS = [
  'objection',
  'restriction',
  'opt-out',
  'limit-sensitive',
  'human-review',
  'complaint',
] as const;
type Kind = (typeof KINDS)[number];

export function AskForm({ onAsked }: { readonly onAsked: (answer: Requested) => Promise<void> }) {
  const say = useSay();
  const [kind, setKind] = useState<Kind | null>(null);
  /** The same request, sent again when no answer came, counts once. */
  const id = useRef(crypto.randomUUID());
  const asking = useDoing(async () => {
    const answer = await send<Requested>('/requests', { kind, id: id.current });
    id.current = crypto.randomUUID();
    await onAsked(answer);
    setKind(null);
    scrollTo(0, 0);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (kind !== null) void asking.run();
  };
  return (
    <form onSubmit={submit}>
      <fieldset>
        <legend className="mb-2 text-lg font-semibold">{say('requests.new')}</legend>
        <div className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-sheet">
          {KINDS.map((each) => (
            <label
              key={each}
              className="flex cursor-pointer items-start gap-3 px-4 py-3.5 hover:bg-wash has-checked:bg-accent-wash"
            >
              <input
                type="radio"
                name="kind"
                value={each}
                checked={kind === each}
                onChange={() => setKind(each)}
                className="mt-1 size-5 shrink-0"
              />
              <span>
                <span className="block font-semibold">{say(`kind.${each}`)}</span>
                <span className="block text-sm text-soft">{say(`kindSays.${each}`)}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {asking.failure !== null && (
        <div className="mt-3">
          <Failed failure={asking.failure} />
        </div>
      )}
      <Button
        type="submit"
        look="main"
        size="large"
        disabled={kind === null}
        busy={asking.busy}
        className="mt-4 w-full sm:w-auto"
      >
        {say('requests.send')}
      </Button>
    </form>
  );
}
