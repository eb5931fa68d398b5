import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Budget, openBudget, remaining, spend } from './budget.ts';
import { add, isAbove, ratioText, toRatio, ZERO } from './ratio.ts';

const cost = (rho: string | number, delta: string | number = 0) => ({
  rho: toRatio(rho, 'rho'),
  delta: toRatio(delta, 'delta'),
});

describe('a budget', () => {
  it('lets ten tenths be spent and not one bit more', () => {
    let budget = openBudget({ rho: 1 });
    for (let tenth = 0; tenth < 10; tenth += 1) budget = spend(budget, cost(0.1));
    expect(ratioText(remaining(budget).rho)).toBe('0');
    expect(() => spend(budget, cost('1e-300'))).toThrow(
      expect.objectContaining({ code: 'budget_exceeded', details: { field: 'rho' } }),
    );
  });

  it('stays as it was after a refusal', () => {
    const budget = spend(openBudget({ rho: 1, delta: '1e-6' }), cost('1/2', '1e-7'));
    const before = remaining(budget);
    expect(() => spend(budget, cost('2/3'))).toThrow('does not allow this question');
    expect(() => spend(budget, cost('1/3', '1e-6'))).toThrow(
      expect.objectContaining({ details: { field: 'delta' } }),
    );
    expect(remaining(budget)).toEqual(before);
  });

  it('never lets the sum of what is spent pass the limit, in whatever order questions come', () => {
    const some = fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 97 }));
    fc.assert(
      fc.property(fc.array(some, { maxLength: 30 }), (costs) => {
        let budget: Budget = openBudget({ rho: 3 });
        let sum = ZERO;
        for (const [top, bottom] of costs) {
          const next = cost(`${top}/${bottom}`);
          const fits = !isAbove(add(sum, next.rho), toRatio(3, 'limit'));
          if (!fits) expect(() => spend(budget, next)).toThrow();
          else {
            budget = spend(budget, next);
            sum = add(sum, next.rho);
          }
        }
        expect(budget.spent.rho).toEqual(sum);
      }),
    );
  });

  it('cannot be filled up again by a cost below zero', () => {
    expect(() => spend(openBudget({ rho: 1 }), cost(-1))).toThrow('never below 0');
  });

  it('allows no selection of groups unless it has a δ', () => {
    expect(() => spend(openBudget({ rho: 1 }), cost('1/2', '1e-9'))).toThrow();
  });

  it.each([0, -1, Number.NaN])('of ρ = %d is refused', (rho) => {
    expect(() => openBudget({ rho })).toThrow(expect.objectContaining({ code: 'invalid_parameter' }));
  });
});
