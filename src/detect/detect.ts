import { DetectError } from './failure.ts';
import { fold } from './fold.ts';
import { NONE, type Plan, planOf } from './options.ts';
import { scanPatterns } from './pattern/scan.ts';
import { mayHoldSecret } from './pattern/secret.ts';
import { recognize } from './recognize.ts';
import { resolve } from './resolve.ts';
import { tokenize } from './tokenize.ts';
import type { DetectedSpan, DetectOptions } from './types.ts';
import { type Window, windowAt } from './windows.ts';
import { scanWords } from './word/scan.ts';

/**
 * Finds personal data in running text (zh, en, de, fr, es, ja, ko). Time grows in line with the length.
 * @param text well-formed UTF-16 of any length
 * @returns spans in the order of the text, none overlapping another, in UTF-16 units, `end` exclusive
 * @throws DetectError `broken_text` for half a surrogate pair, `bad_option`
 */
export function detect(text: string, options: DetectOptions = NONE): DetectedSpan[] {
  const plan = planOf(options);
  wellFormed(text, 0);
  const found: DetectedSpan[] = [];
  let partStart = 0;
  do {
    const window = windowAt(text, partStart, true)!;
    detectWindow(text, window, plan, found);
    partStart = window.partEnd;
  } while (partStart < text.length);
  return found;
}

/** Throws `DetectError('broken_text')` with the offset of the first lone surrogate. */
export function wellFormed(text: string, offset: number): void {
  if (text.isWellFormed()) return;
  const at = text.search(/\p{Surrogate}/u);
  throw new DetectError(
    'broken_text',
    `The text is not well-formed UTF-16: half a surrogate pair at ${offset + at}.`,
  );
}

/** Adds the spans that begin in the window's own part. Offsets are of `text`. */
export function detectWindow(text: string, window: Window, plan: Plan, found: DetectedSpan[]): void {
  const { from, to, partStart, partEnd } = window;
  const folded = fold(text.slice(from, to));
  if (plan.secretsAlone && !mayHoldSecret(folded)) return;
  const tokens = tokenize(folded);
  const patterns = plan.patterns || plan.words ? scanPatterns(tokens, plan.region) : [];
  const candidates: DetectedSpan[] = plan.words ? patterns.concat(scanWords(tokens, patterns)) : patterns;
  for (const recognizer of plan.recognizers) candidates.push(...recognize(folded, recognizer));
  let last = found.length === 0 ? 0 : found[found.length - 1]!.end;
  for (const span of resolve(candidates.filter(({ score }) => score >= plan.minScore))) {
    const start = span.start + from;
    const end = span.end + from;
    if (start < partStart || start >= partEnd || start < last) continue;
    if (plan.wanted !== null && !plan.wanted.has(span.type) && !isCustom(plan, span.type)) continue;
    found.push(from === 0 ? span : moved(span, from));
    last = end;
  }
}

function isCustom(plan: Plan, type: string): boolean {
  return plan.recognizers.some((recognizer) => recognizer.type === type);
}

/** The same span in a text that begins `by` units earlier. */
export function moved(span: DetectedSpan, by: number): DetectedSpan {
  const { start, end, parts } = span;
  const outer = { ...span, start: start + by, end: end + by };
  if (parts === undefined) return outer;
  return { ...outer, parts: parts.map((part) => ({ ...part, start: part.start + by, end: part.end + by })) };
}
