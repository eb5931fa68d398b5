/** Made-up values in the form of real ones, by HMAC-SHA-256 over the value: the same key gives the same surrogate. */
import { createHmac } from 'node:crypto';

/** Names that read as names and belong to nobody in particular. */
const NAMES = {
  latin: 'Alex Robin Sam Kim Noor Jo Chris Sasha Andrea Toni Nico Luca Mika Dana Jamie Charlie'.split(' '),
  latinFamily:
    'Example Sample Muster Placeholder Martin Novak Rossi Meyer Garcia Silva Jansen Larsen Kovacs Popov Moreau Stone'.split(
      ' ',
    ),
  chinese: '甲乙丙丁子丑寅卯辰巳午未申酉戌亥',
  korean: '가나다라마바사아자차카타파하거너',
};

/** A value in the same form: digits for digits, letters for letters, lengths kept; names get names. */
export function surrogateOf(value: string, type: string, key: string | Uint8Array): string {
  const bytes = createHmac('sha256', key).update(`${type}\u0000${value.toLowerCase()}`).digest();
  if (type === 'PERSON') return personLike(value, bytes);
  if (type === 'EMAIL') return `user-${bytes.toString('hex').slice(0, 10)}@example.com`;
  if (type === 'URL_DOMAIN') return `https://${bytes.toString('hex').slice(0, 10)}.example.com/`;
  if (type === 'ADDRESS' || type === 'PLACE' || type === 'ORGANIZATION')
    return `${NOUNS[type]} ${bytes.toString('hex').slice(0, 6)}`;
  return inForm(value, bytes);
}

const NOUNS: Readonly<Record<string, string>> = {
  ADDRESS: 'Address',
  PLACE: 'Place',
  ORGANIZATION: 'Organization',
};

function personLike(value: string, bytes: Buffer): string {
  if (/\p{Script=Han}/u.test(value)) return signs(value, NAMES.chinese, bytes);
  if (/\p{Script=Hangul}/u.test(value)) return signs(value, NAMES.korean, bytes);
  const given = NAMES.latin[bytes[0]! % NAMES.latin.length]!;
  const family = NAMES.latinFamily[bytes[1]! % NAMES.latinFamily.length]!;
  return /\s/.test(value.trim()) ? `${given} ${family}` : given;
}

function signs(value: string, alphabet: string, bytes: Buffer): string {
  return [...value].map((_, at) => alphabet[bytes[at % bytes.length]! % alphabet.length]).join('');
}

/** Each digit by a digit, each letter by a letter of its case; what else there is stays. */
function inForm(value: string, bytes: Buffer): string {
  let at = 0;
  const next = (size: number) => bytes[at++ % bytes.length]! % size;
  return value.replace(/\p{L}|\p{N}/gu, (sign) => {
    if (/\p{N}/u.test(sign)) return String(next(10));
    const letter = String.fromCharCode(97 + next(26));
    return /\p{Lu}/u.test(sign) ? letter.toUpperCase() : letter;
  });
}
