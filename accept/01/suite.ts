/** Runs a part of the test suite by vitest and reads what it reports. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inFolder } from './faults.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export interface Suite {
  readonly tests: readonly {
    /** Titles of the groups and of the test itself, outermost first. */
    readonly titles: readonly string[];
    readonly title: string;
    /** `passed`, `failed`, `skipped` or `pending`. */
    readonly status: string;
  }[];
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

/** Runs what is at `path`. Throws when the run ends without a report, or with a failure that no test tells of. */
export function suiteOf(path: string): Promise<Suite> {
  return inFolder(async (folder) => {
    const file = join(folder, 'report.json');
    const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
    const args = [vitest, 'run', path, '--reporter=json', `--outputFile=${file}`];
    const { DATABASE_URL: _, ...env } = process.env;
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        said += chunk;
      });
    const [code] = (await once(child, 'close')) as [number | null];
    if (!existsSync(file)) throw new Error(`vitest left no report: ${said.trim().slice(-2_000)}`);
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    const tests = report.testResults.flatMap(({ assertionResults }) =>
      assertionResults.map(({ ancestorTitles, title, status }) => ({
        titles: [...ancestorTitles, title],
        title,
        status,
      })),
    );
    if (tests.length === 0 || (code !== 0 && tests.every(({ status }) => status === 'passed')))
      throw new Error(`vitest ended with ${code}: ${said.trim().slice(-2_000)}`);
    return { tests };
  });
}
