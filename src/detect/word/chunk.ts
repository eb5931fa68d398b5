/** Words in a row that may be one name. */
import { FLAG } from '../flags.ts';
import { CASE } from '../tokenize.ts';
import * as terms from '../words/terms.ts';
import { CLOSINGS } from './cues.ts';
import { knownPlaceEnd } from './place.ts';
import {
  beginsSentence,
  gapAfter,
  isLine,
  isNumber,
  isProper,
  isWord,
  type Reading,
  sign,
} from './reading.ts';
import { isAmong, wordSet } from './word-set.ts';

export interface Chunk {
  readonly first: number;
  readonly last: number;
  readonly start: number;
  readonly end: number;
  /** Tokens of its words, without initials, particles and signs. */
  readonly words: readonly number[];
  readonly initials: number;
  /** At the beginning of a sentence, where a capital letter says nothing. */
  readonly opens: boolean;
}

const LONGEST = 7;
const GRAMMAR = wordSet(terms.GRAMMAR);
/** Before a place and no part of it: `Southern Tunisia`. */
const DIRECTIONS = wordSet('southern northern eastern western central ex mr mrs ms dr');
/** Words of grammar that firms have inside their names. */
const INSIDE = wordSet('and of the on in for us new old best great big office company care mobile bank');
/** Family names begin with them: `Le Goff`, `La Fuente`. */
const ARTICLE = wordSet('le la du de des');
const NO_NAMES = wordSet("i'm i'd i'll i've ok ii iii iv vii viii id faq pin atm ssn iban");
const TAILS = wordSet('country orchestra office website');
const I = wordSet('i');
const AND = wordSet('and');
const E_OR_I = wordSet('e i');
const NAME = FLAG.given | FLAG.surname;

/**
 * The chunk that begins at token `at`, or null when no name can begin there. With `ordinary` an ordinary word
 * that begins a sentence may be its first one, if another capital letter follows: `Climate Corporation`.
 */
export function chunkAt(reading: Reading, at: number, ordinary = false): Chunk | null {
  const { tokens, taken } = reading;
  if (taken[at] === 1 || !isProper(reading, at) || isRomanOrPronoun(reading, at)) return null;
  const opens = beginsSentence(tokens, at);
  if (ordinary ? !leads(reading, at) : skips(reading, at, opens)) return null;
  const words = [at];
  let initials = isInitial(reading, at) ? 1 : 0;
  if (initials > 0) words.pop();
  let last = at;
  for (let next = step(reading, last); next > 0 && words.length < LONGEST; next = step(reading, last)) {
    if (isInitial(reading, next)) initials += 1;
    else if (!isJoint(reading, next)) words.push(next);
    last = next;
  }
  while (last > at && isJoint(reading, last)) last -= 1;
  while (last > at && sign(tokens, last) !== '' && !isInitial(reading, last - 1)) last -= 1;
  if (words.length === 0) return null;
  const tail = tailOf(reading, words);
  if (tail > 0) {
    words.splice(words.length - tail);
    last = words[words.length - 1]!;
  }
  return { first: at, last, start: tokens.start[at]!, end: tokens.end[last]!, words, initials, opens };
}

/** How many words at the end say what it is and are no part of the name: `Exversion Orchestra`. */
function tailOf({ tokens }: Reading, words: readonly number[]): number {
  return words.length > 1 && isAmong(tokens, words[words.length - 1]!, TAILS) ? 1 : 0;
}

/** An ordinary word with its capital only because a sentence or a German noun begins. */
function skips(reading: Reading, at: number, opens: boolean): boolean {
  const { tokens, german } = reading;
  const flags = tokens.flags[at]!;
  if (knownPlaceEnd(tokens, at) > at) return false;
  if ((flags & (FLAG.calendar | FLAG.nationality | FLAG.honorific)) !== 0 && (flags & NAME) === 0)
    return true;
  if ((flags & FLAG.honorific) !== 0 && !isInitial(reading, at)) return true;
  if (isAmong(tokens, at, DIRECTIONS) || isAmong(tokens, at, GRAMMAR) || isAmong(tokens, at, CLOSINGS))
    return true;
  if (sign(tokens, at + 1) === ':' && (flags & FLAG.common) !== 0) return true;
  if ((flags & FLAG.common) === 0) return false;
  if (german && (flags & FLAG.given) === 0 && !isHonored(reading, at)) return true;
  if ((flags & NAME) !== 0) return false;
  return opens || german;
}

