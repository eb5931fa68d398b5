/** The earth mover's distance of t-closeness, written a second time for the verifier (Li et al. 2007). */

/** Between a class and the whole, both as counts per value; 0 … 1. */
export function distance(
  own: ReadonlyMap<string, number>,
  whole: ReadonlyMap<string, number>,
  kind: 'equal' | 'ordered',
): number {
  const values = [...new Set([...whole.keys(), ...own.keys()])];
  const share = (counts: ReadonlyMap<string, number>) => {
    const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
    return (value: string) => (counts.get(value) ?? 0) / all;
  };
  const [p, q] = [share(own), share(whole)];
  if (kind === 'equal') return values.reduce((sum, value) => sum + Math.abs(p(value) - q(value)), 0) / 2;
  if (values.length < 2) return 0;
  let earth = 0;
  let work = 0;
  for (const value of inOrder(values)) {
    earth += p(value) - q(value);
    work += Math.abs(earth);
  }
  return work / (values.length - 1);
}

/** Numbers by size when every value is one, else texts by code units. */
function inOrder(values: readonly string[]): string[] {
  const numeric = values.every((value) => value.trim() !== '' && Number.isFinite(Number(value)));
  return numeric
    ? values.toSorted((a, b) => Number(a) - Number(b))
    : values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
