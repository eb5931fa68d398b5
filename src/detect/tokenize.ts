/** Cuts text into words, numbers and signs in one pass, and looks each word up once. */
import { lexicon } from './lexicon.ts';
import { CLASS, DIGIT, HAN, LINE, LOWER, SMALL, SPACE, UPPER } from './sign-class.ts';
import {
  FIRST_SEED,
  firstHash,
  flagsOf,
  keyOf,
  SECOND_SEED,
  secondHash,
  type WordTable,
} from './word-table.ts';

export const KIND = { word: 1, number: 2, mixed: 3, han: 4, kana: 5, hangul: 6, sign: 7, line: 8 } as const;
export const CASE = { lower: 0, capital: 1, upper: 2, mixed: 3 } as const;

/** Token `i` stands at `start[i]` … `end[i]`. Valid until the next text is cut. */
export interface Tokens {
  readonly text: string;
  readonly count: number;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly kind: Uint8Array;
  /** Of words: how they are written. */
  readonly letterCase: Uint8Array;
  /** Of words: bits of `FLAG`. */
  readonly flags: Int32Array;
  /** Of words: what stands for the word in small letters, see `word-set.ts`; two words seldom share one. */
  readonly key: Int32Array;
  /** No word has a capital letter: case says nothing in this text. */
  readonly caseless: boolean;
  /** Kinds of tokens that the text has, as bits `1 << KIND`. */
  readonly kinds: number;
}

const APOSTROPHE = 39;
const SMALL_S = 115;
const LONGEST_WORD = 24;
/** How far into a word an apostrophe may stand. */
const LATEST_APOSTROPHE = 12;
const KIND_OF_CLASS = [0, 0, 0, 0, 0, 0, KIND.han, KIND.kana, KIND.hangul];

type Arrays = Pick<Tokens, 'start' | 'end' | 'kind' | 'letterCase' | 'flags' | 'key'>;

const BEYOND = 16;
let arrays = makeArrays(1 << 12);

function makeArrays(room: number): Arrays {
  return {
    start: new Int32Array(room),
    end: new Int32Array(room),
    kind: new Uint8Array(room),
    letterCase: new Uint8Array(room),
    flags: new Int32Array(room),
    key: new Int32Array(room),
  };
}

/** The same arrays for every text: the tokens of one are done with before the next, and short texts come by the million. */
function arraysFor(room: number): Arrays {
  if (arrays.start.length < room) arrays = makeArrays(room * 2);
  return arrays;
}

/** @param text folded (see `fold.ts`), at most some 70,000 units */
export function tokenize(text: string): Tokens {
  const { length } = text;
  const out = arraysFor(length + BEYOND);
  const { start, end, kind, letterCase, flags, key } = out;
  const { table } = lexicon();
  let count = 0;
  let kinds = 0;
  let capitals = 0;
  let at = 0;
  while (at < length) {
    const group = CLASS[text.charCodeAt(at)]!;
    if (group === SPACE) {
      at += 1;
      continue;
    }
    start[count] = at;
    letterCase[count] = 0;
    flags[count] = 0;
    key[count] = 0;
    if (group === LOWER || group === UPPER || group === DIGIT) {
      at = readWord(text, at, table, out, count);
      if (kind[count] === KIND.word) capitals |= letterCase[count]!;
    } else {
      const from = at;
      at += 1;
      if (group >= HAN) while (at < length && CLASS[text.charCodeAt(at)] === group) at += 1;
      kind[count] = group >= HAN ? KIND_OF_CLASS[group]! : group === LINE ? KIND.line : KIND.sign;
      start[count] = from;
      end[count] = at;
    }
    kinds |= 1 << kind[count]!;
    count += 1;
  }
  // What looks a few tokens beyond the end finds nothing there.
  for (let beyond = count; beyond < count + BEYOND; beyond += 1) {
    start[beyond] = length;
    end[beyond] = length;
    kind[beyond] = 0;
    letterCase[beyond] = 0;
    flags[beyond] = 0;
    key[beyond] = 0;
  }
  return { text, count, start, end, kind, letterCase, flags, key, caseless: capitals === 0, kinds };
}

/** Reads letters and digits from `from` on into token `count`, and looks them up; returns where the next token may begin. */
function readWord(text: string, from: number, table: WordTable, out: Arrays, count: number): number {
  const { length } = text;
  let first = FIRST_SEED;
  let second = SECOND_SEED;
  let uppers = 0;
  let lowers = 0;
  let digits = 0;
  // The word as it was before its last apostrophe: a possessive is no part of it.
  let mark = -1;
  let firstThen = 0;
  let secondThen = 0;
  let at = from;
  for (; at < length; at += 1) {
    const code = text.charCodeAt(at);
    const group = CLASS[code]!;
    if (group === LOWER) lowers += 1;
    else if (group === UPPER) uppers += 1;
    else if (group === DIGIT) digits += 1;
    else {
      const joins = code === APOSTROPHE && digits === 0 && at - from < LATEST_APOSTROPHE;
      if (!joins || uppers + lowers === 0 || !isLetter(text, at + 1)) break;
      mark = at;
      firstThen = first;
      secondThen = second;
    }
    const small = SMALL[code]!;
    first = firstHash(first, small);
    second = secondHash(second, small);
  }
  let end = at;
  if (mark >= 0 && mark === at - 2 && (text.charCodeAt(at - 1) | 32) === SMALL_S) {
    end = mark;
    first = firstThen;
    second = secondThen;
    if (text.charCodeAt(at - 1) === SMALL_S) lowers -= 1;
    else uppers -= 1;
  }
  out.end[count] = end;
  if (uppers + lowers === 0) {
    out.kind[count] = KIND.number;
    return at;
  }
  out.kind[count] = digits === 0 ? KIND.word : KIND.mixed;
  if (digits === 0) out.key[count] = keyOf(second, end - from);
  if (uppers > 0) out.letterCase[count] = caseOf(CLASS[text.charCodeAt(from)] === UPPER, uppers, lowers);
  if (end - from <= LONGEST_WORD) out.flags[count] = flagsOf(table, first, second, end - from);
  return at;
}

function isLetter(text: string, at: number): boolean {
  const group = at < text.length ? CLASS[text.charCodeAt(at)] : 0;
  return group === LOWER || group === UPPER;
}

/** By whether the first letter is a capital, and how many capitals and small letters there are in all. */
function caseOf(capital: boolean, uppers: number, lowers: number): number {
  if (!capital || (uppers > 1 && lowers > 0)) return CASE.mixed;
  return uppers === 1 ? CASE.capital : CASE.upper;
}
