/** What German templates are filled with: people and places of Germany, Austria and Switzerland. */
import type { Dice } from '../../crash/dice.ts';
import { between, day, forms, labelled, letters, pattern, plain, two } from './draw.ts';
import { germanTaxId, spoiled } from './ids.ts';
import { email, sharedSlots, spelledEmail } from './slots.ts';
import type { Slots } from './types.ts';

const FIRST = [
  'Anneliese', 'Jürgen', 'Katrin', 'Moritz', 'Sabine', 'Lukas', 'Heike', 'Torsten', 'Elif', 'Friederike', 'Günther', 'Paul',
  'Ulrike', 'Matthias', 'Svenja', 'Emre', 'Johanna', 'Dieter', 'Mareike', 'Felix', 'Renate', 'Till', 'Annika', 'Wolfgang',
]; // biome-ignore format: names, many to a line
const LAST = [
  'Schröder', 'Winkler', 'Lehmann', 'Kowalski', 'Brandt', 'Yılmaz', 'Obermaier', 'Vogel', 'Hartmann', 'Böhm', 'Steinbach', 'Krüger',
  'Ziegler', 'Pfeiffer', 'Engelhardt', 'Lorenz', 'Seidel', 'Thiele', 'Dietrich', 'Huber', 'Wegener', 'Jansen', 'Aydın', 'Großmann',
]; // biome-ignore format: names, many to a line
const WORDS = [
  'katrin',
  'moritz',
  'lehmann',
  'vogel',
  'brandt',
  'svenja',
  'krueger',
  'jansen',
  'felix',
  'huber',
  'johanna',
];
const CITIES = [
  ['Leipzig', '041##'], ['Hamburg', '222##'], ['München', '803##'], ['Köln', '506##'], ['Freiburg im Breisgau', '791##'],
  ['Dresden', '010##'], ['Bremen', '281##'], ['Kassel', '341##'], ['Regensburg', '930##'], ['Rostock', '180##'],
] as const; // biome-ignore format: names, many to a line
const ABROAD = [
  ['Wien', '10#0'],
  ['Graz', '80#0'],
  ['Zürich', '80##'],
  ['Bern', '30##'],
] as const;
const STREETS = [
  'Lindenstraße',
  'Goetheweg',
  'Am Stadtpark',
  'Bahnhofstr.',
  'Hauptstraße',
  'Karl-Marx-Allee',
  'Mühlenweg',
  'Rosengasse',
  'Schillerplatz',
  'Lange Reihe',
  'An der Alten Mühle',
  'Kastanienallee',
];

const address = forms((dice) => {
  const abroad = dice.once(6);
  const [city, code] = abroad ? dice.pick(ABROAD) : dice.pick(CITIES);
  const house = `${between(dice, 1, 148)}${dice.pick(['', '', '', 'a', 'b', ' c'])}`;
  return `${dice.pick(STREETS)} ${house}, ${dice.once(8) ? 'D-' : ''}${pattern(dice, code)} ${city}`;
});
const short = forms((dice) => `${dice.pick(STREETS)} ${between(dice, 1, 148)}${dice.pick(['', '', 'a'])}`);

const phone = forms(
  (dice) => `${dice.pick(['0151', '0160', '0171', '0176', '0157'])} ${pattern(dice, 'N#######')}`,
  (dice) => `${dice.pick(['0151', '0170', '0172'])}/${pattern(dice, 'N#######')}`,
  (dice) => `+49 ${dice.pick(['151', '160', '171', '176'])} ${pattern(dice, 'N#######')}`,
  (dice) => `0${dice.pick(['40', '89', '30', '221', '341'])} ${pattern(dice, 'N######')}`,
  (dice) => `+49 (0)${dice.pick(['40', '89', '30'])} ${pattern(dice, 'N##')}-${pattern(dice, '####')}`,
  (dice) => `0${dice.pick(['341', '421', '561'])} / ${pattern(dice, 'N## ## ##')}`,
  (dice) => `+43 660 ${pattern(dice, 'N######')}`,
  (dice) => `+41 79 ${pattern(dice, 'N## ## ##')}`,
);

