/** FF1 over text: digits stay digits, letters stay letters, everything else stays where it is. */
import { type Ff1, ff1Decrypt, ff1Encrypt } from './ff1.ts';

/** What is encrypted; the rest of the text is left as it is. Each is an alphabet of its own. */
const ALPHABETS = {
  digits: '0123456789',
  alphanumeric: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
} as const;
export type Alphabet = keyof typeof ALPHABETS;

export interface Format {
  readonly key: Buffer;
  readonly alphabet: Alphabet;
  readonly tweak?: Buffer;
}

/**
 * `4111-1111-1111-1111` → as many other digits, with the dashes where they were.
 * @throws AnonymizeError `domain_too_small` when fewer than a million values have this form
 */
export function sealFormat(format: Format, value: string): string {
  return within(format, value, ff1Encrypt);
}

/** Undoes `sealFormat`. Throws like it. */
export function openFormat(format: Format, value: string): string {
  return within(format, value, ff1Decrypt);
}

function within({ key, alphabet, tweak }: Format, value: string, change: typeof ff1Encrypt): string {
  const signs = ALPHABETS[alphabet];
  const digits = [...value].map((sign) => signs.indexOf(sign));
  const ff1: Ff1 = { key, radix: signs.length, ...(tweak === undefined ? {} : { tweak }) };
  const changed = change(
    ff1,
    digits.filter((digit) => digit >= 0),
  );
  let at = 0;
  return [...value].map((sign, place) => (digits[place]! >= 0 ? signs[changed[at++]!]! : sign)).join('');
}
