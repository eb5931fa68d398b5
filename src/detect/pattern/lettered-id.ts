/** National ids with letters in them, each with its authority's check. */
import type { Candidate } from '../candidate.ts';
import { FLAG } from '../flags.ts';
import type { Neighborhood } from '../neighborhood.ts';
import { weighted } from './checksums.ts';
import { isChineseId } from './national-id.ts';

interface LetteredId {
  readonly kind: string;
  readonly pattern: RegExp;
  readonly holds: (id: string) => boolean;
  readonly alone: number;
  /** Signs in all. */
  readonly lengths: readonly number[];
}

const DNI_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';

function isDni(id: string): boolean {
  const digits = id.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
  return DNI_LETTERS[Number(digits) % 23] === id[id.length - 1];
}

const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/** Decreto 23/12/1976: odd and even places weigh differently; letters stand for digits of namesakes. */
function isCodiceFiscale(id: string): boolean {
  let sum = 0;
  for (let at = 0; at < 15; at += 1) {
    const code = id.charCodeAt(at);
    const value = code <= 57 ? code - 48 : code - 65;
    sum += at % 2 === 0 ? ODD[value]! : value;
  }
  return String.fromCharCode(65 + (sum % 26)) === id[15];
}

const NRIC_WEIGHTS = [2, 7, 6, 5, 4, 3, 2];
const NRIC_CHECKS: Readonly<Record<string, readonly [number, string]>> = {
  S: [0, 'JZIHGFEDCBA'],
  T: [4, 'JZIHGFEDCBA'],
  F: [0, 'XWUTRQPNMLK'],
  G: [4, 'XWUTRQPNMLK'],
  M: [3, 'XWUTRQPNJLK'],
};

function isNric(id: string): boolean {
  const [offset, letters] = NRIC_CHECKS[id[0]!] ?? [0, ''];
  const rest = (weighted(id.slice(1), NRIC_WEIGHTS) + offset) % 11;
  return letters[id[0] === 'M' ? 10 - rest : rest] === id[8] || (id[0] === 'M' && letters[rest] === id[8]);
}

const TAIWAN = 'ABCDEFGHJKLMNPQRSTUVXYWZIO';

function isTaiwanId(id: string): boolean {
  const place = TAIWAN.indexOf(id[0]!) + 10;
  const sum = Math.floor(place / 10) + (place % 10) * 9 + weighted(id.slice(1), [8, 7, 6, 5, 4, 3, 2, 1, 1]);
  return sum % 10 === 0;
}

function isHongKongId(id: string): boolean {
  const plain = id.replace(/[()]/g, '').padStart(9, ' ');
  let sum = 0;
  for (let at = 0; at < 8; at += 1) {
    const code = plain.charCodeAt(at);
    sum += (code === 32 ? 36 : code <= 57 ? code - 48 : code - 55) * (9 - at);
  }
  const check = plain[8] === 'A' ? 10 : Number(plain[8]);
  return (sum + check) % 11 === 0;
}

function isNirWithLetter(id: string): boolean {
  const digits = BigInt(id.slice(0, 13).replace('2A', '19').replace('2B', '18'));
  return 97 - Number(digits % 97n) === Number(id.slice(13));
}

/** Cadena of 17 signs and a check digit over an alphabet of 37. */
function isCurp(id: string): boolean {
  const alphabet = '0123456789ABCDEFGHIJKLMN\u00d1OPQRSTUVWXYZ';
  let sum = 0;
  for (let at = 0; at < 17; at += 1) sum += alphabet.indexOf(id[at]!) * (18 - at);
  return (10 - (sum % 10)) % 10 === Number(id[17]);
}

const always = () => true;

