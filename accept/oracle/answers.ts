/** The same cases put to decide() and to Cedar. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type OracleCase, SETTINGS } from './case.ts';
import { Cedar } from './cedar.ts';
import { generatedCases } from './generate.ts';
import { packFiles, readBook } from './law.ts';
import { SMALL_WORLD, WIDE_WORLD, worldCases } from './world.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PACKS = join(ROOT, 'packs/law');
const WORKER = join(ROOT, 'dist/accept/oracle/worker.js');
/** The public surface, as it was built. */
export const LIBRARY = join(ROOT, 'dist/src/law/library.js');

export interface Size {
  readonly seed: number;
  readonly count: number;
  readonly world: 'small' | 'wide';
}

export function casesOf({ seed, count, world }: Size): {
  readonly world: OracleCase[];
  readonly generated: OracleCase[];
} {
  return {
    world: [...worldCases(world === 'wide' ? WIDE_WORLD : SMALL_WORLD)],
    generated: [...generatedCases(seed, count)],
  };
}

/** Cedar's answers, a line a case. `progress` is told the number of cases that are done. */
export function cedarAnswers(cases: readonly OracleCase[], progress: (done: number) => void): string[] {
  const cedar = new Cedar(readBook(PACKS), SETTINGS);
  const answers: string[] = [];
  for (const each of cases) {
    answers.push(cedar.answer(each));
    if (answers.length % 10_000 === 0) progress(answers.length);
  }
  return answers;
}

/** The texts of the packs in one file, so that each copy of the library parses them itself. */
export function writePackTexts(path: string): void {
  const texts = packFiles(PACKS).map((file) => ({ file, text: readFileSync(join(PACKS, file), 'utf8') }));
  writeFileSync(path, JSON.stringify(texts));
}

/**
 * What the library at `library` answers: the world first, then what is generated. An answer that begins with `!` is
 * an error. `packs`: texts, or packs that were parsed before; `save`: where to write them once parsed.
 */
export async function libraryAnswers(
  library: string,
  packs: string,
  { seed, count, world }: Size,
  save?: string,
): Promise<string[]> {
  const args = [WORKER, library, packs, String(seed), String(count), world];
  const child = spawn(process.execPath, save === undefined ? args : [...args, save], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  let fault = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  child.stderr.on('data', (chunk) => {
    fault += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0)
    throw new Error(
      `the library fails: ${
        fault
          .trim()
          .split('\n')
          .find((line) => line.includes('Error')) ?? fault.slice(0, 200)
      }`,
    );
  return text.trimEnd().split('\n');
}

/** Indexes of the cases on which the two disagree. */
export function disagreements(ours: readonly string[], theirs: readonly string[]): number[] {
  if (ours.length !== theirs.length) throw new Error(`${ours.length} answers against ${theirs.length}`);
  return ours.flatMap((each, at) => (each === theirs[at] ? [] : [at]));
}
