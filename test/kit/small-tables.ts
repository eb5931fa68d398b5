/** Small random tables with hierarchies, and the best generalization of each, found the long way round. */
import fc from 'fast-check';
import type { TableInput } from '../../src/anonymize/table/anonymize.ts';
import { distance } from '../../src/anonymize/verify/distance.ts';
import { diverse } from '../../src/anonymize/verify/diverse.ts';

/** Leaves `v0` … in pairs, pairs in fours, and a root. */
export function treeOf(leaves: number): string[][] {
  return Array.from({ length: leaves }, (_, at) => [`v${at}`, `pair ${at >> 1}`, `four ${at >> 2}`, '*']);
}

export const HEADER = ['age', 'place', 'job', 'illness'];
export const QUASI = ['age', 'place', 'job'];
const TREES = {
  age: treeOf(7),
  place: treeOf(4),
  job: [
    ['v0', '*'],
    ['v1', '*'],
    ['v2', '*'],
  ],
};

const cell = (values: number) => fc.nat({ max: values - 1 }).map((at) => `v${at}`);
const row = fc.tuple(cell(7), cell(4), cell(3), cell(4));

/** A table of 5 to 60 rows that asks for k-anonymity, and perhaps for more. */
export const smallTable: fc.Arbitrary<TableInput> = fc
  .record({
    rows: fc.array(row, { minLength: 5, maxLength: 60 }),
    k: fc.integer({ min: 1, max: 5 }),
    suppression: fc.constantFrom(0, 0.05, 0.1, 0.3, 1),
    more: fc.constantFrom<Partial<TableInput>>(
      {},
      { diversity: { kind: 'distinct', l: 2 } },
      { diversity: { kind: 'entropy', l: 1.8 } },
      { diversity: { kind: 'recursive', c: 2, l: 2 } },
      { closeness: { distance: 'equal', t: 0.4 } },
      { closeness: { distance: 'ordered', t: 0.2 } },
      { diversity: { kind: 'distinct', l: 2 }, closeness: { distance: 'equal', t: 0.5 } },
    ),
  })
  .map(({ rows, k, suppression, more }) => ({
    header: HEADER,
    rows,
    quasi: QUASI,
    hierarchies: TREES,
    k,
    suppression,
    ...(Object.keys(more).length > 0 ? { sensitive: 'illness' } : {}),
    ...more,
  }));

interface Best {
  readonly loss: number;
  readonly suppressed: number;
}

/** The least loss over every combination of levels, each looked at; null when none fulfils what is asked. */
export function byBruteForce(input: TableInput): Best | null {
  let best: Best | null = null;
  for (const vector of combinations(input)) {
    const found = lossAt(input, vector);
    if (found !== null && (best === null || found.loss < best.loss - 1e-12)) best = found;
  }
  return best;
}

function combinations({ quasi, hierarchies }: TableInput): number[][] {
  return quasi.reduce<number[][]>(
    (vectors, name) => {
      const levels = hierarchies[name]![0]!.length;
      return vectors.flatMap((vector) => Array.from({ length: levels }, (_, level) => [...vector, level]));
    },
    [[]],
  );
}

function lossAt(input: TableInput, vector: readonly number[]): Best | null {
  const { rows, quasi, hierarchies, header, suppression = 0 } = input;
  const lines = quasi.map((name) => hierarchies[name]!);
  const classes = new Map<string, string[][]>();
  for (const each of rows) {
    const key = quasi
      .map((name, at) => lines[at]!.find((line) => line[0] === each[header.indexOf(name)])![vector[at]!]!)
      .join('|');
    classes.set(key, [...(classes.get(key) ?? []), [...each]]);
  }
  let loss = 0;
  let suppressed = 0;
  for (const [key, members] of classes) {
    const kept = holds(input, members);
    if (!kept) suppressed += members.length;
    key.split('|').forEach((label, at) => {
      const below = lines[at]!.filter((line) => line[vector[at]!] === label).length;
      const cost = kept ? (below - 1) / (lines[at]!.length - 1) : 1;
      loss += (cost * members.length) / (rows.length * quasi.length);
    });
  }
  return suppressed <= suppression * rows.length + 1e-9 ? { loss, suppressed } : null;
}

function holds({ k, diversity, closeness, rows }: TableInput, members: readonly string[][]): boolean {
  const own = countsOf(members);
  return (
    members.length >= k &&
    (diversity === undefined || diverse([...own.values()], diversity)) &&
    (closeness === undefined || distance(own, countsOf(rows), closeness.distance) <= closeness.t + 1e-9)
  );
}

function countsOf(rows: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of rows) counts.set(each.at(-1)!, (counts.get(each.at(-1)!) ?? 0) + 1);
  return counts;
}
