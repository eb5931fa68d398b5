/** Runs test files by themselves and counts what they say. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Verdict } from '../line.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Passes when all of them pass and none is skipped. */
export async function runTests(files: readonly string[]): Promise<Verdict> {
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json', ...files];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  child.stdout.on('data', (part) => {
    said += part;
  });
  await once(child, 'close');
  const start = said.indexOf('{"numTotalTestSuites"');
  const told = JSON.parse(start === -1 ? '{}' : said.slice(start).split('\n')[0]!) as {
    numPassedTests?: number;
    numTotalTests?: number;
  };
  const { numPassedTests: passed = 0, numTotalTests: total = 0 } = told;
  return {
    pass: total > 0 && passed === total,
    figure: `${passed} of ${total} tests of ${files.length} files pass`,
  };
}
