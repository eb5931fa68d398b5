/** How likely it is that rows of a table are re-identified, as it stands: before a recoding, or after one. */
import { makeNumberKeys } from './number-keys.ts';
import type { CodedColumn } from './types.ts';

/** Rows named as riskiest. */
const MOST_NAMED = 20;

export interface Risk {
  /** Someone is known to be in the table: 1 / rows that look the same. The highest, and the mean over all rows. */
  readonly prosecutor: { readonly highest: number; readonly mean: number };
  /** Someone is known to be in the population: 1 / people who look the same. Without a population as the prosecutor. */
  readonly journalist: { readonly highest: number; readonly mean: number };
  /** The share of rows that a match against all the population would get right on average. */
  readonly marketer: number;
  /** Share of rows that look like no other; and of those, that look like no one else in the population. */
  readonly uniqueness: { readonly inTable: number; readonly inPopulation: number | null };
  /** Row numbers from 1, the riskiest first, and the journalist's risk of each. At most 20. */
  readonly riskiestRows: readonly { readonly row: number; readonly risk: number }[];
  /** The riskiest column first: how much lower the mean risk of the prosecutor is without it. */
  readonly riskiestColumns: readonly { readonly column: string; readonly adds: number }[];
}

/**
 * Risk models after El Emam (2013). `quasi`: the columns an attacker may know, coded over the rows of the table and
 * then those of the population, if any. `rows`: rows of the table, at least one.
 */
export function riskOf(quasi: readonly CodedColumn[], rows: number): Risk {
  const all = quasi[0]!.codes.length;
  const { classOf, inTable, inPopulation } = classesOf(quasi, rows);
  const hasPopulation = all > rows;
  const people = hasPopulation ? inPopulation : inTable;
  // A row that the population misses is at least itself.
  const risks = Float64Array.from({ length: rows }, (_, row) => 1 / Math.max(1, people[classOf[row]!]!));
  const classes = count(inTable, (size) => size > 0);
  const mean = risks.reduce((sum, risk) => sum + risk, 0) / rows;
  const unique = count(inTable, (size) => size === 1);
  const smallest = inTable.reduce((least, size) => (size > 0 && size < least ? size : least), rows);
  const uniqueToAll = inTable.reduce((sum, size, at) => (size === 1 && people[at]! <= 1 ? sum + 1 : sum), 0);
  return {
    prosecutor: { highest: 1 / smallest, mean: classes / rows },
    journalist: { highest: risks.reduce((most, risk) => Math.max(most, risk), 0), mean },
    marketer: mean,
    uniqueness: { inTable: unique / rows, inPopulation: hasPopulation ? uniqueToAll / rows : null },
    riskiestRows: namedRows(risks),
    riskiestColumns: quasi
      .map(({ name }, at) => {
        const others = classesOf(quasi.toSpliced(at, 1), rows).inTable;
        return {
          column: name,
          adds:
            (classes -
              Math.max(
                1,
                count(others, (size) => size > 0),
              )) /
            rows,
        };
      })
      .sort((a, b) => b.adds - a.adds),
  };
}

function classesOf(
  quasi: readonly CodedColumn[],
  rows: number,
): { classOf: Uint32Array; inTable: Uint32Array; inPopulation: Uint32Array } {
  const all = quasi[0]?.codes.length ?? 0;
  const classOf = new Uint32Array(all);
  const parts = quasi.map(({ codes, values }) => ({ codes, size: values.length }));
  const classes = makeNumberKeys()(parts, all, classOf);
  const inTable = new Uint32Array(classes);
  const inPopulation = new Uint32Array(classes);
  for (let row = 0; row < all; row++) (row < rows ? inTable : inPopulation)[classOf[row]!]! += 1;
  return { classOf, inTable, inPopulation };
}

function count(sizes: Uint32Array, fits: (size: number) => boolean): number {
  return sizes.reduce((sum, size) => (fits(size) ? sum + 1 : sum), 0);
}

/** The riskiest, the first of equals first. */
function namedRows(risks: Float64Array): { row: number; risk: number }[] {
  const levels = [...new Set(risks)].sort((a, b) => b - a);
  const named: { row: number; risk: number }[] = [];
  for (const risk of levels) {
    for (let row = 0; row < risks.length && named.length < MOST_NAMED; row++)
      if (risks[row] === risk) named.push({ row: row + 1, risk });
    if (named.length === MOST_NAMED) break;
  }
  return named;
}
