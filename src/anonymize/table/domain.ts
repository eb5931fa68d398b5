/** Joins a coded column with its hierarchy: what every code becomes on every level, and what that costs. */
import { BaileeError } from '../../platform/errors.ts';
import type { CodedColumn, Hierarchy } from './types.ts';

export interface Domain {
  readonly name: string;
  readonly levels: number;
  /** Values that occur. Their places follow the order of the hierarchy, not that of the rows. */
  readonly size: number;
  /** Per code of the column, its place. */
  readonly place: Uint32Array;
  /** Per level and place: the number of its node, dense among the nodes that occur on that level. */
  readonly node: readonly Uint32Array[];
  /** Per level: nodes that occur. */
  readonly nodes: readonly number[];
  /** Per level and place: leaves below its node, less one. Whole numbers, so that sums are exact in any order. */
  readonly cost: readonly Uint32Array[];
  /** The cost of the root, and of a suppressed cell. Zero for a hierarchy of one leaf. */
  readonly worst: number;
  /** Per level and node: how it is written. */
  readonly labels: readonly (readonly string[])[];
}

/** Throws `invalid_hierarchy`, naming column and first row, when a value of the table is not in the hierarchy. */
export function makeDomain(column: CodedColumn, hierarchy: Hierarchy): Domain {
  const leafOf = Uint32Array.from(column.values, (value, code) => {
    const at = hierarchy.index.get(value);
    if (at === undefined) throw missing(column, code);
    return at;
  });
  const leaf = leafOf.toSorted();
  const placeOf = new Map(Array.from(leaf, (at, place) => [at, place]));
  const place = leafOf.map((at) => placeOf.get(at)!);
  const node: Uint32Array[] = [];
  const cost: Uint32Array[] = [];
  const labels: string[][] = [];
  for (let level = 0; level < hierarchy.levels; level++) {
    const nodeOf = hierarchy.nodeOf[level]!;
    const dense = new Map<number, number>();
    for (const at of leaf) if (!dense.has(nodeOf[at]!)) dense.set(nodeOf[at]!, dense.size);
    node.push(leaf.map((at) => dense.get(nodeOf[at]!)!));
    cost.push(leaf.map((at) => hierarchy.size[level]![nodeOf[at]!]! - 1));
    labels.push([...dense.keys()].map((at) => hierarchy.labels[level]![at]!));
  }
  return {
    name: column.name,
    levels: hierarchy.levels,
    size: leaf.length,
    place,
    node,
    nodes: labels.map((each) => each.length),
    cost,
    worst: hierarchy.leaves - 1,
    labels,
  };
}

function missing(column: CodedColumn, code: number): BaileeError {
  const row = column.codes.indexOf(code) + 1;
  return new BaileeError(
    'invalid_hierarchy',
    `The hierarchy of ${column.name} misses the value of row ${row}.`,
    { column: column.name, row },
  );
}
