/** Money as whole hundredths, read from how it is written: floats would lose cents. */

const SHAPE = /^(-?)(\d{1,13})(?:\.(\d{1,20}))?$/;

/** `19.99` → 1999; further places are cut off; null for what is no amount or past a million millions. */
export function hundredths(value: unknown): number | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  const [, sign, whole, fraction = ''] = SHAPE.exec(String(value).trim()) ?? [];
  if (whole === undefined) return null;
  const units = Number(whole) * 100 + Number(fraction.padEnd(2, '0').slice(0, 2));
  return sign === '-' && units !== 0 ? -units : units;
}
