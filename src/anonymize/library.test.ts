import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import * as library from './library.ts';

const README = readFileSync(new URL('./README.md', import.meta.url), 'utf8');

/** Each example, and what stands below it. */
const EXAMPLES = [...README.matchAll(/```ts\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g)].map(
  ([, code, output]) => ({ code: code!, output: output! }),
);

/** Runs an example on the library as it is here; resolves with what it prints. */
async function run(code: string): Promise<string> {
  const lines: string[] = [];
  const said = {
    log: (...values: unknown[]) =>
      lines.push(values.map((each) => (typeof each === 'string' ? each : inspect(each))).join(' ')),
  };
  const body = code.replace(/import (\{[^}]*\}) from 'bailee\/anonymize';/g, 'const $1 = library;');
  await new Function('library', 'console', `return (async () => {${body}})()`)(library, said);
  return `${lines.join('\n')}\n`;
}

describe('the README of the library', () => {
  it('has an output below every example', () => {
    expect(EXAMPLES).toHaveLength(README.split('```ts\n').length - 1);
    expect(EXAMPLES.length).toBeGreaterThan(0);
  });

  it.each(EXAMPLES.map((example, at) => [at + 1, example] as const))(
    'says of example %i what it prints',
    async (_, { code, output }) => {
      expect(await run(code)).toBe(output);
    },
  );
});
