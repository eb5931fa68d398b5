/**
 * Check digits of the ids in the texts. Written for the generator alone and shared with nothing that
 * it judges, so that one mistake is not made twice.
 */

function digitsOf(text: string): number[] {
  return [...text].map(Number);
}

function weighted(digits: readonly number[], weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * (digits[at] as number), 0);
}

/** Luhn, ISO/IEC 7812-1 annex B: payment cards, IMEI. */
export function luhnHolds(digits: string): boolean {
  const sum = digitsOf(digits)
    .reverse()
    .reduce((total, digit, at) => {
      const doubled = at % 2 === 1 ? digit * 2 : digit;
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return sum % 10 === 0;
}

/** The digit that makes `body` hold by Luhn. */
export function luhnDigit(body: string): string {
  return [...'0123456789'].find((digit) => luhnHolds(body + digit)) as string;
}

/** China's resident id of 18 characters, GB 11643-1999: ISO 7064 MOD 11-2 over 17 digits. */
export function residentDigit(body: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return '10X98765432'[weighted(digitsOf(body), weights) % 11] as string;
}

/** Whether an 18- or 15-digit resident id has a date that exists and, with 18, its check digit. */
export function residentHolds(id: string): boolean {
  const long = /^\d{17}[\dX]$/.test(id);
  if (!long && !/^\d{15}$/.test(id)) return false;
  const date = long ? id.slice(6, 14) : `19${id.slice(6, 12)}`;
  const iso = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
  const exists = !Number.isNaN(Date.parse(iso)) && new Date(iso).toISOString().startsWith(iso);
  return exists && (!long || residentDigit(id.slice(0, 17)) === id[17]);
}

/** Mod 97 of ISO 7064 over letters as numbers: IBAN (ISO 13616). */
export function ibanRemainder(iban: string): number {
  const moved = iban.slice(4) + iban.slice(0, 4);
  return Number(BigInt(moved.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))) % 97n);
}

/** German tax id: ISO 7064 MOD 11,10 over ten digits. */
export function germanTaxDigit(body: string): string {
  const product = digitsOf(body).reduce((last, digit) => {
    const sum = (digit + last) % 10 || 10;
    return (sum * 2) % 11;
  }, 10);
  return String((11 - product) % 10);
}

/** French NIR: the two-digit key of 13 digits (2A is 19, 2B is 18). */
export function nirKey(body: string): string {
  const number = BigInt(body.replace('2A', '19').replace('2B', '18'));
  return String(97n - (number % 97n)).padStart(2, '0');
}

/** Spanish DNI and NIE: the letter of eight digits (X, Y, Z in front stand for 0, 1, 2). */
export function dniLetter(body: string): string {
  const number = Number(body.replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter))));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] as string;
}

/** NHS number: MOD 11 over nine digits; null where no digit fits. */
export function nhsDigit(body: string): string | null {
  const digit = 11 - (weighted(digitsOf(body), [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
  if (digit === 10) return null;
  return digit === 11 ? '0' : String(digit);
}

/** My Number: the check digit of eleven digits (Ordinance of MIC no. 85 of 2014). */
export function myNumberDigit(body: string): string {
  const rest = weighted(digitsOf(body), [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return rest <= 1 ? '0' : String(11 - rest);
}

/** Korean RRN as issued until October 2020: the check digit of twelve digits. */
export function rrnDigit(body: string): string {
  return String((11 - (weighted(digitsOf(body), [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10);
}

/** Taiwan's id: the check digit of a letter and eight digits. */
export function taiwanDigit(body: string): string {
  const letter = 'ABCDEFGHJKLMNPQRSTUVXYWZIO'.indexOf(body[0] as string) + 10;
  const digits = [Math.floor(letter / 10), letter % 10, ...digitsOf(body.slice(1))];
  return String((10 - (weighted(digits, [1, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10);
}

/** Hong Kong's identity card with one letter: the check digit of the letter and six digits. */
export function hongKongDigit(body: string): string {
  const digits = [36, body.charCodeAt(0) - 55, ...digitsOf(body.slice(1))];
  const rest = weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
  return rest === 0 ? '0' : rest === 1 ? 'A' : String(11 - rest);
}
