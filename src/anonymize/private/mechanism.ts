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

/** @throws AnonymizeError `invalid_parameter` when ε or ρ is not above 0 */
export function mechanismFor(privacy: Privacy, { sum, squares }: Sensitivity, chance: Chance): Mechanism {
  if (typeof privacy !== 'object' || privacy === null || 'epsilon' in privacy === 'rho' in privacy)
    refuseParameter('privacy', 'Give either epsilon or rho.');
  if ('epsilon' in privacy) {
    const epsilon = toPositive(privacy.epsilon, 'epsilon');
    const size = roundUp(divide(whole(sum), epsilon), FINEST);
    // ε-DP is ε²/2-zCDP (Bun, Steinke 2016, proposition 1.4).
    const rho = divide(multiply(epsilon, epsilon), whole(2n));
    const noise = { kind: 'laplace', size: ratioText(size) } as const;
    return { draw: laplaceOf(size, chance), noise, size, cost: { rho, delta: ZERO } };
  }
  const rho = toPositive(privacy.rho, 'rho');
  const size = roundUp(divide(whole(squares), multiply(whole(2n), rho)), FINEST);
  const noise = { kind: 'gaussian', size: ratioText(size) } as const;
  return { draw: gaussianOf(size, chance), noise, size, cost: { rho, delta: ZERO } };
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
