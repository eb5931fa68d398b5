/** Cuts text into words, numbers and signs in one pass, and looks each word up once. */
import { lexicon } from './lexicon.ts';
import { FIRST_SEED, firstHash, flagsOf, SECOND_SEED, secondHash } from './word-table.ts';

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
/** Each unit as a small letter. */
const SMALL = smallLetters();

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

function smallLetters(): Uint16Array {
  const table = new Uint16Array(65_536);
  for (let code = 0; code < 65_536; code += 1) {
    table[code] = code;
    if (CLASS[code] !== UPPER) continue;
    const small = String.fromCharCode(code).toLowerCase();
    if (small.length === 1) table[code] = small.charCodeAt(0);
  }
  return table;
}

const KIND_OF_CLASS = [0, 0, 0, 0, 0, 0, KIND.han, KIND.kana, KIND.hangul];

type Arrays = Pick<Tokens, 'start' | 'end' | 'kind' | 'letterCase' | 'flags'>;

const BEYOND = 16;
let arrays = makeArrays(1 << 12);

function makeArrays(room: number): Arrays {
  return {
    start: new Int32Array(room),
    end: new Int32Array(room),
    kind: new Uint8Array(room),
    letterCase: new Uint8Array(room),
    flags: new Int32Array(room),
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
  const { start, end, kind, letterCase, flags } = arraysFor(length + BEYOND);
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
    letterCase[count] = 0;
    flags[count] = 0;
    count += 1;
  }
  // What looks a few tokens beyond the end finds nothing there.
  for (let beyond = count; beyond < count + BEYOND; beyond += 1) {
    start[beyond] = length;
    end[beyond] = length;
    kind[beyond] = 0;
    letterCase[beyond] = 0;
    flags[beyond] = 0;
  }
  return lookUp({ text, count, start, end, kind, letterCase, flags, caseless: true });
}

function isLetter(text: string, at: number): boolean {
  const group = at < text.length ? CLASS[text.charCodeAt(at)] : NONE;
  return group === LOWER || group === UPPER;
}

function lookUp(tokens: Tokens): Tokens {
  const { text, count, start, end, kind, letterCase, flags } = tokens;
  const { table } = lexicon();
  let caseless = true;
  for (let at = 0; at < count; at += 1) {
    const what = kind[at]!;
    if (what !== KIND.word && what !== KIND.mixed) continue;
    const from = start[at]!;
    let to = end[at]!;
    // The possessive is no part of the word.
    if (to - from > 2 && text.charCodeAt(to - 2) === 39 && (text.charCodeAt(to - 1) | 32) === 115) {
      to -= 2;
      end[at] = to;
    }
    let uppers = 0;
    let lowers = 0;
    let first = FIRST_SEED;
    let second = SECOND_SEED;
    for (let unit = from; unit < to; unit += 1) {
      const code = text.charCodeAt(unit);
      const group = CLASS[code];
      if (group === UPPER) uppers += 1;
      else if (group === LOWER) lowers += 1;
      const small = SMALL[code]!;
      first = firstHash(first, small);
      second = secondHash(second, small);
    }
    const capital = CLASS[text.charCodeAt(from)] === UPPER;
    const written = caseOf(capital, uppers, lowers);
    letterCase[at] = written;
    if (written !== CASE.lower && what === KIND.word) caseless = false;
    if (to - from <= LONGEST_WORD) flags[at] = flagsOf(table, first, second, to - from);
  }
  return caseless ? tokens : { ...tokens, caseless };
}

/** By whether the first letter is a capital, and how many capitals and small letters there are in all. */
function caseOf(capital: boolean, uppers: number, lowers: number): number {
  if (uppers === 0) return CASE.lower;
  if (!capital || (uppers > 1 && lowers > 0)) return CASE.mixed;
  return uppers === 1 ? CASE.capital : CASE.upper;
}
