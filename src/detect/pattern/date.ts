/** Days written in digits and in words, and years that a word before them makes one. */
import type { Candidate } from '../candidate.ts';
import { FLAG } from '../flags.ts';
import { type Neighborhood, neighborhood } from '../neighborhood.ts';
import { KIND, type Tokens } from '../tokenize.ts';
import { isDay } from './checksums.ts';
import type { Run } from './run.ts';

const TIME = /[ T]{1,2}\d{1,2}:\d\d(?::\d\d(?:\.\d{1,6})?)?(?: ?[AaPp]\.?[Mm]\b\.?)?(?:Z|[+-]\d\d:?\d\d)?/y;
const BORN_AFTER =
  /^[\s.]{0,2}(?:に生まれ|出生|生まれ|生\b|生$|生(?=[。、,)）\s的])|생|출생|태어|에 태어|born|geboren|(?:in [\p{L}-]{2,20} )?(?:geboren|zur Welt))|^ ?(?:에|에 )?출생/u;
const BORN_BEFORE =
  /(?:\bd\.o\.b\.?|\bddn|\bf\. ?nac\.|\bnac\.|\bnací(?: en \p{L}{2,20})?(?: el)?|cumplo(?: los)? años(?: el)?|\bné(?:\(e\)|e)?(?: à [\p{L}-]{2,24})?,?(?: le)?|nacid[oa] (?:en [\p{L} ]{2,24} )?el|\bjahrgang|\bgeb\.?(?: am)?|(?<![\p{L}\d]) ?\*) ?:? ?$/iu;

/** A date of three groups from group `from` on: `1971-09-07`, `7/30/1964`, `30.7.1964`; with its time. */
export function dateAt(tokens: Tokens, run: Run, from: number, around: Neighborhood): Candidate | null {
  const gap = run.gaps[from];
  if (gap === undefined || gap !== run.gaps[from + 1]) return null;
  const mark = gap.trim();
  // Spaces alone make a date only where one is told of.
  if (mark === '' ? (around.near & FLAG.birth) === 0 : mark !== '-' && mark !== '/' && mark !== '.')
    return null;
  if (!isDate(run.groups[from]!, run.groups[from + 1]!, run.groups[from + 2]!, mark)) return null;
  const after = run.gaps[from + 2];
  if (after === gap || run.gaps[from - 1] === gap) return null;
  const start = run.starts[from]!;
  const end = timeEnd(tokens.text, run.ends[from + 2]!);
  return born(tokens, start, end, around, 0.93);
}

function isDate(a: string, b: string, c: string, gap: string): boolean {
  if (b.length > 2 || c.length > 4 || (a.length > 2 && a.length !== 4)) return false;
  const x = Number(a);
  const y = Number(b);
  const z = Number(c);
  if (a.length === 4) return c.length <= 2 && isDay(x, y, z);
  if (c.length === 4) return isDay(z, x, y) || isDay(z, y, x);
  return c.length === 2 && gap !== '-' && (isDay(1900 + z, x, y) || isDay(1900 + z, y, x));
}

function timeEnd(text: string, end: number): number {
  TIME.lastIndex = end;
  return TIME.test(text) ? TIME.lastIndex : end;
}

function born(tokens: Tokens, start: number, end: number, around: Neighborhood, score: number): Candidate {
  const birth = (around.near & FLAG.birth) !== 0 || (around.all & FLAG.birth) !== 0;
  const before = BORN_BEFORE.test(tokens.text.slice(Math.max(0, start - 36), start));
  const after =
    before || BORN_AFTER.test(tokens.text.slice(end, end + 36)) || (around.after & FLAG.birth) !== 0;
  return { start, end, type: birth || after ? 'BIRTH_DATE' : 'DATE', score };
}

const CJK_DATE =
  /(?:(?:民国|民國|昭和|平成|令和|大正)?\d{1,4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日号號일])/y;
const MONTHS =
  'january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|januar|jänner|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|fevrier|mars|avril|juin|juillet|août|aout|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre';
const DAY_FIRST = new RegExp(
  `\\d{1,2}(?:\\.|st|nd|rd|th|er|º|ᵉʳ)? (?:de )?(?:of )?(?:${MONTHS})\\b\\.?,?(?: (?:de |del )?\\d{4}\\b)?`,
  'iy',
);
const MONTH_FIRST = new RegExp(`(?:${MONTHS})\\b\\.? \\d{1,2}(?:st|nd|rd|th)?\\b(?:,? \\d{4}\\b)?`, 'iy');

/** A date that begins with the number at token `at` and has its month in words or in CJK signs. */
export function writtenDateAt(tokens: Tokens, at: number): Candidate | null {
  const next = tokens.text.charCodeAt(tokens.end[at]!);
  if (isYearSign(tokens, at)) return matchDate(tokens, at, CJK_DATE);
  const short = tokens.kind[at] === KIND.mixed || tokens.end[at]! - tokens.start[at]! <= 2;
  return short && (next === 32 || next === 46) ? matchDate(tokens, at, DAY_FIRST) : null;
}

const YEAR = 0x5e74;
const KOREAN_YEAR = 0xb144;

/** `年` or `년` behind the number, at most one space on. */
function isYearSign({ text, end }: Tokens, at: number): boolean {
  const next = text.charCodeAt(end[at]!);
  if (next === YEAR || next === KOREAN_YEAR) return true;
  const second = text.charCodeAt(end[at]! + 1);
  return second === YEAR || second === KOREAN_YEAR;
}

