/** One map from a lower-case word to what it may be. Built once, at the first look. */
import { FLAG } from './flags.ts';
import { addWord, type WordTable, wordTable } from './word-table.ts';
import { CITIES } from './words/cities.ts';
import { CONTEXT_WORDS } from './words/context.ts';
import { GIVEN_NAMES } from './words/given-names.ts';
import { ORDINARY_FOREIGN_WORDS, ORDINARY_WORDS } from './words/ordinary.ts';
import { SURNAMES } from './words/surnames.ts';
import * as terms from './words/terms.ts';
import { unpack } from './words/unpack.ts';

export interface Phrase {
  readonly rest: readonly string[];
  readonly country: boolean;
}

export interface Lexicon {
  /** Bits of `FLAG` by lower-case word. */
  readonly table: WordTable;
  /** Names of places with more than one word, by their first word: the words after it. */
  readonly phrases: ReadonlyMap<string, readonly Phrase[]>;
}

const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'sv', 'pl'];
const MARKS = /\p{M}/gu;
const ASCII = /^[\0-\x7f]*$/;
const MOST_WORDS = 98_000;

let built: Lexicon | null = null;

/** The lexicon; some 60,000 words, from lists in `words/` and the names of countries in nine languages. */
export function lexicon(): Lexicon {
  built ??= build();
  return built;
}

function build(): Lexicon {
  const table = wordTable(MOST_WORDS);
  const phrases = new Map<string, Phrase[]>();
  const add = (word: string, flag: number) => addWord(table, word, flag);
  const addBoth = (word: string, flag: number) => {
    add(word, flag);
    if (ASCII.test(word)) return;
    const plain = word.normalize('NFD').replace(MARKS, '');
    if (plain !== word) add(plain, flag);
  };
  const addPlace = (place: string, flag: number) => {
    const [first, ...rest] = place
      .replaceAll("'", ' ')
      .split(/[ _-]+/)
      .filter((part) => part !== '');
    if (first === undefined) return;
    if (rest.length === 0) addBoth(first, flag);
    else {
      const phrase = { rest, country: flag === FLAG.country };
      const known = phrases.get(first);
      if (known === undefined) phrases.set(first, [phrase]);
      else known.push(phrase);
    }
  };
  unpack(GIVEN_NAMES, (word) => addBoth(word, FLAG.given));
  unpack(SURNAMES, (word) => addBoth(word, FLAG.surname));
  unpack(ORDINARY_WORDS, (word) => add(word, FLAG.common));
  unpack(ORDINARY_FOREIGN_WORDS, (word) => add(word, FLAG.common));
  unpack(CITIES, (place) => addPlace(place, FLAG.city));
  for (const place of terms.MORE_PLACES.split(' ')) addPlace(place, FLAG.country);
  for (const place of terms.MORE_CITIES.split(' ')) addPlace(place, FLAG.city);
  for (const country of countries()) addPlace(country, FLAG.country);
  for (const [flag, list] of KINDS) for (const word of list.split(' ')) add(word, flag);
  for (const [flag, list] of CONTEXT_WORDS) for (const word of list.split(' ')) add(word, flag);
  for (const word of terms.NATIONALITIES.split(' '))
    if (/(?:an|i)$/.test(word)) add(`${word}s`, FLAG.nationality);
  for (const word of terms.GRAMMAR.split(' '))
    addWord(table, word, FLAG.common, FLAG.given | FLAG.surname | FLAG.city);
  for (const word of phrases.keys()) add(word, FLAG.phrase);
  return { table, phrases };
}

const KINDS: readonly (readonly [number, string])[] = [
  [FLAG.nationality, terms.NATIONALITIES],
  [FLAG.religion, terms.RELIGIONS],
  [FLAG.health, terms.HEALTH],
  [FLAG.honorific, terms.HONORIFICS],
  [FLAG.street, terms.STREETS],
  [FLAG.company, terms.COMPANIES],
  [FLAG.unit, terms.UNITS],
  [FLAG.particle, terms.PARTICLES],
  [FLAG.between, terms.BETWEEN],
  [FLAG.job, terms.JOBS],
  [FLAG.calendar, terms.CALENDAR],
];

/** Names of countries as Unicode's CLDR writes them. */
function countries(): Set<string> {
  const found = new Set<string>();
  for (const language of LANGUAGES) {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (let code = 0; code < 26 * 26; code += 1) {
      const region = String.fromCharCode(65 + Math.floor(code / 26), 65 + (code % 26));
      const name = names.of(region)?.toLowerCase();
      if (name !== undefined && /^[\p{L}' -]{3,}$/u.test(name)) found.add(name);
    }
  }
  return found;
}
