/**
 * What `npm test` counts: a vitest reporter that writes the totals, and each skipped test with its
 * reason, to the file named by `TALLY_FILE`. The reason is the note of `context.skip(note)`, else
 * the lines beginning with "skipped" that the file printed.
 */
import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule, TestResult } from 'vitest/node';
import type { Skipped, Totals } from './totals.ts';

interface Printed {
  readonly line: string;
  /** Id of the test or file that printed it; a test's id begins with its file's. */
  readonly task: string;
}

export class Tally implements Reporter {
  readonly #printed: Printed[] = [];

  onUserConsoleLog({ content, taskId }: { content: string; taskId?: string }): void {
    const lines = content.split('\n').filter((line) => /^\s*skip/i.test(line));
    for (const line of lines) this.#printed.push({ line: line.trim(), task: taskId ?? '' });
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const file = process.env.TALLY_FILE;
    if (file !== undefined) writeFileSync(file, JSON.stringify(count(modules, unhandled, this.#printed)));
  }
}

/** A file that cannot be loaded, and an error outside any test, each count as one failure. */
function count(
  modules: readonly TestModule[],
  unhandled: readonly unknown[],
  printed: readonly Printed[],
): Totals {
  const skipped: Skipped[] = [];
  let passed = 0;
  let failed = unhandled.length;
  for (const module of modules) {
    const said = printed.filter(({ task }) => task.startsWith(module.id)).map(({ line }) => line);
    failed += module.errors().length;
    for (const suite of module.children.allSuites()) failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') passed++;
      else if (state === 'failed') failed++;
      else
        skipped.push({
          title: `${module.relativeModuleId} > ${test.fullName}`,
          reason: why(test.result(), said),
        });
    }
  }
  return { passed, failed, skipped };
}

function why(result: TestResult, said: readonly string[]): string {
  if (result.state === 'skipped' && result.note !== undefined) return result.note;
  return said.length > 0 ? [...new Set(said)].join('; ') : 'no reason was given';
}
