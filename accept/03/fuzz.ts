/** Tables, hierarchies and files that no one would make on purpose; what comes back must be an answer or a clear no. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { anonymizeTable, isBaileeError, verifyTable } from '../../src/anonymize/library.ts';
import { runCommand } from '../server.ts';
import { whole } from './tamper.ts';

type Draw = () => number;

const ODD = [
  '',
  '*',
  ' ',
  'NaN',
  'Infinity',
  '-0',
  '__proto__',
  'constructor',
  '\u0000',
  '\ud800',
  'ü',
  '"',
  ';',
  '1e999',
];
const NUMBERS = [0, 1, 2, 3, 5, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 1e-9];

/** One random table through the library. Answers what went wrong, or null. */
export function fuzzLibrary(draw: Draw): string | null {
  const input = oddTable(draw);
  try {
    const made = anonymizeTable(input);
    const { quasi, k } = input;
    const report = verifyTable(made.header, made.rows, { quasi, k });
    if (!report.holds) return `the verifier refuses what the engine released: ${report.faults[0]}`;
    if (made.rows.length !== input.rows.length) return 'rows are lost';
    return null;
  } catch (error) {
    if (isBaileeError(error) && !/verifier refuses/.test(error.message)) return null;
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

function oddTable(draw: Draw) {
  const pick = <T>(from: readonly T[]) => from[whole(draw, from.length)]!;
  const usually = (sound: number) => (draw() < 0.8 ? sound : pick(NUMBERS));
  const width = 1 + whole(draw, 4);
  const header = Array.from({ length: width }, (_, at) => (draw() < 0.03 ? pick(ODD) : `c${at}`));
  const words = Array.from({ length: 1 + whole(draw, 8) }, (_, at) => (draw() < 0.2 ? pick(ODD) : `w${at}`));
  const rows = Array.from({ length: whole(draw, 60) }, () =>
    header.slice(0, draw() < 0.002 ? width - 1 : width).map(() => pick(words)),
  );
  const quasi = header.slice(0, 1 + whole(draw, width));
  const sensitive = draw() < 0.4 ? header.at(-1)! : null;
  const kinds = ['distinct', 'entropy', 'recursive'] as const;
  const l = usually(1 + whole(draw, 2));
  return {
    header,
    rows,
    quasi,
    hierarchies: Object.fromEntries(quasi.map((name) => [name, oddTree(draw, words)])),
    k: usually(1 + whole(draw, 4)),
    suppression: draw() < 0.9 ? draw() * 0.5 : pick(NUMBERS),
    local: draw() < 0.4,
    ...(sensitive === null ? {} : { sensitive }),
    ...(draw() < 0.2 ? { diversity: { kind: pick(kinds), l, c: usually(2) } } : {}),
    ...(draw() < 0.2
      ? { closeness: { distance: pick(['equal', 'ordered'] as const), t: usually(draw()) } }
      : {}),
  };
}

function oddTree(draw: Draw, words: readonly string[]): string[][] {
  const levels = whole(draw, 4);
  const distinct = draw() < 0.95 ? [...new Set(words)] : words.slice(1);
  return distinct.map((word, at) => [
    word,
    ...Array.from({ length: levels }, (_, level) =>
      draw() < 0.005 ? 'stray' : `n${level}.${at >> (level + 1)}`,
    ),
    '*',
  ]);
}

/** A file with bytes changed at random, through the command line. Answers what went wrong, or null. */
export async function fuzzFile(
  sound: string,
  trees: string,
  folder: string,
  draw: Draw,
): Promise<string | null> {
  const bytes = Buffer.from(sound);
  for (let change = whole(draw, 4); change >= 0; change--) {
    const at = whole(draw, bytes.length);
    bytes[at] = draw() < 0.5 ? '";\n\r\u0000'.charCodeAt(whole(draw, 5)) : whole(draw, 256);
  }
  const input = join(folder, 'fuzzed.csv');
  writeFileSync(input, draw() < 0.1 ? bytes.subarray(0, whole(draw, bytes.length)) : bytes);
  const files = ['--input', input, '--hierarchies', trees, '--output', join(folder, 'fuzzed-out.csv')];
  const asked = ['--quasi', 'age,sex', '--k', '5', '--suppression', '0.1'];
  const { code, stderr } = await runCommand(['anonymize', 'table', ...files, ...asked, '--delimiter', ';']);
  if (code > 2 || /does not know|at file:|node:internal/.test(stderr)) return `ended with ${code}: ${stderr}`;
  return null;
}
