/**
 * Full card numbers are stored nowhere. Found in running text by issuer prefix, length (14 to 19 digits, spaces
 * and dashes between them) and Luhn (ISO/IEC 7812-1); replaced by their last four digits.
 */

const CANDIDATE = /(?<![\d])(?:\d[ \-.]?){13,18}\d(?![\d])/g;

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
  const issuer = /^(?:4|5[0-8]|6|3[0-9]|2[2-7]|81)/.test(digits);
  return issuer && digits.length >= 14 && digits.length <= 19 && !/^(\d)\1+$/.test(digits) && luhn(digits);
}

/** True when the text holds a full card number. */
export function hasCard(text: string): boolean {
  return withoutCards(text) !== text;
}

/** The text with each full card number cut to `[card 1111]`. Full-width digits count as digits. */
export function withoutCards(text: string): string {
  if (text.length < 14) return text;
  const plain = /[０-９]/.test(text) ? text.normalize('NFKC') : text;
  if (!/\d[ \-.]?\d[ \-.]?\d[ \-.]?\d/.test(plain)) return text;
  const cut = plain.replace(CANDIDATE, (found) => {
    const digits = found.replace(/\D/g, '');
    return isCard(digits) ? `[card ${digits.slice(-4)}]` : found;
  });
  return cut === plain ? text : cut;
}
