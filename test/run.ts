/**
 * `npm test`: type check, lint, the whole suite; then what was skipped and why, a line that begins with
 * `FAILED` for each failure, and as the last line the totals. Arguments go on to vitest:
 * `npm test -- src/keys`. With `BAILEE_NO_SKIP=1` a skipped test is a failure. Binaries are run by their
 * path, so neither a shell nor PATH matters.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Failure, Totals } from './totals.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

interface Step {
  readonly name: string;
  readonly binary: string;
  readonly args: readonly string[];
}

const CHECKS: readonly Step[] = [
  { name: 'type check', binary: 'typescript/bin/tsc', args: ['-p', 'tsconfig.test.json'] },
  { name: 'type check of sdk', binary: 'typescript/bin/tsc', args: ['-p', 'sdk/tsconfig.json'] },
  { name: 'type check of web', binary: 'typescript/bin/tsc', args: ['-p', 'web/tsconfig.json'] },
  { name: 'lint', binary: '@biomejs/biome/bin/biome', args: ['check', '--error-on-warnings', '.'] },
];

/** Characters of an error's first line that are shown again at the end. */
const MOST_OF_ERROR = 200;

/** Resolves with the exit code; a signal counts as 1. */
function run(step: Step, env: NodeJS.ProcessEnv): Promise<number> {
  console.log(`\n> ${step.name}: ${step.binary} ${step.args.join(' ')}`);
  return new Promise((resolve, reject) => {
    const binary = join(ROOT, 'node_modules', step.binary);
    const child = spawn(process.execPath, [binary, ...step.args], { cwd: ROOT, env, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Runs vitest and reads what its reporter counted. A run that leaves no count has failed. */
async function suite(args: readonly string[]): Promise<Totals> {
  const folder = mkdtempSync(join(tmpdir(), 'bailee-test-'));
  const file = join(folder, 'tally.json');
  try {
    const step = { name: 'suite', binary: 'vitest/vitest.mjs', args: ['run', ...args] };
    const code = await run(step, { ...process.env, TALLY_FILE: file });
    const ended = { title: 'the suite', error: `vitest ended with ${code}` };
    if (!existsSync(file)) return { passed: 0, failures: [ended], skipped: [] };
    const totals = JSON.parse(readFileSync(file, 'utf8')) as Totals;
    return code !== 0 && totals.failures.length === 0 ? { ...totals, failures: [ended] } : totals;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const broken: Failure[] = [];
  // Side by side: each leaves a processor idle for a part of its time, and says nothing when all is well.
  const check = async (step: Step) => ({ step, code: await run(step, process.env) });
  for (const { step, code } of await Promise.all(CHECKS.map(check)))
    if (code !== 0) broken.push({ title: `the ${step.name}`, error: `ended with ${code}` });
  const { passed, failures, skipped } = await suite(process.argv.slice(2));
  const failed = [...broken, ...failures];
  const strict = process.env.BAILEE_NO_SKIP === '1' && skipped.length > 0;

  if (skipped.length > 0) console.log('\nskipped:');
  for (const { title, reason } of skipped) console.log(`  ${title}\n    because: ${reason}`);
  if (strict) console.log('\nBAILEE_NO_SKIP=1: a skipped test counts as a failure of the run');
  if (failed.length > 0) console.log('');
  for (const { title, error } of failed) console.log(`FAILED ${title}: ${error.slice(0, MOST_OF_ERROR)}`);
  console.log(`${passed} passed, ${failed.length} failed, ${skipped.length} skipped`);
  process.exitCode = failed.length > 0 || strict ? 1 : 0;
}

await main();
