/** Nationality, religion and health: single words that say what a person is or has. */
import type { Candidate } from '../candidate.ts';
import { FLAG } from '../flags.ts';
import { CASE, type Tokens } from '../tokenize.ts';
import type { EntityType } from '../types.ts';
import { knownPlaceEnd } from './place.ts';
import { type Reading, sign } from './reading.ts';
import { lower } from './word-set.ts';

/** Words that are also names, verbs or things when written small. */
const NEEDS_CAPITAL = new Set(
  'polish thai turkey swiss jordan orthodox catholic roma pole polin turkish georgian german indian african asian'.split(
    ' ',
  ),
);

/** The word at `at` as a nationality, a religion or a term of health; null for others. */
export function groupAt({ tokens }: Reading, at: number): Candidate | null {
  const flags = tokens.flags[at]!;
  const type = typeOf(flags);
  if (type === null || isPartOfName(tokens, at)) return null;
  const small = tokens.letterCase[at] === CASE.lower && !tokens.caseless;
  if (small && NEEDS_CAPITAL.has(lower(tokens, at))) return null;
  if (
    type !== 'HEALTH' &&
    (flags & (FLAG.surname | FLAG.given)) !== 0 &&
    (flags & FLAG.common) !== 0 &&
    small
  )
    return null;
  return { start: tokens.start[at]!, end: tokens.end[at]!, type, score: 0.85 };
}

/** `Czech Republic`, `European Union`, `Cyprus (Greek)`. */
function isPartOfName(tokens: Tokens, at: number): boolean {
  if (knownPlaceEnd(tokens, at) > at || sign(tokens, at - 1) === '(') return true;
  // A language that is studied or spoken says little about who does it.
  if (
    /^(?:stud(?:y|ies|ied|ying)|speaks?|speaking|spoke|learn(?:s|ed|ing)?|into|in|teach(?:es|ing)?|sprech\p{L}+|parl\p{L}+|habl\p{L}+)$/u.test(
      lower(tokens, at - 1),
    )
  )
    return true;
  return /^(?:union|bank|commission|parliament|airlines|airways|republic)$/.test(lower(tokens, at + 1));
}

function typeOf(flags: number): EntityType | null {
  if ((flags & FLAG.nationality) !== 0) return 'NATIONALITY';
  if ((flags & FLAG.religion) !== 0) return 'RELIGION';
  return (flags & FLAG.health) !== 0 ? 'HEALTH' : null;
}
