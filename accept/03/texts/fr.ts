/** What French templates are filled with: people and places of France. */
import type { Dice } from '../../crash/dice.ts';
import { between, day, forms, labelled, letters, pattern, plain, two } from './draw.ts';
import { nir } from './ids.ts';
import { email, sharedSlots, spelledEmail } from './slots.ts';
import type { Slots } from './types.ts';

const FIRST = [
  'Amélie', 'Jean-Luc', 'Françoise', 'Théo', 'Nadia', 'Bastien', 'Chantal', 'Youssef', 'Élodie', 'Gérard', 'Clémence', 'Hugo',
  'Maëlle', 'Antoine', 'Sylvie', 'Karim', 'Océane', 'Patrice', 'Marie-Claude', 'Lucas', 'Inès', 'Thierry', 'Solène', 'Rémi',
]; // biome-ignore format: names, many to a line
const LAST = [
  'Lefèvre', 'Moreau', 'Benali', 'Girard', 'Chevalier', 'Le Goff', 'Marchand', 'Perrin', 'Diallo', 'Roussel', 'Gauthier', 'Haddad',
  'Barbier', 'Delacroix', 'Fontaine', 'Lemaire', 'Noël', 'Picard', 'Guichard', 'Texier', 'Aubert', 'Kervella', 'Vasseur', 'Rolland',
]; // biome-ignore format: names, many to a line
const WORDS = [
  'amelie',
  'theo',
  'moreau',
  'girard',
  'solene',
  'hugo',
  'perrin',
  'roussel',
  'nadia',
  'remi',
  'aubert',
  'clemence',
];
const CITIES = [
  ['Lyon', '6900#'], ['Nantes', '44000'], ['Bordeaux', '33000'], ['Lille', '59000'], ['Montpellier', '340##'], ['Rennes', '35000'],
  ['Paris', '7501#'], ['Toulouse', '31#00'], ['Annecy', '74000'], ['Saint-Étienne', '42000'], ['Aix-en-Provence', '13090'],
] as const; // biome-ignore format: names, many to a line
const STREETS = [
  'rue Victor-Hugo', 'avenue Jean Jaurès', 'boulevard de la République', 'rue des Lilas', 'place du Marché', 'allée des Tilleuls',
  'chemin du Moulin', 'impasse des Acacias', 'quai de la Fosse', 'rue du Général Leclerc', 'cours Lafayette',
]; // biome-ignore format: names, many to a line

function house(dice: Dice): string {
  return `${between(dice, 1, 180)}${dice.pick(['', '', '', ' bis', ' ter'])}${dice.pick([', ', ' '])}${dice.pick(STREETS)}`;
}
const address = forms((dice) => {
  const [city, code] = dice.pick(CITIES);
  const flat = dice.once(3)
    ? `${dice.pick(['Appt', 'Bât. B, apt', 'Résidence Bellevue, appt'])} ${between(dice, 1, 60)}, `
    : '';
  return `${flat}${house(dice)}, ${pattern(dice, code).replace(/^75010|^69000/, (one) => `${one.slice(0, 4)}1`)} ${city}`;
});

const phone = forms(
  (dice) => `06 ${pattern(dice, '6# ## ## ##')}`,
  (dice) => `06${pattern(dice, '1#######')}`,
  (dice) => `0${dice.pick(['1', '2', '3', '4', '5'])} ${pattern(dice, '4# ## ## ##')}`,
  (dice) => `06.${pattern(dice, '2#.##.##.##')}`,
  (dice) => `+33 6 ${pattern(dice, '3# ## ## ##')}`,
  (dice) => `+33 (0)1 ${pattern(dice, '4# ## ## ##')}`,
  (dice) => `+336${pattern(dice, '5#######')}`,
);

const MONTHS = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
];
function written(dice: Dice, from: number, to: number): string {
  const at = day(dice, from, to);
  return dice.pick([
    `${two(at.day)}/${two(at.month)}/${at.year}`,
    `${two(at.day)}/${two(at.month)}/${at.year}`,
    `${at.day} ${MONTHS[at.month - 1]} ${at.year}`,
    `${two(at.day)}-${two(at.month)}-${at.year}`,
  ]);
}

