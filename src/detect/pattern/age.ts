import type { Candidate } from '../candidate.ts';
import { KIND, type Tokens } from '../tokenize.ts';

const OLDEST = 120;
const AFTER =
  /^(?:[ -]{0,2}(?:years?|yrs?|y\/?o)\b[ -]?(?:old|of age)?|\s?(?:岁|歲|歳|才(?!能)|周岁|周歲|세(?![가-힣])|살)|[ -]?jährige?[rsmn]?\b| Jahre?n? alt\b| ans?\b(?! de )| años?\b(?! de (?:garantía|experiencia)))/i;
const OLD =
  /^[ -]{0,2}(?:(?:years?|yrs?)[ -]old|y\/o|yo\b|y\.o|years? of age|\s?(?:岁|歲|歳|周岁|周歲|살|세(?=[입이인의가는 .,)]|$))|[ -]?jährig| Jahre? alt| ans? révolus| años de edad|才(?:です|の(?:男|女)|[。、)]|$))/i;
const BEFORE =
  /(?:(?<!\p{L})(?:turn(?:ed|s|ing)?|aged?|age (?:of|is)|age:|alter:?|alter von|bin|wurde|âgée? de|âge de|âge ?:?|edad:?|edad de|cumple|cumplí|cumplió|tengo|tiene|j'ai|ai|il a|elle a|when (?:s?he|i) was|(?:s?he|i)'s|i am|i'm)|年龄|年齡|今年|年齢|나이는?|现年|現年|만)[ :：是は]{0,3}$/iu;
const STRONG_BEFORE =
  /(?:(?<!\p{L})(?:turn(?:ed|s|ing)|(?:will|to|be) turn|aged|age (?:of|is)|age:|alter:?|alter von|âgée? de|âge ?:?|edad:?|edad de|when (?:s?he|i) was)|'ll turn|年龄|年齡|年齢|나이는?|现年|現年)[ :：是は]{0,3}$/iu;
const NO_AGE =
  /^(?:\s?(?:岁|歲|歳|才|세)(?:以上|以下|以内|未満|未满|儿童|兒童|宝宝|寶寶|起|至|到|-|~|～)|\s?[%€$£°/:]|[.,]\d|-\d| (?:days?|minutes?|hours?|items?|kg|km|cm|euros?|dollars?|times|percent|left|right|degrees)\b)/i;

const SAID = /\b(?:i'm|i am|ich bin|ich werde) $/i;
const OF =
  /\b(?:hommes?|femmes?|filles?|fils|garçon|personne|cliente?|hombre|mujer|hij[oa]|niñ[oa]|señora?|enfant|madre|padre|mère|père) de $/i;

/** `mon fils a 7 ans`: someone of the family, whom a guarantee is no part of. */
const HAS =
  /(?<!\p{L})(?:fils|fille|mari|femme|mère|père|enfant|frère|sœur|bébé|il|elle|hij[oa]|marido|mujer|madre|padre|herman[oa]|niñ[oa])(?: \p{Lu}\p{L}{1,20}){0,2} (?:a|tiene) $/u;
const LOOK_BACK = 48;

/** Units that an age's word begins with, behind the number and up to two spaces or dashes. */
const FIRST_AFTER = new Set([...'yYjJaA岁歲歳才周세살'].map((sign) => sign.charCodeAt(0)));
/** Last letters of the words in `BEFORE`, `STRONG_BEFORE` and `SAID`. */
const LAST_BEFORE = new Set(
  [...'ndsgefrmiíóoaNDSGEFRMIÍÓOA龄齡年齢이나는만'].map((sign) => sign.charCodeAt(0)),
);
const FILLERS = new Set([...' :：是は'].map((sign) => sign.charCodeAt(0)));

/** Whether a word that ages have may stand behind. */
function mayFollow(text: string, end: number): boolean {
  let at = end;
  while (at < end + 3 && (text.charCodeAt(at) <= 32 || text.charCodeAt(at) === 45)) at += 1;
  return FIRST_AFTER.has(text.charCodeAt(at));
}

/** Whether a word that ages have may stand before. */
function mayPrecede(text: string, start: number): boolean {
  for (let at = start - 1; at >= 0 && at > start - 7; at -= 1) {
    const code = text.charCodeAt(at);
    if (LAST_BEFORE.has(code)) return true;
    if (!FILLERS.has(code)) return false;
  }
  return false;
}

/** An age in years: the number alone, with words before or after that make it one. */
export function ageAt(tokens: Tokens, at: number): Candidate | null {
  const { text } = tokens;
  const start = tokens.start[at]!;
  const end = tokens.end[at]!;
  if (end - start > 3 || tokens.kind[at] !== KIND.number) return null;
  const led = mayPrecede(text, start);
  const followed = mayFollow(text, end);
  if (!led && !followed) return null;
  const age = Number(text.slice(start, end));
  if (age > OLDEST || age === 0) return null;
  const before = text.slice(Math.max(0, start - 16), start);
  const after = text.slice(end, end + 24);
  if (NO_AGE.test(after)) return null;
  if (followed && (OLD.test(after) || (led && BEFORE.test(before) && AFTER.test(after))))
    return { start, end, type: 'AGE', score: 0.95 };
  if (!led) return null;
  if (age >= 10 && SAID.test(before) && /^(?:[.,;!?]|$| (?:and|und|et|y)\b)/.test(after))
    return { start, end, type: 'AGE', score: 0.7 };
  if (followed && OF.test(before) && / (?:ans|años)\b/.test(after.slice(0, 6)))
    return { start, end, type: 'AGE', score: 0.85 };
  if (
    followed &&
    /^ (?:ans|años)\b/.test(after) &&
    HAS.test(text.slice(Math.max(0, start - LOOK_BACK), start))
  )
    return { start, end, type: 'AGE', score: 0.9 };
  return STRONG_BEFORE.test(before) ? { start, end, type: 'AGE', score: 0.85 } : null;
}
