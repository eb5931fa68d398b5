/**
 * `npm test`: type check, lint, the whole suite; then what was skipped and why, and as the last
 * line the totals. Arguments go on to vitest: `npm test -- src/keys`. With `BAILEE_NO_SKIP=1` a
 * skipped test is a failure. Binaries are run by their path, so neither a shell nor PATH matters.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Totals } from './totals.ts';

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
    if (!existsSync(file)) return { passed: 0, failed: 1, skipped: [] };
    const totals = JSON.parse(readFileSync(file, 'utf8')) as Totals;
    return code !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const broken: string[] = [];
  for (const step of CHECKS) if ((await run(step, process.env)) !== 0) broken.push(step.name);
  const { passed, failed, skipped } = await suite(process.argv.slice(2));
  const strict = process.env.BAILEE_NO_SKIP === '1' && skipped.length > 0;

  if (skipped.length > 0) console.log('\nskipped:');
  for (const { title, reason } of skipped) console.log(`  ${title}\n    because: ${reason}`);
  for (const name of broken) console.log(`\nthe ${name} failed`);
  if (strict) console.log('\nBAILEE_NO_SKIP=1: a skipped test counts as a failure of the run');
  console.log(`${passed} passed, ${failed + broken.length} failed, ${skipped.length} skipped`);
  process.exitCode = failed + broken.length > 0 || strict ? 1 : 0;
}

await main();
