/** What the masks share: the first letter of a word, digits, locales that may be nonsense. */

/** Stands for what is not shown; always the same length, so that it tells none. */
export const COVER = '***';

/** A word is looked at no further than this: enough to know its first letters. */
const LOOK = 64;
/** A grapheme longer than this is an attack on the screen, not a letter. */
const LONGEST_GRAPHEME = 8;
const LETTER = /^\p{L}/u;

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The first graphemes of `word` that begin with a letter, at most `most`; emoji, digits and signs are left out. */
export function firstLetters(word: string, most: number): string[] {
  const letters: string[] = [];
  for (const { segment } of segmenter.segment(word.slice(0, LOOK))) {
    if (LETTER.test(segment)) letters.push(segment);
    if (letters.length === most) break;
  }
  return letters;
}

/** The first letter and a cover; the cover alone when the word has no second letter to hide. */
export function initial(word: string): string {
  const [first, second] = firstLetters(word, 2);
  if (first === undefined || second === undefined || first.length > LONGEST_GRAPHEME) return COVER;
  return first + COVER;
}

/** A string, or a whole number written out; anything else has no masked form. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return Number.isSafeInteger(value) ? String(value) : null;
}

/** `locale` as a BCP 47 tag, or null when it is not one. */
export function localeOf(locale: string): Intl.Locale | null {
  try {
    return new Intl.Locale(locale.replaceAll('_', '-'));
  } catch {
    return null;
  }
}