const IDS: readonly LetteredId[] = [
  { kind: 'CN_RESIDENT_ID', lengths: [18], pattern: /^\d{17}X$/, holds: isChineseId, alone: 0.98 },
  { kind: 'ES_DNI', lengths: [9], pattern: /^\d{8}[A-Z]$/, holds: isDni, alone: 0.85 },
  { kind: 'ES_NIE', lengths: [9], pattern: /^[XYZ]\d{7}[A-Z]$/, holds: isDni, alone: 0.9 },
  {
    kind: 'IT_CODICE_FISCALE',
    lengths: [16],
    pattern: /^[A-Z]{6}[0-9LMNPQRSTUV]{2}[A-EHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]$/,
    holds: isCodiceFiscale,
    alone: 0.97,
  },
  {
    kind: 'UK_NINO',
    lengths: [9],
    pattern: /^(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/,
    holds: always,
    alone: 0.85,
  },
  {
    kind: 'IN_PAN',
    lengths: [10],
    pattern: /^[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z]$/,
    holds: always,
    alone: 0.85,
  },
  { kind: 'SG_NRIC', lengths: [9], pattern: /^[STFGM]\d{7}[A-Z]$/, holds: isNric, alone: 0.9 },
  { kind: 'TW_ID', lengths: [10], pattern: /^[A-Z][1289]\d{8}$/, holds: isTaiwanId, alone: 0.8 },
  {
    kind: 'HK_ID',
    lengths: [8, 9, 10, 11],
    pattern: /^[A-Z]{1,2}\d{6}\(?[0-9A]\)?$/,
    holds: isHongKongId,
    alone: 0.7,
  },
  { kind: 'FR_NIR', lengths: [15], pattern: /^[12]\d{4}2[AB]\d{8}$/, holds: isNirWithLetter, alone: 0.9 },
  {
    kind: 'MX_CURP',
    lengths: [18],
    pattern: /^[A-Z]{4}\d{6}[HM][A-Z]{5}[0-9A-Z]\d$/,
    holds: isCurp,
    alone: 0.95,
  },
];
const SHORTEST = 8;
const LONGEST = 18;
const BY_LENGTH: readonly (readonly LetteredId[])[] = Array.from({ length: LONGEST + 1 }, (_, length) =>
  IDS.filter(({ lengths }) => lengths.includes(length)),
);

/** People write them in one piece, or with a space or a dash between the parts. */
const MOST_PARTS = 8;

/** Ids that begin at `start`; the token there ends at `end`. */
export function lettered(text: string, start: number, end: number, around: Neighborhood): Candidate[] {
  const found: Candidate[] = [];
  for (const stop of stops(text, start, end)) {
    if (stop - start < SHORTEST) continue;
    const id = text.slice(start, stop).replace(/[ -]/g, '');
    if (id.length < SHORTEST || id.length > LONGEST) continue;
    const upper = id.toUpperCase();
    for (const each of BY_LENGTH[id.length]!) {
      if (!each.pattern.test(upper) || !each.holds(upper)) continue;
      const named = ((around.near | around.all) & FLAG.id) !== 0;
      const ordered = (around.near & FLAG.order) !== 0;
      const score = named && !ordered ? 0.98 : ordered ? Math.min(0.45, each.alone) : each.alone;
      found.push({ start, end: stop, type: 'NATIONAL_ID', score, kind: each.kind });
    }
  }
  return found;
}

/** Where an id may end: after its token, and after each further group of a few signs. */
function stops(text: string, start: number, end: number): number[] {
  const ends = [text[end] === '(' ? end + 3 : end];
  let at = end;
  for (let part = 0; part < MOST_PARTS; part += 1) {
    const sign = text[at];
    if (sign !== ' ' && sign !== '-') break;
    let to = at + 1;
    while (to < text.length && to - at <= 9 && isPlain(text.charCodeAt(to))) to += 1;
    if (to === at + 1 || to - start > 26) break;
    ends.push(to);
    at = to;
  }
  return ends;
}

/** `A-Z a-z 0-9` */
function isPlain(code: number): boolean {
  const small = code | 32;
  return (code >= 48 && code <= 57) || (small >= 97 && small <= 122);
}
