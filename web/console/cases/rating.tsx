/** How satisfied the customer was with a case that is done: as they told it, written down by whoever they told. */
import { useMutation } from '@tanstack/react-query';
import { type ReadCase, rateCase } from '../api/cases.ts';
import { Failed } from '../failed.tsx';
import { useSay } from '../language.ts';

const GRADES = [1, 2, 3, 4, 5] as const;

interface RatingProps {
  readonly item: ReadCase['case'];
  readonly onRated: (item: ReadCase['case']) => void;
}

export function Rating({ item, onRated }: RatingProps) {
  const say = useSay();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (grade: number) => rateCase(item.id, grade),
    onSuccess: (answer) => onRated(answer.case),
  });
  return (
    <fieldset aria-busy={isPending}>
      <legend className="mb-1 text-sm font-medium">{say('rating.title')}</legend>
      <div className="grid grid-cols-5 overflow-hidden rounded-md border border-line-strong">
        {GRADES.map((grade) => (
          <label
            key={grade}
            title={say(`rating.${grade}`)}
            className="flex min-h-9 cursor-pointer items-center justify-center border-l border-line-strong first:border-0 hover:bg-wash has-checked:bg-accent has-checked:font-medium has-checked:text-on-accent has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="rating"
              className="sr-only"
              checked={item.satisfaction === grade}
              disabled={isPending}
              onChange={() => mutate(grade)}
            />
            <span aria-hidden="true">{grade}</span>
            <span className="sr-only">{say(`rating.${grade}`)}</span>
          </label>
        ))}
      </div>
      <p aria-hidden="true" className="mt-1 flex justify-between text-xs text-soft">
        <span>{say('rating.1')}</span>
        <span>{say('rating.5')}</span>
      </p>
      {error !== null && <Failed error={error} />}
    </fieldset>
  );
}
