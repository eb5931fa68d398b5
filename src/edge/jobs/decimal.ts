/** Exact decimals for money: adding floats loses cents. */

/** `units` × 10^-`scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

export const ZERO: Decimal = { units: 0n, scale: 0 };

const SHAPE = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;
const MOST_EXPONENT = 60;

/** Reads a number as it was written; null when it is none. */
export function decimal(value: unknown): Decimal | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  const [, sign = '', whole, fraction = '', exponent = '0'] = SHAPE.exec(String(value).trim()) ?? [];
  if (whole === undefined || Math.abs(Number(exponent)) > MOST_EXPONENT) return null;
  const units = BigInt(`${sign}${whole}${fraction}`);
  const scale = fraction.length - Number(exponent);
  return scale < 0 ? { units: units * 10n ** BigInt(-scale), scale: 0 } : { units, scale };
}

export function times(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

export function plus(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  const lift = (each: Decimal) => each.units * 10n ** BigInt(scale - each.scale);
  return { units: lift(a) + lift(b), scale };
}

/** With a dot and at least two places; no zeros at the end beyond those. */
export function written({ units, scale }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits
    .slice(digits.length - scale)
    .replace(/0+$/, '')
    .padEnd(2, '0');
  return `${units < 0n ? '-' : ''}${whole}.${fraction}`;
}
