import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { doubleAbove, ratioText } from './ratio.ts';
import { epsilonOf, rhoWithin } from './zcdp.ts';

describe('what was spent in zCDP', () => {
  it('is 0.899935 for ρ = 0.02 and δ = 1e-6, the value that others published', () => {
    expect(epsilonOf({ rho: '0.02' }, '1e-6').toFixed(6)).toBe('0.899935');
  });

  it('is never below the truth: every α gives an upper bound, and ours is the least of many', () => {
    const rho = fc.double({ min: 1e-6, max: 50, noNaN: true });
    const logDelta = fc.double({ min: -60, max: -0.5, noNaN: true });
    fc.assert(
      fc.property(rho, logDelta, (spent, logged) => {
        const epsilon = epsilonOf({ rho: spent }, Math.exp(logged));
        for (let over = -12; over < 12; over += 0.25) {
          const alpha = 1 + Math.exp(over);
          const bound =
            alpha * spent + (-logged - Math.log(alpha - 1) + alpha * Math.log1p(-1 / alpha)) / (alpha - 1);
          expect(epsilon).toBeLessThanOrEqual(Math.max(0, bound) + 1e-8);
        }
      }),
    );
  });

  it('grows with ρ and shrinks with δ', () => {
    const values = [0.001, 0.01, 0.1, 1, 10].map((rho) => epsilonOf({ rho }, 1e-6));
    expect([...values].sort((a, b) => a - b)).toEqual(values);
    expect(epsilonOf({ rho: 1 }, 1e-9)).toBeGreaterThan(epsilonOf({ rho: 1 }, 1e-6));
  });

  it('leaves to the conversion only the δ that selecting groups has not used', () => {
    const rho = '0.02';
    expect(epsilonOf({ rho, spentDelta: '5e-7' }, '1e-6')).toBe(epsilonOf({ rho }, '5e-7'));
    expect(() => epsilonOf({ rho, spentDelta: '1e-6' }, '1e-6')).toThrow(
      'delta must be above what was spent',
    );
  });

  it('has a largest ρ within (ε, δ), which really stays within', () => {
    const epsilon = fc.integer({ min: 1, max: 2_000 }).map((hundredths) => hundredths / 100);
    fc.assert(
      fc.property(epsilon, fc.integer({ min: 3, max: 12 }), (most, power) => {
        const rho = rhoWithin(most, `1e-${power}`);
        expect(epsilonOf({ rho }, `1e-${power}`)).toBeLessThanOrEqual(most);
        const more = doubleAbove(rho) * (1 + 1e-6) + 2e-9;
        expect(epsilonOf({ rho: more }, `1e-${power}`)).toBeGreaterThan(most);
      }),
      { numRuns: 30 },
    );
    expect(ratioText(rhoWithin('0.899936', '1e-6'))).toMatch(/^\d+\/\d+$/);
  });

  it.each([
    [0, 1e-6],
    [-1, 1e-6],
    [Number.NaN, 1e-6],
    [1, 0],
    [1, 1],
    [1, Number.NaN],
  ])('of ρ = %d and δ = %d is refused', (rho, delta) => {
    expect(() => epsilonOf({ rho }, delta)).toThrow(expect.objectContaining({ code: 'invalid_parameter' }));
  });

  it('cannot be held within an (ε, δ) that is too small for any question', () => {
    expect(() => rhoWithin('1e-6', '1e-300')).toThrow('too small for any question');
  });
});
