import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, plus, times, written, ZERO } from './decimal.ts';

function add(...values: unknown[]): string {
  return written(values.reduce<typeof ZERO>((sum, value) => plus(sum, decimal(value)!), ZERO));
}

describe('amounts', () => {
  it('adds cents without losing any', () => {
    expect(add(0.1, 0.2)).toBe('0.30');
    expect(add(...Array.from({ length: 1000 }, () => 0.01))).toBe('10.00');
  });

  it('multiplies quantity and price exactly, returns too', () => {
    expect(written(times(decimal(-3)!, decimal('1.065')!))).toBe('-3.195');
    expect(written(times(decimal(80_995)!, decimal(2.08)!))).toBe('168469.60');
  });

  it('reads what a number looks like when it is very small or very large', () => {
    expect(written(decimal(1e-7)!)).toBe('0.0000001');
    expect(written(decimal(1e21)!)).toBe('1000000000000000000000.00');
    expect(written(decimal('-0.001')!)).toBe('-0.001');
  });

  it('reads nothing from what is no number', () => {
    for (const odd of [
      '',
      'twelve',
      '1,5',
      '0x10',
      null,
      undefined,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      {},
      '1e999',
    ])
      expect(decimal(odd)).toBeNull();
  });

  it('agrees with counting in cents', () => {
    const cents = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }));
    fc.assert(
      fc.property(cents, (amounts) => {
        const total = amounts.reduce((sum, each) => sum + each, 0);
        expect(add(...amounts.map((each) => each / 100))).toBe(
          (total / 100 + 0).toFixed(2).replace(/^-0\.00$/, '0.00'),
        );
      }),
    );
  });
});
