/** Confidence bounds that hold for any sample size: Chernoff's, by relative entropy. */

/** Relative entropy of two coins, in nats. */
export function entropyBetween(p: number, q: number): number {
  const part = (a: number, b: number) => (a === 0 ? 0 : a * Math.log(a / b));
  return part(p, q) + part(1 - p, 1 - q);
}

/** The least probability that explains `hits` of `trials`, except with a chance of `alpha`. */
export function lowerBound(hits: number, trials: number, alpha: number): number {
  return edge(hits / trials, Math.log(1 / alpha) / trials, 0);
}

/** The greatest probability that explains `hits` of `trials`, except with a chance of `alpha`. */
export function upperBound(hits: number, trials: number, alpha: number): number {
  return edge(hits / trials, Math.log(1 / alpha) / trials, 1);
}

/** Between the share seen and `end`, the place where the relative entropy reaches `most`. */
function edge(seen: number, most: number, end: 0 | 1): number {
  if (seen === end) return end;
  let [near, far] = [seen, end as number];
  for (let round = 0; round < 60; round += 1) {
    const middle = (near + far) / 2;
    if (entropyBetween(seen, middle) <= most) near = middle;
    else far = middle;
  }
  return far;
}
