/** Streets that are told by where they meet. */
import type { Candidate } from '../candidate.ts';
import { FLAG } from '../flags.ts';
import { CASE, type Tokens } from '../tokenize.ts';
import type { AddressPart } from '../types.ts';
import { isLine, isWord, type Reading, sign } from './reading.ts';
import { isAmong, lower, wordSet } from './word-set.ts';

const THE = wordSet('the');
const CORNER = wordSet('corner intersection');

/** `the corner of A and B`, from its first word. */
export function cornerAt(reading: Reading, at: number): Candidate | null {
  const { tokens } = reading;
  if (!isAmong(tokens, at, THE) || !isAmong(tokens, at + 1, CORNER) || lower(tokens, at + 2) !== 'of')
    return null;
  let last = at + 2;
  let joined = false;
  while (last + 1 < tokens.count && last - at < 20 && !isLine(tokens, last + 1)) {
    const next = last + 1;
    if (/[,;:!?"]/.test(sign(tokens, next))) break;
    const and = lower(tokens, next) === 'and';
    const lowerWord =
      isWord(tokens, next) &&
      tokens.letterCase[next] === CASE.lower &&
      tokens.flags[next] !== 0 &&
      (tokens.flags[next]! & (FLAG.particle | FLAG.street)) === 0;
    if (lowerWord && !and && !tokens.caseless) break;
    if (and && joined) break;
    joined ||= and;
    last = next;
  }
  if (!joined) return null;
  if (sign(tokens, last) === '.') last -= 1;
  // `the corner of A St. and B St.` names two streets and says so; each is found by itself.
  if (tokens.text.slice(tokens.start[at], tokens.end[last]! + 1).includes('St. and ')) return null;
  const { start, end } = tokens;
  const parts: AddressPart[] = [{ part: 'street', start: start[at]!, end: end[last]! }];
  return { start: start[at]!, end: end[last]!, type: 'ADDRESS', score: 0.85, parts };
}

/** A plain word such as `Gateway` is a street only where someone speaks of corners or of addresses. */
export function nearCorner(tokens: Tokens, at: number): boolean {
  const before = tokens.text.slice(Math.max(0, tokens.start[at]! - 60), tokens.start[at]!);
  return /\bcorner of\b|\baddress\b[^.]{0,12}$|\blives? (?:on|at) $/i.test(before);
}