function spacedNir(text: string): string {
  return text.replace(/^(.)(..)(..)(..)(...)(...)(..)$/, '$1 $2 $3 $4 $5 $6 $7');
}

function wrongNir(dice: Dice): string {
  const right = nir(dice);
  const key = ((Number(right.slice(13)) + between(dice, 1, 90)) % 97) + 1;
  return right.slice(0, 13) + (two(key) === right.slice(13) ? '00' : two(key));
}

export const french: Slots = {
  ...sharedSlots(['FR', 'FR', 'DE']),
  name: labelled(
    'PERSON',
    forms(
      (dice) => `${dice.pick(FIRST)} ${dice.pick(LAST)}`,
      (dice) => `${dice.pick(FIRST)} ${dice.pick(LAST)}`,
      (dice) => `${dice.pick(FIRST)} ${dice.pick(LAST).toUpperCase()}`,
      (dice) => `${dice.pick(FIRST)} de ${dice.pick(['Montfort', 'Kerguelen', 'Saint-Aubin'])}`,
    ),
  ),
  first: labelled('PERSON', (dice) => dice.pick(FIRST)),
  surname: labelled('PERSON', (dice) => dice.pick(LAST)),
  email: labelled('EMAIL', email(WORDS, ['orange.fr', 'free.fr', 'laposte.net', 'wanadoo.fr'])),
  hiddenemail: labelled('EMAIL', spelledEmail(WORDS, ['orange.fr', 'free.fr'])),
  phone: labelled('PHONE', phone),
  addr: labelled('ADDRESS', address),
  short: labelled('ADDRESS', house),
  place: labelled(
    'PLACE',
    forms(
      (dice) => dice.pick(CITIES)[0],
      (dice) => dice.pick(['Belgique', 'Bretagne', 'Espagne', 'Suisse', 'Martinique', 'Québec', 'Italie']),
    ),
  ),
  org: labelled(
    'ORGANIZATION',
    forms(
      (dice) =>
        `${dice.pick(['Ateliers Ferrand', 'Maison Duvallon', 'Transports Morel', 'Verdière'])} ${dice.pick(['SARL', 'SAS', 'SA'])}`,
      (dice) =>
        `${dice.pick(['lycée', 'clinique', 'collège'])} ${dice.pick(['Saint-Exupéry', 'Marie-Curie', 'Bellerive'])}`,
    ),
  ),
  nir: labelled(
    'NATIONAL_ID',
    forms(
      nir,
      (dice) => spacedNir(nir(dice)),
      (dice) => spacedNir(nir(dice)),
    ),
  ),
  badnir: plain((dice) => spacedNir(wrongNir(dice))),
  passport: labelled(
    'PASSPORT',
    (dice) => `${pattern(dice, '##')}${letters(dice, 'ABCDEFGHKLMNPRTVWXY', 2)}${pattern(dice, '#####')}`,
  ),
  plate: labelled(
    'PLATE',
    (dice) =>
      `${letters(dice, 'ABCDEFGHJKLMNPQRSTVWXYZ', 2)}-${pattern(dice, '###')}-${letters(dice, 'ABCDEFGHJKLMNPQRSTVWXYZ', 2)}`,
  ),
  birth: labelled('BIRTH_DATE', (dice) => written(dice, 1942, 2007)),
  date: plain((dice) => written(dice, 2024, 2026)),
  age: labelled('AGE', (dice) => String(between(dice, 18, 91))),
  price: plain((dice) => `${between(dice, 4, 480)},${dice.pick(['90', '00', '50'])} €`),
  item: plain((dice) =>
    dice.pick([
      'écharpe en laine',
      'théière',
      'lampe de bureau',
      'veste de pluie',
      'cafetière',
      'chaussures de course',
    ]),
  ),
};
