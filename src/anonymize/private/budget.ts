/**
 * The budget: what may be learned in all, in zCDP (Bun, Steinke 2016), as a filter. The next question may depend
 * on earlier answers; the sum of what was spent still bounds what was learned (Whitehouse, Ramdas, Rogers, Wu,
 * "Fully-Adaptive Composition in Differential Privacy", 2023). Sums are exact fractions: nothing is lost or
 * gained by rounding, in whatever order.
 */
import { AnonymizeError } from '../refuse.ts';
import {
  add,
  isAbove,
  type Ratio,
  type Rational,
  subtract,
  toPositive,
  toProbability,
  ZERO,
} from './ratio.ts';

/** What an answer costs: δ-approximate ρ-zCDP. δ is 0 unless groups were selected. */
export interface Cost {
  readonly rho: Ratio;
  readonly delta: Ratio;
}

/** An immutable value: spending makes the next one. */
export interface Budget {
  readonly limit: Cost;
  readonly spent: Cost;
}

/** @throws AnonymizeError `invalid_parameter` when ρ ≤ 0 or δ is not a probability */
export function openBudget(limit: { readonly rho: Rational; readonly delta?: Rational }): Budget {
  const delta = limit.delta === undefined ? ZERO : toProbability(limit.delta, 'delta');
  return {
    limit: { rho: toPositive(limit.rho, 'rho'), delta },
    spent: { rho: ZERO, delta: ZERO },
  };
}

/**
 * The budget after `cost`. Spend before the answer is drawn: a refusal must not depend on it.
 * @throws AnonymizeError `budget_exceeded` when it does not fit; the budget is as before
 */
export function spend(budget: Budget, cost: Cost): Budget {
  const spent = { rho: add(budget.spent.rho, cost.rho), delta: add(budget.spent.delta, cost.delta) };
  for (const part of ['rho', 'delta'] as const) {
    if (cost[part].numerator < 0n)
      throw new AnonymizeError('invalid_parameter', 'A cost is never below 0.', { field: part });
    if (isAbove(spent[part], budget.limit[part]))
      throw new AnonymizeError('budget_exceeded', 'The privacy budget does not allow this question.', {
        field: part,
      });
  }
  return { limit: budget.limit, spent };
}

/** What is left to spend. */
export function remaining(budget: Budget): Cost {
  return {
    rho: subtract(budget.limit.rho, budget.spent.rho),
    delta: subtract(budget.limit.delta, budget.spent.delta),
  };
}
