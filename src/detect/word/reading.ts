/** What the word passes know of a text: its tokens, its language as far as case goes, and what is taken. */
import type { Candidate } from '../candidate.ts';
import { FLAG } from '../flags.ts';
import { CASE, KIND, type Tokens } from '../tokenize.ts';

export interface Reading {
  readonly tokens: Tokens;
  /** Nouns have capitals in it, so that a capital letter says little. */
  readonly german: boolean;
  /** English, so that a word that no list knows is seldom an ordinary one. */
  readonly english: boolean;
  /** Tokens that already belong to something: 1. */
  readonly taken: Uint8Array;
}

const GERMAN_WORDS = new Set(
  'der die das und ist nicht ich sie wir ein eine einen mit auf für von dem den im zu bei wurde bitte mein meine ihr ihre'.split(
    ' ',
  ),
);
const ENGLISH_WORDS = new Set(
  'the of and to is at my you i this that it was he she have been with please here your who'.split(' '),
);
const FOREIGN_WORDS = new Set(
  'the of and to is at my you les des une est pour vous los las una por para que'.split(' '),
);
const ENOUGH = 400;

export function read(tokens: Tokens, patterns: readonly Candidate[]): Reading {
  let german = 0;
  let foreign = 0;
  let english = 0;
  for (let at = 0; at < tokens.count && at < ENOUGH; at += 1) {
    if (tokens.kind[at] !== KIND.word || tokens.end[at]! - tokens.start[at]! > 5) continue;
    const word = lower(tokens, at);
    if (GERMAN_WORDS.has(word)) german += 1;
    else if (FOREIGN_WORDS.has(word)) foreign += 1;
    if (ENGLISH_WORDS.has(word)) english += 1;
  }
  const reading = {
    tokens,
    german: german > foreign,
    english: english > 0 && english >= german,
    taken: new Uint8Array(tokens.count + 1),
  };
  for (const { start, end, score } of patterns) if (score >= 0.5) take(reading, start, end);
  return reading;
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

/** The word at a token, in small letters; empty where there is none. */
export function lower(tokens: Tokens, at: number): string {
  if (at < 0 || at >= tokens.count || tokens.kind[at] !== KIND.word) return '';
  const word = tokens.text.slice(tokens.start[at]!, tokens.end[at]!);
  return tokens.letterCase[at] === CASE.lower ? word : word.toLowerCase();
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

/** At the beginning of the text, of a line or of a sentence, or after a quote or colon. */
export function beginsSentence(tokens: Tokens, at: number): boolean {
  if (at === 0 || isLine(tokens, at - 1)) return true;
  return tokens.kind[at - 1] === KIND.sign && /[.!?:;"“”„«»>()\u2026*¿¡•–—-]/.test(sign(tokens, at - 1));
}
