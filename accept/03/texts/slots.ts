/** Slots that every language has: addresses of the net, devices, secrets, cards, and the shop's own numbers. */
import { createHash } from 'node:crypto';
import type { Dice } from '../../crash/dice.ts';
import { corruptedCard, corruptedIban, grouped, groupedIban, iban, reference, worldCard } from './bank.ts';
import { luhnDigit, luhnHolds, residentHolds } from './checksum.ts';
import { between, day, forms, labelled, letters, pattern, plain, two } from './draw.ts';
import type { Slots } from './types.ts';

const HEX = '0123456789abcdef';
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const DOMAINS = [
  'mingyuehome', 'blauwerk', 'kite-and-thread', 'maisonferrand', 'tiendalumbre', 'hoshizora', 'areum-shop',
  'northfold', 'greenparcel', 'ofenfrisch24', 'papelybarro', 'yunlaige', 'lindqvist', 'cafe-morgenrot',
]; // biome-ignore format: names, many to a line
const ENDINGS = [
  'com',
  'net',
  'org',
  'io',
  'shop',
  'cn',
  'com.cn',
  'de',
  'fr',
  'es',
  'jp',
  'co.jp',
  'kr',
  'co.kr',
  'co.uk',
  'eu',
];
const MAILERS = [
  'gmail.com',
  'outlook.com',
  'yahoo.com',
  'icloud.com',
  'hotmail.com',
  'proton.me',
  'example.org',
];

/** A local part of an e-mail, from `words` of the language. */
export function localPart(dice: Dice, words: readonly string[]): string {
  const [first, second] = [dice.pick(words), dice.pick(words)];
  return dice.pick([
    `${first}.${second}`,
    `${first}${between(dice, 1, 9999)}`,
    `${first}_${second}`,
    `${first[0]}${second}`,
    `${first}${second}${two(between(dice, 60, 99))}`,
    `${first}-${second}`,
    `${first}+shop`,
  ]);
}

/** The slot for an e-mail in its usual form. */
export function email(words: readonly string[], mailers: readonly string[]): (dice: Dice) => string {
  return (dice) => {
    const host = dice.once(4)
      ? `${dice.pick(DOMAINS)}.${dice.pick(ENDINGS)}`
      : dice.pick([...mailers, ...MAILERS]);
    const text = `${localPart(dice, words)}@${host}`;
    return dice.once(9) ? text[0]?.toUpperCase() + text.slice(1) : text;
  };
}

/** An e-mail written so that robots do not find it. */
export function spelledEmail(words: readonly string[], mailers: readonly string[]): (dice: Dice) => string {
  return (dice) => {
    const [local, host] = [localPart(dice, words).replace('+shop', ''), dice.pick([...mailers, ...MAILERS])];
    const [at, dot] = dice.pick([
      [' at ', ' dot '],
      ['(at)', '.'],
      [' [at] ', ' [dot] '],
      ['[at]', '.'],
      [' AT ', ' DOT '],
      [' (at) ', ' (dot) '],
    ] as const);
    return `${local}${at}${host.replaceAll('.', dot)}`;
  };
}

const url = forms(
  (dice) => `https://www.${dice.pick(DOMAINS)}.${dice.pick(ENDINGS)}/`,
  (dice) => `https://${dice.pick(DOMAINS)}.${dice.pick(ENDINGS)}/p/${between(dice, 100, 99999)}`,
  (dice) => `http://m.${dice.pick(DOMAINS)}.${dice.pick(ENDINGS)}/item?id=${between(dice, 1000, 999999)}`,
);
const domain = forms(
  (dice) => `www.${dice.pick(DOMAINS)}.${dice.pick(ENDINGS)}`,
  (dice) => `${dice.pick(DOMAINS)}.${dice.pick(['com', 'de', 'fr', 'es', 'cn', 'jp', 'net'])}`,
);

function hex(dice: Dice, count: number): string {
  return letters(dice, HEX, count);
}

const ip = forms(
  (dice) =>
    `${between(dice, 11, 223)}.${between(dice, 0, 255)}.${between(dice, 0, 255)}.${between(dice, 1, 254)}`,
  (dice) => `192.168.${between(dice, 0, 20)}.${between(dice, 2, 254)}`,
  (dice) => `2001:db8:${hex(dice, 4)}:${hex(dice, 4)}::${dice.pick(['1', 'a', '2f'])}`,
  (dice) =>
    `2a02:${Array.from({ length: 7 }, () => `${dice.pick([...'123456789abcdef'])}${hex(dice, 3)}`).join(':')}`,
);

function mac(dice: Dice): string {
  const bytes = Array.from({ length: 6 }, () => hex(dice, 2));
  return dice.pick([bytes.join(':'), bytes.join(':').toUpperCase(), bytes.join('-').toUpperCase()]);
}

function uuid(dice: Dice): string {
  return `${hex(dice, 8)}-${hex(dice, 4)}-4${hex(dice, 3)}-a${hex(dice, 3)}-${hex(dice, 12)}`;
}

function imei(dice: Dice): string {
  const body = `${dice.pick(['35', '86'])}${pattern(dice, '############')}`;
  return body + luhnDigit(body);
}

