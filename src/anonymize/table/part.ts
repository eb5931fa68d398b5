/** A part of the table during local recoding, and the finest levels that all its rows share. */
import type { Problem, Vector } from './problem.ts';

export interface Part {
  readonly tuples: Uint32Array;
  readonly weights: Uint32Array;
  /** The sum of the weights. */
  readonly rows: number;
  /** Per column a level on which all its tuples share one node. */
  readonly vector: Vector;
}

/** Per column, per tuple: the place of its value. */
export function columnPlaces({ packs, tuples, domains }: Problem): Uint32Array[] {
  const places: Uint32Array[] = domains.map(() => new Uint32Array(0));
  packs.forEach((pack, at) => {
    pack.columns.forEach((column, position) => {
      const code = pack.code[position]!;
      places[column] = tuples.packs[at]!.map((key) => code[key]!);
    });
  });
  return places;
}

/** Lowers each level as far as all tuples still share a node. */
export function tighten({ domains }: Problem, places: readonly Uint32Array[], part: Part): Part {
  const { tuples } = part;
  const vector = part.vector.map((start, column) => {
    const place = places[column]!;
    const first = place[tuples[0]!]!;
    let level = start;
    while (level > 0) {
      const node = domains[column]!.node[level - 1]!;
      const shared = node[first]!;
      let at = 1;
      while (at < tuples.length && node[place[tuples[at]!]!] === shared) at += 1;
      if (at < tuples.length) break;
      level -= 1;
    }
    return level;
  });
  return { ...part, vector };
}
