/** What follows a street in an address: units, codes, places, states, countries. */
import { FLAG } from '../flags.ts';
import { CASE, KIND, type Tokens } from '../tokenize.ts';
import type { AddressPart } from '../types.ts';
import { countryEnd, knownPlaceEnd, placeEnd } from './place.ts';
import { gapAfter, isNumber, isWord, type Reading, sign } from './reading.ts';
import { isAmong, lower, wordSet } from './word-set.ts';

export interface Found {
  readonly part: AddressPart['part'];
  readonly last: number;
}

/** The part of an address at token `at`, behind one that ends with token `last`. */
export function partAt(reading: Reading, at: number, last: number): Found | null {
  const { tokens, taken } = reading;
  const unit = unitEnd(tokens, at);
  if (unit > 0) return { part: 'unit', last: unit };
  const code = codeEnd(tokens, at);
  if (code > 0) return { part: 'code', last: code };
  if (taken[at] === 1 || sign(tokens, at + 1) === ':') return null;
  const country = countryEnd(tokens, at);
  if (country >= 0 && knownPlaceEnd(tokens, at) <= country)
    return { part: 'country', last: bracketEnd(tokens, country) };
  const state = stateEnd(tokens, at, last);
  if (state > 0) return { part: 'state', last: state };
  const place = placeEnd(reading, at, last);
  return place > 0 ? { part: 'place', last: place } : null;
}

/** Parts of a house that need no number. */
const HOUSES = wordSet('hinterhaus vorderhaus seitenflügel erdgeschoss dachgeschoss rdc');

/** `Apt. 12`, `Suite 5`, `2nd floor`, `# 4`, `APO AE 09012`. */
export function unitEnd(tokens: Tokens, at: number): number {
  if (sign(tokens, at) === '#' && isNumber(tokens, at + 1)) return at + 1;
  if (isAmong(tokens, at, HOUSES)) return at;
  if (!isWord(tokens, at) || (tokens.flags[at]! & FLAG.unit) === 0) return ordinalUnit(tokens, at);
  let next = at + 1;
  if (sign(tokens, next) === '.') next += 1;
  if (sign(tokens, next) === '#') next += 1;
  if (next >= tokens.count || tokens.start[next]! - tokens.end[next - 1]! > 1) return 0;
  if (
    isNumber(tokens, next) ||
    (tokens.kind[next] === KIND.mixed && tokens.end[next]! - tokens.start[next]! < 6)
  )
    return next;
  const word = lower(tokens, at);
  if (/^(?:apo|dpo|fpo)$/.test(word) && isWord(tokens, next)) return next;
  return isWord(tokens, next) && tokens.end[next]! - tokens.start[next]! === 1 ? next : 0;
}

function ordinalUnit(tokens: Tokens, at: number): number {
  if (
    tokens.kind[at] === KIND.mixed &&
    /^\d{1,2}[ºª°]$/.test(tokens.text.slice(tokens.start[at], tokens.end[at]))
  ) {
    const letter = at + 1;
    const second = tokens.text.slice(tokens.start[letter], tokens.end[letter]);
    if (tokens.kind[letter] === KIND.mixed && /^\d{1,2}[ºª°]$/.test(second)) return letter;
    const door =
      isWord(tokens, letter) &&
      gapAfter(tokens, at) === 1 &&
      (tokens.end[letter]! - tokens.start[letter]! === 1 ||
        /^(?:izq|dcha|izquierda|derecha|ctro|centro)$/.test(lower(tokens, letter)));
    if (door) return letter;
  }
  if (tokens.kind[at] !== KIND.mixed && !isNumber(tokens, at)) return 0;
  const next = tokens.kind[at] === KIND.mixed ? at + 1 : at + 2;
  if (tokens.kind[at] !== KIND.mixed && !/^[.ºª°]$/.test(sign(tokens, at + 1))) return 0;
  if (!isWord(tokens, next) || (tokens.flags[next]! & FLAG.unit) === 0) return 0;
  return /^(?:links|rechts|mitte|gauche|droite)$/.test(lower(tokens, next + 1)) ? next + 1 : next;
}

/** A postal code: three to six digits with a rest, `D-10115`, `1012 AB`, `SW1A 1AA`. */
export function codeEnd(tokens: Tokens, at: number): number {
  const { text, kind, start, end } = tokens;
  if (kind[at] === KIND.mixed) {
    const next = at + 1;
    const joined = next < tokens.count ? text.slice(start[at], end[next]) : '';
    if (/^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i.test(joined) || /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/i.test(joined))
      return next;
    return 0;
  }
  let first = at;
  if (
    isWord(tokens, at) &&
    end[at]! - start[at]! <= 2 &&
    sign(tokens, at + 1) === '-' &&
    isNumber(tokens, at + 2)
  )
    first = at + 2;
  if (!isNumber(tokens, first)) return 0;
  const length = end[first]! - start[first]!;
  if (length < 3 || length > 6) return 0;
  const tail = first + 2;
  if (
    sign(tokens, first + 1) === '-' &&
    isNumber(tokens, tail) &&
    start[tail]! - end[first]! === 1 &&
    end[tail]! - start[tail]! >= 2 &&
    end[tail]! - start[tail]! <= 4
  )
    return tail;
  const letters = first + 1;
  if (
    length === 4 &&
    isWord(tokens, letters) &&
    gapAfter(tokens, first) === 1 &&
    /^[A-Z]{2}$/.test(text.slice(start[letters], end[letters]))
  )
    return letters;
  if (
    length === 3 &&
    isNumber(tokens, letters) &&
    gapAfter(tokens, first) === 1 &&
    end[letters]! - start[letters]! === 2
  )
    return letters;
  return first;
}

/** `Cyprus (Greek)`. */
function bracketEnd(tokens: Tokens, at: number): number {
  if (sign(tokens, at + 1) !== '(' || gapAfter(tokens, at) !== 1) return at;
  return isWord(tokens, at + 2) && sign(tokens, at + 3) === ')' ? at + 3 : at;
}

/** Two or three capital letters or up to three digits behind a comma, before a code or an end. */
function stateEnd(tokens: Tokens, at: number, last: number): number {
  const ownLine =
    tokens.kind[at - 1] === KIND.line && tokens.kind[at + 1] === KIND.line && nextIsCode(tokens, at);
  const comma = sign(tokens, at - 1) === ',' || sign(tokens, last + 1) === ',' || ownLine;
  const length = tokens.end[at]! - tokens.start[at]!;
  if (!comma || length > 3) return 0;
  if (isNumber(tokens, at)) return nextIsCode(tokens, at) ? at : 0;
  if (!isWord(tokens, at)) return 0;
  const upper = tokens.letterCase[at] === CASE.upper;
  return (upper || (nextIsCode(tokens, at) && (tokens.flags[at]! & FLAG.common) === 0)) && length >= 2
    ? at
    : 0;
}

function nextIsCode(tokens: Tokens, at: number): boolean {
  let next = at + 1;
  while (tokens.kind[next] === KIND.line && next < tokens.count) next += 1;
  return next < tokens.count && codeEnd(tokens, next) > 0;
}
