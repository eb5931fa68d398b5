/** Puts tuples into the classes of a node of the lattice: one number per tuple, by tables per pack. */
import { makeNumberKeys } from './number-keys.ts';
import type { Problem, Vector } from './problem.ts';
import type { Tuples } from './tuples.ts';

/** Beyond it, counting by address leaves the caches and a hash is as fast. */
const MOST_SLOTS = 2 ** 23;
const SLOTS_PER_TUPLE = 24;
const FEWEST_SLOTS = 4096;

export interface Classes {
  /** Per tuple, the slot of its class. */
  readonly slot: Uint32Array;
  /** Slots are below it. Not every slot is a class when they were counted by address. */
  readonly slots: number;
  /** Per slot, rows of the table. */
  readonly sizes: Uint32Array;
  /** Slots with rows. */
  readonly count: number;
}

/** Answers classes for nodes; what it answers is overwritten by the next call. */
export type Classify = (tuples: Tuples, vector: Vector) => Classes;

export function makeClassify(problem: Problem): Classify {
  const slot = new Uint32Array(problem.tuples.count);
  const tables = problem.packs.map((pack) => new Uint32Array(pack.size));
  const numberKeys = makeNumberKeys();
  let sizes = new Uint32Array(FEWEST_SLOTS);
  const room = (slots: number) => {
    if (sizes.length < slots) sizes = new Uint32Array(slots);
    else sizes.fill(0, 0, slots);
    return sizes;
  };
  return (tuples, vector) => {
    const spaces = problem.packs.map((_, at) => fillTable(problem, at, vector, tables[at]!));
    const space = spaces.reduce((product, each) => product * each, 1);
    if (space <= Math.min(MOST_SLOTS, Math.max(FEWEST_SLOTS, SLOTS_PER_TUPLE * tuples.count))) {
      const used = tables.map((_, at) => at).filter((at) => spaces[at]! > 1);
      const keys = used.map((at) => ({ codes: tuples.packs[at]!, table: tables[at]! }));
      let stride = 1;
      for (const at of used) {
        scale(tables[at]!, stride);
        stride *= spaces[at]!;
      }
      const counted = room(space);
      return { slot, slots: space, sizes: counted, count: byAddress(keys, tuples, slot, counted) };
    }
    const parts = tables.map((table, at) => ({ codes: tuples.packs[at]!, size: spaces[at]!, table }));
    const slots = numberKeys(parts, tuples.count, slot);
    const counted = room(slots);
    return { slot, slots, sizes: counted, count: countRows(tuples, slot, counted) };
  };
}

/** Fills the table of a pack for the levels of its columns; answers how many keys there are. */
function fillTable({ packs, domains }: Problem, at: number, vector: Vector, table: Uint32Array): number {
  const { columns, code, size } = packs[at]!;
  let stride = 1;
  table.fill(0);
  columns.forEach((column, place) => {
    const nodes = domains[column]!.nodes[vector[column]!]!;
    if (nodes > 1) {
      const node = domains[column]!.node[vector[column]!]!;
      const codes = code[place]!;
      for (let key = 0; key < size; key++) table[key]! += node[codes[key]!]! * stride;
    }
    stride *= nodes;
  });
  return stride;
}

function scale(table: Uint32Array, stride: number): void {
  if (stride > 1) for (let at = 0; at < table.length; at++) table[at]! *= stride;
}

interface Key {
  readonly codes: Uint32Array;
  readonly table: Uint32Array;
}

/** Adds up the keys of up to three packs at a time, and counts rows on the last pass. Answers the classes. */
function byAddress(keys: readonly Key[], tuples: Tuples, slot: Uint32Array, sizes: Uint32Array): number {
  const { count } = tuples;
  const [first, second, third] = keys;
  if (first === undefined) slot.fill(0, 0, count);
  else if (second === undefined) {
    const { codes: a, table: s } = first;
    for (let tuple = 0; tuple < count; tuple++) slot[tuple] = s[a[tuple]!]!;
  } else {
    const { codes: a, table: s } = first;
    const { codes: b, table: t } = second;
    if (third === undefined)
      for (let tuple = 0; tuple < count; tuple++) slot[tuple] = s[a[tuple]!]! + t[b[tuple]!]!;
    else {
      const { codes: c, table: u } = third;
      for (let tuple = 0; tuple < count; tuple++) slot[tuple] = s[a[tuple]!]! + t[b[tuple]!]! + u[c[tuple]!]!;
    }
    for (const { codes, table } of keys.slice(3))
      for (let tuple = 0; tuple < count; tuple++) slot[tuple]! += table[codes[tuple]!]!;
  }
  return countRows(tuples, slot, sizes);
}

/** Adds up the rows of each class; answers how many classes have any. */
function countRows({ count, weight }: Tuples, slot: Uint32Array, sizes: Uint32Array): number {
  let classes = 0;
  for (let tuple = 0; tuple < count; tuple++) {
    const at = slot[tuple]!;
    const before = sizes[at]!;
    const rows = weight[tuple]!;
    if (before === 0 && rows > 0) classes += 1;
    sizes[at] = before + rows;
  }
  return classes;
}
