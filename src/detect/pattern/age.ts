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

/** An age in years: the number alone, with words before or after that make it one. */
export function ageAt(tokens: Tokens, at: number): Candidate | null {
  const { text } = tokens;
  const [start, end] = [tokens.start[at]!, tokens.end[at]!];
  if (end - start > 3 || tokens.kind[at] !== KIND.number) return null;
  const age = Number(text.slice(start, end));
  if (age > OLDEST || age === 0) return null;
  const before = text.slice(Math.max(0, start - 16), start);
  const after = text.slice(end, end + 24);
  if (NO_AGE.test(after)) return null;
  const [strong, cue] = [STRONG_BEFORE.test(before), BEFORE.test(before)];
  if (OLD.test(after) || (cue && AFTER.test(after))) return { start, end, type: 'AGE', score: 0.95 };
  if (age >= 10 && SAID.test(before) && /^(?:[.,;!?]|$| (?:and|und|et|y)\b)/.test(after))
    return { start, end, type: 'AGE', score: 0.7 };
  if (OF.test(before) && / (?:ans|años)\b/.test(after.slice(0, 6)))
    return { start, end, type: 'AGE', score: 0.85 };
  if (/^ (?:ans|años)\b/.test(after) && HAS.test(text.slice(Math.max(0, start - LOOK_BACK), start)))
    return { start, end, type: 'AGE', score: 0.9 };
  if (strong) return { start, end, type: 'AGE', score: 0.85 };
  return null;
}
