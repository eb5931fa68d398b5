/** How people are addressed (`Dr.`, `Frau`), and what they do (`Leasing consultant`). */
import type { Candidate } from '../candidate.ts';
import { FLAG } from '../flags.ts';
import { CASE, type Tokens } from '../tokenize.ts';
import { gapAfter, isLine, isProper, isWord, type Reading, sign } from './reading.ts';
import { lower } from './word-set.ts';

const LONGEST_JOB = 7;
/** Ordinary words that are titles only with a capital letter. */
const WEAK = new Set('sir madam father sister lord lady miss captain col don fr mm rev hr'.split(' '));

/** A form of address before a name; its dot belongs to it. */
export function honorificAt(reading: Reading, at: number): Candidate | null {
  const { tokens } = reading;
  const word = lower(tokens, at);
  const plain = tokens.letterCase[at] === CASE.lower;
  // `M` between two names is an initial.
  if (word.length === 1 && isProper(reading, at - 1) && gapAfter(tokens, at - 1) === 1) return null;
  if (plain && !tokens.caseless && sign(tokens, at + 1) !== '.') return null;
  const dot = sign(tokens, at + 1) === '.' && gapAfter(tokens, at) === 0;
  const name = dot ? at + 2 : at + 1;
  const close = gapAfter(tokens, name - 1) === 1;
  const named =
    close &&
    isWord(tokens, name) &&
    (isProper(reading, name) || (tokens.caseless && (tokens.flags[name]! & FLAG.common) === 0));
  if (!named) return null;
  if (plain && !tokens.caseless) return null;
  const ordinary =
    (tokens.flags[name]! & FLAG.common) !== 0 && (tokens.flags[name]! & (FLAG.given | FLAG.surname)) === 0;
  if (WEAK.has(word) && ordinary) return null;
  const end = dot ? tokens.end[at + 1]! : tokens.end[at]!;
  return { start: tokens.start[at]!, end, type: 'TITLE', score: dot ? 0.92 : 0.85, kind: 'HONORIFIC' };
}

/** A job that fills a line below a name, or stands between `the` and a comma behind one. */
export function jobAt(reading: Reading, at: number): Candidate | null {
  const { tokens } = reading;
  if ((tokens.flags[at]! & FLAG.job) === 0) return null;
  const line = onOwnLine(tokens, at);
  return line ?? inApposition(tokens, at) ?? asWhat(tokens, at);
}

function onOwnLine(tokens: Tokens, at: number): Candidate | null {
  let first = at;
  while (!isLine(tokens, first - 1) && at - first < LONGEST_JOB && isJobPart(tokens, first - 1)) first -= 1;
  let last = at;
  while (!isLine(tokens, last + 1) && last - first < LONGEST_JOB && isJobPart(tokens, last + 1)) last += 1;
  if (!isLine(tokens, first - 1) || !isLine(tokens, last + 1) || first === 0) return null;
  if (
    tokens.letterCase.subarray(first + 1, last + 1).every((written) => written !== CASE.lower) &&
    last > first + 2
  )
    return null;
  return { start: tokens.start[first]!, end: tokens.end[last]!, type: 'TITLE', score: 0.8, kind: 'JOB' };
}

function isJobPart(tokens: Tokens, at: number): boolean {
  if (isWord(tokens, at)) return true;
  const mark = sign(tokens, at);
  return mark === ',' || mark === '-' || mark === '/' || mark === '&' || mark === '(' || mark === ')';
}

/** `Ann Lee, the Court, municipal, and license clerk, said`. */
function inApposition(tokens: Tokens, at: number): Candidate | null {
  if (sign(tokens, at + 1) !== ',' && sign(tokens, at + 1) !== '/') return null;
  let first = at;
  while (
    at - first < LONGEST_JOB &&
    isJobPart(tokens, first - 1) &&
    !/^(?:the|der|die|le|la|el)$/.test(lower(tokens, first - 1))
  )
    first -= 1;
  if (!/^(?:the|der|die|le|la|el)$/.test(lower(tokens, first - 1)) || sign(tokens, first - 2) !== ',')
    return null;
  return { start: tokens.start[first]!, end: tokens.end[at]!, type: 'TITLE', score: 0.8, kind: 'JOB' };
}

/** `works as a rolling machine operator`. */
function asWhat(tokens: Tokens, at: number): Candidate | null {
  let first = at;
  while (at - first < 4 && isJobWord(tokens, first - 1)) first -= 1;
  const article = /^(?:an?|the)$/.test(lower(tokens, first - 1)) ? 1 : 0;
  const cue = lower(tokens, first - 1 - article);
  if (cue !== 'as' && cue !== 'als' && cue !== 'como' && cue !== 'comme') return null;
  // `as a courier` may speak of anything; work before it makes it a job.
  const before = tokens.text.slice(Math.max(0, tokens.start[first]! - 60), tokens.start[first]!);
  if (
    !/\b(?:work|works|worked|working|job|employed|hired|arbeite[nt]?|travaill\p{L}+|trabaj\p{L}+)\b/iu.test(
      before,
    )
  )
    return null;
  return { start: tokens.start[first]!, end: tokens.end[at]!, type: 'TITLE', score: 0.7, kind: 'JOB' };
}

function isJobWord(tokens: Tokens, at: number): boolean {
  if (sign(tokens, at) === '-') return true;
  return isWord(tokens, at) && !/^(?:an?|the|as|als|como|comme|ein|eine|un|une|una)$/.test(lower(tokens, at));
}
