/** Numbers that hold letters: IBANs, passports, driving licences, national ids with check letters. */
import { electronicFormatIBAN, getCountrySpecifications, isValidIBAN } from 'ibantools';
import type { Candidate } from '../candidate.ts';
import { FLAG } from '../flags.ts';
import { type Neighborhood, neighborhood } from '../neighborhood.ts';
import { KIND, type Tokens } from '../tokenize.ts';
import { lettered } from './lettered-id.ts';

const LONGEST = 34;
const IBAN_START = /^[a-z]{2}\d{2}/i;

/** Looks at the token of letters and digits at `at`; `out` gets what it may be. */
export function scanMixed(tokens: Tokens, at: number, out: Candidate[]): void {
  const { text } = tokens;
  const start = tokens.start[at]!;
  const end = tokens.end[at]!;
  if (end - start > LONGEST) return;
  const word = text.slice(start, end);
  const iban = IBAN_START.test(word) ? ibanAt(text, start) : null;
  if (iban !== null) out.push(iban);
  const around = neighborhood(tokens, at, at);
  for (const found of lettered(text, start, end, around)) out.push(found);
  documents(tokens, at, around, out);
}

const IBAN_TEXT = /[a-z]{2}\d{2}(?:[ -]?[a-z0-9]){11,30}(?![a-z0-9])/iy;
const IBAN_TRIES = 8;
/** Signs of an IBAN by its country. */
const IBAN_LENGTHS: ReadonlyMap<string, number | null> = new Map(
  Object.entries(getCountrySpecifications()).map(([country, { chars }]) => [country, chars]),
);

/** An IBAN (ISO 13616) in one piece or in groups; what follows it in capital letters is cut off. */
function ibanAt(text: string, start: number): Candidate | null {
  const signs = IBAN_LENGTHS.get(text.slice(start, start + 2).toUpperCase()) ?? 0;
  if (signs === 0) return null;
  IBAN_TEXT.lastIndex = start;
  let found = IBAN_TEXT.exec(text)?.[0];
  for (let tries = 0; found !== undefined && tries < IBAN_TRIES; tries += 1) {
    const plain = electronicFormatIBAN(found.toUpperCase()) ?? '';
    if (plain.length === signs && isValidIBAN(plain))
      return { start, end: start + found.length, type: 'IBAN', score: 0.99 };
    const cut = Math.max(found.lastIndexOf(' '), found.lastIndexOf('-'));
    found = cut < 0 ? undefined : found.slice(0, cut);
  }
  return null;
}

const PASSPORT = /^(?=(?:[a-z]*\d){5})[a-z]{0,3}\d{5,9}[a-z]{0,2}\d{0,5}$|^(?=(?:[a-z]*\d){3})[a-z0-9]{9}$/i;
const CHINESE_PASSPORT = /^(?:[EGDSP]\d{8}|E[A-HJ-NP-Z]\d{7}|[HMC][A-Z]?\d{8,10})$/i;
const LICENSE = /^[a-z0-9]{5,20}$/i;
const LICENSE_REST = /(?:[- ][a-z0-9]{2,8}){0,4}(?![a-z0-9])/iy;

/** Documents without a public check digit: a word beside them has to say what they are. */
export function documents(tokens: Tokens, at: number, around: Neighborhood, out: Candidate[]): void {
  const { text } = tokens;
  const start = tokens.start[at]!;
  const end = tokens.end[at]!;
  const licensed = (around.all & FLAG.license) !== 0;
  const named = (around.near & FLAG.passport) !== 0;
  const digits = tokens.kind[at] === KIND.number;
  if (digits && !licensed && !named) return;
  const word = text.slice(start, Math.min(end, start + LONGEST));
  if (named && word.length >= 6 && PASSPORT.test(word))
    out.push({ start, end, type: 'PASSPORT', score: 0.95 });
  else if (CHINESE_PASSPORT.test(word) && (around.near & FLAG.order) === 0)
    out.push({ start, end, type: 'PASSPORT', score: (around.all & FLAG.passport) !== 0 ? 0.95 : 0.4 });
  if (!licensed || ((around.near & FLAG.license) === 0 && (around.near & FLAG.order) !== 0)) return;
  if (!/\d/.test(word)) return;
  LICENSE_REST.lastIndex = end;
  const rest = digits && LICENSE_REST.test(text) ? LICENSE_REST.lastIndex : end;
  const last = /\d[a-z]{0,2}$/i.test(text.slice(start, rest)) ? rest : end;
  if (LICENSE.test(word) || last > end) {
    const count = text.slice(start, last).replace(/\D/g, '').length;
    if (count >= 4) out.push({ start, end: last, type: 'DRIVER_LICENSE', score: 0.9 });
  }
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f-])/iy;

/** An advertising or installation id (RFC 9562 form), or an IMEI's sibling MEID, beside a word that says so. */
export function uuidAt(tokens: Tokens, at: number): Candidate | null {
  const start = tokens.start[at]!;
  const next = tokens.text[tokens.end[at]!];
  if (next !== '-' && tokens.end[at]! - start !== 16 && tokens.end[at]! - start !== 14) return null;
  const { near, all } = neighborhood(tokens, at, at);
  if (((near | all) & FLAG.device) === 0) return null;
  UUID.lastIndex = start;
  if (UUID.test(tokens.text))
    return { start, end: UUID.lastIndex, type: 'DEVICE_ID', score: 0.95, kind: 'UUID' };
  const end = tokens.end[at]!;
  return /^[0-9a-f]{14,16}$/i.test(tokens.text.slice(start, end))
    ? { start, end, type: 'DEVICE_ID', score: 0.85, kind: 'HEX_ID' }
    : null;
}