function jwt(dice: Dice): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = part({
    sub: String(between(dice, 1000, 99999)),
    iat: between(dice, 1_700_000_000, 1_790_000_000),
  });
  const signature = createHash('sha256').update(body).digest('base64url');
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${body}.${signature}`;
}

/** Prefixes are put together at run time: a scanner for leaked keys has nothing to find in this file. */
const secret = forms(
  (dice) => `sk_${'live'}_${letters(dice, BASE64, 24)}`,
  (dice) => `AK${'IA'}${letters(dice, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`,
  (dice) => `gh${'p'}_${letters(dice, BASE64, 36)}`,
  (dice) => `xox${'b'}-${pattern(dice, '############')}-${letters(dice, BASE64, 24)}`,
  (dice) => `AI${'za'}${letters(dice, `${BASE64}_`, 35)}`,
  jwt,
);

function password(dice: Dice): string {
  const word = dice.pick([
    'Sonne',
    'Tiger',
    'moon',
    'Panda',
    'kirsche',
    'Qwer',
    'lluvia',
    'Neige',
    'hana',
    'Xiaomao',
  ]);
  return `${word}${between(dice, 10, 9999)}${dice.pick(['!', '#', '$', '!!', '@', '*'])}`;
}

function coordinates(dice: Dice): string {
  const [latitude, longitude] = [between(dice, 20, 59), between(dice, 2, 139)];
  const fraction = () => pattern(dice, dice.pick(['####N', '#####N']));
  return `${latitude}.${fraction()}${dice.pick([', ', ','])}${longitude}.${fraction()}`;
}

/** A number of the shop that neither is nor looks by its checksum like a card, a device or a person. */
export function harmless(draw: (dice: Dice) => string): (dice: Dice) => string {
  return (dice) => {
    for (;;) {
      const text = draw(dice);
      const digits = text.replace(/\D/g, '');
      const mistaken = digits.length >= 12 && (luhnHolds(digits) || residentHolds(digits));
      if (!mistaken && !/^(?:0|1[3-9]|86)/.test(digits)) return text;
    }
  };
}

function stamp(dice: Dice): string {
  const when = day(dice, 2023, 2026);
  return `${when.year}${two(when.month)}${two(when.day)}`;
}

const order = harmless(
  forms(
    (dice) => `${stamp(dice)}${pattern(dice, '##########')}`,
    (dice) => `${stamp(dice)}${pattern(dice, '########')}`,
    (dice) => pattern(dice, 'N#################'),
    (dice) => `#${between(dice, 2001, 98999)}`,
    (dice) => `A-2${pattern(dice, '#######')}`,
    (dice) => `WEB-${pattern(dice, '2######')}-${letters(dice, 'ABCDEFGH', 2)}`,
  ),
);
const track = harmless(
  forms(
    (dice) => `SF${pattern(dice, '2############')}`,
    (dice) => `YT${pattern(dice, '7############')}`,
    (dice) => `JDVB${pattern(dice, '2##########')}`,
    (dice) => `1Z${pattern(dice, '@##@#@##########')}`.slice(0, 18),
    (dice) => `RR${pattern(dice, '4########')}DE`,
    (dice) => pattern(dice, '4###########'),
  ),
);
const sku = forms(
  (dice) =>
    `${letters(dice, 'BCDHKLMT', 2)}-${pattern(dice, '####')}-${dice.pick(['S', 'M', 'L', 'XL', '38', '42'])}`,
  (dice) => `SKU${pattern(dice, '2#####')}`,
  (dice) => `${letters(dice, 'BCDHKLMT', 3)}${pattern(dice, '##')}/${dice.pick(['BLK', 'RED', 'GRN'])}`,
);
const coupon = forms(
  (dice) => `SAVE${between(dice, 10, 50)}`,
  (dice) => `${letters(dice, 'ABCDEFGHKLMNPQRTUVWXY', 4)}${between(dice, 10, 99)}OFF`,
  (dice) => `${letters(dice, 'ABCDEFGHKLMNPQRTUVWXY2345', 5)}-${letters(dice, 'ABCDEFGHKLMNPQRTUVWXY', 5)}`,
);

/** Cards as they are typed. */
export function typedCard(draw: (dice: Dice) => string): (dice: Dice) => string {
  return (dice) => {
    const card = draw(dice);
    return dice.pick([card, card, grouped(card, ' '), grouped(card, ' '), grouped(card, '-')]);
  };
}

/** The slots above, with IBANs of `countries`. */
export function sharedSlots(countries: readonly string[]): Slots {
  return {
    url: labelled('URL_DOMAIN', url),
    domain: labelled('URL_DOMAIN', domain),
    ip: labelled('IP', ip),
    mac: labelled('MAC', mac),
    device: labelled('DEVICE_ID', uuid),
    imei: labelled('DEVICE_ID', imei),
    secret: labelled('SECRET', secret),
    password: labelled('SECRET', password),
    geo: labelled('LOCATION', coordinates),
    card: labelled('PAYMENT_CARD', typedCard(worldCard)),
    badcard: plain(typedCard((dice) => corruptedCard(dice, worldCard(dice)))),
    iban: labelled('IBAN', (dice) =>
      dice.pick([(one: string) => one, groupedIban, groupedIban])(iban(dice, countries)),
    ),
    badiban: plain((dice) => groupedIban(corruptedIban(dice, countries))),
    order: plain(order),
    track: plain(track),
    sku: plain(sku),
    coupon: plain(coupon),
    ref: plain(reference),
    n: plain((dice) => String(between(dice, 2, 9))),
    last4: plain((dice) => pattern(dice, '####')),
    time: plain((dice) => `${two(between(dice, 7, 22))}:${two(between(dice, 0, 59))}`),
    stamp: plain((dice) => {
      const at = day(dice, 2024, 2026);
      return `${at.year}-${two(at.month)}-${two(at.day)}T${two(between(dice, 0, 23))}:${two(between(dice, 0, 59))}:${two(between(dice, 0, 59))}Z`;
    }),
  };
}
