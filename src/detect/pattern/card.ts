import { FLAG } from '../flags.ts';
import type { Neighborhood } from '../neighborhood.ts';
import { isOneDigit, luhn } from './checksums.ts';

/** Issuers by leading digits and length (ISO/IEC 7812-1 and the networks' published ranges). */
const ISSUERS: readonly (readonly [string, RegExp])[] = [
  ['UNIONPAY', /^62\d{14,17}$/],
  ['VISA', /^4(?:\d{12}|\d{15}|\d{18})$/],
  ['MASTERCARD', /^(?:5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12})$/],
  ['AMEX', /^3[47]\d{13}$/],
  ['JCB', /^(?:35\d{14}(?:\d{3})?|(?:2131|1800)\d{11})$/],
  ['DINERS', /^3(?:0[0-5]\d{11}|095\d{10}|[689]\d{12}(?:\d\d)?)$/],
  ['DISCOVER', /^6(?:011|4[4-9]\d|5\d\d)\d{12}(?:\d{3})?$/],
  ['MAESTRO', /^(?:50\d{10,17}|5[6-8]\d{10,17}|6[37]\d{10,17}|6[0-9]\d{10,17})$/],
  ['MIR', /^220[0-4]\d{12}$/],
  ['TROY', /^9792\d{12}$/],
];

/** Who issued the card number, or null when it is none: issuer, length and Luhn must hold. */
export function cardIssuer(digits: string): string | null {
  if (digits.length < 12 || digits.length > 19 || !luhn(digits) || isOneDigit(digits)) return null;
  return ISSUERS.find(([, pattern]) => pattern.test(digits))?.[0] ?? null;
}

/** How sure a card number is, given its groups and the words around it. */
export function cardScore(digits: string, sizes: readonly number[], around: Neighborhood): number {
  const named = ((around.near | around.after) & FLAG.card) !== 0;
  if (!named && (around.near & FLAG.order) !== 0) return 0.2;
  if (sizes.length > 1 && !asCardsAreWritten(sizes)) return 0.2;
  if (named || (around.all & FLAG.card) !== 0) return 0.99;
  if ((around.near & (FLAG.device | FLAG.id | FLAG.phone)) !== 0) return 0.3;
  if (digits.length >= 15) return sizes.length > 1 ? 0.97 : 0.9;
  return digits.length >= 13 ? 0.6 : 0.3;
}

/** Groups of four with a rest, or as American Express and Diners do; or digit by digit. */
function asCardsAreWritten(sizes: readonly number[]): boolean {
  const key = sizes.join('-');
  if (key === '4-6-5' || key === '4-6-4' || key === '6-13' || key === '8-8' || key === '6-10') return true;
  const last = sizes[sizes.length - 1]!;
  const before = sizes.slice(0, -1);
  return before.every((size) => size === 4)
    ? last <= 7
    : sizes.every((size) => size === sizes[0]) && last < 5;
}
