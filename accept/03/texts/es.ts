/** What Spanish templates are filled with: people and places of Spain, and some of Mexico. */
import type { Dice } from '../../crash/dice.ts';
import { between, day, forms, labelled, letters, pattern, plain, two } from './draw.ts';
import { dni, nie, spoiled } from './ids.ts';
import { email, sharedSlots, spelledEmail } from './slots.ts';
import type { Slots } from './types.ts';

const FIRST = [
  'Lucía', 'Javier', 'Carmen', 'Íñigo', 'María José', 'Álvaro', 'Rocío', 'Santiago', 'Noelia', 'Jesús', 'Pilar', 'Mateo',
  'Ximena', 'Ramón', 'Begoña', 'Andrés', 'Soledad', 'Gonzalo', 'Valeria', 'Joaquín', 'Encarnación', 'Diego', 'Leire', 'Marc',
]; // biome-ignore format: names, many to a line
const LAST = [
  'García', 'Muñoz', 'Etxeberria', 'Castillo', 'Ibáñez', 'Romero', 'Vidal', 'Núñez', 'Serrano', 'Peña', 'Fuentes', 'Arroyo',
  'Cordero', 'Domínguez', 'Esteban', 'Gallardo', 'Hidalgo', 'Lozano', 'Montoya', 'Quintana', 'Salazar', 'Tejedor', 'Urrutia', 'Zamora',
]; // biome-ignore format: names, many to a line
const WORDS = [
  'lucia',
  'javier',
  'munoz',
  'castillo',
  'vidal',
  'rocio',
  'serrano',
  'noelia',
  'gonzalo',
  'pilar',
  'leire',
  'diego',
];
const CITIES = [
  ['Madrid', '280##'], ['Sevilla', '410##'], ['Valencia', '460##'], ['Bilbao', '480##'], ['Zaragoza', '500##'], ['Málaga', '290##'],
  ['Vigo', '362##'], ['Salamanca', '370##'], ['Murcia', '300##'], ['Barcelona', '080##'],
] as const; // biome-ignore format: names, many to a line
const STREETS = [
  'Calle Mayor', 'C/ San Bernardo', 'Avda. de la Constitución', 'Paseo del Prado', 'Plaza de España', 'Calle de las Huertas',
  'C/ Doctor Fleming', 'Avenida de América', 'Ronda de Toledo', 'Camino Viejo',
]; // biome-ignore format: names, many to a line

function house(dice: Dice): string {
  return `${dice.pick(STREETS)}${dice.pick([', ', ' ', ' nº '])}${between(dice, 1, 190)}`;
}
const address = forms(
  (dice) => {
    const [city, code] = dice.pick(CITIES);
    const floor = dice.once(3)
      ? ''
      : `, ${between(dice, 1, 9)}º ${dice.pick(['A', 'B', 'izq.', 'dcha.', '2ª'])}`;
    return `${house(dice)}${floor}, ${pattern(dice, code)} ${city}`;
  },
  (dice) => {
    const [city, code] = dice.pick(CITIES);
    return `${house(dice)}, ${pattern(dice, code)} ${city}`;
  },
  (dice) =>
    `Av. Insurgentes Sur ${between(dice, 100, 1900)}, Col. ${dice.pick(['Del Valle', 'Roma Norte', 'Nápoles'])}, ${pattern(dice, '03###')} Ciudad de México`,
);

const phone = forms(
  (dice) => pattern(dice, '6## ## ## ##'),
  (dice) => pattern(dice, '6## ### ###'),
  (dice) => pattern(dice, '6########'),
  (dice) => `+34 ${pattern(dice, '6## ### ###')}`,
  (dice) => `+34 91 ${pattern(dice, '5## ## ##')}`,
  (dice) => `9${dice.pick(['1', '3', '5'])} ${pattern(dice, '4## ## ##')}`,
  (dice) => `0034 ${pattern(dice, '6########')}`,
  (dice) => `+52 55 ${pattern(dice, '5### ####')}`,
);

