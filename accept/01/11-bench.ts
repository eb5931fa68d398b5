/** The figures of the design, each against its baseline in the same run. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AcceptLine } from '../line.ts';
import { Faults } from './faults.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** Those of this issue. */
const NAMES = ['seal', 'collect', 'open', 'open-64', 'ledger', 'erase'];
const QUICK_NAMES = ['seal', 'ledger'];
const FEWEST_RUNS = 5;
const MOST_MISSES = 1;
/** "By more than half": a speed below half of its goal, a cost above one and a half of it. */
const HALF = { higher: 0.5, lower: 1.5 };

interface Result {
  readonly name: string;
  readonly what: string;
  readonly better: 'higher' | 'lower';
  readonly goal: number;
  readonly ratio: number;
  readonly runs: readonly { readonly oursMs: number; readonly baselineMs: number }[];
}

export const line: AcceptLine = {
  issue: 1,
  number: 11,
  title: 'The figures of the bench',
  async run({ quick, log }) {
    const faults = new Faults(log);
    const names = quick ? QUICK_NAMES : NAMES;
    const results = await bench(names);
    for (const result of results) {
      log(describe(result));
      for (const { oursMs, baselineMs } of result.runs)
        log(`    ours ${oursMs.toFixed(2)} ms, baseline ${baselineMs.toFixed(2)} ms`);
    }
    for (const name of names)
      judge(
        results.find((each) => each.name === name),
        name,
        faults,
      );
    const missed = results.filter((result) => !meets(result, 1));
    faults.check(
      missed.length <= MOST_MISSES,
      `${missed.length} figures miss their goal: ${missed.map(({ name }) => name).join(', ')}`,
    );
    for (const { name } of missed)
      faults.check(hasProfile(name), `docs/decisions has no profile that names ${name}`);
    const figure = results.map(describe).join('; ');
    const verdict = faults.verdict(figure);
    const left = quick ? `; the others are left to a full run` : '';
    return { ...verdict, figure: verdict.pass ? `${figure}${left}` : `${verdict.figure}; ${figure}${left}` };
  },
};

function describe({ name, better, goal, ratio }: Result): string {
  return `${name} ${ratio.toFixed(2)} (${better === 'higher' ? '≥' : '≤'} ${goal})`;
}

/** `slack` 1: the goal itself. */
function meets({ better, goal, ratio }: Result, slack: number): boolean {
  return better === 'higher' ? ratio >= goal * slack : ratio <= goal * slack;
}

function judge(result: Result | undefined, name: string, faults: Faults): void {
  faults.check(result !== undefined, `there is no figure ${name}`);
  if (result === undefined) return;
  faults.check(result.runs.length >= FEWEST_RUNS, `${name} has ${result.runs.length} runs`);
  faults.check(meets(result, HALF[result.better]), `${describe(result)} misses by more than half`);
  // The ratio must be that of the medians of the raw times it comes with.
  const [ours, baseline] = [
    median(result.runs.map(({ oursMs }) => oursMs)),
    median(result.runs.map(({ baselineMs }) => baselineMs)),
  ];
  const ratio = result.better === 'higher' ? baseline / ours : ours / baseline;
  faults.check(
    Math.abs(ratio - result.ratio) <= 0.01 * result.ratio,
    `${name}: the ratio is not that of the medians`,
  );
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 1 ? middle : middle - 1], sorted[middle]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}

/** A decision record that speaks of a profile and of this figure. */
function hasProfile(name: string): boolean {
  const folder = join(ROOT, 'docs/decisions');
  if (!existsSync(folder)) return false;
  return readdirSync(folder).some((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    return /profile/i.test(text) && new RegExp(`\`${name}\``).test(text);
  });
}

async function bench(names: readonly string[]): Promise<readonly Result[]> {
  const { BAILEE_TEST_POSTGRES: postgres } = process.env;
  const env = { ...process.env, ...(postgres === undefined ? {} : { BENCH_POSTGRES: postgres }) };
  const args = [join(ROOT, 'dist/bench/run.js'), '--json', ...names];
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`the bench ended with ${code}`);
  return JSON.parse(said.trim().split('\n').at(-1) ?? '[]') as readonly Result[];
}
