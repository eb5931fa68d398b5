/** What English templates are filled with: people and places of the United States and the United Kingdom. */
import type { Dice } from '../../crash/dice.ts';
import { corruptedIban } from './bank.ts';
import { between, day, forms, labelled, letters, pattern, plain, two } from './draw.ts';
import { nhs, nino, spoiled, ssn } from './ids.ts';
import { email, sharedSlots, spelledEmail } from './slots.ts';
import type { Slots } from './types.ts';

const FIRST = [
  'Emily', 'Marcus', 'Priya', 'Dylan', 'Charlotte', 'Owen', 'Fatima', 'Grace', 'Tyrone', 'Hannah', 'Liam', 'Siobhan', 'Ethan',
  'Zoe', 'Harold', 'Beatrice', 'Kwame', 'Lucy', 'Desmond', 'Natalie', 'Gareth', 'Imogen', 'Rosa', 'Victor', 'Ava', 'Colin',
]; // biome-ignore format: names, many to a line
const LAST = [
  'Hargreaves', 'Nguyen', 'Patel', 'O’Connor', 'Whitfield', 'Okafor', 'Sullivan', 'McAllister', 'Bennett', 'Ramirez', 'Khan',
  'Thornton', 'Blackwood', 'Dubois', 'Fletcher', 'Osborne', 'Lindgren', 'Abernathy', 'Chowdhury', 'Pruitt', 'Walsh', 'Kendrick',
]; // biome-ignore format: names, many to a line
const WORDS = [
  'emily',
  'marcus',
  'priya',
  'dylan',
  'owen',
  'grace',
  'walsh',
  'patel',
  'okafor',
  'kendrick',
  'zoe',
  'fletcher',
];
const US_CITIES = [
  ['Portland', 'OR', '972##'], ['Columbus', 'OH', '432##'], ['Austin', 'TX', '787##'], ['Madison', 'WI', '537##'],
  ['Tucson', 'AZ', '857##'], ['Savannah', 'GA', '314##'], ['Boise', 'ID', '837##'], ['Albany', 'NY', '122##'],
] as const; // biome-ignore format: names, many to a line
const UK_CITIES = [
  ['Leeds', 'LS#'], ['Bristol', 'BS#'], ['Sheffield', 'S1#'], ['Cardiff', 'CF1#'], ['Edinburgh', 'EH#'], ['York', 'YO#'],
] as const; // biome-ignore format: names, many to a line
const US_STREETS = [
  'Maple Street',
  'Oakridge Drive',
  'W 43rd Street',
  'Jefferson Ave',
  'Pine Hollow Rd',
  'Lakeview Blvd',
  'Chestnut Lane',
];
const UK_STREETS = [
  'Church Lane',
  'Albert Road',
  'Station Road',
  'Priory Close',
  'Mill Street',
  'Queensway',
  'Harbour View',
];

export function firstName(dice: Dice): string {
  return dice.pick(FIRST);
}

const name = forms(
  (dice) => `${dice.pick(FIRST)} ${dice.pick(LAST)}`,
  (dice) => `${dice.pick(FIRST)} ${dice.pick(LAST)}`,
  (dice) => `${dice.pick(FIRST)} ${letters(dice, 'ABCDEJKLMRT', 1)}. ${dice.pick(LAST)}`,
  (dice) => `${dice.pick(FIRST)} ${dice.pick(LAST)}-${dice.pick(LAST)}`,
);

const address = forms(
  (dice) => {
    const [city, state, zip] = dice.pick(US_CITIES);
    const unit = dice.once(2)
      ? `${dice.pick([' Apt', ', Apt.', ' Unit'])} ${between(dice, 1, 40)}${dice.pick(['', 'B', 'C'])}`
      : '';
    return `${between(dice, 12, 9800)} ${dice.pick(US_STREETS)}${unit}, ${city}, ${state} ${pattern(dice, zip)}`;
  },
  (dice) => {
    const [city, code] = dice.pick(UK_CITIES);
    const flat = dice.once(3) ? `Flat ${between(dice, 1, 18)}, ` : '';
    return `${flat}${between(dice, 1, 190)} ${dice.pick(UK_STREETS)}, ${city} ${pattern(dice, code)} ${pattern(dice, 'N')}${letters(dice, 'ABDEFGHJLNPQRSTUWXYZ', 2)}`;
  },
);
const short = forms(
  (dice) => `${between(dice, 12, 980)} ${dice.pick(US_STREETS)}`,
  (dice) => `${between(dice, 1, 190)} ${dice.pick(UK_STREETS)}`,
);

