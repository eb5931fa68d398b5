/**
 * Noise: the discrete Laplace and the discrete Gaussian distribution, exactly
 * (Canonne, Kamath, Steinke 2020, algorithms 2 and 3). Floating-point samplers leak through the gaps between
 * doubles (Mironov 2012); here every step is on whole numbers.
 */
import { AnonymizeError } from '../refuse.ts';
import type { FillRandom } from './bits.ts';
import { type Chance, chanceFrom } from './chance.ts';
import { type Ratio, type Rational, toPositive } from './ratio.ts';

/** Draws one whole number. */
export type Noise = () => bigint;

/** Below this the whole draw stays under 2⁵³, whatever chance brings. */
const MOST_SCALE = 2n ** 40n;
/** Chance to get here: e^-8000. */
const MOST_ROUNDS = 8000;
const MOST_ROOT = Math.floor(Math.sqrt(Number.MAX_SAFE_INTEGER));

/**
 * P[x] is proportional to e^(-|x|/scale), over all whole numbers.
 * @param scale above 0; a number is read as the decimal it prints as
 * @param fill random bits; the system's cryptographic ones unless given
 * @throws AnonymizeError `invalid_parameter`
 */
export function laplaceNoise(scale: Rational, fill?: FillRandom): Noise {
  return laplaceOf(toPositive(scale, 'scale'), chanceFrom(fill));
}

/**
 * P[x] is proportional to e^(-x²/(2·variance)), over all whole numbers.
 * @param variance σ², above 0; a number is read as the decimal it prints as
 * @throws AnonymizeError `invalid_parameter`
 */
export function gaussianNoise(variance: Rational, fill?: FillRandom): Noise {
  return gaussianOf(toPositive(variance, 'variance'), chanceFrom(fill));
}

export function laplaceOf({ numerator: t, denominator: s }: Ratio, chance: Chance): Noise {
  if (t > MOST_SCALE || s > MOST_SCALE) return () => laplaceBig(t, s, chance);
  const [top, bottom] = [Number(t), Number(s)];
  return () => BigInt(laplaceQuick(top, bottom, chance));
}

export function gaussianOf({ numerator: a, denominator: b }: Ratio, chance: Chance): Noise {
  const t = floorRoot(a / b) + 1n;
  const lower = 2n * a * b * t * t;
  const quick = lower <= BigInt(Number.MAX_SAFE_INTEGER) && b * t <= MOST_SCALE;
  if (!quick) return () => gaussianBig(a, b, t, chance);
  const [top, step, scale, bottom] = [Number(a), Number(b * t), Number(t), Number(lower)];
  return () => {
    for (;;) {
      const drawn = laplaceQuick(scale, 1, chance);
      const off = Math.abs(drawn) * step - top;
      const accepted =
        Math.abs(off) <= MOST_ROOT
          ? chance.exp(off * off, bottom)
          : chance.expBig(square(BigInt(Math.abs(drawn)) * b * t - a), lower);
      if (accepted) return BigInt(drawn);
    }
  };
}

function laplaceQuick(t: number, s: number, chance: Chance): number {
  for (;;) {
    const u = chance.below(t);
    if (!chance.exp(u, t)) continue;
    let rounds = 0;
    while (chance.exp(1, 1)) rounds += 1;
    if (rounds > MOST_ROUNDS) throw new AnonymizeError('overflow', 'The source of random bits is broken.');
    const x = u + t * rounds;
    const size = (x - (x % s)) / s;
    const negative = chance.coin();
    if (size !== 0) return negative ? -size : size;
    if (!negative) return 0;
  }
}

function laplaceBig(t: bigint, s: bigint, chance: Chance): bigint {
  for (;;) {
    const u = chance.belowBig(t);
    if (!chance.expBig(u, t)) continue;
    let rounds = 0n;
    while (chance.exp(1, 1)) rounds += 1n;
    const size = (u + t * rounds) / s;
    const negative = chance.coin();
    if (size !== 0n) return negative ? -size : size;
    if (!negative) return 0n;
  }
}

function gaussianBig(a: bigint, b: bigint, t: bigint, chance: Chance): bigint {
  for (;;) {
    const drawn = laplaceBig(t, 1n, chance);
    const size = drawn < 0n ? -drawn : drawn;
    if (chance.expBig(square(size * b * t - a), 2n * a * b * t * t)) return drawn;
  }
}

function square(value: bigint): bigint {
  return value * value;
}

/** ⌊√value⌋ by Newton's method. */
function floorRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
