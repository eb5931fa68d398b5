/** Exact discrete noise, against floating-point noise of the same size from the same cryptographic bits. */
import { randomFillSync } from 'node:crypto';
import { gaussianNoise, laplaceNoise } from '../src/anonymize/private/sample.ts';
import { type Bench, type Pair, timed } from './bench.ts';

const DRAWS = 500_000;
const words = new Uint32Array(1024);
let used = words.length;

/** In (0, 1], with 53 bits; pooled as ours are. */
function uniform(): number {
  if (used + 2 > words.length) {
    randomFillSync(words);
    used = 0;
  }
  const high = words[used++]! >>> 11;
  return (high * 2 ** 32 + words[used++]! + 1) / 2 ** 53;
}

/** What a program does that does not care: the inverse of the distribution, rounded. It is not private. */
function floatingLaplace(scale: number): number {
  const u = uniform() - 0.5;
  return Math.round(-scale * Math.sign(u) * Math.log(1 - 2 * Math.abs(u) + Number.MIN_VALUE));
}

/** Box and Muller, rounded. It is not private either. */
function floatingGaussian(deviation: number): number {
  return Math.round(deviation * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()));
}

let kept = 0;

async function pairs(runs: number, ours: () => bigint, baseline: () => number): Promise<Pair[]> {
  const drawOurs = () => {
    for (let at = 0; at < DRAWS; at += 1) kept += Number(ours());
  };
  const drawBaseline = () => {
    for (let at = 0; at < DRAWS; at += 1) kept += baseline();
  };
  drawOurs();
  drawBaseline();
  const result: Pair[] = [];
  for (let run = 0; run < runs; run += 1)
    result.push({ oursMs: await timed(drawOurs), baselineMs: await timed(drawBaseline) });
  if (!Number.isFinite(kept)) throw new Error('The noise was not drawn.');
  return result;
}

export const laplaceBench: Bench = {
  name: 'laplace',
  what: 'exact discrete Laplace, scale 10, against rounded floating-point Laplace (500,000 draws each)',
  better: 'higher',
  goal: 0.1,
  run: (runs) => pairs(runs, laplaceNoise(10), () => floatingLaplace(10)),
};

export const gaussianBench: Bench = {
  name: 'gaussian',
  what: 'exact discrete Gaussian, σ² = 25, against rounded Box-Muller (500,000 draws each)',
  better: 'higher',
  goal: 0.1,
  run: (runs) => pairs(runs, gaussianNoise(25), () => floatingGaussian(5)),
};
