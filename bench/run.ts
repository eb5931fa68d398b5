/** `npm run bench [-- --json] [-- NAME…] [-- --runs N]`: every figure as a ratio to a baseline in the same run. */
import { anonymizeBenches } from './anonymize.ts';
import { type Bench, measure, type Result } from './bench.ts';
import { collectBench } from './collect.ts';
import {
  detectAllBench,
  detectHostileBench,
  detectLengthBench,
  detectPatternsBench,
  detectPeerBench,
} from './detect.ts';
import { eraseBench } from './erase.ts';
import { ledgerBench } from './ledger.ts';
import { gaussianBench, laplaceBench } from './noise.ts';
import { open64Bench, openBench } from './open.ts';
import { sealBench } from './seal.ts';

const BENCHES: readonly Bench[] = [
  ...[sealBench, collectBench, openBench, open64Bench, ledgerBench, eraseBench],
  ...[detectPatternsBench, detectAllBench, detectPeerBench, detectLengthBench, detectHostileBench],
  ...anonymizeBenches,
  ...[laplaceBench, gaussianBench],
];

function line(result: Result): string {
  const met = result.better === 'higher' ? result.ratio >= result.goal : result.ratio <= result.goal;
  const goal = `${result.better === 'higher' ? '≥' : '≤'} ${result.goal}`;
  const raw = result.runs.map((run) => `${run.oursMs.toFixed(2)}/${run.baselineMs.toFixed(2)}`).join(' ');
  return `${met ? 'met   ' : 'MISSED'} ${result.name.padEnd(15)} ${result.ratio.toFixed(2).padStart(7)} (goal ${goal})  ${result.what}\n       ms ours/baseline: ${raw}`;
}

async function main(args: readonly string[]): Promise<void> {
  const json = args.includes('--json');
  const at = args.indexOf('--runs');
  const runs = at === -1 ? 5 : Math.max(5, Number(args[at + 1]));
  const names = args.filter((arg, index) => !arg.startsWith('--') && args[index - 1] !== '--runs');
  const unknown = names.find((name) => !BENCHES.some((bench) => bench.name === name));
  if (unknown !== undefined)
    throw new Error(
      `There is no benchmark ${unknown}. There are: ${BENCHES.map((bench) => bench.name).join(', ')}.`,
    );
  const results: Result[] = [];
  for (const bench of BENCHES) {
    if (names.length > 0 && !names.includes(bench.name)) continue;
    const result = await measure(bench, runs);
    results.push(result);
    if (!json) process.stdout.write(`${line(result)}\n`);
  }
  if (json) process.stdout.write(`${JSON.stringify(results)}\n`);
}

await main(process.argv.slice(2));
