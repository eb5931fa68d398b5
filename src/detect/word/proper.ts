/** Whose name is it: a person's, a place's or an organization's? Evidence is weighed, the heaviest wins. */
import type { Candidate } from '../candidate.ts';
import { FLAG } from '../flags.ts';
import { CASE, type Tokens } from '../tokenize.ts';
import type { EntityType } from '../types.ts';
import type { Chunk } from './chunk.ts';
import {
  AFTER,
  AFTER_PATTERNS,
  BEFORE,
  CLOSINGS,
  FIRMS,
  PEOPLE,
  PLACES,
  SPOKEN_TO,
  type Weights,
} from './cues.ts';
import { countryEnd, knownPlaceEnd } from './place.ts';
import { gapAfter, isLine, isWord, type Reading, sign } from './reading.ts';
import { isAmong, lookUp, lower, wordSet } from './word-set.ts';

const TYPES: readonly EntityType[] = ['PERSON', 'PLACE', 'ORGANIZATION'];
/** Below this, what was found is a word with a capital letter and no more. */
const ENOUGH = 2;
const NAME = FLAG.given | FLAG.surname;

/** What came before on the line above, for blocks such as signatures. */
export type Before = EntityType | null;

/**
 * The chunk as a candidate, or null when nothing speaks for a name. `before` is what was found last, `gap` the
 * text between.
 */
export function properOf(reading: Reading, chunk: Chunk, before: Before, gap: string): Candidate | null {
  const sums: [number, number, number] = [0, 0, 0];
  const add = (weights: Weights, times = 1) => {
    for (let at = 0; at < 3; at += 1) sums[at] = sums[at]! + weights[at]! * times;
  };
  add(lexical(reading, chunk));
  add(left(reading, chunk));
  add(right(reading, chunk));
  add(layout(reading.tokens, chunk, before));
  add(beside(reading.tokens, chunk, before, gap));
  let best = 0;
  for (let at = 1; at < 3; at += 1) if (sums[at]! > sums[best]!) best = at;
  const top = sums[best]!;
  if (top < ENOUGH) return null;
  const end = best === 2 ? firmEnd(reading.tokens, chunk) : chunk.end;
  return { start: chunk.start, end, type: TYPES[best]!, score: Math.min(0.97, 0.35 + top * 0.1) };
}

/** The dot of `Inc.` belongs to it. */
function firmEnd({ text }: Tokens, { start, end }: Chunk): number {
  return text[end] === '.' &&
    /\b(?:inc|ltd|co|corp|llc|plc|bros)$/i.test(text.slice(Math.max(start, end - 5), end))
    ? end + 1
    : end;
}

