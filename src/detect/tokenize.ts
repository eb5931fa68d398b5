/** Cuts text into words, numbers and signs in one pass, and looks each word up once. */
import { lexicon } from './lexicon.ts';

export const KIND = { word: 1, number: 2, mixed: 3, han: 4, kana: 5, hangul: 6, sign: 7, line: 8 } as const;
export const CASE = { lower: 0, capital: 1, upper: 2, mixed: 3 } as const;

/** Arrays of equal length; token `i` stands at `start[i]` … `end[i]`. */
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
  /** No word has a capital letter: case says nothing in this text. */
  readonly caseless: boolean;
}

const NONE = 0;
const SPACE = 1;
const LINE = 2;
const DIGIT = 3;
const LOWER = 4;
const UPPER = 5;
const HAN = 6;
const KANA = 7;
const HANGUL = 8;
const LONGEST_WORD = 24;
const CLASS = classes();

function classes(): Uint8Array {
  const table = new Uint8Array(65_536);
  for (let code = 0; code < 0x3000; code += 1) {
    const sign = String.fromCharCode(code);
    if (/\p{L}|\p{M}/u.test(sign)) table[code] = /\p{Lu}|\p{Lt}/u.test(sign) ? UPPER : LOWER;
  }
  const fill = (from: number, to: number, value: number) => table.fill(value, from, to + 1);
  fill(0x3041, 0x30ff, KANA);
  fill(0x31f0, 0x31ff, KANA);
  fill(0x3400, 0x4dbf, HAN);
  fill(0x4e00, 0x9fff, HAN);
  fill(0xf900, 0xfaff, HAN);
  fill(0xac00, 0xd7a3, HANGUL);
  fill(48, 57, DIGIT);
  table[0x3005] = HAN;
  table[0x3007] = HAN;
  table[0x3006] = HAN;
  table[32] = SPACE;
  table[9] = SPACE;
  table[13] = SPACE;
  table[10] = LINE;
  table[0x200b] = SPACE;
  table[0xfeff] = SPACE;
  return table;
}

const KIND_OF_CLASS = [0, 0, 0, 0, 0, 0, KIND.han, KIND.kana, KIND.hangul];

/** @param text folded (see `fold.ts`), at most some 70,000 units */
export function tokenize(text: string): Tokens {
  const { length } = text;
  const room = Math.min(length, 1 << 17) + 1;
  const start = new Int32Array(room);
  const end = new Int32Array(room);
  const kind = new Uint8Array(room);
  let count = 0;
  let at = 0;
  while (at < length) {
    const from = at;
    const group = CLASS[text.charCodeAt(at)]!;
    at += 1;
    if (group === SPACE) continue;
    let what: number;
    if (group === DIGIT || group === LOWER || group === UPPER) {
      let digits = group === DIGIT;
      let letters = !digits;
      while (at < length) {
        const code = text.charCodeAt(at);
        const next = CLASS[code]!;
        if (next === DIGIT) digits = true;
        else if (next === LOWER || next === UPPER) letters = true;
        else if (!(code === 39 && letters && !digits && isLetter(text, at + 1) && at - from < 12)) break;
        at += 1;
      }
      what = digits ? (letters ? KIND.mixed : KIND.number) : KIND.word;
    } else if (group >= HAN) {
      while (at < length && CLASS[text.charCodeAt(at)] === group) at += 1;
      what = KIND_OF_CLASS[group]!;
    } else what = group === LINE ? KIND.line : KIND.sign;
    start[count] = from;
    end[count] = at;
    kind[count] = what;
    count += 1;
  }
  return lookUp(text, count, start, end, kind);
}

function isLetter(text: string, at: number): boolean {
  const group = at < text.length ? CLASS[text.charCodeAt(at)] : NONE;
  return group === LOWER || group === UPPER;
}

function lookUp(text: string, count: number, start: Int32Array, end: Int32Array, kind: Uint8Array): Tokens {
  const letterCase = new Uint8Array(count + 1);
  const flags = new Int32Array(count + 1);
  const { words } = lexicon();
  let caseless = true;
  for (let at = 0; at < count; at += 1) {
    const what = kind[at]!;
    if (what !== KIND.word && what !== KIND.mixed) continue;
    const from = start[at]!;
    let to = end[at]!;
    const written = caseOf(text, from, to);
    letterCase[at] = written;
    if (written !== CASE.lower && what === KIND.word) caseless = false;
    // The possessive is no part of the word.
    if (to - from > 2 && text.charCodeAt(to - 2) === 39 && (text.charCodeAt(to - 1) | 32) === 115) {
      to -= 2;
      end[at] = to;
    }
    if (to - from > LONGEST_WORD) continue;
    const word = text.slice(from, to);
    flags[at] = words.get(written === CASE.lower ? word : word.toLowerCase()) ?? 0;
  }
  return { text, count, start, end, kind, letterCase, flags, caseless };
}

function caseOf(text: string, from: number, to: number): number {
  const first = CLASS[text.charCodeAt(from)] === UPPER;
  let uppers = 0;
  let lowers = 0;
  for (let at = from + 1; at < to; at += 1) {
    const group = CLASS[text.charCodeAt(at)];
    if (group === UPPER) uppers += 1;
    else if (group === LOWER) lowers += 1;
  }
  if (uppers === 0) return first ? CASE.capital : CASE.lower;
  return first && lowers === 0 ? CASE.upper : CASE.mixed;
}
