/** Numbers written in groups: `+49 (0)30 123-456` is one run of digits with five groups. */
import { KIND, type Tokens } from '../tokenize.ts';

const MOST_GROUPS = 24;
const MOST_UNITS = 72;
const MOST_GAP = 3;

export interface Run {
  readonly firstToken: number;
  readonly lastToken: number;
  /** Where each group of digits begins and ends. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly groups: readonly string[];
  /** What stands between a group and the next one. */
  readonly gaps: readonly string[];
  /** Token of each group. */
  readonly tokens: readonly number[];
}

/** The run that begins with the number at token `at`. It never crosses a line. */
export function runAt(tokens: Tokens, at: number): Run {
  const { text, kind, start, end, count } = tokens;
  const starts = [start[at]!];
  const ends = [end[at]!];
  const groups = [text.slice(start[at]!, end[at]!)];
  const gaps: string[] = [];
  const indices = [at];
  let last = at;
  while (groups.length < MOST_GROUPS) {
    let next = last + 1;
    while (next < count && next - last <= MOST_GAP && kind[next] === KIND.sign && joins(text, start[next]!))
      next += 1;
    if (
      next >= count ||
      (kind[next] !== KIND.number && !isExtended(text, start[next]!, end[next]!, kind[next]!))
    )
      break;
    const gapUnits = start[next]! - end[last]!;
    if (gapUnits > MOST_GAP || end[next]! - starts[0]! > MOST_UNITS) break;
    starts.push(start[next]!);
    const groupEnd = kind[next] === KIND.number ? end[next]! : extensionStart(text, start[next]!);
    ends.push(groupEnd);
    groups.push(text.slice(start[next]!, groupEnd));
    gaps.push(text.slice(end[last]!, start[next]!));
    indices.push(next);
    last = next;
    if (kind[next] !== KIND.number) break;
  }
  return { firstToken: at, lastToken: last, starts, ends, groups, gaps, tokens: indices };
}

/** `- . / ( ) _ ,` and the middle dot. */
function joins(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code >= 40 && code <= 47 && code !== 42 && code !== 43) || code === 95 || code === 0xb7;
}

/** `3560x4587`: the end of a telephone number and its extension. */
function isExtended(text: string, from: number, to: number, kind: number): boolean {
  return kind === KIND.mixed && to - from <= 12 && /^\d{3,8}x\d{1,6}$/i.test(text.slice(from, to));
}

function extensionStart(text: string, from: number): number {
  let at = from;
  while ((text.charCodeAt(at) | 32) !== 120) at += 1;
  return at;
}
