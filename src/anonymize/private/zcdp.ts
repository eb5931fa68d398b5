/**
 * Zero-concentrated differential privacy as (ε, δ), rounded upward.
 * Canonne, Kamath, Steinke (2020), corollary 13: for every α > 1, ρ-zCDP implies (ε, δ)-DP with
 * δ = e^((α-1)(αρ-ε)) / (α-1) · (1-1/α)^α. Any α gives a true bound; the search below looks for the best one.
 */
import { refuseParameter } from '../refuse.ts';
import {
  doubleAbove,
  doubleBelow,
  isAbove,
  type Ratio,
  type Rational,
  subtract,
  toPositive,
  toProbability,
  ZERO,
} from './ratio.ts';

/** More than the rounding of a few logarithms and products can amount to. */
const SLACK = 1e-12;
/** Answers are given to this many places, upward. */
const PLACES = 1e9;
/** ln(α-1) is looked for in here: past it the bound has long been at its limit. */
const SEARCH = { from: -40, to: 40, steps: 200 };
const GOLDEN = (Math.sqrt(5) - 1) / 2;

export interface Spent {
  /** Of the zCDP: above 0. */
  readonly rho: Rational;
  /** Already spent where groups were selected, or 0. The conversion has the rest of `delta`. */
  readonly spentDelta?: Rational;
}

/**
 * The ε at which a spent ρ holds with `delta`, not below the truth.
 * ρ = 0.02, δ = 1e-6 gives 0.899935….
 * @throws AnonymizeError `invalid_parameter`
 */
export function epsilonOf({ rho, spentDelta = ZERO }: Spent, delta: Rational): number {
  const given = toProbability(delta, 'delta');
  const left = subtract(given, typeof spentDelta === 'object' ? spentDelta : toPositiveOrZero(spentDelta));
  if (!isAbove(left, ZERO)) return refuseParameter('delta', 'delta must be above what was spent of it.');
  return upward(epsilonAt(doubleAbove(toPositive(rho, 'rho')), doubleBelow(left)));
}

function toPositiveOrZero(value: number | string): Ratio {
  return Number(value) === 0 ? ZERO : toPositive(value, 'spentDelta');
}

/**
 * The largest ρ that stays within (ε, δ), rounded downward to a multiple of 1e-9: a budget in zCDP for a
 * budget in (ε, δ).
 * @throws AnonymizeError `invalid_parameter` also when not even ρ = 1e-9 stays within
 */
export function rhoWithin(epsilon: Rational, delta: Rational): Ratio {
  const most = doubleBelow(toPositive(epsilon, 'epsilon'));
  const chance = doubleBelow(toProbability(delta, 'delta'));
  let low = 0;
  // ρ-zCDP alone already means ε ≥ ρ, so ρ is never above ε.
  let high = Math.floor(most * PLACES);
  while (low < high) {
    const middle = Math.ceil(low + (high - low) / 2);
    if (upward(epsilonAt((middle / PLACES) * (1 + SLACK), chance)) <= most) low = middle;
    else high = middle - 1;
  }
  if (low === 0) return refuseParameter('epsilon', 'epsilon and delta are too small for any question.');
  return toPositive(`${low}/${PLACES}`, 'rho');
}

/** The smallest bound over α; `rho` is not below, `delta` not above the truth. */
function epsilonAt(rho: number, delta: number): number {
  const bound = (logged: number) => epsilonFor(Math.exp(logged), rho, delta);
  let best = SEARCH.from;
  const step = (SEARCH.to - SEARCH.from) / SEARCH.steps;
  for (let at = SEARCH.from; at <= SEARCH.to; at += step) if (bound(at) < bound(best)) best = at;
  let [low, high] = [best - step, best + step];
  for (let round = 0; round < 80; round += 1) {
    const [a, b] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
    if (bound(a) < bound(b)) high = b;
    else low = a;
  }
  return Math.max(0, Math.min(bound(best), bound((low + high) / 2)));
}

/** ε for α = 1 + `over`, a little above its true value. */
function epsilonFor(over: number, rho: number, delta: number): number {
  const alpha = 1 + over;
  // ln(1-1/α) = ln(over/α), which keeps its digits where α is near 1 or far away.
  const logs = [-Math.log(delta), -Math.log(over), -alpha * Math.log1p(1 / over)];
  const size = logs.reduce((sum, log) => sum + Math.abs(log), 0);
  const sum = logs.reduce((total, log) => total + log, 0);
  return alpha * rho * (1 + SLACK) + (sum + size * SLACK) / over;
}

function upward(epsilon: number): number {
  return Math.ceil(epsilon * PLACES * (1 + 2 ** -50)) / PLACES;
}
