/** Postal addresses in Latin script: a street, and what belongs to it on its line and on the lines below. */
import type { Candidate } from '../candidate.ts';
import { FLAG } from '../flags.ts';
import { CASE, KIND, type Tokens } from '../tokenize.ts';
import type { AddressPart } from '../types.ts';
import { partAt, unitEnd } from './address-part.ts';
import { cornerAt, nearCorner } from './corner.ts';
import { knownPlaceEnd } from './place.ts';
import { gapAfter, isNumber, isWord, type Reading, sign } from './reading.ts';
import { isFullKind, type Street, streetAt } from './street.ts';
import { isAmong, wordSet } from './word-set.ts';

const MOST_PARTS = 8;
/** Words before a weak street that make it one. */
const AT = wordSet(
  'at on to address adresse located lives live living is of dirección anschrift en in from enter near',
);
const THE = wordSet('the');
const AND = wordSet('and');

/** The address that begins at token `at`, or null. */
export function addressAt(reading: Reading, at: number): Candidate | null {
  const { tokens } = reading;
  if (isAmong(tokens, at, THE)) return cornerAt(reading, at);
  const parts: AddressPart[] = [];
  const unit = unitEnd(tokens, at);
  const begin = unit > 0 ? behindUnit(tokens, unit, at) : at;
  if (begin > at) parts.push(partOf(tokens, 'unit', at, unit));
  const street = streetAt(reading, begin);
  if (street === null) return null;
  if (street.lead >= 0) parts.push(partOf(tokens, 'number', street.lead, street.lead));
  const second = secondStreet(reading, street);
  parts.push(partOf(tokens, 'street', street.first, second));
  const last = extend(reading, second, parts);
  const more = parts.filter(({ part }) => part !== 'number' && part !== 'street').length;
  const strength = street.strength + Math.min(2, more) + cue(tokens, at);
  const kindOnly =
    street.strength === 1 && !isNumber(tokens, street.last) && street.first === at && more === 0;
  if (kindOnly && !isFullKind(tokens, street.last) && !nearCorner(tokens, at)) return null;
  const isolated =
    street.strength === 1 &&
    cue(tokens, at) === 0 &&
    !parts.some(({ part }) => part === 'unit' || part === 'code');
  if (strength < 2 || isolated) return null;
  const hasCode = parts.some(({ part }) => part === 'code');
  const score = Math.min(0.95, 0.5 + 0.1 * strength);
  return {
    start:
      tokens.start[hasCode ? crossing(tokens, at) : Math.min(crossing(tokens, at), townBefore(reading, at))]!,
    end: tokens.end[last]!,
    type: 'ADDRESS',
    score,
    parts,
  };
}

/** Where the street begins behind a unit: `Flat 3, 221B Baker Street`, `Apt. 675 62314 Mellemvej 32`. */
function behindUnit(tokens: Tokens, unit: number, at: number): number {
  const next = sign(tokens, unit + 1) === ',' ? unit + 2 : unit + 1;
  const close = next < tokens.count && tokens.start[next]! - tokens.end[next - 1]! === 1;
  return close && (next === unit + 2 || !isWord(tokens, next)) ? next : at;
}

function partOf(tokens: Tokens, part: AddressPart['part'], first: number, last: number): AddressPart {
  return { part, start: tokens.start[first]!, end: tokens.end[last]! };
}

/** 1 when the word before, or a label, says that an address follows. */
function cue(tokens: Tokens, at: number): number {
  let before = at - 1;
  while (
    before >= 0 &&
    (tokens.kind[before] === KIND.sign || tokens.kind[before] === KIND.line) &&
    at - before < 6
  )
    before -= 1;
  if (isAmong(tokens, before, AT) || (isWord(tokens, before) && (tokens.flags[before]! & FLAG.address) !== 0))
    return 1;
  return 0;
}

/** A second name of a street behind the first: `14 Crown Street Kishiev Squares`. */
function secondStreet(reading: Reading, street: Street): number {
  const { tokens } = reading;
  const next = street.last + 1;
  if (gapAfter(tokens, street.last) !== 1 || !isWord(tokens, next)) return street.last;
  if ((tokens.flags[next]! & (FLAG.unit | FLAG.street)) !== 0) return street.last;
  const second = streetAt(reading, next);
  if (second === null || second.lead >= 0 || second.first !== next) return street.last;
  if (isNumber(tokens, second.last) || (tokens.flags[second.last]! & FLAG.street) === 0) return street.last;
  return second.last;
}

