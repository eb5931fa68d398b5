/** How far counts asked of a recoded table are off: for whoever wants to know what analyses will still say. */
import { columnPlaces } from './part.ts';
import type { Problem } from './problem.ts';
import type { Recoding } from './recoding.ts';

/** How many columns a query names at most, and how large a share of each column's values it takes. */
const COLUMNS_ASKED = 2;
const SHARE_ASKED = 0.3;

/**
 * The median relative error of `queries` random counts ("how many rows have one of these values here and one of those
 * there?"), answered from the classes as if values were even below each node (LeFevre et al. 2006). A true count of
 * less than 0.1 % of the rows is divided by that instead, as is usual.
 * @param draw numbers from 0 up to 1, from a generator of the caller's: the same numbers ask the same queries
 */
export function queryError(
  problem: Problem,
  recoding: Recoding,
  queries: number,
  draw: () => number,
): number {
  const places = columnPlaces(problem);
  const errors = Array.from({ length: queries }, () => {
    const query = drawQuery(problem, draw);
    const truth = trueCount(problem, places, query);
    const estimate = estimatedCount(problem, recoding, query);
    return Math.abs(estimate - truth) / Math.max(truth, problem.rows / 1000);
  }).sort((a, b) => a - b);
  return errors[errors.length >> 1] ?? 0;
}

/** Per column asked, 1 for each place that the query takes. */
type Query = ReadonlyMap<number, Uint8Array>;

function drawQuery({ domains }: Problem, draw: () => number): Query {
  const query = new Map<number, Uint8Array>();
  while (query.size < Math.min(COLUMNS_ASKED, domains.length)) {
    const column = Math.floor(draw() * domains.length);
    if (query.has(column)) continue;
    const taken = new Uint8Array(domains[column]!.size);
    taken[Math.floor(draw() * taken.length)] = 1;
    for (let place = 0; place < taken.length; place++) if (draw() < SHARE_ASKED) taken[place] = 1;
    query.set(column, taken);
  }
  return query;
}

function trueCount({ tuples }: Problem, places: readonly Uint32Array[], query: Query): number {
  let count = 0;
  for (let tuple = 0; tuple < tuples.count; tuple++) {
    let fits = true;
    for (const [column, taken] of query) fits &&= taken[places[column]![tuple]!] === 1;
    if (fits) count += tuples.weight[tuple]!;
  }
  return count;
}

function estimatedCount({ domains }: Problem, { classes }: Recoding, query: Query): number {
  const shares = new Map<number, Float64Array[]>();
  for (const [column, taken] of query) {
    const { node, nodes } = domains[column]!;
    shares.set(
      column,
      node.map((nodeOf, level) => {
        const all = new Float64Array(nodes[level]!);
        const asked = new Float64Array(nodes[level]!);
        nodeOf.forEach((at, place) => {
          all[at]! += 1;
          asked[at]! += taken[place]!;
        });
        return asked.map((count, at) => count / all[at]!);
      }),
    );
  }
  return classes.reduce((sum, { rows, vector, nodes }) => {
    let share = 1;
    for (const [column, levels] of shares) share *= levels[vector[column]!]![nodes[column]!]!;
    return sum + rows * share;
  }, 0);
}
