/**
 * What repeated discrete Gaussian noise costs, exactly: the loss of one answer is ((2y+Δ)·Δ)/(2σ²) for noise y
 * (Canonne, Kamath, Steinke 2020, theorem 7), and losses of several answers add up, so their distribution is
 * the convolution of the noise with itself. Tighter than zCDP; for one kind of question asked n times.
 */
import { refuseParameter, wholeNumber } from '../refuse.ts';
import { doubleBelow, type Rational, toPositive, toProbability } from './ratio.ts';

/** Values of noise that are worked with at most: the convolution takes their square. */
const MOST_VALUES = 8192;
/** This share of δ is set aside for what lies outside those values. */
const TAIL = 1e-9;
const SLACK = 1e-10;
const PLACES = 1e9;

export interface GaussianUse {
  /** σ² of the noise of each answer. */
  readonly variance: Rational;
  /** By how much one customer may change an answer; 1 unless given. */
  readonly sensitivity?: number;
  /** How many answers; 1 unless given. */
  readonly times?: number;
}

/**
 * The ε at which so many answers hold with `delta`, rounded upward.
 * σ = 5, δ = 1e-6: 0.834976 for one answer, 2.920610 for ten.
 * @throws AnonymizeError `invalid_parameter` also when σ·√times is above what can be worked out
 */
export function gaussianEpsilon(use: GaussianUse, delta: Rational): number {
  const variance = doubleBelow(toPositive(use.variance, 'variance'));
  const shift = wholeNumber(use.sensitivity ?? 1, 'sensitivity', 1, 1e6);
  const times = wholeNumber(use.times ?? 1, 'times', 1, 1e6);
  const chance = doubleBelow(toProbability(delta, 'delta'));
  const spread = Math.sqrt(variance * times * 2 * Math.log((4 * times) / (chance * TAIL)));
  const half = Math.ceil(spread) + times * shift + 1;
  if (2 * half + 1 > MOST_VALUES)
    return refuseParameter('variance', 'The noise is too wide to be worked out exactly; use epsilonOf.');
  const noise = repeated(distribution(variance, half), times);
  const deltaAt = (epsilon: number) => exceeding(noise, half, { epsilon, variance, shift, times });
  const most = chance * (1 - 2 * TAIL);
  let low = 0;
  let high = 1;
  while (deltaAt(high) > most) high *= 2;
  if (deltaAt(0) <= most) return 0;
  for (let round = 0; round < 60; round += 1) {
    const middle = (low + high) / 2;
    if (deltaAt(middle) > most) low = middle;
    else high = middle;
  }
  return Math.ceil(high * (1 + SLACK) * PLACES) / PLACES;
}

/** P[y] for y from -half to half. */
function distribution(variance: number, half: number): Float64Array {
  const chances = Float64Array.from({ length: 2 * half + 1 }, (_, at) =>
    Math.exp(-((at - half) ** 2) / (2 * variance)),
  );
  const sum = [...chances].sort((a, b) => a - b).reduce((total, one) => total + one, 0);
  return chances.map((one) => one / sum);
}

/** The distribution of the sum of `times` draws, by doubling. */
function repeated(one: Float64Array, times: number): Float64Array {
  let result: Float64Array | null = null;
  let power = one;
  for (let rest = times; ; power = convolved(power, power)) {
    if (rest % 2 === 1) result = result === null ? power : convolved(result, power);
    rest = Math.floor(rest / 2);
    if (rest === 0) return result as Float64Array;
  }
}

function convolved(a: Float64Array, b: Float64Array): Float64Array {
  const half = (a.length - 1) / 2;
  const sum = new Float64Array(a.length);
  for (let i = 0; i < a.length; i += 1) {
    const weight = a[i]!;
    if (weight === 0) continue;
    const from = Math.max(0, half - i);
    const to = Math.min(b.length - 1, 3 * half - i);
    for (let j = from; j <= to; j += 1) sum[i + j - half]! += weight * b[j]!;
  }
  return sum;
}

interface At {
  readonly epsilon: number;
  readonly variance: number;
  readonly shift: number;
  readonly times: number;
}

/** δ(ε) = Σ P[y]·max(0, 1 - e^(ε - loss(y))). */
function exceeding(noise: Float64Array, half: number, { epsilon, variance, shift, times }: At): number {
  let delta = 0;
  for (let at = noise.length - 1; at >= 0; at -= 1) {
    const loss = ((2 * (at - half) + shift * times) * shift) / (2 * variance);
    if (loss <= epsilon) break;
    delta += noise[at]! * -Math.expm1(epsilon - loss);
  }
  return delta * (1 + SLACK);
}
