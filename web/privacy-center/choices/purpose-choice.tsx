/** One purpose: what it is, and two buttons of one size that say yes and no. */
import { useId } from 'react';
import { useSay } from '../language.ts';

interface PurposeChoiceProps {
  readonly purpose: string;
  readonly name: string;
  readonly description: string;
  /** Null: never asked, which counts as no. */
  readonly state: string | null;
  readonly busy: boolean;
  readonly onChoose: (yes: boolean) => void;
}

const SHAPE =
  'min-w-18 cursor-pointer border border-line-strong px-4 font-semibold first:rounded-s-lg last:rounded-e-lg last:border-s-0 hover:bg-wash aria-pressed:bg-ink aria-pressed:text-sheet focus-visible:relative disabled:cursor-progress';

export function PurposeChoice({ purpose, name, description, state, busy, onChoose }: PurposeChoiceProps) {
  const say = useSay();
  const id = useId();
  return (
    <div className="px-4 py-4 sm:flex sm:items-center sm:justify-between sm:gap-6">
      <div className="min-w-0">
        <h2 id={id} className="font-semibold">
          {name}
        </h2>
        <p className="text-sm text-soft">{description}</p>
        {state === null && <p className="mt-0.5 text-sm text-soft">{say('choices.never')}</p>}
      </div>
      <div role="group" aria-labelledby={id} data-purpose={purpose} className="mt-3 flex shrink-0 sm:mt-0">
        {[false, true].map((yes) => (
          <button
            key={String(yes)}
            type="button"
            disabled={busy}
            aria-pressed={state === (yes ? 'granted' : 'refused')}
            onClick={() => onChoose(yes)}
            className={SHAPE}
          >
            {say(yes ? 'choices.yes' : 'choices.no')}
          </button>
        ))}
      </div>
    </div>
  );
}
