/** Text without its personal data, still readable. */
import { detect } from './detect.ts';
import { DetectError } from './failure.ts';
import { surrogateOf } from './surrogate.ts';
import type { DetectedSpan, DetectOptions } from './types.ts';

export type RedactMode =
  /** Letters and digits become `*`; signs and spaces stay, so that the form can be seen. */
  | 'mask'
  /** `[PERSON 1]`; the same value gets the same number within one text. */
  | 'label'
  /** A made-up value of the same kind; the same value always gets the same one for one key. */
  | { readonly surrogate: string | Uint8Array }
  /** What the caller makes of a value, such as a sealed token. */
  | { readonly token: (value: string, span: DetectedSpan) => string };

/**
 * Replaces personal data. Surrogates are pseudonymous, not anonymous: who has the key can link them.
 * @param spans what to replace, as `detect` answers it; or options to detect with
 * @throws DetectError `bad_span` for spans out of order or outside the text, and like `detect`
 */
export function redact(
  text: string,
  spans: readonly DetectedSpan[] | DetectOptions = {},
  mode: RedactMode = 'label',
): string {
  const list = isSpans(spans) ? spans : detect(text, spans);
  const replace = replacer(mode);
  let out = '';
  let last = 0;
  for (const [at, span] of list.entries()) {
    if (!(span.start >= last && span.end >= span.start && span.end <= text.length))
      throw new DetectError('bad_span', `Span ${at} overlaps the one before it or lies outside the text.`);
    out += text.slice(last, span.start) + replace(text.slice(span.start, span.end), span);
    last = span.end;
  }
  return out + text.slice(last);
}

function isSpans(value: readonly DetectedSpan[] | DetectOptions): value is readonly DetectedSpan[] {
  return Array.isArray(value);
}

function replacer(mode: RedactMode): (value: string, span: DetectedSpan) => string {
  if (mode === 'mask') return (value) => value.replace(/[\p{L}\p{M}\p{N}]/gu, '*');
  if (mode === 'label') return labeller();
  if (typeof mode === 'object' && 'token' in mode) return mode.token;
  if (typeof mode === 'object' && 'surrogate' in mode) {
    if (mode.surrogate.length < 16)
      throw new DetectError('bad_option', 'The key for surrogates has fewer than 16 bytes.');
    return (value, span) => surrogateOf(value, span.type, mode.surrogate);
  }
  throw new DetectError('bad_option', 'mode is "mask", "label", {surrogate} or {token}.');
}

function labeller(): (value: string, span: DetectedSpan) => string {
  const numbers = new Map<string, Map<string, number>>();
  return (value, { type }) => {
    const known = numbers.get(type) ?? new Map<string, number>();
    numbers.set(type, known);
    const key = value.toLowerCase().replace(/\s+/g, ' ');
    if (!known.has(key)) known.set(key, known.size + 1);
    return `[${type} ${known.get(key)}]`;
  };
}
