/** What the word passes know of a text: its tokens, its language as far as case goes, and what is taken. */
import type { Candidate } from '../candidate.ts';
import { FLAG } from '../flags.ts';
import { CASE, KIND, type Tokens } from '../tokenize.ts';
import { wordMap } from './word-set.ts';

export interface Reading {
  readonly tokens: Tokens;
  /** Nouns have capitals in it, so that a capital letter says little. */
  readonly german: boolean;
  /** English, so that a word that no list knows is seldom an ordinary one. */
  readonly english: boolean;
  /** Tokens that already belong to something: 1. */
  readonly taken: Uint8Array;
}

const GERMAN = 1;
const FOREIGN = 2;
const ENGLISH = 4;
/** Short words by the languages that they are a sign of. */
const LANGUAGE = wordMap(
  languageWords([
    [
      GERMAN,
      'der die das und ist nicht ich sie wir ein eine einen mit auf für von dem den im zu bei wurde bitte mein meine ihr ihre',
    ],
    [ENGLISH, 'the of and to is at my you i this that it was he she have been with please here your who'],
    [FOREIGN, 'the of and to is at my you i les des une est pour vous los las una por para que'],
  ]),
);

function languageWords(lists: readonly (readonly [number, string])[]): Map<string, number> {
  const bits = new Map<string, number>();
  for (const [bit, list] of lists)
    for (const word of list.split(' ')) bits.set(word, (bits.get(word) ?? 0) | bit);
  return bits;
}

const ENOUGH = 400;

export function read(tokens: Tokens, patterns: readonly Candidate[]): Reading {
  let german = 0;
  let foreign = 0;
  let english = 0;
  for (let at = 0; at < tokens.count && at < ENOUGH; at += 1) {
    const bits = LANGUAGE.byKey.get(tokens.key[at]!)?.[1];
    if (bits === undefined) continue;
    if ((bits & GERMAN) !== 0) german += 1;
    if ((bits & FOREIGN) !== 0) foreign += 1;
    if ((bits & ENGLISH) !== 0) english += 1;
  }
  const reading = {
    tokens,
    german: german > foreign,
    english: english > 0 && english >= german,
    taken: takenFor(tokens.count + BEYOND),
  };
  for (const { start, end, score } of patterns) if (score >= 0.5) take(reading, start, end);
  return reading;
}

/** What looks a few tokens beyond the end finds nothing taken there. */
const BEYOND = 16;
let room = new Uint8Array(1 << 12);

/** The same bytes for every text, like the tokens. */
function takenFor(count: number): Uint8Array {
  if (room.length < count) room = new Uint8Array(count * 2);
  else room.fill(0, 0, count);
  return room;
}

/** Marks the tokens from offset `start` to `end`. */
export function take({ tokens, taken }: Reading, start: number, end: number): void {
  for (let at = tokenFrom(tokens, start); at < tokens.count && tokens.start[at]! < end; at += 1)
    taken[at] = 1;
}

/** The first token that begins at or after the offset. */
export function tokenFrom(tokens: Tokens, offset: number): number {
  let low = 0;
  let high = tokens.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens.start[middle]! < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The sign at a token, or an empty string. */
export function sign(tokens: Tokens, at: number): string {
  if (at < 0 || at >= tokens.count || tokens.kind[at] !== KIND.sign) return '';
  return tokens.text[tokens.start[at]!]!;
}

export function isWord(tokens: Tokens, at: number): boolean {
  return at >= 0 && at < tokens.count && tokens.kind[at] === KIND.word;
}

export function isNumber(tokens: Tokens, at: number): boolean {
  return at >= 0 && at < tokens.count && tokens.kind[at] === KIND.number;
}

export function isLine(tokens: Tokens, at: number): boolean {
  return at < 0 || at >= tokens.count || tokens.kind[at] === KIND.line;
}

const PROPER = FLAG.given | FLAG.surname | FLAG.city | FLAG.country;

/** Whether a word may be a part of a name: by its capital, or where no word has one, by the lexicon. */
export function isProper(reading: Reading, at: number): boolean {
  const { tokens } = reading;
  if (!isWord(tokens, at)) return false;
  if (!tokens.caseless) return tokens.letterCase[at] !== CASE.lower;
  const flags = tokens.flags[at]!;
  if ((flags & FLAG.common) !== 0) return false;
  if ((flags & PROPER) !== 0) return true;
  return reading.english && flags === 0 && tokens.end[at]! - tokens.start[at]! >= 4;
}

/** Units between the end of a token and the next one. */
export function gapAfter(tokens: Tokens, at: number): number {
  return at + 1 < tokens.count ? tokens.start[at + 1]! - tokens.end[at]! : 99;
}

const OPENS = new Set([...'.!?:;"“”„«»>()\u2026*¿¡•–—-'].map((sign) => sign.charCodeAt(0)));

/** At the beginning of the text, of a line or of a sentence, or after a quote or colon. */
export function beginsSentence(tokens: Tokens, at: number): boolean {
  if (at === 0 || isLine(tokens, at - 1)) return true;
  return tokens.kind[at - 1] === KIND.sign && OPENS.has(tokens.text.charCodeAt(tokens.start[at - 1]!));
}
