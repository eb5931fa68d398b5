/** Exact fractions: ε, ρ, δ and scales of noise never pass through binary floating point. */
import { refuseParameter } from '../refuse.ts';

/** In lowest terms; the denominator is positive. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** `0.1` is one tenth exactly, as it is written; `'1/3'` and `'1e-6'` are read as they stand. */
export type Rational = number | string | Ratio;

const DECIMAL = /^([+-]?)(\d{1,400})(?:\.(\d{1,400}))?(?:e([+-]?\d{1,3}))?$/i;
const FRACTION = /^([+-]?\d{1,400})\/(\d{1,400})$/;
/** Bits that a double keeps, and some. */
const KEPT_BITS = 60;

/** Throws `AnonymizeError('invalid_parameter')` for NaN, infinity and what is no number. */
export function toRatio(value: Rational, field: string): Ratio {
  if (typeof value === 'object' && value !== null) {
    const { numerator, denominator } = value;
    if (typeof numerator === 'bigint' && typeof denominator === 'bigint' && denominator > 0n)
      return lowest(numerator, denominator);
    return refuseParameter(field, `${field} must be a fraction of two bigints, the lower one positive.`);
  }
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  const fraction = FRACTION.exec(text);
  if (fraction !== null && BigInt(fraction[2]!) > 0n)
    return lowest(BigInt(fraction[1]!), BigInt(fraction[2]!));
  const decimal = DECIMAL.exec(text);
  if (decimal === null)
    return refuseParameter(field, `${field} must be a finite number or a fraction such as '1/3'.`);
  const [, sign, whole, part = '', exponent = '0'] = decimal;
  const digits = BigInt(`${whole}${part}`) * (sign === '-' ? -1n : 1n);
  const power = Number(exponent) - part.length;
  return power >= 0 ? lowest(digits * 10n ** BigInt(power), 1n) : lowest(digits, 10n ** BigInt(-power));
}

/** The same, and above zero. */
export function toPositive(value: Rational, field: string): Ratio {
  const ratio = toRatio(value, field);
  if (ratio.numerator <= 0n) return refuseParameter(field, `${field} must be above 0.`);
  return ratio;
}

/** The same, and strictly between zero and one. */
export function toProbability(value: Rational, field: string): Ratio {
  const ratio = toPositive(value, field);
  if (ratio.numerator >= ratio.denominator) return refuseParameter(field, `${field} must be below 1.`);
  return ratio;
}

function lowest(numerator: bigint, denominator: bigint): Ratio {
  let a = numerator < 0n ? -numerator : numerator;
  let b = denominator;
  while (b > 0n) [a, b] = [b, a % b];
  return a === 0n
    ? { numerator: 0n, denominator: 1n }
    : { numerator: numerator / a, denominator: denominator / a };
}

export const ZERO: Ratio = { numerator: 0n, denominator: 1n };

export function add(a: Ratio, b: Ratio): Ratio {
  return lowest(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function subtract(a: Ratio, b: Ratio): Ratio {
  return add(a, { numerator: -b.numerator, denominator: b.denominator });
}

export function multiply(a: Ratio, b: Ratio): Ratio {
  return lowest(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** `b` is above zero. */
export function divide(a: Ratio, b: Ratio): Ratio {
  return lowest(a.numerator * b.denominator, a.denominator * b.numerator);
}

export function isAbove(a: Ratio, b: Ratio): boolean {
  return a.numerator * b.denominator > b.numerator * a.denominator;
}

export function whole(value: bigint | number): Ratio {
  return { numerator: BigInt(value), denominator: 1n };
}

/** The next multiple of 1/`denominator` that is not below: noise may grow by it, never shrink. */
export function roundUp(value: Ratio, denominator: bigint): Ratio {
  if (value.denominator <= denominator) return value;
  return lowest(ceilDivide(value.numerator * denominator, value.denominator), denominator);
}

function ceilDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b > 0n ? quotient + 1n : quotient;
}

/** As it is stored and shown: `1/3`, `2`. */
export function ratioText({ numerator, denominator }: Ratio): string {
  return denominator === 1n ? String(numerator) : `${numerator}/${denominator}`;
}

/** A double that is not below the value; within 2⁻⁵⁰ of it. For values from 0 on. */
export function doubleAbove({ numerator, denominator }: Ratio): number {
  if (numerator === 0n) return 0;
  const shift = denominator.toString(2).length - numerator.toString(2).length + KEPT_BITS;
  const kept =
    shift >= 0
      ? ceilDivide(numerator << BigInt(shift), denominator)
      : ceilDivide(numerator, denominator << BigInt(-shift));
  return Number(kept) * (1 + 2 ** -51) * 2 ** -shift;
}

/** A double that is not above the value; within 2⁻⁵⁰ of it. For values from 0 on. */
export function doubleBelow(value: Ratio): number {
  return doubleAbove(value) * (1 - 2 ** -50);
}
