import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hundredths } from './money.ts';

describe('money', () => {
  it.each([
    [19.99, 1_999],
    ['19.9', 1_990],
    ['-0.01', -1],
    [0.1 + 0.2, 30],
    [1e12, 100_000_000_000_000],
    ['7', 700],
    ['-0', 0],
    [1.999, 199],
    ['1,5', null],
    ['', null],
    [null, null],
    [Number.NaN, null],
    [1e21, null],
    ['99999999999999', null],
  ])('%s is %s hundredths', (given, due) => expect(hundredths(given)).toBe(due));

  it('comes back as it was written, to the cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (cents) => {
        const text = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
        expect(hundredths(text)).toBe(cents);
        expect(hundredths(Number(text))).toBe(cents);
      }),
    );
  });
});
