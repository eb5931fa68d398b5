/** Which column to split a part by: the one that wins back most granularity at once. */
import type { Part } from './part.ts';
import type { Problem } from './problem.ts';

export interface Split {
  readonly column: number;
  /** Children (nodes one level down) that become parts of their own. */
  readonly alone: readonly number[];
  /** Rows that the rest borrows from the child `lender`, so that it is large enough. */
  readonly borrow: number;
  readonly lender: number;
  /** Loss won back, in cells. */
  readonly gain: number;
}

/** Possible splits of `part`, the best first. */
export function chooseSplits(problem: Problem, places: readonly Uint32Array[], part: Part): Split[] {
  const splits: Split[] = [];
  if (part.rows < 2 * problem.criteria.k) return splits;
  problem.domains.forEach((_, column) => {
    if (part.vector[column]! === 0) return;
    const split = splitBy(problem, places[column]!, part, column);
    if (split !== null) splits.push(split);
  });
  return splits.sort((a, b) => b.gain - a.gain || a.column - b.column);
}

interface Child {
  readonly node: number;
  readonly rows: number;
  /** Loss that each of its rows wins back. */
  readonly won: number;
}

function splitBy(problem: Problem, place: Uint32Array, part: Part, column: number): Split | null {
  const { k } = problem.criteria;
  const children = childrenOf(problem, place, part, column);
  const large = children.filter(({ rows }) => rows >= k).sort((a, b) => b.rows - a.rows || a.node - b.node);
  let rest = children.reduce((sum, { rows }) => (rows < k ? sum + rows : sum), 0);
  let borrow = 0;
  if (rest > 0 && rest < k) {
    // The largest child lends what is missing, if it can; else the smallest joins the rest.
    if ((large[0]?.rows ?? 0) >= 2 * k - rest) borrow = k - rest;
    else rest += large.pop()?.rows ?? 0;
  }
  const lender = large[0];
  if (lender === undefined || lender.rows === part.rows) return null;
  const gain = large.reduce((sum, { rows, won }) => sum + rows * won, 0) - borrow * lender.won;
  return { column, alone: large.map(({ node }) => node), borrow, lender: lender.node, gain };
}

function childrenOf({ domains }: Problem, place: Uint32Array, part: Part, column: number): Child[] {
  const domain = domains[column]!;
  const level = part.vector[column]!;
  const node = domain.node[level - 1]!;
  const rows = new Map<number, number>();
  const example = new Map<number, number>();
  for (let at = 0; at < part.tuples.length; at++) {
    const value = place[part.tuples[at]!]!;
    const child = node[value]!;
    rows.set(child, (rows.get(child) ?? 0) + part.weights[at]!);
    example.set(child, value);
  }
  return [...rows].map(([child, count]) => {
    const value = example.get(child)!;
    const won = (domain.cost[level]![value]! - domain.cost[level - 1]![value]!) / domain.worst;
    return { node: child, rows: count, won };
  });
}
