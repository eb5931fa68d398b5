/** Noise that is exact, accounts that others confirm, and a distinguisher that catches what is broken. */
import { randomFillSync } from 'node:crypto';
import {
  type Contribution,
  epsilonOf,
  gaussianEpsilon,
  gaussianNoise,
  laplaceNoise,
  privateCount,
  privateHistogram,
  privateMean,
  privateQuantiles,
  privateSum,
  privateTopK,
} from '../../src/anonymize/library.ts';
import { distinguish } from '../../test/kit/distinguisher.ts';
import { deviations, discreteGaussian, discreteLaplace } from '../../test/kit/distribution.ts';
import { Faults } from '../01/faults.ts';
import type { AcceptLine } from '../line.ts';

/** Chance that a sound sampler or mechanism is called broken, for each test. */
const ALPHA = 1e-6;
const LEAST_DRAWS_A_SECOND = 300_000;

type Log = (message: string) => void;
type Rows = readonly Contribution[];

export const line: AcceptLine = {
  issue: 3,
  number: 5,
  title: 'Differential privacy: exact noise, confirmed accounts, broken mechanisms caught',
  async run({ quick, log }) {
    const faults = new Faults(log);
    const draws = quick ? 200_000 : 1_000_000;
    const distributions = judgeDistributions(draws, faults, log);
    const accounts = judgeAccounts(faults, log);
    const caught = judgeMechanisms(quick ? 10_000 : 60_000, faults, log);
    const speed = judgeSpeed(faults);
    return faults.verdict(`${distributions}; ${accounts}; ${caught}; ${speed}`);
  },
};

function judgeDistributions(draws: number, faults: Faults, log: Log): string {
  const laplace = ['1/2', '1', '10/3', '10', '100'];
  const gaussian = ['1/3', '1', '5/2', '25', '1000'];
  const numberOf = (text: string) =>
    text
      .split('/')
      .map(Number)
      .reduce((top, bottom) => top / bottom);
  const judge = (what: string, found: readonly string[]) => {
    log(`${what}: ${draws} draws, ${found.length === 0 ? 'exact' : found[0]}`);
    faults.equal(found.length, 0, `values of ${what} off`);
  };
  for (const scale of laplace)
    judge(
      `Laplace ${scale}`,
      deviations(laplaceNoise(scale), discreteLaplace(numberOf(scale)), draws, ALPHA),
    );
  for (const variance of gaussian)
    judge(
      `Gauss ${variance}`,
      deviations(gaussianNoise(variance), discreteGaussian(numberOf(variance)), draws, ALPHA),
    );
  return `${laplace.length + gaussian.length} distributions exact over ${draws.toLocaleString('en')} draws`;
}

/**
 * ε for ten answers: the losses are sums of odd multiples of 0.02, so that 2.920610 is exact. Others published
 * 2.920613: they first round each loss up to a grid of 1e-4, which floating point does to 0.02 as well.
 */
function judgeAccounts(faults: Faults, log: Log): string {
  const once = gaussianEpsilon({ variance: 25 }, '1e-6');
  const ten = gaussianEpsilon({ variance: 25, times: 10 }, '1e-6');
  const zcdp = epsilonOf({ rho: '0.02' }, '1e-6');
  log(`σ = 5, δ = 1e-6: ${once} once, ${ten} ten times; ρ = 0.02: ${zcdp}`);
  faults.equal(once.toFixed(6), '0.834976', 'ε of one answer');
  faults.equal(zcdp.toFixed(6), '0.899935', 'ε of ρ = 0.02');
  faults.check(ten <= 2.920613 && ten > 2.920613 - 5e-6, `ε of ten answers: ${ten} against 2.920613`);
  const grid = onGrid(25, 10, 1e-6, 1e-4);
  log(`ten times, losses rounded up to a grid of 1e-4 in floating point: ${grid.toFixed(6)}`);
  faults.equal(grid.toFixed(6), '2.920613', 'ε of ten answers by the other way, worked out here');
  return `ε ${once.toFixed(6)}, ${ten.toFixed(6)} (2.920613 with losses on a grid), ${zcdp.toFixed(6)}`;
}

/** The other way: an accountant of its own that keeps losses on a grid, as the published value was made. */
function onGrid(variance: number, times: number, delta: number, step: number): number {
  const far = 120;
  const weight = (y: number) => Math.exp(-(y * y) / (2 * variance));
  const total = Array.from({ length: 2 * far + 1 }, (_, at) => weight(at - far)).reduce(
    (sum, one) => sum + one,
    0,
  );
  const single = new Map<number, number>();
  for (let y = -far; y <= far; y += 1) {
    const place = Math.ceil((2 * y + 1) / (2 * variance) / step);
    single.set(place, (single.get(place) ?? 0) + weight(y) / total);
  }
  let losses = new Map([[0, 1]]);
  for (let time = 0; time < times; time += 1) {
    const next = new Map<number, number>();
    for (const [a, p] of losses)
      for (const [b, q] of single) if (p * q > 1e-30) next.set(a + b, (next.get(a + b) ?? 0) + p * q);
    losses = next;
  }
  const deltaAt = (epsilon: number) =>
    [...losses].reduce(
      (sum, [at, p]) => sum + (at * step > epsilon ? p * -Math.expm1(epsilon - at * step) : 0),
      0,
    );
  let [low, high] = [0, 20];
  for (let round = 0; round < 50; round += 1) {
    const middle = (low + high) / 2;
    if (deltaAt(middle) > delta) low = middle;
    else high = middle;
  }
  return high;
}

