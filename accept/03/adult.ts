/** The census table Adult with its hierarchies, and tables of any size made from it by a seed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export const ADULT = join(process.env.BAILEE_SHARED ?? '../shared', 'data', 'adult');
export const QUASI = [
  ...['sex', 'age', 'race', 'marital-status', 'education'],
  ...['native-country', 'workclass', 'occupation', 'salary-class'],
];
const PERTURBED = 0.1;

export interface Table {
  readonly header: string[];
  readonly rows: string[][];
}

/** Throws when the folder of shared data is absent. */
export function readAdult(): Table {
  const path = join(ADULT, 'adult.csv.gz');
  if (!existsSync(path)) throw new Error(`The table Adult is not at ${path} (set BAILEE_SHARED).`);
  return parsed(gunzipSync(readFileSync(path)).toString('utf8'));
}

/** Per column, lines of a value and its generalizations. */
export function readTrees(): Record<string, string[][]> {
  return Object.fromEntries(
    QUASI.map((column) => {
      const { header, rows } = parsed(readFileSync(join(ADULT, `adult_hierarchy_${column}.csv`), 'utf8'));
      return [column, [header, ...rows]];
    }),
  );
}

/** Lines of cells between semicolons; none of these files has quotes. */
export function parsed(text: string): Table {
  const [header, ...rows] = text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.split(';'));
  return { header: header!, rows };
}

/** Adult drawn with replacement; each cell is with 10 % another value of its column, all values as likely. */
export function resampled({ header, rows }: Table, count: number, seed: number): Table {
  const draw = lots(seed);
  const values = header.map((_, at) => [...new Set(rows.map((row) => row[at]!))].sort());
  const pick = <T>(from: readonly T[]) => from[Math.floor(draw() * from.length)]!;
  const made = Array.from({ length: count }, () =>
    pick(rows).map((cell, at) => (draw() < PERTURBED ? pick(values[at]!) : cell)),
  );
  return { header, rows: made };
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function lots(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
