/** Vehicle plates and places on the globe. */
import type { Candidate } from '../candidate.ts';
import { FLAG } from '../flags.ts';
import { neighborhood } from '../neighborhood.ts';
import type { Tokens } from '../tokenize.ts';

const CHINESE =
  /[京津沪滬渝冀豫云雲辽遼黑湘皖鲁魯新苏蘇浙赣贛鄂桂甘晋晉蒙陕陝吉闽閩贵貴粤粵青藏川宁寧琼瓊使领領][A-HJ-NP-Z][·•・\s-]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂學学警港澳](?![A-Z0-9])/y;
const KOREAN = /(?:[가-힣]{2} ?)?\d{2,3} ?[가-힣] ?\d{4}(?!\d)/y;
const JAPANESE = /[\u4e00-\u9fff]{1,4} ?\d{2,3} ?[ぁ-ん] ?(?:\d{1,2}-\d{2}|[・.]{1,3}\d{1,3})(?!\d)/y;
/** France since 2009 and Italy; Great Britain since 2001. */
const LETTERS_FIRST: readonly (readonly [RegExp, number])[] = [
  [/[A-HJ-NP-TV-Z]{2}-\d{3}-[A-HJ-NP-TV-Z]{2}(?![A-Z0-9-])/y, 0.85],
  [/[A-Z]{2}\d{2} ?[A-Z]{3}(?![A-Z0-9])/y, 0.7],
];
/** Spain since 2000. */
const SPANISH = /\d{4} ?[BCDFGHJKLMNPRSTVWXYZ]{3}(?![A-Z0-9])/y;
const GERMAN = /[A-ZÄÖÜ]{1,3}[- ][A-Z]{1,2}[- ]?\d{1,4}[EH]?(?![A-Z0-9])/y;
const LOOSE = /[A-Z0-9]{1,4}(?:[ ·-]?[A-Z0-9]{1,4}){1,3}(?![A-Za-z0-9])/y;

const NINE = 57;

const at = (pattern: RegExp, text: string, start: number): number | null => {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : null;
};

/** A plate that begins with letters or digits at token `index`. */
export function plateAt(tokens: Tokens, index: number): Candidate | null {
  const { text } = tokens;
  const start = tokens.start[index]!;
  if (start > 0 && /[\w-]/.test(text[start - 1]!)) return null;
  if (text.charCodeAt(start) <= NINE) {
    const spanish = at(SPANISH, text, start);
    if (spanish !== null) return named(tokens, index, start, spanish, 0.7);
    const korean = at(KOREAN, text, start);
    if (korean !== null) return named(tokens, index, start, korean, 0.8);
  } else {
    for (const [shape, score] of LETTERS_FIRST) {
      const end = at(shape, text, start);
      if (end !== null) return named(tokens, index, start, end, score);
    }
    const german = at(GERMAN, text, start);
    if (german !== null)
      return named(tokens, index, start, german, text[tokens.end[index]!] === '-' ? 0.5 : 0.3);
  }
  return looseAt(tokens, index, start);
}

/** Any short letters and digits, where a word says that it is a plate. */
function looseAt(tokens: Tokens, index: number, start: number): Candidate | null {
  const { text } = tokens;
  if ((neighborhood(tokens, index, index).all & FLAG.plate) === 0) return null;
  const loose = at(LOOSE, text, start);
  if (loose === null || !/\d/.test(text.slice(start, loose)) || !/[A-Z]/.test(text.slice(start, loose)))
    return null;
  return named(tokens, index, start, loose, 0.1);
}

function named(tokens: Tokens, index: number, start: number, end: number, alone: number): Candidate | null {
  const { near, all } = neighborhood(tokens, index, index);
  if ((near & FLAG.plate) !== 0) return { start, end, type: 'PLATE', score: 0.93 };
  if ((near & (FLAG.order | FLAG.zip | FLAG.id | FLAG.passport | FLAG.license | FLAG.account)) !== 0)
    return null;
  const score = (all & FLAG.plate) !== 0 ? 0.85 : alone;
  return score < 0.3 ? null : { start, end, type: 'PLATE', score };
}

/** A Chinese or Japanese plate within the Han token from `from` to `to`: it begins with the last signs of it. */
export function hanPlateAt(text: string, from: number, to: number): Candidate | null {
  const next = text.charCodeAt(to);
  if (next > NINE) {
    const chinese = at(CHINESE, text, to - 1);
    return chinese === null ? null : { start: to - 1, end: chinese, type: 'PLATE', score: 0.96 };
  }
  const digit = next === 32 ? text.charCodeAt(to + 1) : next;
  if (!(digit >= 48 && digit <= NINE)) return null;
  for (let start = Math.max(from, to - 4); start < to; start += 1) {
    const end = at(JAPANESE, text, start);
    if (end !== null) {
      const length = to - start;
      const place = length > 2 && /^(?:は|が|号|車|番)/.test(text.slice(start)) ? start + 1 : start;
      return { start: place, end, type: 'PLATE', score: 0.9 };
    }
  }
  return null;
}

const DECIMAL =
  /[-+]?\d{1,2}\.\d{3,12} ?°? ?[NS]?[,;/ ]{1,3}(?:lng|lon|long|longitude)?[:= ]{0,2}[-+]?\d{1,3}\.\d{3,12}(?:\s?°?\s?[EWO](?![a-z]))?(?!\d)/iy;
const SEXAGESIMAL =
  /\d{1,2} ?[°º] ?\d{1,2} ?['′] ?(?:\d{1,2}(?:\.\d{1,4})? ?(?:["″]|'')? ?)?[NSns],? {0,2}\d{1,3} ?[°º] ?\d{1,2} ?['′] ?(?:\d{1,2}(?:\.\d{1,4})? ?(?:["″]|'')? ?)?[EWOewo]/y;

/** Three decimals or a degree sign, with or without a space before. */
function isDegrees(text: string, at: number): boolean {
  const next = text.charCodeAt(at);
  if (next === 46) {
    for (let digit = at + 1; digit <= at + 3; digit += 1) {
      const code = text.charCodeAt(digit);
      if (!(code >= 48 && code <= NINE)) return false;
    }
    return true;
  }
  const sign = next === 32 ? text.charCodeAt(at + 1) : next;
  return sign === 0xb0 || sign === 0xba;
}

/** Latitude and longitude that begin with the number at token `index`; three decimals are some 100 meters. */
export function locationAt(tokens: Tokens, index: number): Candidate | null {
  const { text } = tokens;
  let start = tokens.start[index]!;
  if (!isDegrees(text, tokens.end[index]!)) return null;
  if (text[start - 1] === '-' || text[start - 1] === '+') start -= 1;
  const end = at(DECIMAL, text, start) ?? at(SEXAGESIMAL, text, tokens.start[index]!);
  if (end === null) return null;
  const [latitude, longitude] = text
    .slice(start, end)
    .match(/[-+]?\d+(?:\.\d+)?/g)!
    .map(Number);
  if (Math.abs(latitude!) > 90 || Math.abs(longitude!) > 180) return null;
  return { start, end, type: 'LOCATION', score: 0.93 };
}
