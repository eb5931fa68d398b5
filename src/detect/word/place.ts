/** Places: known ones by their names, unknown ones by where they stand in an address. */
import { FLAG } from '../flags.ts';
import { lexicon, type Phrase } from '../lexicon.ts';
import { CASE, KIND, type Tokens } from '../tokenize.ts';
import { gapAfter, isLine, isNumber, isWord, type Reading, sign } from './reading.ts';
import { lower } from './word-set.ts';

const LONGEST = 5;

/** The last token of a known place of one word or more that begins at `at`, or -1. */
export function knownPlaceEnd(tokens: Tokens, at: number): number {
  if (!isWord(tokens, at)) return -1;
  let best = -1;
  for (const { rest } of phrasesAt(tokens, at)) {
    const end = phraseEnd(tokens, at, rest);
    if (end > best) best = end;
  }
  if (best > 0) return best;
  return (tokens.flags[at]! & (FLAG.city | FLAG.country)) !== 0 ? at : -1;
}

/** The last token of a country that begins at `at`, or -1. */
export function countryEnd(tokens: Tokens, at: number): number {
  if (!isWord(tokens, at)) return -1;
  for (const { rest, country } of phrasesAt(tokens, at)) {
    const end = country ? phraseEnd(tokens, at, rest) : -1;
    if (end > 0) return end;
  }
  return (tokens.flags[at]! & FLAG.country) !== 0 ? at : -1;
}

const NONE: readonly Phrase[] = [];

function phrasesAt(tokens: Tokens, at: number): readonly Phrase[] {
  if ((tokens.flags[at]! & FLAG.phrase) === 0) return NONE;
  return lexicon().phrases.get(lower(tokens, at)) ?? NONE;
}

/** Words of a phrase, parted by spaces, hyphens or apostrophes. */
function phraseEnd(tokens: Tokens, at: number, rest: readonly string[]): number {
  let last = at;
  for (const word of rest) {
    let next = last + 1;
    if (/[-.']/.test(sign(tokens, next) || ' ') && gapAfter(tokens, last) === 0) next += 1;
    if (lower(tokens, next) !== word || tokens.start[next]! - tokens.end[last]! > 2) return -1;
    last = next;
  }
  return last;
}

/**
 * The last token of the place at `at` in an address whose last part ends with token `before`: known, or
 * between signs, numbers and ends of lines. 0 when there is none.
 */
export function placeEnd(reading: Reading, at: number, before: number): number {
  const { tokens, taken } = reading;
  const known = knownPlaceEnd(tokens, at);
  let last = 0;
  for (let next = at; next < at + LONGEST && next < tokens.count && taken[next] === 0; next += 1) {
    if (next > at && (tokens.start[next]! - tokens.end[next - 1]! > 1 || countryEnd(tokens, next) >= 0))
      break;
    if (isPlaceWord(reading, next)) last = next;
    else if (
      /[-'.]/.test(sign(tokens, next) || ' ') &&
      next > at &&
      isWord(tokens, next + 1) &&
      gapAfter(tokens, next) <= (sign(tokens, next) === '.' ? 1 : 0)
    ) {
      if (sign(tokens, next) === '.' && tokens.end[next - 1]! - tokens.start[next - 1]! > 3) break;
    } else if (isNumber(tokens, next) && next === last + 1 && tokens.end[next]! - tokens.start[next]! === 1)
      last = next;
    else if (!isWord(tokens, next) || (tokens.flags[next]! & (FLAG.particle | FLAG.between)) === 0) break;
  }
  if (sign(tokens, last + 1) === '(' && sign(tokens, last + 3) === ')') last += 3;
  if (known >= last && known >= 0) return known;
  if (last === 0 || sign(tokens, last + 1) === ':') return 0;
  if (isClosed(tokens, at, last, before) || known >= 0) return last;
  // Right behind a code stands the town, whatever follows: `80331 München schicken`.
  if (isNumber(tokens, before) && at === before + 1 && tokens.end[before]! - tokens.start[before]! >= 4) {
    return (tokens.flags[at]! & FLAG.common) === 0 ? last : 0;
  }
  return 0;
}

function isPlaceWord({ tokens }: Reading, at: number): boolean {
  if (!isWord(tokens, at) || sign(tokens, at + 1) === ':') return false;
  const flags = tokens.flags[at]!;
  if ((flags & (FLAG.honorific | FLAG.phone)) !== 0 && (flags & FLAG.city) === 0) return false;
  if (sign(tokens, at + 1) === '.' && tokens.end[at]! - tokens.start[at]! <= 2) {
    if (!isWord(tokens, at + 2) || tokens.letterCase[at + 2] === CASE.lower) return false;
  }
  if (tokens.caseless) return (flags & FLAG.common) === 0;
  return tokens.letterCase[at] !== CASE.lower;
}

/** An unknown name counts as a place on a line of its own, and between a comma and a number, comma or end. */
function isClosed(tokens: Tokens, at: number, last: number, before: number): boolean {
  const next = last + 1;
  const mark = sign(tokens, next);
  const closedAfter =
    isLine(tokens, next) ||
    mark === ',' ||
    mark === '.' ||
    mark === '?' ||
    mark === ')' ||
    isNumber(tokens, next) ||
    knownPlaceEnd(tokens, next) >= 0;
  const opened = at > before + 1 || isNumber(tokens, before) || tokens.kind[before] === KIND.mixed;
  return closedAfter && opened;
}
