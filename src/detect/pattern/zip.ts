import type { Candidate } from '../candidate.ts';
import { FLAG } from '../flags.ts';
import type { Neighborhood } from '../neighborhood.ts';
import { KIND, type Tokens } from '../tokenize.ts';

/** `〒` */
const POST_MARK = 0x3012;
const NUMERIC = /\d{3,6}(?:[- ]?\d{2,4})?(?: [A-Z]{2}\b)?(?!\d)/y;
const BRITISH = /[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?![A-Z0-9])/y;
const JAPANESE = /\d{3}-\d{4}(?![\d-])/y;

/** A postal code that begins at token `at`: after a word that names it, or in a form that nothing else has. */
export function zipAt(tokens: Tokens, at: number, around: Neighborhood): Candidate | null {
  const { text } = tokens;
  const start = tokens.start[at]!;
  if (text.charCodeAt(start - 1) === POST_MARK || text.charCodeAt(start - 2) === POST_MARK) {
    JAPANESE.lastIndex = start;
    if (JAPANESE.test(text)) return { start, end: JAPANESE.lastIndex, type: 'ZIP_CODE', score: 0.9 };
  }
  const named = (around.near & FLAG.zip) !== 0;
  if (tokens.kind[at] === KIND.number) return named ? matched(NUMERIC, text, start, 0.92) : null;
  return (
    matched(BRITISH, text, start, named ? 0.92 : 0.7) ?? (named ? matched(NUMERIC, text, start, 0.92) : null)
  );
}

function matched(pattern: RegExp, text: string, start: number, score: number): Candidate | null {
  pattern.lastIndex = start;
  return pattern.test(text) ? { start, end: pattern.lastIndex, type: 'ZIP_CODE', score } : null;
}
