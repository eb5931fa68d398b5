import { describe, expect, it } from 'vitest';
import type { Contribution } from '../../src/anonymize/private/bound.ts';
import { privateCount } from '../../src/anonymize/private/count.ts';
import { privateHistogram } from '../../src/anonymize/private/histogram.ts';
import { gaussianNoise, laplaceNoise } from '../../src/anonymize/private/sample.ts';
import { privateSum } from '../../src/anonymize/private/sum.ts';
import { epsilonOf } from '../../src/anonymize/private/zcdp.ts';
import { distinguish } from './distinguisher.ts';
import { deviations, discreteGaussian, discreteLaplace } from './distribution.ts';
import { seededFill } from './seeded.ts';

const EPSILON = 1;
const TRIALS = 6_000;
const others: Contribution[] = Array.from({ length: 20 }, (_, at) => ({
  customer: `customer ${at}`,
  value: 10 * at,
  group: at % 2 === 0 ? 'even' : 'odd',
}));
/** One more customer, who comes often. */
const withOne = [
  ...others,
  ...Array.from({ length: 9 }, () => ({ customer: 'one', value: 90, group: 'odd' })),
];

function uniform(name: string): () => number {
  const fill = seededFill(name);
  const bytes = Buffer.alloc(8);
  return () => {
    fill(bytes);
    return (bytes.readUIntBE(0, 6) + 1) / 2 ** 48;
  };
}

describe('the distinguisher catches a mechanism that is broken on purpose', () => {
  const run = (answer: (rows: readonly Contribution[]) => number[]) =>
    distinguish({
      one: () => answer(withOne),
      other: () => answer(others),
      epsilon: EPSILON,
      trials: TRIALS,
    });

  it('Laplace noise in floating point, by the gaps between its values', () => {
    const chance = uniform('floating point');
    const noise = () => Math.log(chance()) * (chance() < 0.5 ? -1 : 1);
    const customers = (rows: readonly Contribution[]) =>
      new Set(rows.map(({ customer }) => customer)).size - 20;
    expect(run((rows) => [customers(rows) + noise() / EPSILON])).toMatchObject({ event: /^feature 1 / });
  });

  it('rows counted without a bound per customer', () => {
    const noise = laplaceNoise(1, seededFill('no bound'));
    expect(run((rows) => [rows.length + Number(noise())])).not.toBeNull();
  });

  it('one draw of noise used for two numbers, by their difference', () => {
    const noise = laplaceNoise(1, seededFill('used twice'));
    const count = (rows: readonly Contribution[], group: string) =>
      new Set(rows.filter((row) => row.group === group).map(({ customer }) => customer)).size;
    const answer = (rows: readonly Contribution[]) => {
      const drawn = Number(noise());
      return [count(rows, 'even') + drawn, count(rows, 'odd') + drawn];
    };
    expect(run(answer)).toMatchObject({ event: /^feature 4 / });
  });

  it('noise of half the size that the promise needs', () => {
    const noise = laplaceNoise('1/2', seededFill('half'));
    const customers = (rows: readonly Contribution[]) => new Set(rows.map(({ customer }) => customer)).size;
    expect(run((rows) => [customers(rows) + Number(noise())])).not.toBeNull();
  });
});

describe('the distinguisher lets the mechanisms of this house pass', () => {
  const pure = { epsilon: EPSILON };
  const concentrated = { rho: '1/8' };
  const delta = 1e-3;
  const run = (answer: (rows: readonly Contribution[]) => number[], epsilon = EPSILON, chance = 0) =>
    distinguish({
      one: () => answer(withOne),
      other: () => answer(others),
      epsilon,
      delta: chance,
      trials: TRIALS,
    });

  it('counts of customers', () => {
    const fill = seededFill('count');
    expect(run((rows) => [privateCount(rows, { privacy: pure }, fill).value])).toBeNull();
  });

  it('sums, with Gaussian noise', () => {
    const fill = seededFill('sum');
    const question = { privacy: concentrated, lower: 0, upper: 100 };
    const epsilon = epsilonOf(concentrated, delta);
    expect(run((rows) => [privateSum(rows, question, fill).value], epsilon, delta)).toBeNull();
  });

  it('histograms, their differences too', () => {
    const fill = seededFill('histogram');
    const question = { privacy: pure, groups: ['even', 'odd'] };
    const counts = (rows: readonly Contribution[]) =>
      privateHistogram(rows, question, fill).value.map(({ count }) => count);
    expect(run(counts)).toBeNull();
  });
});

describe('the judge of distributions', () => {
  it('finds rounded continuous noise where discrete noise is due', () => {
    const chance = uniform('rounded');
    const rounded = () => BigInt(Math.round(Math.log(chance()) * (chance() < 0.5 ? -1 : 1)));
    expect(deviations(rounded, discreteLaplace(1), 50_000, 1e-6)).not.toEqual([]);
  });

  it('finds a variance that is off by five percent', () => {
    const noise = gaussianNoise('105/4', seededFill('wide'));
    expect(deviations(noise, discreteGaussian(25), 400_000, 1e-6)).not.toEqual([]);
  });
});