/** A date that begins with the name of a month at token `at`. */
export function monthDateAt(tokens: Tokens, at: number): Candidate | null {
  return matchDate(tokens, at, MONTH_FIRST);
}

const NUMERAL_DATE =
  /(?:[〇零一二三四五六七八九]{2,4}|\d{2,4})年[一二三四五六七八九十〇零]{1,3}月(?:[一二三四五六七八九十廿卅〇零]{1,3}[日号號])?/g;

/** Dates in Chinese numerals within the Han token from `from` to `to`: `一九八五年三月十二日`. */
export function numeralDates(tokens: Tokens, at: number): Candidate[] {
  const from = tokens.start[at]!;
  const to = tokens.end[at]!;
  return [...tokens.text.slice(from, to).matchAll(NUMERAL_DATE)].map((match) => {
    const start = from + match.index;
    const end = start + match[0].length;
    const before = tokens.text.slice(Math.max(0, start - 10), start);
    const birth =
      /出生|生日|生于|生於|生年月日|誕生/.test(before) || BORN_AFTER.test(tokens.text.slice(end, end + 10));
    return { start, end, type: birth ? 'BIRTH_DATE' : 'DATE', score: 0.9 } as const;
  });
}

const MONTH_ONLY = /\d{4}\s?[年년]\s?\d{1,2}\s?[月월](?!\s?\d)/y;

/** Year and month alone, where someone was born then. */
export function birthMonthAt(tokens: Tokens, at: number): Candidate | null {
  if (!isYearSign(tokens, at)) return null;
  const found = matchDate(tokens, at, MONTH_ONLY);
  return found?.type === 'BIRTH_DATE' ? found : null;
}

/** `19850312` right behind a word for birth. */
export function compactBirth(text: string, start: number, end: number, near: number): Candidate | null {
  if (end - start !== 8 || (near & FLAG.birth) === 0) return null;
  const [year, month, day] = [
    text.slice(start, start + 4),
    text.slice(start + 4, start + 6),
    text.slice(start + 6, end),
  ];
  if (!isDay(Number(year), Number(month), Number(day))) return null;
  return { start, end, type: 'BIRTH_DATE', score: 0.92 };
}

function matchDate(tokens: Tokens, at: number, pattern: RegExp): Candidate | null {
  const start = eraStart(tokens.text, tokens.start[at]!);
  pattern.lastIndex = start;
  const found = pattern.exec(tokens.text);
  if (found === null) return null;
  const end = start + found[0].length;
  return born(tokens, start, end, neighborhood(tokens, at, lastTokenBefore(tokens, at, end)), 0.93);
}

const ERA = /^(?:民国|民國|昭和|平成|令和|大正)$/;
const LAST_OF_ERA = '国國和成正';

function eraStart(text: string, start: number): number {
  if (start < 2 || !LAST_OF_ERA.includes(text[start - 1]!)) return start;
  return ERA.test(text.slice(start - 2, start)) ? start - 2 : start;
}

function lastTokenBefore(tokens: Tokens, at: number, end: number): number {
  let last = at;
  while (last + 1 < tokens.count && tokens.end[last + 1]! <= end) last += 1;
  return last;
}

const YEAR_CUE =
  /(?:\b(?:in|since|of|by|until|till|from|year|early|late|mid|during|before|after|around|circa|en|depuis|seit|im|jahr|desde|año|hasta|bis|l'année) |\b(?:a|an|the) )$/i;
const YEAR_AFTER = /^(?:\s[A-Z(]|[.,;:!?)]|\s*$|\s(?:and|to|when|but|by|with|at|as)\b)/;

/** A year alone, after a word that years follow. */
export function yearAt(tokens: Tokens, at: number): Candidate | null {
  const start = tokens.start[at]!;
  const end = tokens.end[at]!;
  if (end - start !== 4 || tokens.kind[at] !== KIND.number || tokens.text.charCodeAt(start - 1) !== 32)
    return null;
  const year = Number(tokens.text.slice(start, end));
  if (year < 1900 || year > 2049) return null;
  const before = tokens.text.slice(Math.max(0, start - 9), start);
  if (!YEAR_CUE.test(before)) return null;
  const article = /\b(?:an?|the) $/i.test(before);
  const after = tokens.text.slice(end, end + 8);
  if (article ? !/^ \p{L}/u.test(after) : !YEAR_AFTER.test(after) && !/^ [a-z]/.test(after)) return null;
  return { start, end, type: 'DATE', score: article ? 0.6 : 0.75 };
}

const ON =
  /\b(?:on|this|next|last|every|by|until|meet|since|am|le|el|diesen|nächsten|letzten|kommenden|vergangenen) $/i;
const PART_OF_DAY = /^ (?:morning|afternoon|evening|night|at|around|between|from|until|\d)/i;

/** A day of the week that someone is told to come on, or came on. */
export function weekdayAt(tokens: Tokens, at: number): Candidate | null {
  const [start, end] = [tokens.start[at]!, tokens.end[at]!];
  if (!WEEKDAY.test(tokens.text.slice(start, end))) return null;
  const on = ON.test(tokens.text.slice(Math.max(0, start - 12), start));
  const part = PART_OF_DAY.test(tokens.text.slice(end, end + 12));
  return on || part ? { start, end, type: 'DATE', score: 0.6 } : null;
}

const WEEKDAY =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)$/i;
