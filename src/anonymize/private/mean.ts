import type { FillRandom } from './bits.ts';
import { type Bounds, type Contribution, checkBounds, totalsEach } from './bound.ts';
import { chanceFrom } from './chance.ts';
import { halved, mechanismFor, type NoiseSize, type Privacy, type Released, released } from './mechanism.ts';
import { add } from './ratio.ts';

export interface MeanQuestion extends Bounds {
  readonly privacy: Privacy;
}

export interface ReleasedMean extends Released<number> {
  /** How many customers the mean is of, with the noise of `countNoise`. */
  readonly count: number;
  readonly countNoise: NoiseSize;
}

/**
 * The mean over customers of their total, each total clamped to `lower … upper`. Made of a noisy count and a
 * noisy sum of distances from the middle of the bounds, half of the privacy each. `noise` is that of the sum,
 * in half units.
 * @param fill random bits; the system's cryptographic ones unless given
 * @throws AnonymizeError like `privateSum`
 */
export function privateMean(
  rows: Iterable<Contribution>,
  question: MeanQuestion,
  fill?: FillRandom,
): ReleasedMean {
  checkBounds(question);
  const { lower, upper } = question;
  const chance = chanceFrom(fill);
  const privacy = halved(question.privacy);
  const span = BigInt(upper) - BigInt(lower);
  const middle = BigInt(upper) + BigInt(lower);
  const sums = mechanismFor(privacy, { sum: span, squares: span * span }, chance);
  const counts = mechanismFor(privacy, { sum: 1n, squares: 1n }, chance);
  const totals = totalsEach(rows, question);
  let off = 0n;
  for (const total of totals.values()) off += 2n * BigInt(total) - middle;
  const noisyOff = Number(off + sums.draw());
  const count = released(BigInt(totals.size) + counts.draw(), 'count');
  // From here on only noisy numbers are used, so plain arithmetic tells nothing more.
  const value = Number(middle) / 2 + noisyOff / 2 / Math.max(1, count);
  return {
    value: Math.min(Math.max(value, lower), upper),
    count,
    noise: sums.noise,
    countNoise: counts.noise,
    cost: { rho: add(sums.cost.rho, counts.cost.rho), delta: sums.cost.delta },
  };
}