const MONTHS = [
  'Januar',
  'Februar',
  'März',
  'April',
  'Mai',
  'Juni',
  'Juli',
  'August',
  'September',
  'Oktober',
  'November',
  'Dezember',
];
function written(dice: Dice, from: number, to: number): string {
  const at = day(dice, from, to);
  return dice.pick([
    `${two(at.day)}.${two(at.month)}.${at.year}`,
    `${at.day}.${at.month}.${at.year}`,
    `${at.day}. ${MONTHS[at.month - 1]} ${at.year}`,
    `${at.year}-${two(at.month)}-${two(at.day)}`,
  ]);
}

export const german: Slots = {
  ...sharedSlots(['DE', 'DE', 'AT', 'CH']),
  name: labelled(
    'PERSON',
    forms(
      (dice) => `${dice.pick(FIRST)} ${dice.pick(LAST)}`,
      (dice) => `${dice.pick(FIRST)} ${dice.pick(LAST)}`,
      (dice) => `${dice.pick(FIRST)} ${dice.pick(LAST)}-${dice.pick(LAST)}`,
      (dice) => `${dice.pick(FIRST)} von ${dice.pick(['Arnsberg', 'Reventlow', 'Thalheim'])}`,
    ),
  ),
  first: labelled('PERSON', (dice) => dice.pick(FIRST)),
  surname: labelled('PERSON', (dice) => dice.pick(LAST)),
  email: labelled('EMAIL', email(WORDS, ['gmx.de', 'web.de', 't-online.de', 'posteo.de'])),
  hiddenemail: labelled('EMAIL', spelledEmail(WORDS, ['gmx.de', 'web.de'])),
  phone: labelled('PHONE', phone),
  addr: labelled('ADDRESS', address),
  short: labelled('ADDRESS', short),
  place: labelled(
    'PLACE',
    forms(
      (dice) => dice.pick(CITIES)[0],
      (dice) => dice.pick(['Österreich', 'Bayern', 'Wien', 'Dänemark', 'Italien', 'Sachsen', 'Polen']),
    ),
  ),
  org: labelled(
    'ORGANIZATION',
    forms(
      (dice) =>
        `${dice.pick(['Hansen & Söhne', 'Nordlicht Versand', 'Talblick Möbel', 'Wiesengrund', 'Kaltenbach'])} ${dice.pick(['GmbH', 'AG', 'GmbH & Co. KG', 'e. K.'])}`,
      (dice) =>
        `${dice.pick(['Sankt-Anna', 'Lessing', 'Humboldt'])}-${dice.pick(['Gymnasium', 'Klinik', 'Grundschule'])}`,
    ),
  ),
  taxid: labelled(
    'NATIONAL_ID',
    forms(germanTaxId, (dice) => germanTaxId(dice).replace(/^(..)(...)(...)/, '$1 $2 $3 ')),
  ),
  badtaxid: plain((dice) => spoiled(dice, germanTaxId(dice)).replace(/^(..)(...)(...)/, '$1 $2 $3 ')),
  passport: labelled(
    'PASSPORT',
    (dice) =>
      `C${letters(dice, 'FGHJKLMNPRTVWXYZ', 1)}${pattern(dice, 'N##')}${letters(dice, 'CFGHJKLMNPRTVWXYZ', 2)}${pattern(dice, '##')}`,
  ),
  plate: labelled(
    'PLATE',
    (dice) =>
      `${dice.pick(['B', 'HH', 'L', 'M', 'KS', 'DD', 'FR', 'HRO'])}-${letters(dice, 'ABCDEFGHKLMNPRSTUVWXYZ', 2)} ${between(dice, 1, 9999)}${dice.once(6) ? 'E' : ''}`,
  ),
  birth: labelled('BIRTH_DATE', (dice) => written(dice, 1942, 2007)),
  date: plain((dice) => written(dice, 2024, 2026)),
  age: labelled('AGE', (dice) => String(between(dice, 18, 91))),
  price: plain((dice) =>
    dice.pick([
      `${between(dice, 4, 480)},${dice.pick(['99', '00', '50'])} €`,
      `${between(dice, 4, 480)} EUR`,
    ]),
  ),
  item: plain((dice) =>
    dice.pick([
      'Wolldecke',
      'Kaffeemühle',
      'Schreibtischlampe',
      'Regenjacke',
      'Teekanne',
      'Laufschuhe',
      'Gartenschere',
    ]),
  ),
};
