/** What a search decided, row by row: the class of each row, and how each class is written. */
import { BaileeError } from '../../platform/errors.ts';
import { makeEvaluator } from './evaluate.ts';
import { type LocalClass, recodeLocally } from './local.ts';
import { makeNumberKeys } from './number-keys.ts';
import { columnPlaces } from './part.ts';
import type { Problem, Vector } from './problem.ts';
import { searchOptimum } from './search.ts';

/** The class of a row that is suppressed. */
export const SUPPRESSED = 0xffffffff;

export interface RecodedClass {
  /** Per column, the level. */
  readonly vector: Vector;
  /** Per column, the node on that level. */
  readonly nodes: readonly number[];
  /** Per column, the cost of the node: leaves below it, less one. */
  readonly costs: readonly number[];
  /** Rows of the table. */
  readonly rows: number;
}

export interface Recoding {
  /** Per row of the table, its class, or `SUPPRESSED`. */
  readonly classOf: Uint32Array;
  readonly classes: readonly RecodedClass[];
  readonly suppressed: number;
  /** The levels that hold for the whole table; null after local recoding. */
  readonly vector: Vector | null;
}

/**
 * The optimum over the whole table, or, with `local`, a recoding class by class that suppresses nothing.
 * Throws `bad_request` for a population with local recoding, `not_protected` when not even the coarsest generalization fulfils the criteria.
 */
export function recode(problem: Problem, local: boolean): Recoding {
  if (local && problem.tuples.population !== null)
    throw new BaileeError('bad_request', 'k-map and δ-presence are found for the whole table, not locally.', {
      field: 'local',
    });
  const recoding = local ? recodeByClass(problem) : recodeWhole(problem);
  if (recoding !== null) return recoding;
  throw new BaileeError(
    'not_protected',
    'No generalization of this table fulfils what is asked, not even the coarsest. Ask for less, or allow more suppression.',
  );
}

function recodeWhole(problem: Problem): Recoding | null {
  const optimum = searchOptimum(problem);
  if (optimum === null) return null;
  const { vector } = optimum;
  const { tuples, domains, tupleOf } = problem;
  const places = columnPlaces(problem);
  const failing = makeEvaluator(problem).failing(vector);
  const parts = domains.map((domain, column) => ({
    codes: places[column]!,
    size: domain.nodes[vector[column]!]!,
    table: domain.node[vector[column]!]!,
  }));
  const slot = new Uint32Array(tuples.count);
  const slots = makeNumberKeys()(parts, tuples.count, slot);
  const dense = new Uint32Array(slots).fill(SUPPRESSED);
  const sizes: number[] = [];
  const examples: number[] = [];
  for (let tuple = 0; tuple < tuples.count; tuple++) {
    if (failing[tuple] === 1 || tuples.weight[tuple] === 0) continue;
    if (dense[slot[tuple]!] === SUPPRESSED) dense[slot[tuple]!] = examples.push(tuple) - 1;
    sizes[dense[slot[tuple]!]!] = (sizes[dense[slot[tuple]!]!] ?? 0) + tuples.weight[tuple]!;
  }
  return {
    classOf: tupleOf.map((tuple) => (failing[tuple] === 1 ? SUPPRESSED : dense[slot[tuple]!]!)),
    classes: examples.map((tuple, at) => describe(problem, places, tuple, vector, sizes[at]!)),
    suppressed: optimum.suppressed,
    vector,
  };
}

/** Parts that were recoded to the same cells are one class. */
function recodeByClass(problem: Problem): Recoding | null {
  const parts = recodeLocally(problem);
  if (parts === null) return null;
  const places = columnPlaces(problem);
  const known = new Map<string, number>();
  const classes: RecodedClass[] = [];
  const classOfPart = parts.map(({ vector, tuples, weights }) => {
    const rows = weights.reduce((sum, weight) => sum + weight, 0);
    const one = describe(problem, places, tuples[0]!, vector, rows);
    const key = `${one.vector} ${one.nodes}`;
    const at = known.get(key);
    if (at === undefined) {
      known.set(key, classes.length);
      return classes.push(one) - 1;
    }
    classes[at] = { ...classes[at]!, rows: classes[at]!.rows + rows };
    return at;
  });
  return { classOf: dealOut(problem, parts, classOfPart), classes, suppressed: 0, vector: null };
}

/** Equal rows may go to different classes: each part takes as many as it was given, in the order of the rows. */
function dealOut(
  { tuples, tupleOf }: Problem,
  parts: readonly LocalClass[],
  classOfPart: readonly number[],
): Uint32Array {
  const start = new Uint32Array(tuples.count + 1);
  for (let tuple = 0; tuple < tuples.count; tuple++) start[tuple + 1] = start[tuple]! + tuples.weight[tuple]!;
  const fill = start.slice(0, tuples.count);
  const dealt = new Uint32Array(tupleOf.length);
  parts.forEach((part, at) => {
    part.tuples.forEach((tuple, place) => {
      const from = fill[tuple]!;
      fill[tuple] = from + part.weights[place]!;
      dealt.fill(classOfPart[at]!, from, fill[tuple]!);
    });
  });
  const next = start.slice(0, tuples.count);
  return tupleOf.map((tuple) => dealt[next[tuple]!++]!);
}

function describe(
  { domains }: Problem,
  places: readonly Uint32Array[],
  tuple: number,
  vector: Vector,
  rows: number,
): RecodedClass {
  const at = domains.map((_, column) => places[column]![tuple]!);
  return {
    vector,
    nodes: domains.map(({ node }, column) => node[vector[column]!]![at[column]!]!),
    costs: domains.map(({ cost }, column) => cost[vector[column]!]![at[column]!]!),
    rows,
  };
}
