/** Releases that were tampered with, all refused; and fuzzing that finds no crash and nothing super-linear. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anonymizeTable, isBaileeError, verifyTable } from '../../src/anonymize/library.ts';
import type { AcceptLine, LineOptions } from '../line.ts';
import { runCommand } from '../server.ts';
import { lots, QUASI, readAdult, readTrees, type Table } from './adult.ts';
import { fuzzFile, fuzzLibrary } from './fuzz.ts';
import { superLinear } from './growth.ts';
import { tamper } from './tamper.ts';

const K = 5;
const TAMPERED = 1000;
/** Of them so many as files, through the command line. */
const AS_FILES = 25;
/** As many that were only put into another order must pass: a verifier that refuses all would prove nothing. */
const SHUFFLED = 50;
const SAMPLE = 3_000;
const SEED = 7;
const MINUTES = { quick: 0.25, full: 10 };
const GROWTH_SIZE = { quick: 10_000, full: 40_000 };
const FILE_EVERY = 300;

export const line: AcceptLine = {
  issue: 3,
  number: 7,
  title: 'The verifier refuses every tampered release; fuzzing finds nothing',
  async run(options) {
    const folder = mkdtempSync(join(tmpdir(), 'bailee-accept-verifier-'));
    try {
      const faults: string[] = [];
      const draw = lots(options.seed ?? SEED);
      const refused = await tampering(folder, draw, faults, options);
      const fuzzed = await fuzzing(folder, draw, faults, options);
      const size = options.quick ? GROWTH_SIZE.quick : GROWTH_SIZE.full;
      faults.push(...superLinear(size, options.log));
      for (const fault of faults) options.log(fault);
      const figure = [...faults.slice(0, 3), refused, fuzzed].join('; ');
      return { pass: faults.length === 0, figure };
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

/** Releases of both kinds, with their originals beside them. */
function releases(): { released: Table; originals: string[][] }[] {
  const { header, rows } = readAdult();
  const originals = rows.slice(0, SAMPLE);
  const input = { header, rows: originals, quasi: QUASI, hierarchies: readTrees(), k: K };
  return [{ suppression: 0.1 }, { local: true }].map((more) => ({
    released: { header, rows: anonymizeTable({ ...input, ...more }).rows },
    originals,
  }));
}

async function tampering(
  folder: string,
  draw: () => number,
  faults: string[],
  { log }: LineOptions,
): Promise<string> {
  const made = releases();
  let refused = 0;
  for (let count = 0; count < TAMPERED; count++) {
    const { released, originals } = made[count % made.length]!;
    const { how, rows } = tamper(released.rows, originals, K, draw);
    const passed =
      count < AS_FILES ? await filePasses(folder, released.header, rows) : passes(released.header, rows);
    if (passed) faults.push(`passed although ${how}`);
    else refused += 1;
  }
  log(`${refused} of ${TAMPERED} tampered releases refused`);
  for (let count = 0; count < SHUFFLED; count++) {
    const { released } = made[count % made.length]!;
    const shuffled = released.rows
      .map((row) => ({ row, lot: draw() }))
      .sort((a, b) => a.lot - b.lot)
      .map(({ row }) => row);
    if (!passes(released.header, shuffled)) faults.push('a release in another order is refused');
  }
  return `${refused} of ${TAMPERED} tampered releases refused, ${SHUFFLED} sound ones passed`;
}

function passes(header: readonly string[], rows: readonly string[][]): boolean {
  try {
    return verifyTable(header, rows, { quasi: QUASI, k: K }).holds;
  } catch (error) {
    if (isBaileeError(error, 'invalid_table')) return false;
    throw error;
  }
}

async function filePasses(
  folder: string,
  header: readonly string[],
  rows: readonly string[][],
): Promise<boolean> {
  const input = join(folder, 'tampered.csv');
  writeFileSync(input, [header, ...rows].map((row) => `${row.join(';')}\n`).join(''));
  const asked = ['--quasi', QUASI.join(','), '--k', String(K), '--json'];
  return (await runCommand(['anonymize', 'verify', '--input', input, ...asked])).code === 0;
}

async function fuzzing(
  folder: string,
  draw: () => number,
  faults: string[],
  { quick, minutes, log }: LineOptions,
): Promise<string> {
  const span = minutes ?? (quick ? MINUTES.quick : MINUTES.full);
  const until = performance.now() + span * 60_000;
  const trees = join(folder, 'trees');
  mkdirSync(trees);
  for (const [column, lines] of Object.entries(readTrees()))
    writeFileSync(
      join(trees, `t_hierarchy_${column}.csv`),
      lines.map((cells) => `${cells.join(';')}\n`).join(''),
    );
  const { header, rows } = readAdult();
  const sound = [header, ...rows.slice(0, 300)].map((row) => `${row.join(';')}\n`).join('');
  let tables = 0;
  let files = 0;
  while (performance.now() < until && faults.length < 10) {
    const fault = fuzzLibrary(draw);
    if (fault !== null) faults.push(`table ${tables}: ${fault}`);
    tables += 1;
    if (tables % FILE_EVERY !== 1) continue;
    const broken = await fuzzFile(sound, trees, folder, draw);
    if (broken !== null) faults.push(`file ${files}: ${broken}`);
    files += 1;
    if (files % 100 === 0) log(`${tables} tables and ${files} files fuzzed`);
  }
  return `${tables} tables and ${files} files fuzzed in ${span} min`;
}
