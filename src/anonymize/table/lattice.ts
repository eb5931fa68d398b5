/** The lattice of full-domain generalizations: nodes as numbers, and what is known of each. */
import { BaileeError } from '../../platform/errors.ts';
import type { Problem, Vector } from './problem.ts';

/** Beyond it the search would neither fit into memory nor end; local recoding has no such limit. */
const MOST_NODES = 2 ** 22;

export interface Lattice {
  readonly size: number;
  readonly vectorOf: (node: number) => number[];
  readonly nodeOf: (vector: Vector) => number;
  /** Calls `visit` for each direct generalization. */
  readonly above: (node: number, visit: (next: number) => void) => void;
  /** Walks down from `node` over all that is more specific; `visit` answers whether to go on below. */
  readonly walkDown: (node: number, visit: (next: number) => boolean) => void;
  /** The same upward. */
  readonly walkUp: (node: number, visit: (next: number) => boolean) => void;
  /** Per node, the loss that it costs if it suppresses nothing: the mean over all cells, 0 … 1. */
  readonly loss: Float64Array;
}

/** Throws `invalid_table` when there are more combinations of levels than a search can hold. */
export function makeLattice(problem: Problem): Lattice {
  const levels = problem.domains.map((domain) => domain.levels);
  const size = levels.reduce((product, each) => product * each, 1);
  if (size > MOST_NODES)
    throw new BaileeError(
      'invalid_table',
      `The hierarchies have ${size} combinations of levels, at most ${MOST_NODES} can be searched. Use local recoding, or fewer quasi-identifiers.`,
    );
  let stride = 1;
  const strides = levels.map((each) => {
    const step = stride;
    stride *= each;
    return step;
  });
  const levelOf = (node: number, at: number) => Math.floor(node / strides[at]!) % levels[at]!;
  const above = (node: number, visit: (next: number) => void) => {
    for (let at = 0; at < levels.length; at++)
      if (levelOf(node, at) + 1 < levels[at]!) visit(node + strides[at]!);
  };
  const below = (node: number, visit: (next: number) => void) => {
    for (let at = 0; at < levels.length; at++) if (levelOf(node, at) > 0) visit(node - strides[at]!);
  };
  return {
    size,
    vectorOf: (node) => levels.map((_, at) => levelOf(node, at)),
    nodeOf: (vector) => vector.reduce((sum, level, at) => sum + level * strides[at]!, 0),
    above,
    walkDown: (node, visit) => walk(node, below, visit),
    walkUp: (node, visit) => walk(node, above, visit),
    loss: losses(problem, size, strides, levels),
  };
}

function walk(
  start: number,
  next: (node: number, visit: (next: number) => void) => void,
  visit: (node: number) => boolean,
): void {
  const stack = [start];
  for (let node = stack.pop(); node !== undefined; node = stack.pop())
    if (visit(node)) next(node, (each) => stack.push(each));
}

/** Without suppression the loss of a node is the sum of what each column loses on its level. */
function losses(
  { domains, packs, tuples, rows }: Problem,
  size: number,
  strides: readonly number[],
  levels: readonly number[],
): Float64Array {
  const columns: number[][] = domains.map(() => []);
  packs.forEach((pack, at) => {
    const tally = new Float64Array(pack.size);
    for (let tuple = 0; tuple < tuples.count; tuple++)
      tally[tuples.packs[at]![tuple]!]! += tuples.weight[tuple]!;
    pack.columns.forEach((column, place) => {
      const { worst, cost } = domains[column]!;
      columns[column] = cost.map((costs) => {
        const sum = tally.reduce((all, weight, key) => all + weight * costs[pack.code[place]![key]!]!, 0);
        return worst === 0 ? 0 : sum / worst / (rows * domains.length);
      });
    });
  });
  const loss = new Float64Array(size);
  for (let node = 0; node < size; node++) {
    for (let at = 0; at < strides.length; at++)
      loss[node]! += columns[at]![Math.floor(node / strides[at]!) % levels[at]!]!;
  }
  return loss;
}