/** Adds units, places, states, codes and countries; returns the last token. */
function extend(reading: Reading, street: number, parts: AddressPart[]): number {
  const { tokens } = reading;
  let last = street;
  for (let count = 0; count < MOST_PARTS; count += 1) {
    const at = separated(tokens, last);
    if (at === 0) return last;
    const found = partAt(reading, at, last);
    if (found === null || (!mayFollow(parts, found.part) && !isTown(reading, at, parts, found.part)))
      return last;
    parts.push(partOf(tokens, found.part, at, found.last));
    last = found.last;
  }
  return last;
}

/** The next token behind a space, a comma, up to two ends of lines or a quote mark of replies; 0 for others. */
function separated(tokens: Tokens, last: number): number {
  let at = last + 1;
  let lines = 0;
  let commas = 0;
  for (; at < tokens.count && at - last < 8; at += 1) {
    if (tokens.kind[at] === KIND.line) lines += 1;
    else if (
      sign(tokens, at) === ',' ||
      (sign(tokens, at) === '.' && at === last + 1 && (tokens.flags[last]! & FLAG.street) !== 0)
    )
      commas += 1;
    else if (lines > 0 && /[>?|*]/.test(sign(tokens, at) || ' ')) continue;
    else if (
      /[-–(]/.test(sign(tokens, at) || ' ') &&
      commas + lines === 0 &&
      at === last + 1 &&
      gapAfter(tokens, last) === 1
    )
      continue;
    else break;
    if (lines > 2 || commas > 2) return 0;
  }
  if (at >= tokens.count) return 0;
  const gap = tokens.start[at]! - tokens.end[at - 1]!;
  return gap > (lines > 0 ? 12 : 3) || (at === last + 1 && gap === 0) ? 0 : at;
}

/** Behind a place and its code comes the country and nothing else; no part but units comes twice in a row. */
function mayFollow(parts: readonly AddressPart[], part: AddressPart['part']): boolean {
  const has = (each: AddressPart['part']) => parts.some((before) => before.part === each);
  const last = parts[parts.length - 1]!.part;
  if (last === 'country') return part === 'code' && !has('code');
  if (last === 'code') return part === 'country' || (part === 'place' && !has('place'));
  if (has('code') && part === 'code') return false;
  return !(has('code') && part === 'unit');
}

/** Behind a house with a name and a code: `Résidence Les Pins, 06000 Nice`. */
function isTown(
  { tokens }: Reading,
  at: number,
  parts: readonly AddressPart[],
  part: AddressPart['part'],
): boolean {
  return (
    part === 'place' && parts[parts.length - 1]!.part === 'code' && at > 0 && knownPlaceEnd(tokens, at) >= 0
  );
}

/** Where a code and a town begin that stand before the street: `10115 Berlin, Chausseestraße 23`; `at` if none do. */
function townBefore({ tokens, taken }: Reading, at: number): number {
  if (sign(tokens, at - 1) !== ',') return at;
  let first = at - 2;
  while (first > at - 6 && isWord(tokens, first) && tokens.letterCase[first] !== CASE.lower) first -= 1;
  if (first === at - 2 || !isNumber(tokens, first) || taken[first] === 1) return at;
  const length = tokens.end[first]! - tokens.start[first]!;
  return length === 5 && tokens.start[first + 1]! - tokens.end[first]! === 1 ? first : at;
}

/** `Katrina and Rúa do Paseo 46`: the street that crosses, told first. */
function crossing(tokens: Tokens, at: number): number {
  const other = at - 2;
  if (!isAmong(tokens, at - 1, AND) || !isWord(tokens, at) || !isWord(tokens, other)) return at;
  const capital = tokens.letterCase[other] === CASE.capital && !isWord(tokens, other - 1);
  return (capital || isAmong(tokens, other - 1, AT)) && tokens.letterCase[other] !== CASE.lower ? other : at;
}
