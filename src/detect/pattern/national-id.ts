/** National numbers made of digits, by length: structure and check digit of each as its authority publishes them. */
import { FLAG } from '../flags.ts';
import { isDay, isOneDigit, luhn, mod11of10, mod97, verhoeff, weighted } from './checksums.ts';

export interface NationalNumber {
  readonly kind: string;
  readonly holds: (digits: string) => boolean;
  /** Sizes of groups as the number is usually written, `3-2-4`; a match needs no word beside it. */
  readonly written?: readonly string[];
  /** Without any sign of what it is; above 0.5 for those whose structure alone is rare enough. */
  readonly alone: number;
}

const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(
    ' ',
  ),
);
const FROM_TEN = [10, 9, 8, 7, 6, 5, 4, 3, 2];
const FROM_ELEVEN = [11, 10, 9, 8, 7, 6, 5, 4, 3, 2];

/** The digits from `from` to `to` as a number. */
function number(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) value = value * 10 + text.charCodeAt(at) - 48;
  return value;
}

/** GB 11643-1999: region, birth date, order, ISO 7064 MOD 11-2; the last sign may be X. */
export function isChineseId(id: string): boolean {
  if (!PROVINCES.has(id.slice(0, 2)) || !isDay(number(id, 6, 10), number(id, 10, 12), number(id, 12, 14)))
    return false;
  const sum = weighted(id, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
  return '10X98765432'[sum % 11] === id[17]!.toUpperCase();
}

function isOldChineseId(id: string): boolean {
  return (
    PROVINCES.has(id.slice(0, 2)) && isDay(1900 + number(id, 6, 8), number(id, 8, 10), number(id, 10, 12))
  );
}

function isSocialSecurity(id: string): boolean {
  return !/^(?:000|666|9)/.test(id) && id.slice(3, 5) !== '00' && id.slice(5) !== '0000' && !isOneDigit(id);
}

function isNhs(id: string): boolean {
  const check = 11 - (weighted(id, FROM_TEN) % 11);
  return (check === 11 ? 0 : check) === number(id, 9, 10) && !isOneDigit(id);
}

/** § 139b AO: in the first ten digits one stands twice or three times, and no digit leads with 0. */
function isGermanTaxId(id: string): boolean {
  if (id[0] === '0' || !mod11of10(id)) return false;
  const distinct = new Set(id.slice(0, 10)).size;
  return distinct === 9 || distinct === 8;
}

function isCpf(id: string): boolean {
  if (((weighted(id, FROM_TEN) * 10) % 11) % 10 !== number(id, 9, 10)) return false;
  return ((weighted(id, FROM_ELEVEN) * 10) % 11) % 10 === number(id, 10, 11) && !isOneDigit(id);
}

function isCnpj(id: string): boolean {
  if (isOneDigit(id)) return false;
  const check = (sum: number) => (sum % 11 < 2 ? 0 : 11 - (sum % 11));
  const first = check(weighted(id, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]));
  const second = check(weighted(id, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]));
  return first === number(id, 12, 13) && second === number(id, 13, 14);
}

