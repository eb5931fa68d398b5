/** How much of a table a recoding keeps: the usual measures, each over all rows, suppressed ones included. */

import { columnPlaces } from './part.ts';
import type { Problem } from './problem.ts';
import type { Recoding } from './recoding.ts';

export interface Utility {
  /**
   * 1 minus Iyengar's loss (2002), as ARX reports it: a cell loses (leaves below its node − 1) / (leaves − 1), a
   * suppressed one 1; the mean over all cells. 1: nothing lost.
   */
  readonly granularity: number;
  /** 1 minus the non-uniform entropy (Gionis, Tassa 2009) over that of a table that is suppressed whole. */
  readonly nonUniformEntropy: number;
  /** Each row costs the size of its class, a suppressed row the size of the table (Bayardo, Agrawal 2005). */
  readonly discernibility: number;
  /** Rows per class, suppressed rows left out; 0 when there is no class. */
  readonly averageClassSize: number;
}

export function measure(problem: Problem, recoding: Recoding): Utility {
  const { rows } = problem;
  const kept = rows - recoding.suppressed;
  return {
    granularity: granularityOf(problem, recoding),
    nonUniformEntropy: nonUniformEntropyOf(problem, recoding),
    discernibility:
      recoding.classes.reduce((sum, each) => sum + each.rows ** 2, 0) + recoding.suppressed * rows,
    averageClassSize: recoding.classes.length === 0 ? 0 : kept / recoding.classes.length,
  };
}

/** Whole numbers until the end, so that the order of the rows changes nothing. */
export function granularityOf({ domains, rows }: Problem, { classes, suppressed }: Recoding): number {
  const loss = domains.reduce((sum, { worst }, column) => {
    if (worst === 0) return sum;
    const cells = classes.reduce((all, each) => all + each.rows * each.costs[column]!, suppressed * worst);
    return sum + cells / worst;
  }, 0);
  return 1 - loss / (rows * domains.length);
}

function nonUniformEntropyOf(problem: Problem, recoding: Recoding): number {
  const { domains, rows, tuples, tupleOf } = problem;
  const places = columnPlaces(problem);
  let lost = 0;
  let most = 0;
  domains.forEach((domain, column) => {
    const values = new Float64Array(domain.size);
    for (let tuple = 0; tuple < tuples.count; tuple++)
      values[places[column]![tuple]!]! += tuples.weight[tuple]!;
    const below = domain.node.map((node, level) => {
      const sums = new Float64Array(domain.nodes[level]!);
      values.forEach((count, value) => {
        sums[node[value]!]! += count;
      });
      return sums;
    });
    const bits = values.map((count) => (count === 0 ? 0 : Math.log2(rows / count)));
    const wide = recoding.classes.map(({ vector, nodes }) =>
      Math.log2(rows / below[vector[column]!]![nodes[column]!]!),
    );
    for (let row = 0; row < rows; row++) {
      const own = bits[places[column]![tupleOf[row]!]!]!;
      most += own;
      lost += own - (wide[recoding.classOf[row]!] ?? 0);
    }
  });
  return most === 0 ? 1 : 1 - lost / most;
}
