/**
 * Quantiles by a tree of noisy counts over the bounds (Hay et al. 2010): one price for any number of quantiles.
 * All noise is drawn before any path is walked, so the time taken tells nothing of the values.
 */
import { refuseParameter, wholeNumber } from '../refuse.ts';
import type { FillRandom } from './bits.ts';
import { type Bounds, type Contribution, checkBounds, totalsEach } from './bound.ts';
import { chanceFrom } from './chance.ts';
import { mechanismFor, type Privacy, type Released } from './mechanism.ts';

export interface QuantileQuestion extends Bounds {
  readonly privacy: Privacy;
  /** Each from 0 to 1: `[0.5]` is the median. */
  readonly quantiles: readonly number[];
  /** The bounds are cut into 2^levels parts; 10 unless given. More parts are finer and noisier. */
  readonly levels?: number;
}

/**
 * Quantiles over customers of their total, each clamped to `lower … upper`; in the order they were asked, each
 * the middle of the part of the bounds it lies in.
 * @param fill random bits; the system's cryptographic ones unless given
 * @throws AnonymizeError like `privateSum`
 */
export function privateQuantiles(
  rows: Iterable<Contribution>,
  question: QuantileQuestion,
  fill?: FillRandom,
): Released<number[]> {
  checkBounds(question);
  const { lower, upper, quantiles } = question;
  if (quantiles.length === 0 || !quantiles.every((one) => one >= 0 && one <= 1))
    refuseParameter('quantiles', 'quantiles must be numbers from 0 to 1, at least one.');
  const wanted = wholeNumber(question.levels ?? 10, 'levels', 1, 16);
  const span = upper - lower + 1;
  // Parts of less than one unit would hold nothing.
  const levels = Math.min(wanted, Math.ceil(Math.log2(span)));
  const width = Math.ceil(span / 2 ** levels);
  const change = BigInt(levels);
  const mechanism = mechanismFor(question.privacy, { sum: change, squares: change }, chanceFrom(fill));
  const totals = totalsEach(rows, question);
  // As in a heap: the node `at` has the children 2·at and 2·at+1, the leaves begin at 2^levels.
  const counts = new Array<bigint>(2 ** (levels + 1)).fill(0n);
  for (const total of totals.values())
    for (let at = 2 ** levels + Math.floor((total - lower) / width); at > 1; at >>= 1) counts[at]! += 1n;
  const noisy = counts.map((count, at) => (at > 1 ? Math.max(0, Number(count + mechanism.draw())) : 0));
  const value = quantiles.map((quantile) => {
    const leaf = walk(noisy, levels, quantile);
    return Math.min(lower + leaf * width + Math.floor((width - 1) / 2), upper);
  });
  return { value, noise: mechanism.noise, cost: mechanism.cost };
}

/** The leaf below which the share `quantile` of the noisy counts lies. */
function walk(noisy: readonly number[], levels: number, quantile: number): number {
  let share = quantile;
  let at = 1;
  for (let level = 0; level < levels; level += 1) {
    const [left, right] = [noisy[2 * at]!, noisy[2 * at + 1]!];
    const rank = share * (left + right);
    const goesLeft = left + right === 0 ? share < 0.5 : rank <= left && left > 0;
    if (left + right > 0) share = goesLeft ? rank / left : (rank - left) / Math.max(right, 1);
    at = 2 * at + (goesLeft ? 0 : 1);
  }
  return at - 2 ** levels;
}
