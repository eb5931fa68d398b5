import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance } from '../verify/distance.ts';
import { differs, orderOf } from './closeness.ts';
import type { Spread } from './problem.ts';

function spreadOf(counts: readonly number[]): Spread {
  return {
    counts: Float64Array.from(counts),
    total: counts.reduce((sum, count) => sum + count, 0),
    order: Uint32Array.from(counts, (_, code) => code),
  };
}

function between(kind: 'equal' | 'ordered', own: readonly number[], whole: readonly number[]): number {
  const seen = own.flatMap((count, code) => (count > 0 ? [code] : []));
  const total = own.reduce((sum, count) => sum + count, 0);
  return differs(kind, Float64Array.from(own), seen, total, spreadOf(whole));
}

describe('the distance of t-closeness', () => {
  it('is that of the salaries in the paper of Li, Li and Venkatasubramanian: 0.375 and 0.167', () => {
    const whole = [1, 1, 1, 1, 1, 1, 1, 1, 1];
    expect(between('ordered', [1, 1, 1, 0, 0, 0, 0, 0, 0], whole)).toBeCloseTo(0.375, 12);
    expect(between('ordered', [0, 0, 0, 1, 0, 1, 0, 0, 1], whole)).toBeCloseTo(1 / 6, 12);
  });

  it('is zero for a class that is spread like the table', () => {
    expect(between('equal', [1, 2, 3], [2, 4, 6])).toBe(0);
    expect(between('ordered', [1, 2, 3], [2, 4, 6])).toBe(0);
    expect(between('ordered', [3], [6])).toBe(0);
  });

  it('is what the verifier finds with code of its own, for any class', () => {
    const counts = fc.array(fc.nat({ max: 20 }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(counts, counts, fc.constantFrom('equal', 'ordered'), (some, others, kind) => {
        const own = some.slice(0, Math.min(some.length, others.length));
        const whole = others.slice(0, own.length).map((count, at) => count + own[at]!);
        fc.pre(own.some((count) => count > 0));
        const named = (each: readonly number[]) =>
          new Map(each.flatMap((count, at) => (count > 0 ? [[String(at), count] as const] : [])));
        // Values that occur nowhere are no step on the line.
        const present = whole.flatMap((count, at) => (count > 0 ? [at] : []));
        const pick = (each: readonly number[]) => present.map((at) => each[at]!);
        expect(between(kind, pick(own), pick(whole))).toBeCloseTo(
          distance(named(own), named(whole), kind),
          10,
        );
      }),
    );
  });

  it('goes along numbers by size and along texts by their letters', () => {
    expect([...orderOf(['10', '9', '-1'])]).toEqual([2, 1, 0]);
    expect([...orderOf(['b', 'a', '10'])]).toEqual([2, 1, 0]);
  });
});
