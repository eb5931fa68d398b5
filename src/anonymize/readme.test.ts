/** The examples of the README print what stands below them. */
import * as crypto from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as library from './library.ts';

const MODULES: Readonly<Record<string, object>> = { 'node:crypto': crypto, 'bailee/anonymize': library };
const text = readFileSync(new URL('./README.md', import.meta.url), 'utf8');
const examples = [...text.matchAll(/```js\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g)].map(
  ([, code, printed]) => ({ code: code as string, printed: printed as string }),
);

/** Runs the code as a module would; its imports are read from what stands above. */
async function linesOf(code: string): Promise<string> {
  const body = code.replace(
    /import (\{[^}]*\}) from '([^']+)';/g,
    (_, names: string, from: string) => `const ${names} = modules[${JSON.stringify(from)}];`,
  );
  const lines: string[] = [];
  const print = { log: (...words: unknown[]) => lines.push(words.join(' ')) };
  const Run = Object.getPrototypeOf(async () => {}).constructor as new (
    ...parts: string[]
  ) => (modules: typeof MODULES, console: typeof print) => Promise<void>;
  await new Run('modules', 'console', body)(MODULES, print);
  return `${lines.join('\n')}\n`;
}

describe('the README of bailee/anonymize', () => {
  it('has an example in each section', () => expect(examples.length).toBeGreaterThanOrEqual(2));

  it.each(examples)('example %# prints what it says', async ({ code, printed }) => {
    expect(await linesOf(code)).toBe(printed);
  });
});
