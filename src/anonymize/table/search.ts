/**
 * Finds the full-domain generalization with the least loss among all that need no more suppression than allowed.
 *
 * Suppression only falls on the way up, so what one node shows is known of all below or above it. From the most
 * promising unknown node a path upward is bisected, as in Flash (Kohlmayer, Prasser, Eckert, Kemper, Kuhn 2012); nodes
 * are taken in the order of a lower bound: what the node loses without suppression, and at least what a node above
 * it lost by suppression. So the answer is the optimum, not a good guess.
 */
import { type Evaluator, makeEvaluator, type Outcome } from './evaluate.ts';
import { type Lattice, makeLattice } from './lattice.ts';
import { type Merges, makeMerges } from './merges.ts';
import type { Problem, Vector } from './problem.ts';

export interface Optimum {
  readonly vector: Vector;
  readonly suppressed: number;
  /** The mean over all cells, 0 … 1; a suppressed cell counts as 1. */
  readonly loss: number;
  /** Nodes that had to be looked at, of how many. */
  readonly looked: number;
  readonly nodes: number;
}

/** What is known of a node. */
const UNKNOWN = 0;
const TOO_FINE = 1;
const COARSE_ENOUGH = 2;
const SEEN = 3;

interface Search {
  readonly problem: Problem;
  readonly lattice: Lattice;
  readonly state: Uint8Array;
  /** A lower bound of what suppression adds. */
  readonly floor: Float64Array;
  readonly merges: Merges;
  readonly monotone: Evaluator;
  /** Null when the criteria are monotone themselves. */
  readonly exact: Evaluator | null;
  best: { node: number; loss: number; suppressed: number } | null;
  looked: number;
}

/** The optimum, or null when not even the coarsest node fulfils the criteria. */
export function searchOptimum(problem: Problem): Optimum | null {
  const lattice = makeLattice(problem);
  const monotone = makeEvaluator(isMonotone(problem) ? problem : sizesAlone(problem));
  const search: Search = {
    problem,
    lattice,
    state: new Uint8Array(lattice.size),
    floor: new Float64Array(lattice.size),
    merges: makeMerges(problem, monotone),
    monotone,
    exact: isMonotone(problem) ? null : makeEvaluator(problem),
    best: null,
    looked: 0,
  };
  const order = Uint32Array.from({ length: lattice.size }, (_, node) => node);
  const { loss } = lattice;
  order.sort((a, b) => loss[a]! - loss[b]! || a - b);
  for (const node of order) {
    if (search.best !== null && loss[node]! > search.best.loss) break;
    if (isOpen(search, node)) resolve(search, node);
  }
  const { best, looked } = search;
  if (best === null) return null;
  const { node, suppressed } = best;
  return { vector: lattice.vectorOf(node), suppressed, loss: best.loss, looked, nodes: lattice.size };
}

/**
 * Whether a class that holds still holds when others are added to it: then rows that are suppressed above are
 * suppressed below too. Without suppression every criterion here is monotone.
 */
function isMonotone({ criteria, limit }: Problem): boolean {
  const { diversity, closeness, presence } = criteria;
  if (limit === 0) return true;
  return (
    closeness === undefined &&
    presence === undefined &&
    (diversity === undefined || diversity.kind === 'distinct')
  );
}

function sizesAlone(problem: Problem): Problem {
  const { k, kMap } = problem.criteria;
  return { ...problem, criteria: kMap === undefined ? { k } : { k, kMap } };
}

function isOpen({ state, floor, lattice, best }: Search, node: number): boolean {
  if (state[node] === TOO_FINE || state[node] === SEEN) return false;
  return best === null || lattice.loss[node]! + floor[node]! < best.loss;
}

/** Settles `node`: evaluated, known to be too fine, or no longer able to win. */
function resolve(search: Search, node: number): void {
  if (search.state[node] === COARSE_ENOUGH) {
    look(search, node);
    return;
  }
  const path = pathUp(search, node);
  let low = 0;
  let high = path.length - 1;
  while (low <= high && isOpen(search, node)) {
    const middle = (low + high) >> 1;
    if (look(search, path[middle]!)) high = middle - 1;
    else low = middle + 1;
  }
}

/**
 * Upward through unknown nodes, each time to the one that loses least. Nodes that can no longer win belong to it too:
 * one of them that is too fine rules out everything below at the least cost.
 */
function pathUp(search: Search, start: number): number[] {
  const { lattice, state } = search;
  const path = [start];
  for (let node: number | null = start; node !== null; ) {
    let next: number | null = null;
    lattice.above(node, (above) => {
      if (state[above] !== UNKNOWN) return;
      if (next === null || lattice.loss[above]! < lattice.loss[next]!) next = above;
    });
    if (next !== null) path.push(next);
    node = next;
  }
  return path;
}

/** Evaluates a node, marks what follows for others, and answers whether it is coarse enough. */
function look(search: Search, node: number): boolean {
  const { lattice, state, floor, problem } = search;
  const vector = lattice.vectorOf(node);
  search.looked += 1;
  const outcome = search.merges.evaluate(vector);
  const fits = outcome.suppressed <= problem.limit && !outcome.hopeless;
  lattice.walkDown(node, (below) => {
    if (fits ? floor[below]! >= outcome.penalty && below !== node : state[below] === TOO_FINE) return false;
    if (fits) floor[below] = Math.max(floor[below]!, outcome.penalty);
    else state[below] = TOO_FINE;
    return true;
  });
  if (!fits) return false;
  lattice.walkUp(node, (above) => {
    if (state[above] !== UNKNOWN && above !== node) return false;
    if (state[above] === UNKNOWN) state[above] = COARSE_ENOUGH;
    return true;
  });
  state[node] = SEEN;
  const judged = search.exact === null ? outcome : search.exact.evaluate(problem.tuples, vector);
  if (judged.suppressed <= problem.limit && !judged.hopeless) offer(search, node, judged);
  return true;
}

function offer(search: Search, node: number, { suppressed, penalty }: Outcome): void {
  const loss = search.lattice.loss[node]! + penalty;
  const { best } = search;
  if (best === null || loss < best.loss || (loss === best.loss && node < best.node))
    search.best = { node, loss, suppressed };
}
