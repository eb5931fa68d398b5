/** What the words around a value say about it. */
import { CONTEXT, FLAG } from './flags.ts';
import { literalAt, literals } from './literals.ts';
import { KIND, type Tokens } from './tokenize.ts';
import { CJK_CONTEXT } from './words/context.ts';

const MOST_WORDS = 8;
const FARTHEST = 64;
const CJK_FARTHEST = 14;
const NEAR_ORDER = 5;
const CJK_WORDS = literals(CJK_CONTEXT.keys());

export interface Neighborhood {
  /** Bits of the nearest word before that says anything. */
  readonly near: number;
  /** Bits of all words before. */
  readonly all: number;
  /** Bits of the two words after. */
  readonly after: number;
}

/**
 * Looks at up to eight words before token `first` and two after token `last`, at most 64 units and one
 * line break away.
 */
export function neighborhood(tokens: Tokens, first: number, last: number): Neighborhood {
  let near = 0;
  let all = 0;
  let words = 0;
  let lines = 0;
  const origin = tokens.start[first]!;
  for (let at = first - 1; at >= 0 && words < MOST_WORDS; at -= 1) {
    if (origin - tokens.end[at]! > FARTHEST) break;
    const kind = tokens.kind[at]!;
    if (kind === KIND.line) {
      lines += 1;
      // A label may stand on the line above its value, a value of another label may not.
      if (lines > 1 || words > 0) break;
      continue;
    }
    if (kind === KIND.sign) continue;
    words += 1;
    const flags = kind >= KIND.han ? cjkFlags(tokens, at, origin) : tokens.flags[at]! & CONTEXT;
    if (near === 0) near = flags;
    all |= flags;
  }
  return { near, all, after: bitsAfter(tokens, last) };
}

function bitsAfter(tokens: Tokens, last: number): number {
  let bits = 0;
  let words = 0;
  for (let at = last + 1; at < tokens.count && words < 2; at += 1) {
    const kind = tokens.kind[at]!;
    if (kind === KIND.line) break;
    if (kind === KIND.sign) continue;
    words += 1;
    if (kind === KIND.word) bits |= tokens.flags[at]! & CONTEXT;
  }
  return bits;
}

function cjkFlags(tokens: Tokens, at: number, origin: number): number {
  const end = tokens.end[at]!;
  const start = Math.max(tokens.start[at]!, end - CJK_FARTHEST, origin - FARTHEST);
  let flags = 0;
  let from = start;
  while (from < end) {
    const word = literalAt(CJK_WORDS, tokens.text, from, end);
    if (word === null) {
      from += 1;
      continue;
    }
    from += word.length;
    const flag = CJK_CONTEXT.get(word) ?? 0;
    // A sentence about an order may give a phone number; `订单号` right before a number says what that is.
    if (flag !== FLAG.order || origin - from <= NEAR_ORDER) flags = flag;
  }
  return flags;
}
