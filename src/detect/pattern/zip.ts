import type { Candidate } from '../candidate.ts';
import { FLAG } from '../flags.ts';
import type { Neighborhood } from '../neighborhood.ts';
import type { Tokens } from '../tokenize.ts';

const NUMERIC = /\d{3,6}(?:[- ]?\d{2,4})?(?: [A-Z]{2}\b)?(?!\d)/y;
const BRITISH = /[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?![A-Z0-9])/y;
const JAPANESE = /\d{3}-\d{4}(?![\d-])/y;

/** A postal code that begins at token `at`: after a word that names it, or in a form that nothing else has. */
export function zipAt(tokens: Tokens, at: number, around: Neighborhood): Candidate | null {
  const { text } = tokens;
  const start = tokens.start[at]!;
  if (text[start - 1] === '〒' || text[start - 2] === '〒') {
    JAPANESE.lastIndex = start;
    if (JAPANESE.test(text)) return { start, end: JAPANESE.lastIndex, type: 'ZIP_CODE', score: 0.9 };
  }
  const named = (around.near & FLAG.zip) !== 0;
  for (const [pattern, alone] of [
    [BRITISH, 0.7],
    [NUMERIC, 0],
  ] as const) {
    pattern.lastIndex = start;
    if (!pattern.test(text)) continue;
    const score = named ? 0.92 : alone;
    if (score > 0) return { start, end: pattern.lastIndex, type: 'ZIP_CODE', score };
  }
  return null;
}