const phone = forms(
  (dice) => `(${dice.pick(['503', '614', '512', '608', '520', '912'])}) 555-01${pattern(dice, '##')}`,
  (dice) =>
    `${dice.pick(['503', '614', '512', '208', '518'])}-${pattern(dice, '4##')}-${pattern(dice, '####')}`,
  (dice) => `+1 ${dice.pick(['503', '614', '512'])} ${pattern(dice, '7##')} ${pattern(dice, '####')}`,
  (dice) => `${dice.pick(['503', '614', '512'])}.${pattern(dice, '3##')}.${pattern(dice, '####')}`,
  (dice) => `07700 900${pattern(dice, '###')}`,
  (dice) => `+44 7${pattern(dice, '7## ######').replace(/^7\d\d/, dice.pick(['712', '812', '405']))}`,
  (dice) => `0113 496 0${pattern(dice, '###')}`,
  (dice) => `+44 (0)117 ${pattern(dice, '9## ####')}`,
);

const MONTHS = [
  'January',
  'March',
  'April',
  'May',
  'June',
  'August',
  'September',
  'October',
  'November',
  'December',
];
function written(dice: Dice, from: number, to: number): string {
  const at = day(dice, from, to);
  const month = dice.pick(MONTHS);
  return dice.pick([
    `${month} ${at.day}, ${at.year}`,
    `${at.day} ${month} ${at.year}`,
    `${two(at.month)}/${two(at.day)}/${at.year}`,
    `${at.year}-${two(at.month)}-${two(at.day)}`,
    `${at.day} ${month.slice(0, 3)} ${at.year}`,
  ]);
}

function spaced(text: string): string {
  return `${text.slice(0, 2)} ${text.slice(2, 4)} ${text.slice(4, 6)} ${text.slice(6, 8)} ${text.slice(8)}`;
}

const COUNTRIES = ['GB', 'IE', 'DE'];
export const english: Slots = {
  ...sharedSlots(COUNTRIES),
  badiban: plain((dice) => corruptedIban(dice, COUNTRIES)),
  name: labelled('PERSON', name),
  first: labelled('PERSON', firstName),
  surname: labelled('PERSON', (dice) => dice.pick(LAST)),
  email: labelled('EMAIL', email(WORDS, ['btinternet.com', 'aol.com'])),
  hiddenemail: labelled('EMAIL', spelledEmail(WORDS, ['aol.com'])),
  phone: labelled('PHONE', phone),
  addr: labelled('ADDRESS', address),
  short: labelled('ADDRESS', short),
  place: labelled(
    'PLACE',
    forms(
      (dice) => dice.pick(US_CITIES)[0],
      (dice) => dice.pick(UK_CITIES)[0],
      (dice) => dice.pick(['Canada', 'Ireland', 'Scotland', 'Texas', 'New Zealand', 'Oregon', 'France']),
    ),
  ),
  org: labelled(
    'ORGANIZATION',
    forms(
      (dice) =>
        `${dice.pick(['Brightwater', 'Halden', 'Juniper & Co', 'Stonegate', 'Merrow'])} ${dice.pick(['Ltd', 'Logistics LLC', 'Holdings plc', 'Textiles Inc.'])}`,
      (dice) =>
        `${dice.pick(['Fairview', 'St. Aldric', 'Riverside'])} ${dice.pick(['Community College', 'Primary School', 'Medical Center'])}`,
    ),
  ),
  ssn: labelled('NATIONAL_ID', ssn),
  nino: labelled(
    'NATIONAL_ID',
    forms(nino, (dice) => spaced(nino(dice))),
  ),
  nhs: labelled(
    'NATIONAL_ID',
    forms((dice) => nhs(dice).replace(/^(...)(...)/, '$1 $2 '), nhs),
  ),
  badnhs: plain((dice) => spoiled(dice, nhs(dice)).replace(/^(...)(...)/, '$1 $2 ')),
  passport: labelled(
    'PASSPORT',
    forms(
      (dice) => pattern(dice, 'N########'),
      (dice) => `${letters(dice, 'ABCXZ', 1)}${pattern(dice, '########')}`,
    ),
  ),
  plate: labelled(
    'PLATE',
    forms(
      (dice) =>
        `${letters(dice, 'ABCDEFGHKLMNOPRSTUVWXY', 2)}${dice.pick(['19', '21', '70', '73', '24'])} ${letters(dice, 'ABCDEFGHJKLMNOPRSTUVWXYZ', 3)}`,
      (dice) => `${letters(dice, 'ABCDEFGHJKLMNPRSTUVWXYZ', 3)}-${pattern(dice, '####')}`,
    ),
  ),
  birth: labelled('BIRTH_DATE', (dice) => written(dice, 1945, 2007)),
  date: plain((dice) => written(dice, 2024, 2026)),
  age: labelled('AGE', (dice) => String(between(dice, 18, 88))),
  price: plain((dice) => `${dice.pick(['$', '£'])}${between(dice, 4, 480)}.${dice.pick(['99', '00', '50'])}`),
  item: plain((dice) =>
    dice.pick([
      'wool scarf',
      'garden hose',
      'desk lamp',
      'running shoes',
      'teapot',
      'rain jacket',
      'coffee grinder',
      'bath towels',
    ]),
  ),
};
