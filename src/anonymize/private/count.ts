import { wholeNumber } from '../refuse.ts';
import type { FillRandom } from './bits.ts';
import { type Contribution, MOST_ROWS_EACH, rowsEach } from './bound.ts';
import { chanceFrom } from './chance.ts';
import { mechanismFor, type Privacy, type Released, released } from './mechanism.ts';

export interface CountQuestion {
  readonly privacy: Privacy;
  /** How many rows of one customer count; 1 unless given, which counts customers. */
  readonly rowsEach?: number;
}

/**
 * How many rows there are, with noise that hides whether any one customer is among them.
 * May be below zero: cutting it off would bias sums of several answers.
 * @param fill random bits; the system's cryptographic ones unless given
 * @throws AnonymizeError `invalid_parameter`, or `invalid_row` naming the row and field
 */
export function privateCount(
  rows: Iterable<Contribution>,
  question: CountQuestion,
  fill?: FillRandom,
): Released<number> {
  const most = wholeNumber(question.rowsEach ?? 1, 'rowsEach', 1, MOST_ROWS_EACH);
  const change = BigInt(most);
  const sensitivity = { sum: change, squares: change * change };
  const { draw, noise, cost } = mechanismFor(question.privacy, sensitivity, chanceFrom(fill));
  let count = 0n;
  for (const own of rowsEach(rows, most).values()) count += BigInt(own);
  return { value: released(count + draw(), 'count'), noise, cost };
}
