/** Noise for a question: its kind, its size and what it costs, from how much one customer can change the answer. */
import { AnonymizeError, refuseParameter } from '../refuse.ts';
import type { Cost } from './budget.ts';
import type { Chance } from './chance.ts';
import {
  divide,
  multiply,
  type Ratio,
  type Rational,
  ratioText,
  roundUp,
  toPositive,
  toProbability,
  whole,
  ZERO,
} from './ratio.ts';
import { gaussianOf, laplaceOf, type Noise } from './sample.ts';

/** Either ε of pure differential privacy (Laplace noise) or ρ of zero-concentrated (Gaussian noise). */
export type Privacy = { readonly epsilon: Rational } | { readonly rho: Rational };

/** How much one customer can change all numbers of an answer together. */
export interface Sensitivity {
  /** The sum of the changes. */
  readonly sum: bigint;
  /** The sum of their squares. */
  readonly squares: bigint;
}

export interface NoiseSize {
  readonly kind: 'laplace' | 'gaussian';
  /** Of Laplace noise its scale, of Gaussian its variance σ²; an exact fraction, such as `3/2`. */
  readonly size: string;
}

/** A private answer, and all that may be said of how it was made. */
export interface Released<Value> {
  readonly value: Value;
  readonly noise: NoiseSize;
  readonly cost: Cost;
}

export interface Mechanism {
  readonly draw: Noise;
  readonly noise: NoiseSize;
  readonly size: Ratio;
  readonly cost: Cost;
}

/** Finer scales only slow the exact sampler; they are rounded up to this. */
const FINEST = 2n ** 20n;

/**
 * What a question costs, before it is asked. ε-DP is ε²/2-zCDP (Bun, Steinke 2016, proposition 1.4).
 * @param delta of selecting groups; none unless given
 * @throws AnonymizeError `invalid_parameter` when ε or ρ is not above 0
 */
export function costOf(privacy: Privacy, delta?: Rational): Cost {
  if (typeof privacy !== 'object' || privacy === null || 'epsilon' in privacy === 'rho' in privacy)
    refuseParameter('privacy', 'Give either epsilon or rho.');
  const spentDelta = delta === undefined ? ZERO : toProbability(delta, 'delta');
  if ('rho' in privacy) return { rho: toPositive(privacy.rho, 'rho'), delta: spentDelta };
  const epsilon = toPositive(privacy.epsilon, 'epsilon');
  return { rho: divide(multiply(epsilon, epsilon), whole(2n)), delta: spentDelta };
}

/** @throws AnonymizeError like `costOf` */
export function mechanismFor(privacy: Privacy, { sum, squares }: Sensitivity, chance: Chance): Mechanism {
  const cost = costOf(privacy);
  if ('epsilon' in privacy) {
    const size = roundUp(divide(whole(sum), toPositive(privacy.epsilon, 'epsilon')), FINEST);
    return { draw: laplaceOf(size, chance), noise: { kind: 'laplace', size: ratioText(size) }, size, cost };
  }
  const size = roundUp(divide(whole(squares), multiply(whole(2n), cost.rho)), FINEST);
  return { draw: gaussianOf(size, chance), noise: { kind: 'gaussian', size: ratioText(size) }, size, cost };
}

/** Half of it each, for an answer made of two. */
export function halved(privacy: Privacy): Privacy {
  const half = (value: Rational, field: string) => divide(toPositive(value, field), whole(2n));
  return 'epsilon' in privacy
    ? { epsilon: half(privacy.epsilon, 'epsilon') }
    : { rho: half(privacy.rho, 'rho') };
}

/**
 * A noisy number as a double that holds it exactly.
 * @throws AnonymizeError `overflow`: told from the noisy number alone, so it tells no more than that
 */
export function released(value: bigint, field: string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new AnonymizeError('overflow', `${field} with its noise is past 2^53 and cannot be released.`, {
    field,
  });
}
