/** Reads a hierarchy from lines of a value and its generalizations, and proves that it is a tree. */
import { BaileeError } from '../../platform/errors.ts';
import type { Hierarchy } from './types.ts';

/** More levels than any hierarchy in use; a file with more is not a hierarchy. */
const MOST_LEVELS = 64;

/**
 * Makes a hierarchy of `lines`: one per value, its generalizations to the right, the last the same for all.
 * Throws `invalid_hierarchy`, naming column and line, when it is not a tree: lines of different lengths, a value
 * twice, a node with two parents, or several roots.
 */
export function readHierarchy(column: string, lines: readonly (readonly string[])[]): Hierarchy {
  const levels = lines[0]?.length ?? 0;
  if (levels === 0 || levels > MOST_LEVELS)
    throw broken(column, 1, levels === 0 ? 'it is empty' : `it has more than ${MOST_LEVELS} levels`);
  lines.forEach((line, at) => {
    if (line.length !== levels)
      throw broken(column, at + 1, `the line has ${line.length} levels, the first line has ${levels}`);
  });
  const index = new Map<string, number>();
  lines.forEach((line, at) => {
    if (index.has(line[0]!)) throw broken(column, at + 1, 'the value stands there twice');
    index.set(line[0]!, at);
  });
  const nodeOf: Uint32Array[] = [];
  const labels: string[][] = [];
  for (let level = 0; level < levels; level++) {
    const { nodes, names } = nodesOf(lines, level);
    nodeOf.push(nodes);
    labels.push(names);
    if (level > 0) checkParents(column, nodeOf[level - 1]!, nodes, level);
  }
  if (labels[levels - 1]!.length !== 1) {
    const other = nodeOf[levels - 1]!.findIndex((node) => node !== 0);
    throw broken(column, other + 1, 'it has no common root: the last level must be the same on every line');
  }
  const size = nodeOf.map((nodes, level) => sizes(nodes, labels[level]!.length));
  return { column, leaves: lines.length, levels, index, nodeOf, labels, size };
}

function nodesOf(
  lines: readonly (readonly string[])[],
  level: number,
): { nodes: Uint32Array; names: string[] } {
  const seen = new Map<string, number>();
  const nodes = new Uint32Array(lines.length);
  lines.forEach((line, at) => {
    const name = line[level]!;
    let node = seen.get(name);
    if (node === undefined) {
      node = seen.size;
      seen.set(name, node);
    }
    nodes[at] = node;
  });
  return { nodes, names: [...seen.keys()] };
}

/** Values that were made equal on one level must stay equal on every higher one. */
function checkParents(column: string, below: Uint32Array, above: Uint32Array, level: number): void {
  const parent = new Map<number, number>();
  for (let at = 0; at < below.length; at++) {
    const known = parent.get(below[at]!);
    if (known === undefined) parent.set(below[at]!, above[at]!);
    else if (known !== above[at])
      throw broken(column, at + 1, `it is not a tree: a node of level ${level - 1} has two parents`);
  }
}

function sizes(nodes: Uint32Array, count: number): Uint32Array {
  const size = new Uint32Array(count);
  for (const node of nodes) size[node]! += 1;
  return size;
}

function broken(column: string, line: number, why: string): BaileeError {
  return new BaileeError(
    'invalid_hierarchy',
    `The hierarchy of ${column} cannot be used: line ${line}: ${why}.`,
    { column, line },
  );
}
