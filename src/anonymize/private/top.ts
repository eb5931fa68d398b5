import { wholeNumber } from '../refuse.ts';
import type { FillRandom } from './bits.ts';
import type { Contribution } from './bound.ts';
import { byName, type HistogramQuestion, privateHistogram, type ReleasedHistogram } from './histogram.ts';

export interface TopQuestion extends HistogramQuestion {
  /** How many groups are wanted. */
  readonly k: number;
}

/**
 * The `k` groups with the most rows, by noisy count. Sorting a private histogram costs nothing more, so the
 * price does not grow with `k`. Fewer come back when fewer were selected.
 * @param fill random bits; the system's cryptographic ones unless given
 * @throws AnonymizeError like `privateHistogram`
 */
export function privateTopK(
  rows: Iterable<Contribution>,
  question: TopQuestion,
  fill?: FillRandom,
): ReleasedHistogram {
  const k = wholeNumber(question.k, 'k', 1, 1_000_000);
  const histogram = privateHistogram(rows, question, fill);
  const value = [...histogram.value].sort((a, b) => b.count - a.count || byName(a, b)).slice(0, k);
  return { ...histogram, value };
}
