/** Judges draws of whole numbers against the distribution they should have. */
import { entropyBetween } from './bounds.ts';

export interface Expected {
  /** The probability of a whole number. */
  readonly chanceOf: (value: number) => number;
  /** Beyond ± this, the values are judged together. */
  readonly reach: number;
}

/** P[x] = (1-p)/(1+p)·p^|x| with p = e^(-1/scale). */
export function discreteLaplace(scale: number): Expected {
  const p = Math.exp(-1 / scale);
  return { chanceOf: (x) => ((1 - p) / (1 + p)) * p ** Math.abs(x), reach: Math.ceil(8 * scale) };
}

/** P[x] ∝ e^(-x²/2σ²). */
export function discreteGaussian(variance: number): Expected {
  const weight = (x: number) => Math.exp(-(x * x) / (2 * variance));
  const far = Math.ceil(40 * Math.sqrt(variance)) + 10;
  let sum = 0;
  for (let x = -far; x <= far; x += 1) sum += weight(x);
  return { chanceOf: (x) => weight(x) / sum, reach: Math.ceil(4 * Math.sqrt(variance)) };
}

/**
 * Where `trials` draws leave the distribution by more than chance does once in 1/`alpha`: each value by
 * Chernoff's bound, the distribution as a whole by the inequality of Dvoretzky, Kiefer, Wolfowitz and Massart.
 */
export function deviations(draw: () => bigint, expected: Expected, trials: number, alpha: number): string[] {
  const { chanceOf, reach } = expected;
  const cells = 2 * reach + 3;
  const counts = new Float64Array(cells);
  for (let trial = 0; trial < trials; trial += 1) {
    const value = Math.min(Math.max(Number(draw()), -reach - 1), reach + 1);
    counts[value + reach + 1]! += 1;
  }
  const inside = Array.from({ length: cells - 2 }, (_, at) => chanceOf(at - reach));
  const tail = (1 - inside.reduce((sum, one) => sum + one, 0)) / 2;
  const chances = [tail, ...inside, tail];
  const most = Math.log((4 * cells) / alpha) / trials;
  const furthest = Math.sqrt(Math.log(4 / alpha) / (2 * trials));
  const found: string[] = [];
  let below = 0;
  for (const [at, chance] of chances.entries()) {
    const seen = counts[at]! / trials;
    below += seen - chance;
    if (entropyBetween(seen, chance) > most)
      found.push(`${at - reach - 1}: ${seen} instead of ${chance.toPrecision(6)}`);
    if (Math.abs(below) > furthest) found.push(`up to ${at - reach - 1}: off by ${below.toPrecision(3)}`);
  }
  return found;
}
