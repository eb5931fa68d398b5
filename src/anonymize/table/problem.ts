/** All that a search looks at, made once: domains, packs, distinct tuples, and the criteria. */
import type { Domain } from './domain.ts';
import { groupRows, makePacks, type Pack, type Rows, type Tuples } from './tuples.ts';
import type { Criteria } from './types.ts';

/** Levels of a node of the lattice, one per column. */
export type Vector = readonly number[];

export interface Problem {
  readonly domains: readonly Domain[];
  readonly packs: readonly Pack[];
  readonly tuples: Tuples;
  /** Per row of the table (not of the population), its tuple. */
  readonly tupleOf: Uint32Array;
  /** Rows of the table. */
  readonly rows: number;
  readonly criteria: Criteria;
  /** Rows that may be suppressed. */
  readonly limit: number;
  /** How the sensitive values are spread over the whole table; null when no criterion asks. */
  readonly spread: Spread | null;
}

/** The distribution of the sensitive column in the whole table. */
export interface Spread {
  /** Per code of a value: rows of the table. */
  readonly counts: Float64Array;
  readonly total: number;
  /** Codes in the order of their values, for the ordered distance. */
  readonly order: Uint32Array;
}

export function makeProblem(
  rows: Rows,
  domains: readonly Domain[],
  asked: Pick<Problem, 'criteria' | 'limit' | 'spread'>,
): Problem {
  const packs = makePacks(domains);
  const { tuples, tupleOf } = groupRows(rows, domains, packs);
  return { domains, packs, tuples, tupleOf: tupleOf.subarray(0, rows.ofTable), rows: rows.ofTable, ...asked };
}
