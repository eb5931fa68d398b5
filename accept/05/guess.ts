/**
 * Guessing by time whether somebody is known. Each guesser learns on the first half of the tries and guesses the second;
 * right guesses are held against a fair coin.
 */
import { lowerBound } from '../../test/kit/bounds.ts';

export interface Try {
  readonly known: boolean;
  readonly took: number;
}

export interface Guessed {
  readonly right: number;
  readonly of: number;
  /** The least share of right guesses that explains this, but for one chance in a thousand. Above a half: it knows. */
  readonly atLeast: number;
}

const CHANCE = 1e-3;
const BINS = 20;

type Guesser = (took: number) => boolean;

export const GUESSERS = { 'one cut': threshold, 'many bins': bins } as const;

/** Judged on the tries that the guesser has not seen. */
export function guessByTime(tries: readonly Try[], by: keyof typeof GUESSERS): Guessed {
  const half = Math.floor(tries.length / 2);
  const [learned, judged] = [tries.slice(0, half), tries.slice(half)];
  const guess = GUESSERS[by](learned);
  return guessed(judged.filter(({ known, took }) => guess(took) === known).length, judged.length);
}

export function guessed(right: number, of: number): Guessed {
  return { right, of, atLeast: lowerBound(right, of, CHANCE) };
}

/** Above or below a time: the cut that was right most often. */
function threshold(learned: readonly Try[]): Guesser {
  const sorted = learned.toSorted((a, b) => a.took - b.took);
  const allKnown = sorted.filter(({ known }) => known).length;
  let best = { score: -1, cut: 0, above: true };
  let below = 0;
  for (const [at, { known, took }] of sorted.entries()) {
    // Guessing "known" for all that took longer than this one.
    below += known ? 1 : 0;
    const right = at + 1 - below + (allKnown - below);
    const score = Math.max(right, sorted.length - right);
    if (score > best.score) best = { score, cut: took, above: right >= sorted.length - right };
  }
  return (took) => took > best.cut === best.above;
}

/** What was more often so among tries of about the same time: sees what is not one cut, too. */
function bins(learned: readonly Try[]): Guesser {
  const sorted = learned.toSorted((a, b) => a.took - b.took);
  const size = Math.max(1, Math.ceil(sorted.length / BINS));
  const parts = Array.from({ length: Math.ceil(sorted.length / size) }, (_, nth) =>
    sorted.slice(nth * size, (nth + 1) * size),
  ).map((part) => ({
    to: part.at(-1)!.took,
    known: part.filter(({ known }) => known).length * 2 >= part.length,
  }));
  return (took) => (parts.find(({ to }) => took <= to) ?? parts.at(-1)!).known;
}
