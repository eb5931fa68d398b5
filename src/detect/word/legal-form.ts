/** Firms by the legal form behind their name: `Autohaus Kessler GmbH & Co. KG`, `Talleres Gil, S.L.` */
import type { Candidate } from '../candidate.ts';
import { FLAG } from '../flags.ts';
import { CASE, type Tokens } from '../tokenize.ts';
import * as terms from '../words/terms.ts';
import { isWord, type Reading, sign } from './reading.ts';
import { lower } from './word-set.ts';

const FORM =
  /(?:gGmbH|GmbH|AG|KGaA|KG|OHG|UG|SE|GbR|eG|e\. ?K\.|e\. ?V\.|S\. ?A\. ?R\. ?L\.|SARL|Sarl|SASU?|SA|EURL|SNC|SCOP|S\. ?A\. ?S\.|S\. ?A\.(?: ?U\.)?|S\. ?L\.(?: ?[UL]\.)?|SL[UL]?|LLC|LLP|PLC|Co\.,? Ltd\.?|Ltd\.?|Inc\.?|Corp\.?|B\.V\.|BV|N\.V\.|S\.p\.A\.)(?![\p{L}\p{N}])/uy;
const MORE = /\.? (?:&|und|u\.) Co\.(?: ?(?:KGaA|KG|OHG))?| \(haftungsbeschränkt\)| de C\. ?V\./y;
const MOST_TOKENS = 9;
/** Behind `and` these are still the same firm. */
const KIN =
  /^(?:fils|filles|frères|cie|co|söhne|sohn|töchter|partner|brüder|hijos|hijo|hermanos|cía|asociados|associés|sons|son|daughters|brothers|partners)$/;
const AND = /^(?:et|und|y|and|e)$/;
const ARTICLES = new Set(terms.GRAMMAR.split(' '));
/** What kind of thing it is, or what was sent to it: no part of the name. */
const KINDS =
  /^(?:[ld]')?(?:firma|unternehmen|arbeitgeber|kunde|lieferant|rechnung|lieferung|société|sté|entreprise|fournisseur|client|facture|empresa|compañía|sociedad|proveedor|cliente|factura|company|invoice|supplier)$/;

/** The firm whose legal form begins at token `at`, or null. */
export function legalFormAt(reading: Reading, at: number): Candidate | null {
  const { tokens, taken } = reading;
  if (taken[at] === 1 || !mayBeForm(tokens, at)) return null;
  FORM.lastIndex = tokens.start[at]!;
  if (!FORM.test(tokens.text)) return null;
  const first = firstOf(reading, at);
  if (first === at) return null;
  let end = FORM.lastIndex;
  MORE.lastIndex = end;
  if (MORE.test(tokens.text)) end = MORE.lastIndex;
  return { start: tokens.start[first]!, end, type: 'ORGANIZATION', score: 0.92 };
}

const FIRST_OF_FORM = new Set([...'gGAKOUSePLCIBNE'].map((letter) => letter.charCodeAt(0)));

function mayBeForm({ text, flags, start, end, letterCase }: Tokens, at: number): boolean {
  const length = end[at]! - start[at]!;
  if (length > 5 || !FIRST_OF_FORM.has(text.charCodeAt(start[at]!))) return false;
  return (
    length === 1 || (length <= 5 && ((flags[at]! & FLAG.company) !== 0 || letterCase[at] !== CASE.lower))
  );
}

/** The first token of the name before the form, or the form itself when no name stands there. */
function firstOf(reading: Reading, form: number): number {
  const { tokens, taken } = reading;
  let first = form;
  let at = form - 1;
  if (sign(tokens, at) === ',') at -= 1;
  for (; at >= 0 && form - at < MOST_TOKENS && taken[at] === 0; at -= 1) {
    if (tokens.start[at + 1]! - tokens.end[at]! > 1) break;
    if (isWord(tokens, at) && tokens.letterCase[at] !== CASE.lower) first = at;
    else if (!isJoint(reading, at)) break;
  }
  while (first < form && isOutside(tokens, first)) first += 1;
  return first;
}

function isJoint({ tokens }: Reading, at: number): boolean {
  const mark = sign(tokens, at);
  if (mark !== '') return mark === '&' || mark === '-' || mark === "'";
  if (!isWord(tokens, at)) return false;
  if (AND.test(lower(tokens, at))) return KIN.test(lower(tokens, at + 1));
  return (tokens.flags[at]! & FLAG.particle) !== 0;
}

/** An article that begins a sentence, a word for firms, a particle or a sign. */
function isOutside(tokens: Tokens, at: number): boolean {
  if (!isWord(tokens, at) || tokens.letterCase[at] === CASE.lower) return true;
  const word = lower(tokens, at);
  return KINDS.test(word) || (ARTICLES.has(word) && sign(tokens, at - 1) !== ':');
}
