import type { Candidate } from '../candidate.ts';
import { FLAG } from '../flags.ts';
import { gapAfter, isWord, type Reading, sign } from './reading.ts';
import { lower } from './word-set.ts';

const NAME = FLAG.given | FLAG.surname;

/** A firm named after its partners: `Jones, Mitchell and Williams`. Begins with the family name at `at`. */
export function firmAt(reading: Reading, at: number): Candidate | null {
  const { tokens, taken } = reading;
  if (taken[at] === 1 || !isPartner(reading, at)) return null;
  if (sign(tokens, at + 1) !== ',' || gapAfter(tokens, at) !== 0 || !isPartner(reading, at + 2)) return null;
  const and = lower(tokens, at + 3);
  if (
    (and !== 'and' && and !== 'und' && and !== 'et' && and !== 'y' && sign(tokens, at + 3) !== '&') ||
    !isPartner(reading, at + 4)
  )
    return null;
  if (sign(tokens, at - 1) === ':') return null;
  // Three people in a list have given names, or a verb of their own behind them.
  if (isPartner(reading, at - 1) || isPartner(reading, at + 5)) return null;
  return { start: tokens.start[at]!, end: tokens.end[at + 4]!, type: 'ORGANIZATION', score: 0.8 };
}

function isPartner({ tokens }: Reading, at: number): boolean {
  if (!isWord(tokens, at)) return false;
  const flags = tokens.flags[at]!;
  if (tokens.caseless) return (flags & FLAG.surname) !== 0;
  return (
    tokens.letterCase[at] === 1 &&
    ((flags & NAME) !== 0 || (flags & FLAG.common) === 0) &&
    tokens.end[at]! - tokens.start[at]! > 2
  );
}
