/**
 * Exact chance: events of rational or e^-γ probability from random bits.
 * Follows C. Canonne, G. Kamath, T. Steinke, "The Discrete Gaussian for Differential Privacy" (2020),
 * algorithm 1. All arithmetic is on integers: doubles below 2⁵³ where products fit, BigInt where they do not.
 */
import { type Bits, bitsFrom, type FillRandom, TWO_32 } from './bits.ts';

export interface Chance extends Bits {
  /** True with probability e^(-numerator/denominator). Both whole, from 0, below 2⁵³; the lower one from 1. */
  exp(numerator: number, denominator: number): boolean;
  /** The same without an upper limit. */
  expBig(numerator: bigint, denominator: bigint): boolean;
}

/** Up to here a 32-bit word times the denominator is exact. */
const MOST_QUICK = 2 ** 21;

/** @param fill where the bits come from; in production the default and nothing else */
export function chanceFrom(fill?: FillRandom): Chance {
  const bits = bitsFrom(fill);
  const { word, below, belowBig } = bits;

  /** True with probability numerator/denominator. Compares with its binary digits, 32 at a time. */
  function ratio(numerator: number, denominator: number): boolean {
    if (numerator >= denominator) return true;
    if (denominator > MOST_QUICK) return below(denominator) < numerator;
    for (let rest = numerator; ; ) {
      const scaled = rest * TWO_32 - word() * denominator;
      if (scaled >= denominator) return true;
      if (scaled <= 0) return false;
      rest = scaled;
    }
  }

  /** e^-γ for γ = numerator/denominator from 0 to 1. */
  function expSmall(numerator: number, denominator: number): boolean {
    let k = 1;
    for (let product = denominator; ratio(numerator, product); product += denominator) {
      k += 1;
      if (product > Number.MAX_SAFE_INTEGER - denominator)
        return expSmallBig(BigInt(numerator), BigInt(denominator), BigInt(k)) % 2n === 1n;
    }
    return k % 2 === 1;
  }

  /** The k at which the series of algorithm 1 ends, begun at `from`. */
  function expSmallBig(numerator: bigint, denominator: bigint, from: bigint): bigint {
    let k = from;
    while (belowBig(denominator * k) < numerator) k += 1n;
    return k;
  }

  function exp(numerator: number, denominator: number): boolean {
    let rest = numerator;
    for (; rest > denominator; rest -= denominator) if (!expSmall(1, 1)) return false;
    return expSmall(rest, denominator);
  }

  function expBig(numerator: bigint, denominator: bigint): boolean {
    let rest = numerator;
    for (; rest > denominator; rest -= denominator) if (!expSmall(1, 1)) return false;
    return expSmallBig(rest, denominator, 1n) % 2n === 1n;
  }

  return { ...bits, exp, expBig };
}
