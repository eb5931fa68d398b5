/** ℓ-diversity, written a second time for the verifier, from the definitions of Machanavajjhala et al. 2007. */

export type Ell =
  | { readonly kind: 'distinct'; readonly l: number }
  | { readonly kind: 'entropy'; readonly l: number }
  | { readonly kind: 'recursive'; readonly c: number; readonly l: number };

/** Whether a class with these counts of sensitive values is ℓ-diverse. */
export function diverse(counts: readonly number[], ell: Ell): boolean {
  if (ell.kind === 'distinct') return counts.length >= ell.l;
  const rows = counts.reduce((sum, count) => sum + count, 0);
  if (ell.kind === 'entropy') {
    // 2 to the power of the entropy is the number of equally frequent values that hide as well.
    const bits = counts.reduce((sum, count) => sum + (count / rows) * Math.log2(rows / count), 0);
    return 2 ** bits >= ell.l * (1 - 1e-8);
  }
  const falling = counts.toSorted((a, b) => b - a);
  let tail = 0;
  for (let at = ell.l - 1; at < falling.length; at++) tail += falling[at]!;
  return falling.length > 0 && falling[0]! < ell.c * tail;
}
