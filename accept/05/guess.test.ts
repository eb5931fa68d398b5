import { describe, expect, it } from 'vitest';
import { seededFill } from '../../test/kit/seeded.ts';
import { GUESSERS, guessByTime, type Try } from './guess.ts';

/** Times around 100 ms, of known and unknown at random; `more` is what the known take longer. */
function tries(name: string, count: number, more: (nth: number) => number): Try[] {
  const bytes = new Uint8Array(count * 3);
  seededFill(name)(bytes);
  return Array.from({ length: count }, (_, nth) => {
    const known = bytes[nth * 3]! % 2 === 1;
    const noise = (bytes[nth * 3 + 1]! * 256 + bytes[nth * 3 + 2]!) / 65_536;
    return { known, took: 100 + noise + (known ? more(nth) : 0) };
  });
}

const names = Object.keys(GUESSERS) as (keyof typeof GUESSERS)[];

describe('a guess by time', () => {
  it.each(names)('by %s does no better than chance where times are alike', (name) => {
    expect(
      guessByTime(
        tries('alike', 10_000, () => 0),
        name,
      ).atLeast,
    ).toBeLessThan(0.5);
  });

  it.each(names)('by %s knows when those who are known take a tenth of the noise longer', (name) => {
    expect(
      guessByTime(
        tries('longer', 10_000, () => 0.1),
        name,
      ).atLeast,
    ).toBeGreaterThan(0.5);
  });

  it('by bins knows when they take now shorter and now longer', () => {
    const spread = tries('spread', 10_000, (nth) => (nth % 2 === 0 ? 0.5 : -0.5));
    expect(guessByTime(spread, 'many bins').atLeast).toBeGreaterThan(0.5);
  });
});
