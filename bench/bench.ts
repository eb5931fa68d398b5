/** The shape of a benchmark: ours and its baseline, in turn, in the same run. */

/** One pair of timings, in milliseconds (in bytes for `memory`). */
export interface Pair {
  readonly oursMs: number;
  readonly baselineMs: number;
}

export interface Bench {
  readonly name: string;
  readonly what: string;
  /** Whether a higher ratio is better. */
  readonly better: 'higher' | 'lower';
  readonly goal: number;
  /** From the medians: `baseline/ours` when higher is better (speed), `ours/baseline` when lower is. */
  readonly run: (runs: number) => Promise<Pair[]>;
}

export interface Result {
  readonly name: string;
  readonly what: string;
  readonly better: 'higher' | 'lower';
  readonly goal: number;
  readonly ratio: number;
  readonly runs: readonly Pair[];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Runs a benchmark and takes the ratio of the medians. */
export async function measure(bench: Bench, runs: number): Promise<Result> {
  const pairs = await bench.run(runs);
  const ours = median(pairs.map((pair) => pair.oursMs));
  const baseline = median(pairs.map((pair) => pair.baselineMs));
  const ratio = bench.better === 'higher' ? baseline / ours : ours / baseline;
  const { name, what, better, goal } = bench;
  return { name, what, better, goal, ratio, runs: pairs };
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown> | unknown): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}