function isMyNumber(id: string): boolean {
  const rest = weighted(id, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return (rest <= 1 ? 0 : 11 - rest) === number(id, 11, 12) && !isOneDigit(id);
}

/** Since October 2020 the last six digits are random, so only older numbers have a check digit. */
function isKorean(id: string): boolean {
  const code = number(id, 6, 7);
  if (code < 1 || code > 8) return false;
  const year = (code === 3 || code === 4 || code === 7 || code === 8 ? 2000 : 1900) + number(id, 0, 2);
  if (!isDay(year, number(id, 2, 4), number(id, 4, 6))) return false;
  if (year * 100 + number(id, 2, 4) >= 202_010) return true;
  const rest = (11 - (weighted(id, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10;
  return (code >= 5 ? (rest + 2) % 10 : rest) === number(id, 12, 13);
}

/** Sex, year, month, department, commune, order, and 97 minus the rest by 97. */
function isNir(id: string): boolean {
  const month = number(id, 3, 5);
  if (!/^[12378]/.test(id) || !((month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50))
    return false;
  return 97 - mod97(id.slice(0, 13)) === number(id, 13, 15);
}

function isPesel(id: string): boolean {
  const month = number(id, 2, 4) % 20;
  if (month < 1 || month > 12 || number(id, 4, 6) < 1 || number(id, 4, 6) > 31) return false;
  return (10 - (weighted(id, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === number(id, 10, 11);
}

function isAhv(id: string): boolean {
  const sum = weighted(id, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]);
  return id.startsWith('756') && (10 - (sum % 10)) % 10 === number(id, 12, 13);
}

function isBsn(id: string): boolean {
  return (weighted(id, [9, 8, 7, 6, 5, 4, 3, 2]) - number(id, 8, 9)) % 11 === 0 && !isOneDigit(id);
}

const BY_LENGTH: Readonly<Record<number, readonly NationalNumber[]>> = {
  9: [
    { kind: 'US_SSN', holds: isSocialSecurity, written: ['3-2-4'], alone: 0.3 },
    { kind: 'CA_SIN', holds: luhn, alone: 0.1 },
    { kind: 'NL_BSN', holds: isBsn, alone: 0.1 },
  ],
  10: [{ kind: 'UK_NHS', holds: isNhs, written: ['3-3-4'], alone: 0.3 }],
  11: [
    { kind: 'BR_CPF', holds: isCpf, written: ['3-3-3-2'], alone: 0.4 },
    { kind: 'DE_TAX_ID', holds: isGermanTaxId, written: ['2-3-3-3'], alone: 0.4 },
    { kind: 'PL_PESEL', holds: isPesel, alone: 0.2 },
  ],
  12: [
    { kind: 'JP_MY_NUMBER', holds: isMyNumber, written: ['4-4-4'], alone: 0.3 },
    { kind: 'IN_AADHAAR', holds: (id) => /^[2-9]/.test(id) && verhoeff(id), written: ['4-4-4'], alone: 0.3 },
  ],
  13: [
    { kind: 'KR_RRN', holds: isKorean, written: ['6-7'], alone: 0.7 },
    { kind: 'CH_AHV', holds: isAhv, written: ['3-4-4-2'], alone: 0.7 },
  ],
  14: [{ kind: 'BR_CNPJ', holds: isCnpj, written: ['2-3-3-4-2'], alone: 0.5 }],
  15: [
    { kind: 'FR_NIR', holds: isNir, written: ['1-2-2-2-3-3-2', '13-2'], alone: 0.75 },
    { kind: 'CN_RESIDENT_ID', holds: isOldChineseId, alone: 0.45 },
  ],
  18: [
    {
      kind: 'CN_RESIDENT_ID',
      holds: isChineseId,
      written: ['6-8-4', '6-4-4-4', '3-3-4-4-4', '6-4-2-2-4'],
      alone: 0.98,
    },
  ],
};

const NONE: readonly NationalNumber[] = [];

/**
 * All that hold, in the order of how often they are met: My Number and Aadhaar are of one length, so words
 * and groups decide.
 */
export function nationalNumbers(digits: string): readonly NationalNumber[] {
  const known = BY_LENGTH[digits.length];
  return known === undefined ? NONE : known.filter((each) => each.holds(digits));
}

/** How sure a number is, from 0 to 1, by how it is written and what stands near. */
export function nationalScore(found: NationalNumber, written: string, near: number, all: number): number {
  if ((near & FLAG.id) !== 0) return 0.98;
  const asUsual = found.written?.includes(written) === true;
  if ((near & FLAG.order) !== 0) return found.alone > 0.9 ? 0.8 : asUsual ? 0.4 : 0.1;
  if ((all & FLAG.id) !== 0) return 0.95;
  if ((near & (FLAG.phone | FLAG.card | FLAG.device)) !== 0) return Math.min(0.4, found.alone);
  return asUsual ? Math.max(0.85, found.alone) : found.alone;
}
