/**
 * Local recoding, Mondrian's way (LeFevre, DeWitt, Ramakrishnan 2006) along given hierarchies: a part of the table is
 * split by the children of one column's node as long as every piece still fulfils the criteria. Rows in children that
 * are too small stay together under their parent, so that a few rare values do not coarsen their neighbours.
 */
import { makeClassTest } from './class-test.ts';
import { chooseSplits, type Split } from './local-split.ts';
import { columnPlaces, type Part, tighten } from './part.ts';
import type { Problem, Vector } from './problem.ts';

export interface LocalClass {
  /** Level of each column, the finest that all its rows share. */
  readonly vector: Vector;
  /** Tuples, and how many of the rows of each are in it. */
  readonly tuples: Uint32Array;
  readonly weights: Uint32Array;
}

/** The classes, or null when the table as a whole does not fulfil the criteria. */
export function recodeLocally(problem: Problem): LocalClass[] | null {
  const places = columnPlaces(problem);
  const holds = makeHolds(problem);
  const top = problem.domains.map((domain) => domain.levels - 1);
  const all = Uint32Array.from({ length: problem.tuples.count }, (_, tuple) => tuple);
  const whole = { tuples: all, weights: problem.tuples.weight, rows: problem.rows, vector: top };
  if (!holds(whole)) return null;
  const classes: LocalClass[] = [];
  const open: Part[] = [tighten(problem, places, whole)];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const pieces = splitPart(problem, places, part, holds);
    if (pieces === null) classes.push(part);
    else for (const piece of pieces) open.push(tighten(problem, places, piece));
  }
  return classes;
}

/** The pieces of the best split whose every piece holds. */
function splitPart(
  problem: Problem,
  places: readonly Uint32Array[],
  part: Part,
  holds: (part: Part) => boolean,
): Part[] | null {
  for (const split of chooseSplits(problem, places, part)) {
    const pieces = cut(part, split, problem, places);
    if (pieces.every(holds)) return pieces;
  }
  return null;
}

/** Size is seen to by the split; the rest is tested class by class. */
function makeHolds({ criteria, tuples, spread }: Problem): (part: Part) => boolean {
  const test = spread === null ? null : makeClassTest(criteria, spread);
  return (part) => {
    if (part.rows < criteria.k) return false;
    if (test === null) return true;
    for (let at = 0; at < part.tuples.length; at++)
      test.add(tuples.sensitive![part.tuples[at]!]!, part.weights[at]!);
    return test.holds();
  };
}

/** Cuts a part into the children that stand alone and the rest, which borrows rows where it is too small. */
function cut(part: Part, split: Split, problem: Problem, places: readonly Uint32Array[]): Part[] {
  const { column, alone, lender } = split;
  const level = part.vector[column]! - 1;
  const node = problem.domains[column]!.node[level]!;
  const pieces = new Map<number, Piece>(alone.map((child) => [child, newPiece()]));
  const rest = newPiece();
  let borrow = split.borrow;
  for (let at = 0; at < part.tuples.length; at++) {
    const tuple = part.tuples[at]!;
    const child = node[places[column]![tuple]!]!;
    let weight = part.weights[at]!;
    if (child === lender && borrow > 0) {
      const lent = Math.min(borrow, weight);
      put(rest, tuple, lent);
      borrow -= lent;
      weight -= lent;
    }
    if (weight > 0) put(pieces.get(child) ?? rest, tuple, weight);
  }
  const parts = [...pieces.values()].map((piece) => finish(piece, part.vector.with(column, level)));
  return rest.rows === 0 ? parts : [...parts, finish(rest, [...part.vector])];
}

interface Piece {
  readonly tuples: number[];
  readonly weights: number[];
  rows: number;
}

function newPiece(): Piece {
  return { tuples: [], weights: [], rows: 0 };
}

function put(piece: Piece, tuple: number, weight: number): void {
  piece.tuples.push(tuple);
  piece.weights.push(weight);
  piece.rows += weight;
}

function finish({ tuples, weights, rows }: Piece, vector: Vector): Part {
  return { tuples: Uint32Array.from(tuples), weights: Uint32Array.from(weights), rows, vector };
}
