/** What all private questions have in common: the bound per customer, the noise they say, and their refusals. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededFill } from '../../../test/kit/seeded.ts';
import type { Contribution } from './bound.ts';
import { privateCount } from './count.ts';
import { privateHistogram } from './histogram.ts';
import { privateMean } from './mean.ts';
import { costOf } from './mechanism.ts';
import { privateQuantiles } from './quantile.ts';
import { ratioText } from './ratio.ts';
import { privateSum } from './sum.ts';
import { thresholdFor } from './threshold.ts';
import { privateTopK } from './top.ts';

/** So much ε that the noise is zero but for once in e^200: shows the bounded answer itself. */
const BARE = { epsilon: 1_000_000 } as const;
const row = (customer: string, value = 1, group = 'a'): Contribution => ({ customer, value, group });
const rows = [row('ann', 5), row('ann', 6), row('ann', 7, 'b'), row('bob', 100), row('cem', -3, 'c')];
const fill = () => seededFill('questions');

describe('what one customer contributes is bounded', () => {
  it('a count counts customers, or so many rows of each', () => {
    expect(privateCount(rows, { privacy: BARE }).value).toBe(3);
    expect(privateCount(rows, { privacy: BARE, rowsEach: 2 }).value).toBe(4);
  });

  it('a sum clamps the total of each customer, not their rows', () => {
    expect(privateSum(rows, { privacy: BARE, lower: 0, upper: 20 }).value).toBe(18 + 20 + 0);
    const negative = [row('ann', 50), row('ann', -45)];
    expect(privateSum(negative, { privacy: BARE, lower: 0, upper: 20 }).value).toBe(5);
  });

  it('a mean is one over customers', () => {
    const { value, count } = privateMean(rows, { privacy: BARE, lower: 0, upper: 20 });
    expect(value).toBeCloseTo(38 / 3, 6);
    expect(count).toBe(3);
  });

  it('a histogram lets each customer into so many groups, drawn by chance', () => {
    const groups = ['a', 'b', 'c', 'd'];
    const many = groups.map((group) => row('ann', 1, group));
    const seen = new Set<string>();
    const chance = fill();
    for (let time = 0; time < 60; time += 1) {
      const { value } = privateHistogram(many, { privacy: BARE, groups, groupsEach: 2 }, chance);
      expect(value.reduce((sum, { count }) => sum + count, 0)).toBe(2);
      for (const { group, count } of value) if (count === 1) seen.add(group);
    }
    expect([...seen].sort()).toEqual(groups);
  });

  it('no answer moves by more than its noise was made for when a customer is left out', () => {
    const some = fc.array(
      fc.record({
        customer: fc.constantFrom('ann', 'bob', 'cem', 'dia'),
        value: fc.integer({ min: -1_000, max: 1_000 }),
        group: fc.constantFrom('a', 'b', 'c'),
      }),
      { maxLength: 40 },
    );
    // Which groups somebody counts in is drawn anew each time, so whoever stays has no more than count anyway.
    const staying = (each: Contribution) =>
      each.customer !== 'ann' && each.group === 'c' ? { ...each, group: 'a' } : each;
    fc.assert(
      fc.property(some, (drawn) => {
        const all = drawn.map(staying);
        const without = all.filter(({ customer }) => customer !== 'ann');
        const sum = (of: Contribution[]) => privateSum(of, { privacy: BARE, lower: -7, upper: 30 }).value;
        expect(Math.abs(sum(all) - sum(without))).toBeLessThanOrEqual(30);
        const bounds = { privacy: BARE, groups: ['a', 'b', 'c'], groupsEach: 2, rowsEach: 3 };
        const counts = (of: Contribution[]) => privateHistogram(of, bounds).value.map(({ count }) => count);
        const after = counts(without);
        const moved = counts(all).reduce((total, count, at) => total + Math.abs(count - after[at]!), 0);
        expect(moved).toBeLessThanOrEqual(6);
      }),
      { numRuns: 60 },
    );
  });
});

