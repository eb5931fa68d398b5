/** The street of an address: a house number and a name that a word, an ending or its place makes a street. */
import { FLAG } from '../flags.ts';
import { endings, endsLiteral } from '../literals.ts';
import { SMALL } from '../sign-class.ts';
import { CASE, KIND, type Tokens } from '../tokenize.ts';
import { gapAfter, isLine, isNumber, isWord, type Reading, sign } from './reading.ts';
import { isAmong, lower, wordSet } from './word-set.ts';

export interface Street {
  /** Token of the leading number that is no part of the street itself, or -1. */
  readonly lead: number;
  readonly first: number;
  readonly last: number;
  /** 3: number and kind of street; 2: one of them and more; 1: a name and a number, or a kind without a number. */
  readonly strength: 1 | 2 | 3;
}

/** Kinds that stand behind the name in small letters: `Piroska u. 97.`, `Stensås terrasse 38`. */
const SMALL_KINDS = wordSet(
  'u rkp kapu sétány lépcső utca út útja tér körút köz sor fasor ulica ulice cesta náměstí terrasse gate vei vej väg gata tie katu strasse straße',
);
const DIRECTIONS = wordSet('north south east west n s e w nw ne sw se');
const FULL_KINDS = wordSet(
  'street road avenue lane drive boulevard terrace crescent close way place square st rd ave ln dr blvd',
);
/** Kinds that stand before the name. */
const LEADING = wordSet(
  'rue avenue av boulevard bd chemin impasse allée quai route cours place square via viale vicolo corso piazza piazzale largo calle carrer avenida avda av plaza paseo ronda camino carretera travesía callejón c rua travessa praça ul ulica aleja trg estrada rodovia urb plac pl',
);
const ENDINGS = endings(
  'straße strasse str weg gasse platz allee ufer damm gatan gata gate vägen vegen veien vej straat laan kade plein katu tie polku gade stræti straeti braut vegur stien torget backen ring steig chaussee utca pad hof stíg gränd'.split(
    ' ',
  ),
);
/** An ordinary word or not, behind four letters and before a number it is a street. */
const STREET = /.{4}stra(?:ß|ss)e$/;
const OWN_ENDINGS = wordSet('straße strasse str weg platz allee ring gasse');
const BIS = wordSet('bis ter quater');
const ST = wordSet('st');
const C = wordSet('c');
const LONGEST = 6;

/** The street that begins at token `at`, with or without a number before it. */
export function streetAt(reading: Reading, at: number): Street | null {
  const { tokens } = reading;
  if (!isHouseNumber(tokens, at)) return bare(reading, at, -1);
  let next = afterSpace(tokens, at);
  if (isAmong(tokens, next, BIS)) next = afterSpace(tokens, next);
  if (next === 0) return null;
  if (isHouseNumber(tokens, next)) {
    const inner = afterSpace(tokens, next);
    const numbered = inner === 0 ? null : named(reading, next, inner);
    return numbered === null ? null : { ...numbered, lead: at };
  }
  const own = bare(reading, next, at);
  if (own !== null && endsWithNumber(tokens, own.last)) {
    // A kind in front takes the number before it; `20789 Allika 46` already has one.
    return own;
  }
  return named(reading, at, next) ?? own;
}

/** A number, and a name that ends with a kind of street or begins with one. */
function named(reading: Reading, number: number, first: number): Street | null {
  const { tokens } = reading;
  const box = boxAt(reading, first);
  if (box > 0) return { lead: number, first, last: box, strength: 3 };
  if (isLeading(tokens, first)) {
    const end = nameEnd(reading, first + 1, true);
    if (end > 0) return { lead: -1, first: number, last: end, strength: 3 };
  }
  const kind = kindEnd(reading, first);
  if (kind > 0) return { lead: -1, first: number, last: kind, strength: 3 };
  if (compoundAt(tokens, first) && !lower(tokens, first).endsWith('ring')) {
    return { lead: -1, first: number, last: first, strength: 2 };
  }
  const name = nameEnd(reading, first);
  return name > 0 && tokens.end[number]! - tokens.start[number]! <= 4
    ? { lead: -1, first: number, last: name, strength: 1 }
    : null;
}

/** A street whose own number, if any, stands behind its name. */
function bare(reading: Reading, first: number, lead: number): Street | null {
  const { tokens } = reading;
  const box = boxAt(reading, first);
  if (box > 0) return { lead, first, last: box, strength: 3 };
  if (!isWord(tokens, first)) return null;
  if (isLeading(tokens, first)) {
    const name = nameEnd(reading, leadingEnd(tokens, first), true);
    if (name > 0) {
      const number = numberAfter(tokens, name, true);
      return { lead, first, last: number > 0 ? number : name, strength: number > 0 ? 3 : 2 };
    }
  }
  const compound = compoundEnd(reading, first);
  if (compound >= 0) {
    const number = numberAfter(tokens, compound);
    if (number > 0) return { lead, first, last: number, strength: 3 };
    if (lead < 0) return null;
  }
  const name = nameEnd(reading, first);
  const number = name > 0 ? numberAfter(tokens, name) : 0;
  if (number > 0) return { lead, first, last: number, strength: lead >= 0 ? 2 : 1 };
  const kind = kindEnd(reading, first);
  return kind > 0 && lead < 0 ? { lead, first, last: kind, strength: 1 } : null;
}

