/** ℓ-diversity and t-closeness of one class, from how often each sensitive value occurs in it. */
import { differs } from './closeness.ts';
import { isDiverse } from './diversity.ts';
import type { Spread } from './problem.ts';
import type { Criteria } from './types.ts';

export interface ClassTest {
  /** Adds rows with a sensitive value to the class at hand. */
  readonly add: (code: number, rows: number) => void;
  /** Whether the class holds; the next `add` begins another class. */
  readonly holds: () => boolean;
}

export function makeClassTest({ diversity, closeness }: Criteria, spread: Spread): ClassTest {
  const counts = new Float64Array(spread.counts.length);
  const seen: number[] = [];
  let total = 0;
  return {
    add(code, rows) {
      if (rows === 0) return;
      if (counts[code] === 0) seen.push(code);
      counts[code]! += rows;
      total += rows;
    },
    holds() {
      const diverse =
        diversity === undefined ||
        isDiverse(
          diversity,
          seen.map((code) => counts[code]!),
          total,
        );
      const close =
        !diverse ||
        closeness === undefined ||
        differs(closeness.distance, counts, seen, total, spread) <= closeness.t;
      for (const code of seen) counts[code] = 0;
      seen.length = 0;
      total = 0;
      return diverse && close;
    },
  };
}
