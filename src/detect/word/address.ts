/** Postal addresses in Latin script: a street, and what belongs to it on its line and on the lines below. */
import type { Candidate } from '../candidate.ts';
import { FLAG } from '../flags.ts';
import { lexicon } from '../lexicon.ts';
import { CASE, KIND, type Tokens } from '../tokenize.ts';
import type { AddressPart } from '../types.ts';
import { placeEnd } from './place.ts';
import { gapAfter, isLine, isNumber, isWord, lower, type Reading, sign } from './reading.ts';
import { isFullKind, type Street, streetAt } from './street.ts';

const MOST_PARTS = 8;
/** Words before a weak street that make it one. */
const AT = new Set(
  'at on to address adresse located lives live living is of dirección anschrift en in from enter near'.split(
    ' ',
  ),
);

/** The address that begins at token `at`, or null. */
export function addressAt(reading: Reading, at: number): Candidate | null {
  const { tokens } = reading;
  if (lower(tokens, at) === 'the') return cornerAt(reading, at);
  const street = streetAt(reading, at);
  if (street === null) return null;
  const parts: AddressPart[] = [];
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
  const score = Math.min(0.95, 0.5 + 0.1 * strength);
  return { start: tokens.start[at]!, end: tokens.end[last]!, type: 'ADDRESS', score, parts };
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
  const word = lower(tokens, before);
  if (AT.has(word) || (isWord(tokens, before) && (tokens.flags[before]! & FLAG.address) !== 0)) return 1;
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
    if (found === null || !mayFollow(parts, found.part)) return last;
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
  return gap > 3 || (at === last + 1 && gap === 0) ? 0 : at;
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

interface Found {
  readonly part: AddressPart['part'];
  readonly last: number;
}

function partAt(reading: Reading, at: number, last: number): Found | null {
  const { tokens, taken } = reading;
  const unit = unitEnd(tokens, at);
  if (unit > 0) return { part: 'unit', last: unit };
  const code = codeEnd(tokens, at);
  if (code > 0) return { part: 'code', last: code };
  if (taken[at] === 1 || sign(tokens, at + 1) === ':') return null;
  const country = knownEnd(tokens, at);
  if (country > 0) return { part: 'country', last: bracketEnd(tokens, country) };
  const state = stateEnd(tokens, at, last);
  if (state > 0) return { part: 'state', last: state };
  const place = placeEnd(reading, at, last);
  return place > 0 ? { part: 'place', last: place } : null;
}

/** `Apt. 12`, `Suite 5`, `2nd floor`, `# 4`, `APO AE 09012`. */
function unitEnd(tokens: Tokens, at: number): number {
  if (sign(tokens, at) === '#' && isNumber(tokens, at + 1)) return at + 1;
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
  if (tokens.kind[at] !== KIND.mixed && !isNumber(tokens, at)) return 0;
  const next = tokens.kind[at] === KIND.mixed ? at + 1 : at + 2;
  if (tokens.kind[at] !== KIND.mixed && !/^[.ºª°]$/.test(sign(tokens, at + 1))) return 0;
  return isWord(tokens, next) && (tokens.flags[next]! & FLAG.unit) !== 0 ? next : 0;
}

/** A postal code: three to six digits with a rest, `D-10115`, `1012 AB`, `SW1A 1AA`. */
function codeEnd(tokens: Tokens, at: number): number {
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

/** A country by its name, of one word or more. */
function knownEnd(tokens: Tokens, at: number): number {
  if (!isWord(tokens, at)) return 0;
  const word = lower(tokens, at);
  const rest = lexicon()
    .phrases.get(word)
    ?.find((words) =>
      words.every((each, step) => lower(tokens, at + 1 + step) === each && gapAfter(tokens, at + step) === 1),
    );
  if (rest !== undefined) return at + rest.length;
  return (tokens.flags[at]! & FLAG.country) !== 0 ? at : 0;
}

/** `Cyprus (Greek)`. */
function bracketEnd(tokens: Tokens, at: number): number {
  if (sign(tokens, at + 1) !== '(' || gapAfter(tokens, at) !== 1) return at;
  return isWord(tokens, at + 2) && sign(tokens, at + 3) === ')' ? at + 3 : at;
}

/** Two or three capital letters or up to three digits behind a comma, before a code or an end. */
function stateEnd(tokens: Tokens, at: number, last: number): number {
  const comma = sign(tokens, at - 1) === ',' || sign(tokens, last + 1) === ',';
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

const CORNER = new Set(['corner', 'intersection']);

/** `the corner of A and B`, from its first word. */
function cornerAt(reading: Reading, at: number): Candidate | null {
  const { tokens } = reading;
  if (lower(tokens, at) !== 'the' || !CORNER.has(lower(tokens, at + 1)) || lower(tokens, at + 2) !== 'of')
    return null;
  let last = at + 2;
  let joined = false;
  while (last + 1 < tokens.count && last - at < 20 && !isLine(tokens, last + 1)) {
    const next = last + 1;
    if (/[,;:!?"]/.test(sign(tokens, next))) break;
    const and = lower(tokens, next) === 'and';
    const lowerWord =
      isWord(tokens, next) &&
      tokens.letterCase[next] === CASE.lower &&
      (tokens.flags[next]! & (FLAG.particle | FLAG.street)) === 0;
    if (lowerWord && !and && !tokens.caseless) break;
    if (and && joined) break;
    joined ||= and;
    last = next;
  }
  if (!joined) return null;
  if (sign(tokens, last) === '.') last -= 1;
  // `the corner of A St. and B St.` names two streets and says so; each is found by itself.
  if (tokens.text.slice(tokens.start[at], tokens.end[last]! + 1).includes('St. and ')) return null;
  const { start, end } = tokens;
  const parts: AddressPart[] = [{ part: 'street', start: start[at]!, end: end[last]! }];
  return { start: start[at]!, end: end[last]!, type: 'ADDRESS', score: 0.85, parts };
}

/** A plain word such as `Gateway` is a street only where someone speaks of corners or of addresses. */
function nearCorner(tokens: Tokens, at: number): boolean {
  const before = tokens.text.slice(Math.max(0, tokens.start[at]! - 60), tokens.start[at]!);
  return /\bcorner of\b|\baddress\b[^.]{0,12}$|\blives? (?:on|at) $/i.test(before);
}