function endsWithNumber(tokens: Tokens, at: number): boolean {
  return isHouseNumber(tokens, at) || (sign(tokens, at) === '.' && isNumber(tokens, at - 1));
}

/** `12`, `12a`, `0104`. */
function isHouseNumber(tokens: Tokens, at: number): boolean {
  if (at >= tokens.count) return false;
  const length = tokens.end[at]! - tokens.start[at]!;
  if (tokens.kind[at] === KIND.number) return length <= 5;
  return (
    tokens.kind[at] === KIND.mixed &&
    length <= 5 &&
    /^\d{1,4}[a-h]$/i.test(tokens.text.slice(tokens.start[at], tokens.end[at]))
  );
}

/** The next token if just one space parts them (or `, ` where the house number leads), else 0. */
function afterSpace(tokens: Tokens, at: number): number {
  const gap = gapAfter(tokens, at);
  if (gap === 1 && !isLine(tokens, at + 1)) return at + 1;
  return gap === 0 && sign(tokens, at + 1) === ',' && gapAfter(tokens, at + 1) === 1 ? at + 2 : 0;
}

/** The number after a name: `Allika 46`, `Árpád u. 3.`, `Mayor, 12`, `5 bis`. */
function numberAfter(tokens: Tokens, name: number, comma = false): number {
  let at = name + 1;
  // `s/n`: without a number.
  if (sign(tokens, at + 1) === '/' && lower(tokens, at) === 's' && lower(tokens, at + 2) === 'n')
    return at + 2;
  if (sign(tokens, at) === '.' && gapAfter(tokens, name) === 0) at += 1;
  if (
    comma &&
    sign(tokens, at) === ',' &&
    isHouseNumber(tokens, at + 1) &&
    tokens.end[at + 1]! - tokens.start[at + 1]! <= 3
  )
    at += 1;
  if (!isHouseNumber(tokens, at) || tokens.start[at]! - tokens.end[at - 1]! > 1) return 0;
  if (
    sign(tokens, at + 1) === '-' &&
    isNumber(tokens, at + 2) &&
    gapAfter(tokens, at) + gapAfter(tokens, at + 1) === 0
  )
    at += 2;
  else if (sign(tokens, at + 1) === '.' && /[áúűőíéóöü]t|utca|útja|^u$/.test(lower(tokens, name))) at += 1;
  return at;
}

function isLeading(tokens: Tokens, at: number): boolean {
  return isAmong(tokens, at, LEADING) && (sign(tokens, at + 1) === '/' || !isAmong(tokens, at, C));
}

/** After a leading kind and its dot or slash: `ul. `, `C/ `. */
function leadingEnd(tokens: Tokens, at: number): number {
  const mark = sign(tokens, at + 1);
  return mark === '.' || mark === '/' ? at + 2 : at + 1;
}

/** The last word of a name of up to six words, particles among them; 0 when there is none. */
function nameEnd(reading: Reading, first: number, led = false): number {
  const { tokens, taken } = reading;
  let last = 0;
  for (let at = first; at < first + LONGEST && at < tokens.count && taken[at] === 0; at += 1) {
    if (at > first && gapBefore(tokens, at) > 1) break;
    if (isAfterthought(tokens, at, first)) break;
    if (at === first && isAbbreviated(tokens, at)) at += 1;
    if (isNamePart(reading, at) || (led && isUnknown(tokens, at))) last = at;
    else if (at > first && isUnknown(tokens, at)) continue;
    else if (at > first && isAmong(tokens, at, SMALL_KINDS) && numberAfter(tokens, at) > 0) return at;
    else if (sign(tokens, at) === '-' && isWord(tokens, at + 1)) continue;
    else if (
      sign(tokens, at) === '.' &&
      at > first &&
      tokens.end[at - 1]! - tokens.start[at - 1]! <= 5 &&
      isHouseNumber(tokens, at + 1)
    )
      last = at - 1;
    else if (!isWord(tokens, at) || (tokens.flags[at]! & FLAG.particle) === 0) break;
  }
  return last;
}

/** `C. Beerninckstraat`: the initial of whom the street is named after. */
function isAbbreviated(tokens: Tokens, at: number): boolean {
  return (
    isWord(tokens, at) &&
    (tokens.end[at]! - tokens.start[at]! === 1 || isAmong(tokens, at, ST)) &&
    sign(tokens, at + 1) === '.' &&
    isWord(tokens, at + 2)
  );
}

