/** Keeps tables that were already merged at some node, so that coarser nodes need not start from all tuples. */
import type { Evaluator, Outcome } from './evaluate.ts';
import type { Problem, Vector } from './problem.ts';
import type { Tuples } from './tuples.ts';

/** Merging costs a few evaluations; it pays when the next ones are much cheaper. */
const WORTH = 0.5;
const MOST_KEPT = 64;

export interface Merges {
  readonly evaluate: (vector: Vector) => Outcome;
}

interface Kept {
  readonly vector: Vector;
  readonly tuples: Tuples;
}

export function makeMerges(problem: Problem, evaluator: Evaluator): Merges {
  const bottom = { vector: problem.domains.map(() => 0), tuples: problem.tuples };
  const kept: Kept[] = [bottom];
  const smallestBelow = (vector: Vector) =>
    kept.reduce(
      (best, each) =>
        each.tuples.count < best.tuples.count && each.vector.every((level, at) => level <= vector[at]!)
          ? each
          : best,
      bottom,
    );
  const keep = (vector: Vector, from: Kept) => {
    kept.push({ vector, tuples: evaluator.merge(from.tuples, vector) });
  };
  return {
    evaluate(vector) {
      const from = smallestBelow(vector);
      const outcome = evaluator.evaluate(from.tuples, vector);
      if (kept.length < MOST_KEPT && outcome.classes < WORTH * from.tuples.count) keep(vector, from);
      return outcome;
    },
  };
}
