import type { FillRandom } from './bits.ts';
import { type Bounds, type Contribution, checkBounds, totalsEach } from './bound.ts';
import { chanceFrom } from './chance.ts';
import { mechanismFor, type Privacy, type Released, released } from './mechanism.ts';

export interface SumQuestion extends Bounds {
  readonly privacy: Privacy;
}

/**
 * The sum of `value`, the total of each customer clamped to `lower … upper` before it is added. Bounds must not
 * be read off the data. Values and bounds are whole numbers (money in its minor unit).
 * @param fill random bits; the system's cryptographic ones unless given
 * @throws AnonymizeError `invalid_parameter`; `invalid_row` or `overflow` naming the row; `overflow` when the
 *   noisy sum is past 2^53
 */
export function privateSum(
  rows: Iterable<Contribution>,
  question: SumQuestion,
  fill?: FillRandom,
): Released<number> {
  checkBounds(question);
  const change = BigInt(Math.max(Math.abs(question.lower), Math.abs(question.upper)));
  const sensitivity = { sum: change, squares: change * change };
  const { draw, noise, cost } = mechanismFor(question.privacy, sensitivity, chanceFrom(fill));
  let sum = 0n;
  for (const total of totalsEach(rows, question).values()) sum += BigInt(total);
  return { value: released(sum + draw(), 'sum'), noise, cost };
}
