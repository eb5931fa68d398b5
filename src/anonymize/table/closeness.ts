/** t-closeness: Li, Li, Venkatasubramanian, "t-Closeness: Privacy Beyond k-Anonymity and ℓ-Diversity", 2007. */
import type { Spread } from './problem.ts';
import type { Closeness } from './types.ts';

/**
 * The earth mover's distance, 0 … 1, between a class and the whole table. `counts`: rows of the class per code;
 * `seen`: the codes that occur; `total`: rows of the class. Equal distance: half the sum of differences. Ordered
 * distance: the mean of the cumulated differences along the order of the values.
 */
export function differs(
  distance: Closeness['distance'],
  counts: Float64Array,
  seen: readonly number[],
  total: number,
  spread: Spread,
): number {
  return distance === 'equal'
    ? equalDistance(counts, seen, total, spread)
    : orderedDistance(counts, total, spread);
}

/** What is more frequent in the class than in the table has to be moved. Exact fractions until the end. */
function equalDistance(counts: Float64Array, seen: readonly number[], total: number, spread: Spread): number {
  let moved = 0;
  for (const code of seen) {
    const excess = counts[code]! * spread.total - spread.counts[code]! * total;
    if (excess > 0) moved += excess;
  }
  return moved / (total * spread.total);
}

function orderedDistance(counts: Float64Array, total: number, spread: Spread): number {
  const { order } = spread;
  if (order.length < 2) return 0;
  let carried = 0;
  let moved = 0;
  for (const code of order) {
    carried += counts[code]! * spread.total - spread.counts[code]! * total;
    moved += Math.abs(carried);
  }
  return moved / (total * spread.total * (order.length - 1));
}

/** Codes in the order of their values: as numbers when all are, else by code points. */
export function orderOf(values: readonly string[]): Uint32Array {
  const codes = Uint32Array.from(values, (_, code) => code);
  const numbers = values.map((value) => (value.trim() === '' ? Number.NaN : Number(value)));
  const numeric = numbers.every(Number.isFinite);
  return codes.sort((a, b) =>
    numeric
      ? numbers[a]! - numbers[b]! || a - b
      : values[a]! < values[b]!
        ? -1
        : values[a] === values[b]
          ? 0
          : 1,
  );
}
