import { describe, expect, it } from 'vitest';
import { gaussianEpsilon } from './gaussianLoss.ts';
import { epsilonOf } from './zcdp.ts';

/** δ by the definition: the largest difference that any set of answers can show, for one answer. */
function deltaByDefinition(variance: number, epsilon: number): number {
  const weight = (x: number) => Math.exp(-(x * x) / (2 * variance));
  let sum = 0;
  for (let x = -400; x <= 400; x += 1) sum += weight(x);
  let delta = 0;
  for (let x = -400; x <= 400; x += 1)
    delta += Math.max(0, (weight(x) - Math.exp(epsilon) * weight(x - 1)) / sum);
  return delta;
}

describe('discrete Gaussian noise with σ = 5 at δ = 1e-6', () => {
  it('costs 0.834976 once, the value that others published', () => {
    expect(gaussianEpsilon({ variance: 25 }, '1e-6').toFixed(6)).toBe('0.834976');
  });

  it('costs 2.920610 ten times; 2.920613 is published, where losses are first rounded up to a grid', () => {
    const ten = gaussianEpsilon({ variance: 25, times: 10 }, '1e-6');
    expect(ten.toFixed(6)).toBe('2.920610');
    expect(2.920613 - ten).toBeGreaterThan(0);
    expect(2.920613 - ten).toBeLessThan(5e-6);
  });
});

describe('the exact cost of Gaussian noise', () => {
  it.each([1, 4, 25, 400])('holds by the definition for variance %d, and just so', (variance) => {
    const epsilon = gaussianEpsilon({ variance }, '1e-5');
    expect(deltaByDefinition(variance, epsilon)).toBeLessThanOrEqual(1e-5);
    expect(deltaByDefinition(variance, epsilon - 1e-6)).toBeGreaterThan(1e-5);
  });

  it('is below what zCDP gives for the same noise', () => {
    for (const times of [1, 3, 10, 30]) {
      const exact = gaussianEpsilon({ variance: 100, times }, '1e-6');
      expect(exact).toBeLessThan(epsilonOf({ rho: `${times}/200` }, '1e-6'));
    }
  });

  it('depends on the change of one customer and the noise together', () => {
    const one = gaussianEpsilon({ variance: 100 }, '1e-6');
    expect(gaussianEpsilon({ variance: 400, sensitivity: 2 }, '1e-6')).toBeCloseTo(one, 2);
  });

  it('is refused for noise too wide to be worked out, for fractions of times and for NaN', () => {
    const refusal = expect.objectContaining({ code: 'invalid_parameter' });
    expect(() => gaussianEpsilon({ variance: 1e9 }, '1e-6')).toThrow(refusal);
    expect(() => gaussianEpsilon({ variance: 25, times: 1.5 }, '1e-6')).toThrow(refusal);
    expect(() => gaussianEpsilon({ variance: Number.NaN }, '1e-6')).toThrow(refusal);
  });
});
