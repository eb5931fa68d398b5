/**
 * Prints the held-out texts as JSON lines `{id,text,language,template,spans}`:
 * `node dist/accept/03/texts/make.js [--chinese] [--seed N] [--count N]`.
 */
import { parseArgs } from 'node:util';
import { generate, type Wanted } from './generate.ts';

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} takes a whole number.`);
  return Number(text);
}

function wanted(): Wanted {
  const options = {
    chinese: { type: 'boolean' },
    seed: { type: 'string' },
    count: { type: 'string' },
  } as const;
  const { values } = parseArgs({ options });
  const count = wholeNumber('count', values.count);
  const seed = wholeNumber('seed', values.seed) ?? 1;
  return { chinese: values.chinese ?? false, seed, ...(count === undefined ? {} : { count }) };
}

// `| head` closes the pipe: no fault of the texts.
process.stdout.on('error', () => process.exit());

try {
  for (const text of generate(wanted())) process.stdout.write(`${JSON.stringify(text)}\n`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
