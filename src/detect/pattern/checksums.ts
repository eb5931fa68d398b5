/** Check digits. Each takes plain ASCII digits (or letters where said) and answers whether they hold. */

const digit = (text: string, at: number): number => text.charCodeAt(at) - 48;

/** Luhn (ISO/IEC 7812-1 annex B). */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    let value = digit(digits, digits.length - 1 - at);
    if ((at & 1) === 1) {
      value *= 2;
      if (value > 9) value -= 9;
    }
    sum += value;
  }
  return sum % 10 === 0;
}

/** `0000000`: one digit all through, which is no number of anyone. */
export function isOneDigit(digits: string): boolean {
  for (let at = 1; at < digits.length; at += 1)
    if (digits.charCodeAt(at) !== digits.charCodeAt(0)) return false;
  return digits.length > 1;
}

export function weighted(digits: string, weights: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at += 1) sum += digit(digits, at) * weights[at]!;
  return sum;
}

/** ISO 7064 MOD 11,10: the German tax id. */
export function mod11of10(digits: string): boolean {
  let product = 10;
  for (let at = 0; at < digits.length - 1; at += 1) {
    let sum = (digit(digits, at) + product) % 10;
    if (sum === 0) sum = 10;
    product = (sum * 2) % 11;
  }
  const check = 11 - product;
  return (check === 10 ? 0 : check) === digit(digits, digits.length - 1);
}

const D5 =
  '0123456789123406789523401789563401289567401239567859876043216598710432765982104387659321049876543210';
const P8 = '01234567891576283094580379614289160435279453126870428657390127938064157046913258';

/** Verhoeff's dihedral check: Aadhaar. */
export function verhoeff(digits: string): boolean {
  let check = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const value = digit(digits, digits.length - 1 - at);
    check = digit(D5, check * 10 + digit(P8, (at % 8) * 10 + value));
  }
  return check === 0;
}

/** The rest by 97 of a number too long for a double. */
export function mod97(digits: string): number {
  let rest = 0;
  for (let at = 0; at < digits.length; at += 1) rest = (rest * 10 + digit(digits, at)) % 97;
  return rest;
}

/** A day that exists, between 1900 and 2099 unless said otherwise. */
export function isDay(year: number, month: number, day: number): boolean {
  if (year < 1900 || year > 2099 || month < 1 || month > 12 || day < 1) return false;
  if (month === 2) return day <= (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28);
  return day <= (month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31);
}
