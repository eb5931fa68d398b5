/** ℓ-diversity: Machanavajjhala, Kifer, Gehrke, Venkatasubramanian, "ℓ-Diversity: Privacy Beyond k-Anonymity", 2007. */
import type { Diversity } from './types.ts';

/** Room for what is lost in adding logarithms, so that exactly ℓ equally frequent values hold. */
const ROUNDING = 1e-9;

/**
 * Whether a class is diverse enough. `counts`: rows per sensitive value that occurs in it, in any order; `total`
 * their sum. Distinct: at least ℓ values. Entropy: at least log ℓ. Recursive: the most frequent value occurs less than
 * c times as often as the ℓ-th and all rarer ones together.
 */
export function isDiverse(diversity: Diversity, counts: readonly number[], total: number): boolean {
  switch (diversity.kind) {
    case 'distinct':
      return counts.length >= diversity.l;
    case 'entropy':
      return entropy(counts, total) >= Math.log(diversity.l) - ROUNDING;
    case 'recursive': {
      const sorted = [...counts].sort((a, b) => b - a);
      const rest = sorted.slice(Math.ceil(diversity.l) - 1).reduce((sum, count) => sum + count, 0);
      return (sorted[0] ?? 0) < diversity.c * rest;
    }
  }
}

function entropy(counts: readonly number[], total: number): number {
  // Added in one order, whatever the order of the rows.
  const sorted = [...counts].sort((a, b) => a - b);
  return sorted.reduce((sum, count) => sum - (count / total) * Math.log(count / total), 0);
}