const others: Rows = Array.from({ length: 30 }, (_, at) => ({
  customer: `customer ${at}`,
  value: 3 * at,
  group: at % 2 === 0 ? 'even' : 'odd',
}));
/** One more customer, who comes often. */
const withOne: Rows = [
  ...others,
  ...Array.from({ length: 12 }, () => ({ customer: 'one', value: 90, group: 'odd' })),
];

function uniform(): number {
  const bytes = Buffer.alloc(8);
  randomFillSync(bytes);
  return (bytes.readUIntBE(0, 6) + 1) / 2 ** 48;
}

function judgeMechanisms(trials: number, faults: Faults, log: Log): string {
  const customers = (rows: Rows, group?: string) =>
    new Set(rows.filter((row) => group === undefined || row.group === group).map(({ customer }) => customer))
      .size;
  const one = laplaceNoise(1);
  const broken: Record<string, (rows: Rows) => number[]> = {
    'floating-point Laplace': (rows) => [
      customers(rows) - 30 + Math.log(uniform()) * (uniform() < 0.5 ? -1 : 1),
    ],
    'no bound per customer': (rows) => [rows.length + Number(one())],
    'noise used twice': (rows) => {
      const drawn = Number(one());
      return [customers(rows, 'even') + drawn, customers(rows, 'odd') + drawn];
    },
  };
  const pure = { epsilon: 1 };
  const groups = ['even', 'odd'];
  const bounds = { privacy: pure, lower: 0, upper: 100 };
  const sound: Record<string, (rows: Rows) => number[]> = {
    count: (rows) => [privateCount(rows, { privacy: pure }).value],
    'count of rows': (rows) => [privateCount(rows, { privacy: pure, rowsEach: 5 }).value],
    sum: (rows) => [privateSum(rows, bounds).value],
    mean: (rows) => [privateMean(rows, bounds).value],
    quantiles: (rows) => privateQuantiles(rows, { ...bounds, levels: 3, quantiles: [0.25, 0.5, 0.75] }).value,
    histogram: (rows) => privateHistogram(rows, { privacy: pure, groups }).value.map(({ count }) => count),
    'top-k': (rows) => privateTopK(rows, { privacy: pure, groups, k: 1 }).value.map(({ count }) => count),
  };
  const tell = (answer: (rows: Rows) => number[]) =>
    distinguish({ one: () => answer(withOne), other: () => answer(others), epsilon: 1, trials });
  for (const [name, answer] of Object.entries(broken)) {
    const caught = tell(answer);
    log(`planted ${name}: ${caught === null ? 'NOT caught' : `caught by ${caught.event}`}`);
    faults.check(caught !== null, `${name} is caught`);
  }
  for (const [name, answer] of Object.entries(sound)) {
    const caught = tell(answer);
    log(`ours, ${name}: ${caught === null ? 'passes' : `told apart by ${caught.event}`}`);
    faults.check(caught === null, `${name} passes (${caught?.event})`);
  }
  const gauss = { privacy: { rho: '1/8' }, lower: 0, upper: 100 };
  const [epsilon, delta] = [epsilonOf({ rho: '1/8' }, '1e-3'), 1e-3];
  const sum = (rows: Rows) => [privateSum(rows, gauss).value];
  const told = distinguish({ one: () => sum(withOne), other: () => sum(others), epsilon, delta, trials });
  faults.check(told === null, `sum with Gaussian noise passes (${told?.event})`);
  return `${Object.keys(broken).length} planted mechanisms caught, ${Object.keys(sound).length + 1} of ours pass`;
}

function judgeSpeed(faults: Faults): string {
  const noise = laplaceNoise(10);
  const draws = 500_000;
  const started = performance.now();
  let sum = 0n;
  for (let at = 0; at < draws; at += 1) sum += noise();
  const aSecond = Math.round(draws / ((performance.now() - started) / 1000));
  faults.check(aSecond >= LEAST_DRAWS_A_SECOND, `${aSecond} Laplace draws a second`);
  faults.check(sum < 10n * BigInt(draws), 'draws are noise');
  return `${aSecond.toLocaleString('en')} Laplace draws a second on one core`;
}
