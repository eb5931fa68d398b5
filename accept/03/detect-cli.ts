/** Asks the command line what it finds. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Labelled, Span } from './spans.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const BAILEE = join(ROOT, 'src/bailee.mjs');
const MAKE = join(ROOT, 'dist/accept/03/texts/make.js');

/** Runs a script with node; resolves with what it printed, rejects when it fails. */
async function output(args: readonly string[], input: string): Promise<string> {
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const [out, err] = [[] as Buffer[], [] as Buffer[]];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0)
    throw new Error(`${args[0]} ended with ${code}: ${Buffer.concat(err).toString('utf8').trim()}`);
  return Buffer.concat(out).toString('utf8');
}

/** Spans by the id of the text. `options` go to `bailee detect`. */
export async function detectAll(
  texts: readonly Labelled[],
  options: readonly string[] = [],
): Promise<Map<string, readonly Span[]>> {
  const lines = texts.map(({ id, text }) => `${JSON.stringify({ id, text })}\n`).join('');
  const answer = await output([BAILEE, 'detect', '--json', ...options], lines);
  return new Map(
    answer
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string | number; spans: Span[] })
      .map(({ id, spans }) => [String(id), spans]),
  );
}

/** Labelled texts by those who wrote `texts/` without having read the detector. */
export async function madeTexts(
  options: readonly string[],
): Promise<(Labelled & { readonly language: string })[]> {
  const text = await output([MAKE, ...options], '');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}