/** What the words themselves say. */
function lexical(reading: Reading, chunk: Chunk): Weights {
  const { tokens } = reading;
  const { words } = chunk;
  let [person, place, organization] = [0, 0, 0];
  let [given, surname, common, unknown, mixed, company] = [0, 0, 0, 0, 0, 0];
  for (const at of words) {
    const flags = tokens.flags[at]!;
    if ((flags & FLAG.given) !== 0) given += 1;
    if ((flags & FLAG.surname) !== 0) surname += 1;
    if ((flags & FLAG.common) !== 0 && (flags & NAME) === 0) common += 1;
    if ((flags & (FLAG.common | NAME | FLAG.city | FLAG.country)) === 0) unknown += 1;
    if (tokens.letterCase[at] === CASE.mixed && !/^(?:mac|mc|o'|d'|l')/.test(lower(tokens, at))) mixed += 1;
    if ((flags & FLAG.company) !== 0) company += 1;
  }
  const count = words.length;
  const [first, last] = [tokens.flags[words[0]!]!, tokens.flags[words[count - 1]!]!];
  const pair = count === 2 && isPair(tokens, chunk);
  if ((first & FLAG.given) !== 0) person += (first & FLAG.common) !== 0 ? 0.7 : count === 1 ? 2.1 : 1.7;
  if (count > 1 && (last & FLAG.surname) !== 0 && !pair) person += 1.2;
  if (count === 1 && given === 0 && surname === 1) person += (first & FLAG.common) !== 0 ? 0.3 : 1.5;
  if (count === 2 && given > 0 && unknown === 1) person += 1;
  if (count >= 2 && count <= 4 && unknown === count) person += 1;
  if (count === 2 && isPinyin(tokens, words)) person += 1.6;
  if (chunk.initials > 0 && count <= 3) person += 2;
  // In English a capital letter on a word that no list knows is a name, of whom or what is open.
  if (count === 1 && unknown === 1) {
    const prior = reading.english && !reading.german ? 1.1 : 0.6;
    [person, place, organization] = [person + prior, place + 0.6, organization + 0.8];
  }
  if (common > 0)
    [person, organization] = [person - 1.5 * common, organization + (count > 1 && !chunk.opens ? 1 : 0.5)];
  if (company > 0 && count > 1 && (last & FLAG.company) !== 0) organization += 3.5;
  else if (company > 0 && count > 1) organization += 1.5;
  if (mixed > 0) organization += 1.5;
  if (tokens.text.slice(chunk.start, chunk.end).includes(' & ')) organization += common === count ? 0.5 : 2.5;
  if (pair) organization += 3;
  const town = known(tokens, chunk);
  if (town > 3.1) person -= 1;
  place += town;
  if (isShouted(tokens, chunk)) [person, place] = [person - 1, place + 0.9];
  if (reading.german && count === 1) person -= given > 0 ? 0.5 : 1.2;
  if (reading.german && unknown === count) organization -= 0.6;
  return [person, place, organization];
}

const SYLLABLES =
  /^(?:(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:[aeiou]|ai|ei|ao|ou|ia|ie|ua|uo|ui|iu|iao|uai)(?:n|ng)?){1,2}$/;
const FAMILY = wordSet(
  'wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie tang deng feng han cao zeng peng xiao cai pan tian dong yuan yu ye jiang du su wei cheng lu ding shen ren yao cui zhong tan fan liao shi jin jia xia fu fang zou xiong bai meng qin qiu hou yin xue yan duan lei long tao qian kong mao chang wan gu lai qiao',
);

/** `Wang Xiaoming`, `Xiaoming Wang`: a Chinese name in Latin letters. */
function isPinyin(tokens: Tokens, words: readonly number[]): boolean {
  const first = words[0]!;
  const second = words[1]!;
  return (
    (isAmong(tokens, first, FAMILY) && SYLLABLES.test(lower(tokens, second))) ||
    (isAmong(tokens, second, FAMILY) && SYLLABLES.test(lower(tokens, first)))
  );
}

/** Two family names with a hyphen and nothing else: `Ellis-Ingram`. */
function isPair(tokens: Tokens, { first, last }: Chunk): boolean {
  if (last !== first + 2 || sign(tokens, first + 1) !== '-') return false;
  const [one, two] = [tokens.flags[first]!, tokens.flags[last]!];
  return (one & two & FLAG.surname) !== 0 || ((two & FLAG.surname) !== 0 && (two & FLAG.given) === 0);
}

function known(tokens: Tokens, chunk: Chunk): number {
  const end = knownPlaceEnd(tokens, chunk.first);
  if (end < chunk.last) return end < 0 ? 0 : 0.3;
  const flags = tokens.flags[chunk.first]!;
  if (end === chunk.first && (flags & FLAG.country) !== 0) return 3.6;
  if (end > chunk.first) return 3;
  return (flags & NAME) !== 0 ? 1.3 : 2.1;
}

/** All in capitals while the text around is not: as address systems write towns. */
function isShouted(tokens: Tokens, chunk: Chunk): boolean {
  for (const at of chunk.words) {
    if (tokens.letterCase[at] !== CASE.upper || tokens.end[at]! - tokens.start[at]! < 4) return false;
  }
  const neighbor = chunk.first > 0 ? chunk.first - 1 : chunk.last + 1;
  return !isWord(tokens, neighbor) || tokens.letterCase[neighbor] !== CASE.upper;
}

const NOTHING: Weights = [0, 0, 0];

/** What the words before say. */
function left(reading: Reading, chunk: Chunk): Weights {
  const { tokens } = reading;
  const at = chunk.first - 1;
  if (isLine(tokens, at)) return closed(tokens, at - 1);
  const mark = sign(tokens, at);
  if (mark === ',') return closed(tokens, at);
  if (mark === '.' && isWord(tokens, at - 1) && (tokens.flags[at - 1]! & FLAG.honorific) !== 0)
    return [5, 0, 0];
  if (isWord(tokens, at) && (tokens.flags[at]! & FLAG.honorific) !== 0) return [5, 0, 0];
  if (mark === ':') return labelled(tokens, at - 1);
  if (mark === '?' || mark === '.') return afterSentence(tokens, at - 1);
  if (mark === '-' && gapAfter(tokens, at) === 0) return [0.8, 0, 0];
  if (mark !== '') return NOTHING;
  return phrase(tokens, at) ?? lookUp(tokens, at, BEFORE.words) ?? NOTHING;
}

function phrase(tokens: Tokens, at: number): Weights | undefined {
  if (!isAmong(tokens, at, BEFORE.lasts)) return undefined;
  const two = `${lower(tokens, at - 1)} ${lower(tokens, at)}`;
  return BEFORE.phrases.get(`${lower(tokens, at - 2)} ${two}`) ?? BEFORE.phrases.get(two);
}

/** `Viele Grüße, Kai`, `Atentamente,` and a name on the next line. */
function closed(tokens: Tokens, at: number): Weights {
  return isAmong(tokens, sign(tokens, at) === ',' ? at - 1 : at, CLOSINGS) ? [2, 0, 0] : NOTHING;
}

/** After `Name:` and the like. */
function labelled(tokens: Tokens, at: number): Weights {
  const flags = isWord(tokens, at) ? tokens.flags[at]! : 0;
  const word = lower(tokens, at);
  if ((flags & FLAG.name) !== 0 || PEOPLE.test(word)) return [3, 0, 0];
  if (PLACES.test(word)) return [0, 3, 0];
  return FIRMS.test(word) ? [0, 0, 3] : [0.4, 0, 0];
}

/** An answer behind a question for a name: `What's your last name? Reed`. */
function afterSentence(tokens: Tokens, at: number): Weights {
  const flags = isWord(tokens, at) ? tokens.flags[at]! : 0;
  return (flags & FLAG.name) !== 0 ? [2.5, 0, 0] : NOTHING;
}

/** What the words after say. */
function right({ tokens, english }: Reading, chunk: Chunk): Weights {
  const at = chunk.last + 1;
  if (isLine(tokens, at)) return NOTHING;
  const after = tokens.text.slice(chunk.end, chunk.end + 56);
  // Each of the patterns begins with one of these.
  if (after[0] === ' ' || after[0] === ',' || after[0] === "'")
    for (const [pattern, weights] of AFTER_PATTERNS) if (pattern.test(after)) return weights;
  if (chunk.opens && SPOKEN_TO.test(after)) return [1.6, 0, 0];
  const mark = sign(tokens, at);
  // Who speaks, or the label of a field: outside English a word that is no given name is the latter.
  const speaker = english || chunk.words.length > 1 || (tokens.flags[chunk.first]! & FLAG.given) !== 0;
  if (mark === ':') return speaker && isLineStart(tokens, chunk.first) ? [2, 0, 0] : NOTHING;
  return mark === '' ? (lookUp(tokens, at, AFTER.words) ?? NOTHING) : NOTHING;
}

const LIST = /^(?:,| and| or| und| et| y| &|, and) $/;

/** What a name just before says: a list goes on, `from` names an employer or a town. */
function beside(tokens: Tokens, chunk: Chunk, before: Before, gap: string): Weights {
  if (before === null || gap.length > 6) return NOTHING;
  if (before === 'PERSON') {
    if (LIST.test(gap) && isWord(tokens, chunk.first)) return [1.6, 0, 0];
    if (gap === ' from ') return [0, 0, 1.6];
  }
  if (before === 'ORGANIZATION' && LIST.test(gap)) return [-0.5, 0, 1.8];
  if (before === 'PLACE' && gap === ', ') return [0, 1.5, 0];
  return NOTHING;
}

function isLineStart(tokens: Tokens, at: number): boolean {
  return isLine(tokens, at - 1) || (sign(tokens, at - 1) !== '' && isLine(tokens, at - 2));
}

const QUOTES = new Set([...'>?*|-"\'“'].map((each) => each.charCodeAt(0)));

/** What a line of its own says, and the line above it. */
function layout(tokens: Tokens, chunk: Chunk, before: Before): Weights {
  let first = chunk.first - 1;
  while (first >= 0 && QUOTES.has(tokens.text.charCodeAt(tokens.start[first]!)) && sign(tokens, first) !== '')
    first -= 1;
  let last = chunk.last + 1;
  const mark = sign(tokens, last);
  if (mark === '.' || mark === ',') last += 1;
  if (!isLine(tokens, first) || !isLine(tokens, last)) return NOTHING;
  const alone = first < 0 && last >= tokens.count;
  if (alone) return [1, 0.5, 0];
  if (first < 0) return [1.8, 0.3, 0.2];
  if (countryEnd(tokens, last + 1) >= 0) return [-0.5, 2.4, 0];
  if (before === 'PERSON' && first > 1 && isLine(tokens, first - 1)) return [0.3, 1.6, 0.6];
  if (before === 'PERSON' || before === 'TITLE') return [0, 0.4, 1.9];
  if (before === 'ADDRESS' || before === 'PLACE') return [0, 1.8, 0];
  if (before === 'ORGANIZATION') return [1.6, 0.8, 0];
  return [1, 0.5, 0.5];
}
