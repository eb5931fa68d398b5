/** Names of things that were not declared are counted and shown; a name must never carry personal data. */

const UNREADABLE = '(unreadable)';
const PLAIN = /^[\p{L}\p{M}\p{N} _.$:-]{1,64}$/u;
const DIGIT = /\p{Nd}/gu;
const SPACING = /^ | $| {2}/;
/** Names that mean something to a JavaScript object. */
const OBJECT_WORDS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * The name, or `(unreadable)` when it looks like data: more than 64 characters, six or more digits in all,
 * a run of spaces, control characters, or anything but letters, digits, space and `_ . $ : -`.
 */
export function safeName(name: string): string {
  if (!PLAIN.test(name) || name.length > 64 || SPACING.test(name) || OBJECT_WORDS.has(name))
    return UNREADABLE;
  if ((name.match(DIGIT)?.length ?? 0) >= 6) return UNREADABLE;
  return name;
}
