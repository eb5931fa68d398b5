/**
 * Selecting groups that nobody listed beforehand: a group shows only when its noisy count of customers reaches
 * a threshold that a single customer's group reaches with a chance of δ at most (Korolova et al. 2009; Google's
 * "Differentially Private SQL with Bounded User Contribution", 2020).
 */
import type { NoiseSize } from './mechanism.ts';
import { divide, doubleAbove, doubleBelow, type Ratio, whole } from './ratio.ts';

/** More than the rounding of a logarithm and a product can amount to. */
const SLACK = 1 + 1e-12;

/**
 * The least whole number t with P[1 + noise ≥ t] ≤ δ/groupsEach, or a little above it. One customer is in at
 * most `groupsEach` groups, so that δ bounds the chance that any of them shows for their sake alone.
 * Laplace: P[noise ≥ m] ≤ e^(-m/scale). Gaussian: P[noise ≥ m] ≤ e^(-m²/2σ²).
 */
export function thresholdFor(kind: NoiseSize['kind'], size: Ratio, delta: Ratio, groupsEach: number): number {
  const surprise = -Math.log(doubleBelow(divide(delta, whole(groupsEach)))) * SLACK;
  const wide = doubleAbove(size);
  const distance = kind === 'laplace' ? wide * surprise : Math.sqrt(2 * wide * surprise);
  return 1 + Math.ceil(distance * SLACK);
}
