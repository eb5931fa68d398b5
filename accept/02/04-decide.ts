/** The figure of decide() against Cedar, from the bench as anyone runs it. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Faults } from '../01/faults.ts';
import type { AcceptLine } from '../line.ts';

const BENCH = fileURLToPath(new URL('../../bench/run.js', import.meta.url));
const GOAL = 500;
const FEWEST_RUNS = 5;

interface Result {
  readonly name: string;
  readonly better: string;
  readonly goal: number;
  readonly ratio: number;
  readonly runs: readonly { readonly oursMs: number; readonly baselineMs: number }[];
}

export const line: AcceptLine = {
  issue: 2,
  number: 4,
  title: 'decide() against cedar-wasm',
  // A figure of speed on a machine that others share judges nothing: it is taken by hand.
  quick: false,
  async run({ log }) {
    const faults = new Faults(log);
    const { stdout } = await promisify(execFile)(process.execPath, [BENCH, '--json', 'decide']);
    const [result] = JSON.parse(stdout) as Result[];
    if (result?.name !== 'decide') throw new Error('the bench does not answer for decide');
    for (const { oursMs, baselineMs } of result.runs)
      log(`ours ${oursMs.toFixed(2)} ms, Cedar ${baselineMs.toFixed(0)} ms`);
    faults.check(result.runs.length >= FEWEST_RUNS, 'at least five runs');
    faults.equal(result.goal, GOAL, 'the goal');
    faults.check(
      result.ratio >= GOAL,
      `decide is ${result.ratio.toFixed(0)} times as fast, at least ${GOAL} is the goal`,
    );
    return faults.verdict(`${result.ratio.toFixed(0)} times as fast (goal ${GOAL})`);
  },
};