describe('an answer says what it cost and how its noise was made', () => {
  it('of Laplace: the change of one customer over ε; ε²/2 in zCDP', () => {
    const { noise, cost } = privateSum(rows, { privacy: { epsilon: '1/3' }, lower: -50, upper: 20 });
    expect(noise).toEqual({ kind: 'laplace', size: '150' });
    expect(ratioText(cost.rho)).toBe('1/18');
  });

  it('of Gauss: the squared change over 2ρ', () => {
    const question = { privacy: { rho: '0.02' }, groups: ['a', 'b'], groupsEach: 2, rowsEach: 3 };
    const { noise, cost } = privateHistogram(rows, question);
    expect(noise).toEqual({ kind: 'gaussian', size: '450' });
    expect(ratioText(cost.rho)).toBe('1/50');
  });

  it('of two halves: no more than was allowed', () => {
    const mean = (privacy: { rho: string } | { epsilon: string }) =>
      ratioText(privateMean(rows, { privacy, lower: 0, upper: 10 }).cost.rho);
    expect(mean({ rho: '0.02' })).toBe('1/50');
    expect(mean({ epsilon: '1' })).toBe('1/4');
  });

  it('costs what is told beforehand', () => {
    const question = { privacy: { epsilon: '1/2' }, delta: '1e-6' };
    expect(privateHistogram(rows, question).cost).toEqual(costOf(question.privacy, question.delta));
    expect(ratioText(costOf({ rho: '0.02' }).rho)).toBe('1/50');
  });

  it('rounds a scale that is too fine up, never down', () => {
    const { noise } = privateCount(rows, { privacy: { epsilon: '1000003/3000000' } });
    const [top, bottom] = noise.size.split('/').map(BigInt) as [bigint, bigint];
    expect(top * 1_000_003n).toBeGreaterThanOrEqual(3_000_000n * bottom);
  });

  it('is spread around the truth', () => {
    const many = Array.from({ length: 400 }, (_, at) => row(`customer ${at}`));
    const chance = fill();
    const counts = Array.from(
      { length: 2_000 },
      () => privateCount(many, { privacy: { epsilon: 1 } }, chance).value,
    );
    const mean = counts.reduce((sum, one) => sum + one, 0) / counts.length;
    expect(Math.abs(mean - 400)).toBeLessThan(0.25);
    expect(new Set(counts).size).toBeGreaterThan(8);
  });
});

describe('quantiles', () => {
  const many = Array.from({ length: 1_001 }, (_, at) => row(`customer ${at}`, at));

  it('are near the true ones, in the order they were asked', () => {
    const question = { privacy: { rho: '1/10' }, lower: 0, upper: 1_023, quantiles: [0.9, 0.5, 0.1] };
    const { value } = privateQuantiles(many, question, fill());
    for (const [at, due] of [900, 500, 100].entries()) expect(Math.abs(value[at]! - due)).toBeLessThan(60);
  });

  it('are exact to their part of the bounds when there is no noise', () => {
    const question = { privacy: BARE, lower: 0, upper: 1_023, quantiles: [0, 0.25, 0.5, 1] };
    expect(privateQuantiles(many, question).value).toEqual([0, 250, 500, 1_000]);
  });

  it('stay within the bounds, for no rows at all too', () => {
    const question = { privacy: { epsilon: 1 }, lower: -5, upper: 6, quantiles: [0, 0.5, 1] };
    for (let time = 0; time < 50; time += 1)
      for (const value of privateQuantiles([], question).value) {
        expect(value).toBeGreaterThanOrEqual(-5);
        expect(value).toBeLessThanOrEqual(6);
      }
  });

  it('cost the same however many are asked', () => {
    const cost = (quantiles: number[]) =>
      privateQuantiles(many, { privacy: { rho: 1 }, lower: 0, upper: 9, quantiles }).cost;
    expect(cost([0.5])).toEqual(cost([0.1, 0.2, 0.3, 0.4, 0.5]));
  });
});

describe('groups that nobody listed', () => {
  const crowd = (group: string, size: number) =>
    Array.from({ length: size }, (_, at) => row(`${group} ${at}`, 1, group));

  it('show when many customers are in them, and not when one is', () => {
    const all = [...crowd('many', 200), row('lone', 1, 'lone')];
    const chance = fill();
    for (let time = 0; time < 200; time += 1) {
      const { value } = privateHistogram(all, { privacy: { epsilon: 1 }, delta: '1e-6' }, chance);
      expect(value.map(({ group }) => group)).toEqual(['many']);
    }
  });

  it('show for the sake of one customer no more often than δ allows', () => {
    const chance = fill();
    let shown = 0;
    for (let time = 0; time < 4_000; time += 1) {
      const question = { privacy: { rho: '1/8' }, delta: '1/20' };
      shown += privateHistogram([row('lone', 1, 'lone')], question, chance).value.length;
    }
    expect(shown / 4_000).toBeLessThan(0.05 + 0.02);
    expect(shown).toBeGreaterThan(0);
  });

  it('need a threshold that the exact tail of the noise confirms', () => {
    for (const [scale, delta] of [
      [1, 1e-6],
      [10, 1e-9],
      [2.5, 0.01],
    ] as const) {
      const p = Math.exp(-1 / scale);
      const threshold = thresholdFor(
        'laplace',
        { numerator: BigInt(scale * 2), denominator: 2n },
        {
          numerator: 1n,
          denominator: BigInt(Math.round(1 / delta)),
        },
        1,
      );
      expect(p ** (threshold - 1) / (1 + p)).toBeLessThanOrEqual(delta);
    }
  });

  it('come in the order of their names, not of the rows', () => {
    const question = { privacy: { epsilon: 1 }, delta: '1e-6' };
    const names = (all: Contribution[]) => privateHistogram(all, question).value.map(({ group }) => group);
    expect(names([...crowd('b', 99), ...crowd('c', 99), ...crowd('a', 99)])).toEqual(['a', 'b', 'c']);
  });

  it('spend their δ', () => {
    const { cost, threshold } = privateHistogram(crowd('a', 5), { privacy: { epsilon: 1 }, delta: '1e-6' });
    expect(ratioText(cost.delta)).toBe('1/1000000');
    expect(threshold).toBe(15);
  });

  it('are ranked for the price of the histogram', () => {
    const all = [...crowd('a', 50), ...crowd('b', 150), ...crowd('c', 100)];
    const question = { privacy: { epsilon: 1 }, delta: '1e-6' };
    const top = privateTopK(all, { ...question, k: 2 }, fill());
    expect(top.value.map(({ group }) => group)).toEqual(['b', 'c']);
    expect(top.cost).toEqual(privateHistogram(all, question).cost);
  });
});

