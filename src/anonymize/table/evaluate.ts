/** Looks at one node of the lattice: which rows it would suppress, and what that costs. */
import { type Classes, type Classify, makeClassify } from './classes.ts';
import { failingClasses } from './failing.ts';
import { makeNumberKeys, type NumberKeys } from './number-keys.ts';
import type { Problem, Vector } from './problem.ts';
import { pick, type Tuples } from './tuples.ts';

/** Up to so many addresses per tuple, numbering by address is faster than by a hash. */
const NUMBERS_PER_TUPLE = 24;

export interface Outcome {
  /** Rows in classes that do not fulfil the criteria. Above the limit, at least one more than it. */
  readonly suppressed: number;
  /**
   * What suppression adds to the loss of the node, 0 … 1. When the limit is passed, the part that was seen: still
   * a lower bound.
   */
  readonly penalty: number;
  /** Classes with rows of the table, those that fail included. */
  readonly classes: number;
  /** True when no suppression could help: people of the population would be known to be absent. */
  readonly hopeless: boolean;
}

export interface Evaluator {
  /** Evaluates `vector` on `tuples`, which were merged at a node that is nowhere coarser. */
  readonly evaluate: (tuples: Tuples, vector: Vector) => Outcome;
  /** Merges `tuples` at `vector`. */
  readonly merge: (tuples: Tuples, vector: Vector) => Tuples;
  /** Per tuple of the problem 1 when `vector` suppresses it. */
  readonly failing: (vector: Vector) => Uint8Array;
}

export function makeEvaluator(problem: Problem): Evaluator {
  const classify = makeClassify(problem);
  const numberKeys = makeNumberKeys();
  const tally = problem.packs.map((pack) => new Float64Array(pack.size));
  return {
    evaluate(tuples, vector) {
      const classes = classify(tuples, vector);
      const hopeless = failingClasses(problem, tuples, classes);
      const suppressed = tallySuppressed(problem, tuples, classes, tally);
      const penalty = suppressed === 0 ? 0 : penaltyOf(problem, vector, tally);
      return { suppressed, penalty, classes: classes.count, hopeless };
    },
    merge: (tuples, vector) => merged(problem, classify, numberKeys, tuples, vector),
    failing(vector) {
      const classes = classify(problem.tuples, vector);
      failingClasses(problem, problem.tuples, classes);
      const { slot, sizes } = classes;
      const failing = new Uint8Array(problem.tuples.count);
      for (let tuple = 0; tuple < failing.length; tuple++)
        failing[tuple] = sizes[slot[tuple]!]! < problem.criteria.k ? 1 : 0;
      return failing;
    },
  };
}

/** Counts suppressed rows, in all and per pack code; stops soon after the limit is passed. */
function tallySuppressed(
  { limit, criteria: { k } }: Problem,
  { count, packs, weight }: Tuples,
  { slot, sizes }: Classes,
  tally: readonly Float64Array[],
): number {
  for (const each of tally) each.fill(0);
  let suppressed = 0;
  for (let tuple = 0; tuple < count; tuple++) {
    if (sizes[slot[tuple]!]! >= k) continue;
    const rows = weight[tuple]!;
    suppressed += rows;
    for (let pack = 0; pack < tally.length; pack++) tally[pack]![packs[pack]![tuple]!]! += rows;
    if (suppressed > limit) break;
  }
  return suppressed;
}

/** What the suppressed rows lose beyond what the node costs them, as the mean over all cells. */
function penaltyOf(
  { domains, packs, rows }: Problem,
  vector: Vector,
  tally: readonly Float64Array[],
): number {
  let penalty = 0;
  packs.forEach(({ columns, code, size }, pack) => {
    columns.forEach((column, place) => {
      const { worst, cost } = domains[column]!;
      if (worst === 0) return;
      const costs = cost[vector[column]!]!;
      let sum = 0;
      for (let key = 0; key < size; key++) {
        const suppressed = tally[pack]![key]!;
        if (suppressed > 0) sum += suppressed * (worst - costs[code[place]![key]!]!);
      }
      penalty += sum / worst;
    });
  });
  return penalty / (rows * domains.length);
}

/** One tuple per class (and sensitive value): the first that occurs stands for all. */
function merged(
  problem: Problem,
  classify: Classify,
  numberKeys: NumberKeys,
  tuples: Tuples,
  vector: Vector,
): Tuples {
  const classes = classify(tuples, vector);
  const { sensitive } = tuples;
  const number = new Uint32Array(tuples.count);
  const size = problem.spread?.counts.length ?? 1;
  const parts = [{ codes: classes.slot, size: classes.slots }];
  if (sensitive !== null) parts.push({ codes: sensitive, size });
  const count =
    classes.slots * size < tuples.count * NUMBERS_PER_TUPLE
      ? numberByAddress(classes, sensitive, size, number)
      : numberKeys(parts, tuples.count, number);
  const first = new Uint32Array(count);
  const weight = new Uint32Array(count);
  const population = tuples.population === null ? null : new Uint32Array(count);
  for (let tuple = tuples.count - 1; tuple >= 0; tuple--) {
    first[number[tuple]!] = tuple;
    weight[number[tuple]!]! += tuples.weight[tuple]!;
    if (population !== null) population[number[tuple]!]! += tuples.population![tuple]!;
  }
  return {
    count,
    packs: tuples.packs.map((codes) => pick(codes, first)),
    weight,
    population,
    sensitive: sensitive === null ? null : pick(sensitive, first),
  };
}

function numberByAddress(
  { slot, slots }: Classes,
  sensitive: Uint32Array | null,
  size: number,
  number: Uint32Array,
): number {
  const known = new Uint32Array(slots * size);
  let count = 0;
  for (let tuple = 0; tuple < number.length; tuple++) {
    const key = sensitive === null ? slot[tuple]! : slot[tuple]! * size + sensitive[tuple]!;
    if (known[key] === 0) {
      count += 1;
      known[key] = count;
    }
    number[tuple] = known[key]! - 1;
  }
  return count;
}