/** `Herr Koch`: even a word for a trade is a name behind a form of address. */
function isHonored({ tokens }: Reading, at: number): boolean {
  return isWord(tokens, at - 1) && (tokens.flags[at - 1]! & FLAG.honorific) !== 0;
}

function leads(reading: Reading, at: number): boolean {
  const { tokens } = reading;
  if (reading.german || tokens.caseless || isAmong(tokens, at, GRAMMAR)) return false;
  const next = at + 1;
  return gapAfter(tokens, at) === 1 && isWord(tokens, next) && tokens.letterCase[next] !== CASE.lower;
}

function isRomanOrPronoun({ tokens }: Reading, at: number): boolean {
  const length = tokens.end[at]! - tokens.start[at]!;
  if (length > 4) return false;
  if (isAmong(tokens, at, I)) return sign(tokens, at + 1) !== '.';
  return isAmong(tokens, at, NO_NAMES);
}

/** A single letter, as between given and family name. */
function isInitial({ tokens }: Reading, at: number): boolean {
  return isWord(tokens, at) && tokens.end[at]! - tokens.start[at]! === 1;
}

/** A particle (`de la`, `von`) or a hyphen: holds the words at its sides together. */
function isJoint(reading: Reading, at: number): boolean {
  const { tokens } = reading;
  const mark = sign(tokens, at);
  if (mark !== '') return mark === '-' || mark === '.' || mark === '&' || mark === "'";
  return (
    isWord(tokens, at) && (tokens.flags[at]! & FLAG.particle) !== 0 && tokens.letterCase[at] === CASE.lower
  );
}

/** The next token of the chunk after `last`, or 0 at its end. */
function step(reading: Reading, last: number): number {
  const { tokens, taken } = reading;
  const next = last + 1;
  if (isLine(tokens, next) || taken[next] === 1) return 0;
  const gap = gapAfter(tokens, last);
  if (gap > 1) return 0;
  const mark = sign(tokens, next);
  if (mark === '-' && gap === 0 && gapAfter(tokens, next) === 0)
    return isProper(reading, next + 1) ? next : 0;
  if (mark === '.' && gap === 0 && isInitial(reading, last)) return continues(reading, next + 1) ? next : 0;
  if (mark === '&' && gap === 1) return isProper(reading, next + 1) ? next : 0;
  if (mark !== '' || !isWord(tokens, next)) return 0;
  if (gap === 0 && sign(tokens, last) !== '-') return 0;
  if (isJoint(reading, next)) return particleLeads(reading, next) ? next : 0;
  return continues(reading, next) ? next : 0;
}

function continues(reading: Reading, at: number): boolean {
  const { tokens } = reading;
  if (
    !isWord(tokens, at) ||
    ((tokens.flags[at]! & FLAG.honorific) !== 0 && tokens.end[at]! - tokens.start[at]! > 2)
  )
    return false;
  if (isInitial(reading, at))
    return tokens.letterCase[at] === CASE.capital
      ? !isAmong(tokens, at, I) || sign(tokens, at + 1) === '.'
      : tokens.caseless;
  if (!isProper(reading, at)) return false;
  if (isAmong(tokens, at, GRAMMAR) && !isAmong(tokens, at, INSIDE)) {
    if (!isAmong(tokens, at, ARTICLE) || !isProper(reading, at + 1)) return false;
  }
  const flags = tokens.flags[at]!;
  if ((flags & FLAG.unit) !== 0 && (sign(tokens, at + 1) === '.' || isNumber(tokens, at + 1))) return false;
  return !(reading.german && (flags & FLAG.common) !== 0 && (flags & NAME) === 0);
}

/** At most three particles, and then a name. */
function particleLeads(reading: Reading, at: number): boolean {
  const { tokens } = reading;
  if (isAmong(tokens, at, AND)) return false;
  for (let next = at + 1; next < at + 4; next += 1) {
    if (!isWord(tokens, next) || tokens.start[next]! - tokens.end[next - 1]! > 1) return false;
    if (isJoint(reading, next)) continue;
    const flags = tokens.flags[next]!;
    return (
      isProper(reading, next) &&
      !isAmong(tokens, at, E_OR_I) &&
      (!reading.german || (flags & FLAG.common) === 0)
    );
  }
  return false;
}
