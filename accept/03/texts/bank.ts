/** Bank cards and accounts. Ranges of issuers are real, the numbers are invented. */
import type { Dice } from '../../crash/dice.ts';
import { ibanRemainder, luhnDigit, luhnHolds } from './checksum.ts';
import { between, letters, pattern, two } from './draw.ts';

/** UnionPay debit cards of 19 and credit cards of 16 digits. */
export function unionPay(dice: Dice): string {
  const prefix = dice.pick(['621226', '621700', '622848', '621483', '622262', '623058', '621799', '622202']);
  const body = `${prefix}${pattern(dice, '############')}`;
  const short = `${dice.pick(['622580', '625910', '628288', '622689'])}${pattern(dice, '#########')}`;
  const chosen = dice.once(3) ? short : body;
  return chosen + luhnDigit(chosen);
}

/** Visa, Mastercard, Amex, JCB. */
export function worldCard(dice: Dice): string {
  const body = pattern(
    dice,
    dice.pick([
      '4###########N##',
      '4539########N##',
      '5N########N####',
      '2720###########',
      '37############',
      '3528###########',
    ]),
  ).replace(/^5[6-9]/, '53');
  return body + luhnDigit(body);
}

/** A card number with a digit typed wrong. */
export function corruptedCard(dice: Dice, card: string): string {
  for (;;) {
    const at = between(dice, 6, card.length - 1);
    const bad = card.slice(0, at) + pattern(dice, '#') + card.slice(at + 1);
    if (!luhnHolds(bad)) return bad;
  }
}

/** Groups of four, Amex in 4-6-5. */
export function grouped(card: string, by: string): string {
  if (card.length === 15) return [card.slice(0, 4), card.slice(4, 10), card.slice(10)].join(by);
  return (card.match(/\d{1,4}/g) as string[]).join(by);
}

function spanishBban(dice: Dice): string {
  const digit = (text: string) => {
    const weights = [1, 2, 4, 8, 5, 10, 9, 7, 3, 6];
    const rest = 11 - (weights.reduce((sum, weight, at) => sum + weight * Number(text[at]), 0) % 11);
    return rest === 10 ? '1' : rest === 11 ? '0' : String(rest);
  };
  const bank = dice.pick(['0049', '0075', '0081', '2100', '0182', '2038']) + pattern(dice, '####');
  const account = pattern(dice, '##########');
  return `${bank}${digit(`00${bank}`)}${digit(account)}${account}`;
}

function frenchBban(dice: Dice): string {
  const [bank, branch, account] = [
    dice.pick(['30002', '30004', '20041', '10278', '30003']),
    pattern(dice, '0####'),
    pattern(dice, '0##########'),
  ];
  const rest = (89n * BigInt(bank) + 15n * BigInt(branch) + 3n * BigInt(account)) % 97n;
  return `${bank}${branch}${account}${two(Number(97n - rest))}`;
}

const BBAN: Readonly<Record<string, (dice: Dice) => string>> = {
  DE: (dice) =>
    pattern(dice, dice.pick(['37040044', '10010010', '50010517', '70150000'])) + pattern(dice, '##########'),
  AT: (dice) => dice.pick(['12000', '20111', '32000']) + pattern(dice, '###########'),
  CH: (dice) => dice.pick(['00762', '00700', '09000']) + pattern(dice, '############'),
  GB: (dice) => dice.pick(['NWBK', 'BARC', 'LOYD', 'MIDL']) + pattern(dice, '##############'),
  IE: (dice) => dice.pick(['AIBK', 'BOFI']) + pattern(dice, '##############'),
  ES: spanishBban,
  FR: frenchBban,
};

/** An IBAN of one of `countries`, written together. */
export function iban(dice: Dice, countries: readonly string[]): string {
  const country = dice.pick(countries);
  const bban = (BBAN[country] as (dice: Dice) => string)(dice);
  const check = 98 - ibanRemainder(`${country}00${bban}`);
  return `${country}${two(check)}${bban}`;
}

/** An IBAN whose check digits are wrong. */
export function corruptedIban(dice: Dice, countries: readonly string[]): string {
  const right = iban(dice, countries);
  const check = Number(right.slice(2, 4));
  return `${right.slice(0, 2)}${two(((check + between(dice, 1, 60)) % 96) + 2)}${right.slice(4)}`.replace(
    /^(..)(..)/,
    (head) => (head === right.slice(0, 4) ? `${right.slice(0, 2)}00` : head),
  );
}

/** An IBAN in groups of four. */
export function groupedIban(text: string): string {
  return (text.match(/.{1,4}/g) as string[]).join(' ');
}

/** Letters and digits without meaning, as banks print them on statements. */
export function reference(dice: Dice): string {
  return letters(dice, 'ABCDEFGHKLMNPRTUWXY', 3) + pattern(dice, '-######');
}
