/**
 * Collapses rows to distinct tuples with counts. Several columns share one pack (a mixed-radix number below 2,048),
 * so that generalizing a tuple later costs one look into a small table per pack, not per column.
 */
import type { Domain } from './domain.ts';
import { makeNumberKeys } from './number-keys.ts';
import { sortedOrder } from './order.ts';

/** A table for a pack of this size stays in the fastest cache. */
const PACK_SIZE = 2048;

export interface Pack {
  /** Columns by position, the first the fastest to change. */
  readonly columns: readonly number[];
  readonly size: number;
  /** Per column of the pack, per pack code: the place of the column's value. */
  readonly code: readonly Uint32Array[];
}

/** Tuples with their weights. Those of a coarser node stand for all that they were merged from. */
export interface Tuples {
  readonly count: number;
  /** Per pack, per tuple. */
  readonly packs: readonly Uint32Array[];
  /** Rows of the table. Zero for a tuple that only the population has. */
  readonly weight: Uint32Array;
  /** Rows of the population, when there is one. */
  readonly population: Uint32Array | null;
  /** The code of the sensitive value, when there is one; tuples differ in it too. */
  readonly sensitive: Uint32Array | null;
}

/** Chooses packs: columns with few values fill up what columns with many leave free. */
export function makePacks(domains: readonly Domain[]): Pack[] {
  const order = domains.map((_, at) => at).sort((a, b) => domains[b]!.size - domains[a]!.size || a - b);
  const open: { columns: number[]; size: number }[] = [];
  for (const at of order) {
    const { size } = domains[at]!;
    const place = open.find((pack) => pack.size * size <= PACK_SIZE);
    if (place === undefined) open.push({ columns: [at], size });
    else {
      place.columns.push(at);
      place.size *= size;
    }
  }
  return open.map(({ columns, size }) => ({ columns, size, code: unpack(columns, size, domains) }));
}

function unpack(columns: readonly number[], size: number, domains: readonly Domain[]): Uint32Array[] {
  let stride = 1;
  return columns.map((column) => {
    const step = stride;
    const card = domains[column]!.size;
    stride *= card;
    return Uint32Array.from({ length: size }, (_, at) => Math.floor(at / step) % card);
  });
}

/** What rows are grouped from: codes per column of `domains`, and what goes with them. */
export interface Rows {
  readonly count: number;
  readonly codes: readonly Uint32Array[];
  readonly sensitive: Uint32Array | null;
  /** Rows from here on are of the population alone; all rows when there is none. */
  readonly ofTable: number;
  readonly hasPopulation: boolean;
}

export interface Grouped {
  readonly tuples: Tuples;
  /** Per row, its tuple. */
  readonly tupleOf: Uint32Array;
}

/** Groups equal rows; tuples come out in the order of their packs, whatever the order of the rows. */
export function groupRows(rows: Rows, domains: readonly Domain[], packs: readonly Pack[]): Grouped {
  const packed = packs.map((pack) => packRows(pack, rows, domains));
  const parts = packed.map((codes, at) => ({ codes, size: packs[at]!.size }));
  const { sensitive } = rows;
  if (sensitive !== null) parts.push({ codes: sensitive, size: largest(sensitive) + 1 });
  const tupleOf = new Uint32Array(rows.count);
  const count = makeNumberKeys()(parts, rows.count, tupleOf);
  const first = new Uint32Array(count);
  for (let row = rows.count - 1; row >= 0; row--) first[tupleOf[row]!] = row;
  const firstCodes = packed.map((codes) => pick(codes, first));
  const sortBy = packs.map(({ size }, at) => ({ codes: firstCodes[at]!, size }));
  if (sensitive !== null) sortBy.unshift({ codes: pick(sensitive, first), size: largest(sensitive) + 1 });
  const order = sortedOrder(sortBy, count);
  const rank = new Uint32Array(count);
  for (let place = 0; place < count; place++) rank[order[place]!] = place;
  const weight = new Uint32Array(count);
  const population = rows.hasPopulation ? new Uint32Array(count) : null;
  for (let row = 0; row < rows.count; row++) {
    const tuple = rank[tupleOf[row]!]!;
    tupleOf[row] = tuple;
    if (row < rows.ofTable) weight[tuple]! += 1;
    else population![tuple]! += 1;
  }
  return {
    tupleOf,
    tuples: {
      count,
      packs: firstCodes.map((codes) => pick(codes, order)),
      weight,
      population,
      sensitive: sensitive === null ? null : pick(pick(sensitive, first), order),
    },
  };
}

/** `codes` at the positions `at`. */
export function pick(codes: Uint32Array, at: Uint32Array): Uint32Array {
  const out = new Uint32Array(at.length);
  for (let each = 0; each < out.length; each++) out[each] = codes[at[each]!]!;
  return out;
}

function packRows(pack: Pack, rows: Rows, domains: readonly Domain[]): Uint32Array {
  const out = new Uint32Array(rows.count);
  let stride = 1;
  for (const column of pack.columns) {
    const codes = rows.codes[column]!;
    const place = domains[column]!.place.map((each) => each * stride);
    for (let row = 0; row < out.length; row++) out[row]! += place[codes[row]!]!;
    stride *= domains[column]!.size;
  }
  return out;
}

function largest(codes: Uint32Array): number {
  let most = 0;
  for (const code of codes) if (code > most) most = code;
  return most;
}
