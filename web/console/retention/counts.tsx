/** Counts by kind of record, in a line each. */
import { useFormat } from '../format.ts';
import { useSayName } from '../language.ts';

interface Count {
  readonly kind: string;
  readonly count: number;
  /** Why they stay. */
  readonly because?: string;
}

export function Counts({ counts }: { readonly counts: readonly Count[] }) {
  const name = useSayName();
  const format = useFormat();
  return (
    <ul className="space-y-1">
      {counts.map(({ kind, count, because }) => (
        <li key={`${kind} ${because ?? ''}`} className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium tabular-nums">{format.number(count)}</span>
          <span>{name('retention.kind', kind)}</span>
          {because !== undefined && (
            <span className="text-xs text-soft">{name('retention.because', because)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
