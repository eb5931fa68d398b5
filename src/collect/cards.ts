/**
 * Full card numbers are stored nowhere. Found in running text by issuer and length (ISO/IEC 7812-1) and Luhn,
 * in digits of any script, written in one piece or in groups; cut to their last four digits.
 */

const FEWEST = 14;
const MOST = 19;
/** Digits with at most three signs between them. */
const RUN = /\d+(?:[\s\p{Pd}._/,]{1,3}\d+)*/gu;
/** Ids that machines make hold many digits, and are no cards; one without a letter is not taken for one. */
const UUID =
  /((?<![0-9a-z])(?=[0-9-]{0,35}[a-f])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-z]))/i;
/** Visa; Mastercard and Mir; American Express; Diners; JCB; UnionPay, Discover and Maestro; Troy. */
const ISSUERS =
  /^(?:4\d{15}(?:\d{3})?|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}(?:\d\d)?|35\d{14}(?:\d{3})?|(?:6\d|81)\d{14,17}|5[0678]\d{14,17}|9792\d{12})$/;

/** Luhn check over digits. */
function luhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    let digit = digits.charCodeAt(digits.length - 1 - at) - 48;
    if (at % 2 === 1) {
      digit *= 2;
      if (digit > 9) digit -= 9;
    }
    sum += digit;
  }
  return sum % 10 === 0;
}

function isCard(digits: string): boolean {
  return ISSUERS.test(digits) && !/^(\d)\1+$/.test(digits) && luhn(digits);
}

/** True when the text holds a full card number. */
export function hasCard(text: string): boolean {
  return withoutCards(text) !== text;
}

/** The text with each full card number cut to `[card 1111]`. */
export function withoutCards(text: string): string {
  if (!mayHoldCard(text)) return text;
  const plain = /[^\0-\x7f]/.test(text) ? asciiDigits(text) : text;
  const parts = plain.split(UUID);
  const cut = parts.map((part, at) => (at % 2 === 1 ? part : part.replace(RUN, cutGroups))).join('');
  return cut === plain ? text : cut;
}

/** Texts with too few digits are most texts. */
function mayHoldCard(text: string): boolean {
  if (text.length < FEWEST) return false;
  let digits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 127) return (text.match(/\p{N}/gu)?.length ?? 0) >= FEWEST;
    if (code >= 48 && code <= 57) digits += 1;
  }
  return digits >= FEWEST;
}

/** Digits of every script as 0 to 9, without invisible signs between them. */
function asciiDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[^\0-\x7f]/gu, (sign) => (/\p{Nd}/u.test(sign) ? String(digitOf(sign.codePointAt(0)!)) : sign));
}

/** Unicode keeps the ten digits of a script together, in order. */
function digitOf(code: number): number {
  let first = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
  return (code - first) % 10;
}

/** Looks at every row of whole groups: a number before or after the card does not hide it. */
function cutGroups(run: string): string {
  const parts = run.split(/(\D+)/);
  let out = '';
  for (let from = 0; from < parts.length; from += 2) {
    const to = cardFrom(parts, from);
    if (to === null) out += parts[from]! + (parts[from + 1] ?? '');
    else {
      const digits = digitsOf(parts, from, to);
      out += `[card ${digits.slice(-4)}]${parts[to + 1] ?? ''}`;
      from = to;
    }
  }
  return out;
}

/** The last group of the longest card that begins at group `from`. */
function cardFrom(parts: readonly string[], from: number): number | null {
  let digits = '';
  let last: number | null = null;
  for (let to = from; to < parts.length; to += 2) {
    digits += parts[to]!;
    if (digits.length > MOST) break;
    if (digits.length >= FEWEST && isCard(digits) && isGrouped(parts, from, to)) last = to;
  }
  return last;
}

function digitsOf(parts: readonly string[], from: number, to: number): string {
  return parts
    .slice(from, to + 1)
    .filter((_, at) => at % 2 === 0)
    .join('');
}

/** As people write cards: groups of three digits and more, or all of one size; not a decimal number. */
function isGrouped(parts: readonly string[], from: number, to: number): boolean {
  if (to === from + 2 && /^[.,]$/.test(parts[from + 1]!)) return false;
  const sizes = parts
    .slice(from, to + 1)
    .filter((_, at) => at % 2 === 0)
    .map((group) => group.length);
  return sizes.every((size) => size >= 3) || sizes.every((size) => size === sizes[0]);
}
