/** National ids that hold their check digit, and corrupted ones that do not. All are invented. */
import type { Dice } from '../../crash/dice.ts';
import {
  dniLetter,
  germanTaxDigit,
  hongKongDigit,
  luhnHolds,
  myNumberDigit,
  nhsDigit,
  nirKey,
  residentDigit,
  residentHolds,
  rrnDigit,
  taiwanDigit,
} from './checksum.ts';
import { between, day, letters, pattern, two } from './draw.ts';

/** Codes of GB/T 2260. */
const COUNTIES = [
  '110105', '110108', '120103', '130102', '140105', '150102', '210102', '220104', '230103', '310104',
  '310115', '320106', '320505', '330106', '330203', '340104', '350203', '360102', '370102', '370203',
  '410105', '420106', '430104', '440106', '440305', '450103', '460106', '500105', '510104', '510107',
  '520103', '530102', '540102', '610113', '620102', '630104', '640104', '650102',
]; // biome-ignore format: codes, many to a line

/** An 18-character resident id, canonical. */
export function residentId(dice: Dice): string {
  const born = day(dice, 1950, 2007);
  const body = `${dice.pick(COUNTIES)}${born.year}${two(born.month)}${two(born.day)}${pattern(dice, '###')}`;
  return body + residentDigit(body);
}

/** A 15-digit resident id of the first generation. */
export function oldResidentId(dice: Dice): string {
  const born = day(dice, 1938, 1984);
  return `${dice.pick(COUNTIES)}${born.year % 100}${two(born.month)}${two(born.day)}${pattern(dice, '###')}`;
}

/** A resident id with one digit typed wrong, two swapped, or a date that does not exist. */
export function corruptedResidentId(dice: Dice): string {
  for (;;) {
    const bad = dice.pick([wrongDigit, swapped, wrongMonth, oldWrongMonth])(dice);
    if (!residentHolds(bad) && (bad.endsWith('X') || !luhnHolds(bad))) return bad;
  }
}

function wrongDigit(dice: Dice): string {
  const id = residentId(dice);
  const at = dice.pick([14, 15, 16, 17]);
  return id.slice(0, at) + pattern(dice, '#') + id.slice(at + 1);
}

function swapped(dice: Dice): string {
  const id = residentId(dice);
  return `${id.slice(0, 15)}${id[16]}${id[15]}${id[17]}`;
}

function wrongMonth(dice: Dice): string {
  const id = residentId(dice);
  const body = `${id.slice(0, 10)}${between(dice, 13, 19)}${id.slice(12, 17)}`;
  return body + residentDigit(body);
}

function oldWrongMonth(dice: Dice): string {
  const id = oldResidentId(dice);
  return `${id.slice(0, 8)}${between(dice, 13, 19)}${id.slice(10)}`;
}

/** Another digit or letter at the end than the right one. */
export function spoiled(dice: Dice, id: string): string {
  const last = id.at(-1) as string;
  const others = [...(/\d/.test(last) ? '0123456789' : 'TRWAGMYFPDXBNJZSQVHLCKE')].filter(
    (one) => one !== last,
  );
  return id.slice(0, -1) + dice.pick(others);
}

/** US SSN, dashed: no area 000, 666 or 9xx, no group 00, no serial 0000. */
export function ssn(dice: Dice): string {
  const area = between(dice, 1, 665);
  return `${String(area).padStart(3, '0')}-${two(between(dice, 1, 99))}-${String(between(dice, 1, 9999)).padStart(4, '0')}`;
}

/** UK National Insurance number, without spaces. */
export function nino(dice: Dice): string {
  const prefix = dice.pick(['AB', 'CE', 'EG', 'HJ', 'JK', 'LM', 'NP', 'PR', 'RS', 'SX', 'TW', 'WZ', 'YA']);
  return `${prefix}${pattern(dice, '######')}${letters(dice, 'ABCD', 1)}`;
}

/** UK NHS number, ten digits. */
export function nhs(dice: Dice): string {
  for (;;) {
    const body = pattern(dice, dice.pick(['4########', '6########', '7########']));
    const digit = nhsDigit(body);
    if (digit !== null) return body + digit;
  }
}

/** German tax id: eleven digits, one of the first ten twice, another missing. */
export function germanTaxId(dice: Dice): string {
  for (;;) {
    const left = [...'0123456789'];
    const body = Array.from({ length: 9 }, () => left.splice(dice.below(left.length), 1)[0] as string);
    body.splice(between(dice, 2, 9), 0, body[dice.below(9)] as string);
    const text = body.join('');
    if (!text.startsWith('0') && !/(\d)\1/.test(text)) return text + germanTaxDigit(text);
  }
}

/** French NIR: sex, year, month, department, commune, order, key; 15 characters. */
export function nir(dice: Dice): string {
  const department = dice.pick(['75', '69', '13', '33', '59', '31', '44', '67', '06', '35', '2A', '2B']);
  const body = `${between(dice, 1, 2)}${two(between(dice, 40, 99))}${two(between(dice, 1, 12))}${department}${pattern(dice, 'N##')}${pattern(dice, '##N')}`;
  return body + nirKey(body);
}

/** Spanish DNI: eight digits and a letter. */
export function dni(dice: Dice): string {
  const body = pattern(dice, 'N#######');
  return body + dniLetter(body);
}

/** Spanish NIE: X, Y or Z, seven digits and a letter. */
export function nie(dice: Dice): string {
  const body = dice.pick(['X', 'Y', 'Z']) + pattern(dice, '#######');
  return body + dniLetter(body);
}

/** Japan's My Number, twelve digits. */
export function myNumber(dice: Dice): string {
  const body = pattern(dice, 'N##########');
  return body + myNumberDigit(body);
}

/** Korean RRN, dashed. */
export function rrn(dice: Dice): string {
  const born = day(dice, 1955, 2004);
  const sex = between(dice, 1, 2) + (born.year >= 2000 ? 2 : 0);
  const body = `${two(born.year % 100)}${two(born.month)}${two(born.day)}${sex}${pattern(dice, '#####')}`;
  return `${body.slice(0, 6)}-${body.slice(6)}${rrnDigit(body)}`;
}

/** Taiwan's national id. */
export function taiwanId(dice: Dice): string {
  const body = letters(dice, 'ABCDEFGHJKLMNPQT', 1) + between(dice, 1, 2) + pattern(dice, '#######');
  return body + taiwanDigit(body);
}

/** Hong Kong's identity card number with its digit in brackets. */
export function hongKongId(dice: Dice): string {
  const body = letters(dice, 'ABCDEGHKPRYZ', 1) + pattern(dice, '######');
  return `${body}(${hongKongDigit(body)})`;
}
