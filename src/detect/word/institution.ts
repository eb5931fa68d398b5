/** Schools, hospitals and banks by the word that says so: `Hôpital Saint-Louis`, `Gymnasium Neustadt`, `Banco del Sur`. */
import type { Candidate } from '../candidate.ts';
import { FLAG } from '../flags.ts';
import { SMALL } from '../sign-class.ts';
import { CASE, type Tokens } from '../tokenize.ts';
import { gapAfter, isWord, type Reading, sign } from './reading.ts';
import { isAmong, lower, wordSet } from './word-set.ts';

/** Stand before the name, whatever their case. */
const HEADS = wordSet(
  'hôpital clinique lycée collège école université hospital clínica colegio universidad klinikum universitätsklinikum krankenhaus gymnasium grundschule realschule gesamtschule universität hochschule stadtwerke sparkasse volksbank',
);
/** Only with a capital letter; small they are things. */
const CAPITAL_HEADS = wordSet(
  'banque crédit caisse mutuelle association fondation instituto escuela banco caja fundación asociación turnverein sportverein stiftung versicherung',
);
const PARTICLES = /^(?:de|du|des|la|le|les|del|los|las|el|am|an|der|dem|d|l|y)$/;
const COMPOUND =
  /(?:gymnasium|krankenhaus|klinik|klinikum|hochschule|grundschule|realschule|gesamtschule|universität|schule)$/;
/** The last two letters of the endings. */
const ENDS = new Set(['um', 'us', 'ik', 'le', 'ät'].map((end) => pairOf(end, 2)));
const MOST_WORDS = 5;

function pairOf(text: string, end: number): number {
  return SMALL[text.charCodeAt(end - 2)]! * 65_536 + SMALL[text.charCodeAt(end - 1)]!;
}

/** Without a string of the word: whether it may say what an institution is. */
function mayBe(tokens: Tokens, at: number): boolean {
  const { text, start, end } = tokens;
  if (text.charCodeAt(start[at]! + 1) === 39 || isAmong(tokens, at, HEADS)) return true;
  if (tokens.letterCase[at] === CASE.lower) return false;
  return ENDS.has(pairOf(text, end[at]!)) || isAmong(tokens, at, CAPITAL_HEADS);
}

/** The institution whose kind is told by the word at token `at`, or null. */
export function institutionAt(reading: Reading, at: number): Candidate | null {
  const { tokens, taken } = reading;
  if (taken[at] === 1 || tokens.end[at]! - tokens.start[at]! < 4 || !mayBe(tokens, at)) return null;
  const whole = lower(tokens, at);
  const word = whole[1] === "'" ? whole.slice(2) : whole;
  const head =
    HEADS.words.has(word) || (tokens.letterCase[at] !== CASE.lower && CAPITAL_HEADS.words.has(word));
  if (!head) return compound(reading, at, word);
  const first = firstOf(tokens, at);
  const last = nameEnd(reading, at);
  if (last === at) return null;
  const skip = lower(tokens, first).length - (first === at ? word.length : lower(tokens, first).length);
  return { start: tokens.start[first]! + skip, end: tokens.end[last]!, type: 'ORGANIZATION', score: 0.82 };
}

/** `Technische Universität`, and what hyphens tie to it. */
function firstOf(tokens: Tokens, at: number): number {
  const before = lower(tokens, at - 1);
  return /^(?:technische|städtisches|evangelisches|staatliche)$/.test(before) ? at - 1 : at;
}

/** The last capital word behind the head; particles only between. */
function nameEnd(reading: Reading, head: number): number {
  const { tokens, taken } = reading;
  let last = head;
  for (let at = head + 1; at < tokens.count && at - head <= MOST_WORDS && taken[at] === 0; at += 1) {
    if (sign(tokens, at) === '-' && gapAfter(tokens, at) === 0) continue;
    if (!isWord(tokens, at) || tokens.start[at]! - tokens.end[at - 1]! > 1) break;
    if (tokens.letterCase[at] !== CASE.lower) {
      if (reading.german && (tokens.flags[at]! & FLAG.common) !== 0 && !isTied(tokens, at)) break;
      last = at;
    } else if (!PARTICLES.test(lower(tokens, at))) break;
  }
  return last;
}

/** Behind a particle a German noun is a part of the name: `Grundschule am Weinberg`. */
function isTied(tokens: Tokens, at: number): boolean {
  return PARTICLES.test(lower(tokens, at - 1)) || sign(tokens, at - 1) === '-';
}

/** `Albert-Schweitzer-Schule`, `Marienkrankenhaus`. */
function compound({ tokens }: Reading, at: number, word: string): Candidate | null {
  if (tokens.letterCase[at] === CASE.lower || !COMPOUND.test(word)) return null;
  let first = at;
  while (sign(tokens, first - 1) === '-' && isWord(tokens, first - 2)) first -= 2;
  const known = (tokens.flags[at]! & FLAG.common) !== 0 || COMPOUND.exec(word)?.index === 0;
  if (first === at && (known || word.length < 12)) return null;
  return { start: tokens.start[first]!, end: tokens.end[at]!, type: 'ORGANIZATION', score: 0.75 };
}