const MONTHS = [
  'enero',
  'febrero',
  'marzo',
  'abril',
  'mayo',
  'junio',
  'julio',
  'agosto',
  'septiembre',
  'octubre',
  'noviembre',
  'diciembre',
];
function written(dice: Dice, from: number, to: number): string {
  const at = day(dice, from, to);
  return dice.pick([
    `${two(at.day)}/${two(at.month)}/${at.year}`,
    `${at.day} de ${MONTHS[at.month - 1]} de ${at.year}`,
    `${two(at.day)}-${two(at.month)}-${at.year}`,
    `${at.day}/${at.month}/${at.year}`,
  ]);
}

const dashed = (id: string) => `${id.slice(0, -1)}-${id.slice(-1)}`;
const dotted = (id: string) => id.replace(/^(\d\d)(\d{3})(\d{3})/, '$1.$2.$3-');

export const spanish: Slots = {
  ...sharedSlots(['ES', 'ES', 'FR']),
  name: labelled(
    'PERSON',
    forms(
      (dice) => `${dice.pick(FIRST)} ${dice.pick(LAST)} ${dice.pick(LAST)}`,
      (dice) => `${dice.pick(FIRST)} ${dice.pick(LAST)}`,
      (dice) => `${dice.pick(FIRST)} de la ${dice.pick(['Fuente', 'Cruz', 'Torre'])} ${dice.pick(LAST)}`,
    ),
  ),
  first: labelled('PERSON', (dice) => dice.pick(FIRST)),
  surname: labelled('PERSON', (dice) => dice.pick(LAST)),
  email: labelled('EMAIL', email(WORDS, ['hotmail.es', 'telefonica.net', 'yahoo.es'])),
  hiddenemail: labelled('EMAIL', spelledEmail(WORDS, ['hotmail.es'])),
  phone: labelled('PHONE', phone),
  addr: labelled('ADDRESS', address),
  short: labelled('ADDRESS', house),
  place: labelled(
    'PLACE',
    forms(
      (dice) => dice.pick(CITIES)[0],
      (dice) =>
        dice.pick(['Portugal', 'Galicia', 'Canarias', 'Argentina', 'Colombia', 'Francia', 'Mallorca']),
    ),
  ),
  org: labelled(
    'ORGANIZATION',
    forms(
      (dice) =>
        `${dice.pick(['Textiles Almadraba', 'Transportes Ugarte', 'Lumbre y Barro', 'Distribuciones Olmeda'])} ${dice.pick(['S.L.', 'S.A.', 'SLU'])}`,
      (dice) =>
        `${dice.pick(['Colegio', 'Hospital', 'Instituto'])} ${dice.pick(['Santa Clara', 'Miguel Servet', 'Virgen del Pilar'])}`,
    ),
  ),
  dni: labelled(
    'NATIONAL_ID',
    forms(
      dni,
      dni,
      (dice) => dashed(dni(dice)),
      (dice) => dotted(dni(dice)),
    ),
  ),
  nie: labelled(
    'NATIONAL_ID',
    forms(nie, (dice) => nie(dice).replace(/^(.)(.*)(.)$/, '$1-$2-$3')),
  ),
  baddni: plain((dice) => spoiled(dice, dni(dice))),
  passport: labelled('PASSPORT', (dice) => `${letters(dice, 'ABCPX', 3)}${pattern(dice, '######')}`),
  plate: labelled('PLATE', (dice) => `${pattern(dice, '####')} ${letters(dice, 'BCDFGHJKLMNPRSTVWXYZ', 3)}`),
  birth: labelled('BIRTH_DATE', (dice) => written(dice, 1942, 2007)),
  date: plain((dice) => written(dice, 2024, 2026)),
  age: labelled('AGE', (dice) => String(between(dice, 18, 91))),
  price: plain((dice) => `${between(dice, 4, 480)},${dice.pick(['90', '00', '50'])} €`),
  item: plain((dice) =>
    dice.pick(['bufanda de lana', 'tetera', 'lámpara de mesa', 'chubasquero', 'cafetera', 'zapatillas']),
  ),
};
