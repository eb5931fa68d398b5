import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  divide,
  doubleAbove,
  doubleBelow,
  isAbove,
  multiply,
  ratioText,
  roundUp,
  subtract,
  toPositive,
  toProbability,
  toRatio,
} from './ratio.ts';

const big = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
const above = fc.bigInt({ min: 1n, max: 10n ** 30n });
const fraction = fc
  .tuple(big, above)
  .map(([numerator, denominator]) => toRatio({ numerator, denominator }, 'x'));
const positive = fc
  .tuple(above, above)
  .map(([numerator, denominator]) => toRatio({ numerator, denominator }, 'x'));

describe('a fraction', () => {
  it.each([
    [0.1, '1/10'],
    [1e-6, '1/1000000'],
    ['1/3', '1/3'],
    ['2/6', '1/3'],
    ['0.50', '1/2'],
    ['-2.5e1', '-25'],
    [1e21, '1000000000000000000000'],
    [0, '0'],
  ])('reads %s as it is written: %s', (given, text) => expect(ratioText(toRatio(given, 'x'))).toBe(text));

  it.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '',
    'one',
    '1/0',
    '1,5',
    '0x10',
    '1e9999',
    `1${'0'.repeat(500)}`,
  ])('refuses %s and names the field', (given) => {
    expect(() => toRatio(given, 'epsilon')).toThrow(
      expect.objectContaining({ code: 'invalid_parameter', details: { field: 'epsilon' } }),
    );
  });

  it('refuses what is not above zero, and a probability of one', () => {
    expect(() => toPositive(0, 'rho')).toThrow('rho must be above 0.');
    expect(() => toPositive(-1, 'rho')).toThrow('rho must be above 0.');
    expect(() => toProbability(1, 'delta')).toThrow('delta must be below 1.');
  });

  it('adds, subtracts, multiplies and divides without loss', () => {
    fc.assert(
      fc.property(fraction, positive, (a, b) => {
        expect(subtract(add(a, b), b)).toEqual(a);
        expect(multiply(divide(a, b), b)).toEqual(a);
        expect(isAbove(add(a, b), a)).toBe(true);
      }),
    );
  });

  it('rounds up to a coarser one, never down', () => {
    fc.assert(
      fc.property(positive, fc.bigInt({ min: 1n, max: 10n ** 9n }), (value, coarse) => {
        const rounded = roundUp(value, coarse);
        expect(isAbove(value, rounded)).toBe(false);
        expect(isAbove(subtract(rounded, value), { numerator: 1n, denominator: coarse })).toBe(false);
      }),
    );
  });

  it('lies between its two doubles, which are close', () => {
    const exact = (double: number) =>
      toRatio({ numerator: BigInt(double * 2 ** 200), denominator: 1n << 200n }, 'x');
    const medium = fc.bigInt({ min: 1n, max: 10n ** 20n });
    fc.assert(
      fc.property(medium, medium, (numerator, denominator) => {
        const value = toRatio({ numerator, denominator }, 'x');
        const [low, high] = [doubleBelow(value), doubleAbove(value)];
        expect(isAbove(exact(low), value)).toBe(false);
        expect(isAbove(value, exact(high))).toBe(false);
        expect(high / low - 1).toBeLessThan(2 ** -48);
      }),
    );
  });
});
