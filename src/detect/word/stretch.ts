/** Where CJK signs stand: patterns of CJK words need to look nowhere else. */
import type { Tokens } from '../tokenize.ts';
import { SIGNS } from './cjk-signs.ts';

/** Units around a CJK sign that a pattern may reach for or look at. */
const MARGIN = 64;
const FIRST_CJK = 0x3000;

/** A part of a text that holds CJK signs, with what stands around them. */
export interface Stretch {
  readonly from: number;
  readonly text: string;
  /** Bits of `SIGN` of all its signs. */
  readonly signs: number;
}

/** All stretches of a text, in its order; none touches another. */
export function stretches({ text, count, start, end }: Tokens): Stretch[] {
  const found: Stretch[] = [];
  let from = -1;
  let to = -1;
  const close = () => {
    if (from >= 0) found.push({ from, text: text.slice(from, to), signs: signsOf(text, from, to) });
  };
  for (let at = 0; at < count; at += 1) {
    const first = start[at]!;
    if (text.charCodeAt(first) < FIRST_CJK) continue;
    if (from < 0 || first - MARGIN > to) {
      close();
      from = Math.max(0, first - MARGIN);
    }
    to = Math.min(text.length, end[at]! + MARGIN);
  }
  close();
  return found;
}

function signsOf(text: string, from: number, to: number): number {
  let bits = 0;
  for (let at = from; at < to; at += 1) bits |= SIGNS[text.charCodeAt(at)]!;
  return bits;
}

/** Whether the pattern fits anywhere in the stretches that have one of the signs. */
export function holds(parts: readonly Stretch[], needs: number, pattern: RegExp): boolean {
  return parts.some(({ text, signs }) => (signs & needs) !== 0 && pattern.test(text));
}

/** Calls with each match of a global pattern that cannot fit without one of the signs, and where it begins in the whole text. */
export function eachMatch(
  parts: readonly Stretch[],
  needs: number,
  pattern: RegExp,
  call: (start: number, match: RegExpExecArray) => void,
): void {
  for (const { from, text, signs } of parts) {
    if ((signs & needs) === 0) continue;
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text))
      call(from + match.index, match);
  }
}
