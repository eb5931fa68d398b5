/**
 * What `npm test` counts: a vitest reporter that writes the totals, each failed test with the first line
 * of its error, and each skipped test with its reason, to the file named by `TALLY_FILE`. The reason is the note of `context.skip(note)`, else
 * the lines beginning with "skipped" that the file printed.
 */
import { writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import type { Reporter, TestModule, TestResult } from 'vitest/node';
import type { Failure, Skipped, Totals } from './totals.ts';

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
  const failures = unhandled.map((error) => ({ title: 'outside of any test', error: firstLine(error) }));
  let passed = 0;
  for (const module of modules) {
    const file = module.relativeModuleId;
    const said = printed.filter(({ task }) => task.startsWith(module.id)).map(({ line }) => line);
    failures.push(...each(file, module.errors()));
    for (const suite of module.children.allSuites())
      failures.push(...each(`${file} > ${suite.fullName}`, suite.errors()));
    for (const test of module.children.allTests()) {
      const title = `${file} > ${test.fullName}`;
      const result = test.result();
      if (result.state === 'passed') passed++;
      else if (result.state === 'failed') failures.push({ title, error: firstLine(result.errors[0]) });
      else skipped.push({ title, reason: why(result, said) });
    }
  }
  return { passed, failures, skipped };
}

function each(title: string, errors: readonly unknown[]): Failure[] {
  return errors.map((error) => ({ title, error: firstLine(error) }));
}

/** Without the colors that a matcher puts into its messages. */
function firstLine(error: unknown): string {
  const { message } = Object(error) as { message?: unknown };
  const text = stripVTControlCharacters(String(message ?? error)).trim();
  return text.split('\n')[0] as string;
}

function why(result: TestResult, said: readonly string[]): string {
  if (result.state === 'skipped' && result.note !== undefined) return result.note;
  return said.length > 0 ? [...new Set(said)].join('; ') : 'no reason was given';
}