describe('bad input gets a clear refusal and no answer', () => {
  const privacy = { epsilon: 1 };
  const asks: readonly [string, () => unknown, string][] = [
    ['ε of zero', () => privateCount(rows, { privacy: { epsilon: 0 } }), 'epsilon must be above 0.'],
    ['ε below zero', () => privateCount(rows, { privacy: { epsilon: -1 } }), 'epsilon must be above 0.'],
    [
      'ε that is no number',
      () => privateCount(rows, { privacy: { epsilon: Number.NaN } }),
      'epsilon must be a',
    ],
    ['ρ of zero', () => privateCount(rows, { privacy: { rho: 0 } }), 'rho must be above 0.'],
    ['both ε and ρ', () => privateCount(rows, { privacy: { epsilon: 1, rho: 1 } }), 'either epsilon or rho'],
    [
      'half a row each',
      () => privateCount(rows, { privacy, rowsEach: 0.5 }),
      'rowsEach must be a whole number',
    ],
    ['bounds the wrong way', () => privateSum(rows, { privacy, lower: 5, upper: 1 }), 'below upper'],
    ['bounds of NaN', () => privateSum(rows, { privacy, lower: Number.NaN, upper: 1 }), 'lower must be'],
    [
      'a value of NaN',
      () => privateSum([row('ann', Number.NaN)], { privacy, lower: 0, upper: 1 }),
      'Row 0: value',
    ],
    [
      'a fraction',
      () => privateMean([row('a'), row('b', 0.5)], { privacy, lower: 0, upper: 1 }),
      'Row 1: value',
    ],
    [
      'a total past 2^53',
      () => privateSum([row('ann', 2 ** 53 - 1), row('ann', 1)], { privacy, lower: 0, upper: 1 }),
      'Row 1: the total',
    ],
    ['no customer', () => privateCount([{ customer: '' }], { privacy }), 'Row 0: customer'],
    ['no group', () => privateHistogram([{ customer: 'ann' }], { privacy, groups: ['a'] }), 'Row 0: group'],
    ['neither groups nor δ', () => privateHistogram(rows, { privacy }), 'Give the groups, or delta'],
    ['a group twice', () => privateHistogram(rows, { privacy, groups: ['a', 'a'] }), 'each once'],
    [
      'rows by selection',
      () => privateHistogram(rows, { privacy, delta: '1e-6', rowsEach: 2 }),
      'rowsEach must be 1',
    ],
    [
      'a quantile of two',
      () => privateQuantiles(rows, { privacy, lower: 0, upper: 9, quantiles: [2] }),
      'quantiles',
    ],
    ['k of zero', () => privateTopK(rows, { privacy, groups: ['a'], k: 0 }), 'k must be'],
  ];

  it.each(asks)('%s', (_, ask, message) => {
    expect(ask).toThrow(message);
    expect(ask).toThrow(expect.objectContaining({ name: 'AnonymizeError' }));
  });

  it('a sum past 2^53 with its noise is refused whole', () => {
    const rich = Array.from({ length: 4 }, (_, at) => row(`customer ${at}`, 2 ** 52 - 1));
    const ask = () => privateSum(rich, { privacy: BARE, lower: 0, upper: 2 ** 52 - 1 });
    expect(ask).toThrow(expect.objectContaining({ code: 'overflow', details: { field: 'sum' } }));
  });
});