/** `St.` behind a name that is a street already. */
function isAfterthought(tokens: Tokens, at: number, first: number): boolean {
  if (at === first || !isAmong(tokens, at, ST) || sign(tokens, at + 1) !== '.') return false;
  return !isWord(tokens, at + 2) || tokens.letterCase[at + 2] === CASE.lower;
}

/** A word in small letters that no list knows. */
function isUnknown(tokens: Tokens, at: number): boolean {
  return isWord(tokens, at) && tokens.flags[at] === 0;
}

export function isFullKind(tokens: Tokens, at: number): boolean {
  return isAmong(tokens, at, FULL_KINDS);
}

function gapBefore(tokens: Tokens, at: number): number {
  return tokens.start[at]! - tokens.end[at - 1]!;
}

function isNamePart(reading: Reading, at: number): boolean {
  const { tokens } = reading;
  if (!isWord(tokens, at)) return false;
  const flags = tokens.flags[at]!;
  if ((flags & FLAG.unit) !== 0 && (isNumber(tokens, at + 1) || sign(tokens, at + 1) === '.')) return false;
  if (!tokens.caseless) return tokens.letterCase[at] !== CASE.lower;
  return (
    (flags & (FLAG.common | FLAG.particle)) === 0 || (flags & (FLAG.street | FLAG.surname | FLAG.given)) !== 0
  );
}

/** The first kind of street after at least one word of a name. */
function kindEnd(reading: Reading, first: number): number {
  const { tokens, taken } = reading;
  for (let at = first; at < first + LONGEST && at < tokens.count && taken[at] === 0; at += 1) {
    if (at === first && isAbbreviated(tokens, at)) at += 2;
    if (!isWord(tokens, at) || (at > first && gapBefore(tokens, at) > 1)) return 0;
    if (at > first && (tokens.flags[at]! & FLAG.street) !== 0 && isNamePart(reading, at))
      return kindTail(reading, at);
    if (!isNamePart(reading, at) && (tokens.flags[at]! & FLAG.particle) === 0) {
      return at > first && isAmong(tokens, at, FULL_KINDS) && !tokens.caseless ? at : 0;
    }
  }
  return 0;
}

/** `Mill` in `Old Mill Lane`: a plain kind behind it is the real one, unless it is an afterthought (`St.`). */
function kindTail({ tokens }: Reading, at: number): number {
  if (isAmong(tokens, at, FULL_KINDS)) return directionEnd(tokens, at);
  const next = at + 1;
  const follows = isWord(tokens, next) && gapAfter(tokens, at) === 1 && isAmong(tokens, next, FULL_KINDS);
  return follows && sign(tokens, next + 1) !== '.' ? next : at;
}

/** `Devon Street West`. */
function directionEnd(tokens: Tokens, at: number): number {
  const next = at + 1;
  const follows =
    isWord(tokens, next) && gapAfter(tokens, at) === 1 && tokens.letterCase[next] !== CASE.lower;
  return follows && isAmong(tokens, next, DIRECTIONS) ? next : at;
}

function compoundAt(tokens: Tokens, at: number): boolean {
  if (!isWord(tokens, at) || tokens.end[at]! - tokens.start[at]! < 6) return false;
  if (!ENDINGS.byUnit.has(SMALL[tokens.text.charCodeAt(tokens.end[at]! - 1)]!)) return false;
  const word = lower(tokens, at);
  if ((tokens.flags[at]! & (FLAG.common | FLAG.company)) === 0)
    return endsLiteral(ENDINGS, word, word.length);
  return STREET.test(word) && isHouseNumber(tokens, at + 1);
}

/** The word with a street's ending, at most three words on; -1 when there is none. */
function compoundEnd(reading: Reading, first: number): number {
  const { tokens } = reading;
  for (let at = first; at < first + 4 && isWord(tokens, at); at += 1) {
    if (at > first && gapBefore(tokens, at) > 1) return -1;
    if (!isNamePart(reading, at) && (tokens.flags[at]! & FLAG.particle) === 0) return -1;
    if (compoundAt(tokens, at) || (at > first && isAmong(tokens, at, OWN_ENDINGS))) return at;
  }
  return -1;
}

const BOX =
  /(?:p\.? ?o\.? ?box|postbox|postfach|postboks|boîte postale|apartado(?: de correos)?|casilla|pmb) \d{1,6}|(?:psc|cmr) \d{1,5},? ?box \d{1,6}|unit \d{1,5},? box \d{1,6}/iy;

/** The last token of a box at a post office, or 0. */
function boxAt({ tokens }: Reading, at: number): number {
  if (!isWord(tokens, at)) return 0;
  const first = tokens.text.charCodeAt(tokens.start[at]!) | 32;
  if (first !== 112 && first !== 117 && first !== 99 && first !== 98 && first !== 97) return 0;
  BOX.lastIndex = tokens.start[at]!;
  if (!BOX.test(tokens.text)) return 0;
  let last = at;
  while (last + 1 < tokens.count && tokens.end[last + 1]! <= BOX.lastIndex) last += 1;
  return last;
}
