/** Recognizers that the caller brings. */
import type { DetectedSpan, Recognizer } from './types.ts';

const CONTEXT_UNITS = 48;
const NAMED_SCORE = 0.9;

/** Spans of one recognizer in folded text. */
export function recognize(text: string, recognizer: Recognizer): DetectedSpan[] {
  const { type, pattern, score, validate, context = [] } = recognizer;
  const found: DetectedSpan[] = [];
  for (const match of text.matchAll(pattern)) {
    const value = match[0];
    if (value === '' || validate?.(value) === false) continue;
    const start = match.index;
    const before = text.slice(Math.max(0, start - CONTEXT_UNITS), start).toLowerCase();
    const named = context.some((word) => before.includes(word));
    found.push({
      start,
      end: start + value.length,
      type,
      score: named ? Math.max(score, NAMED_SCORE) : score,
    });
  }
  return found;
}
