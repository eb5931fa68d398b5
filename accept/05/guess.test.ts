import { describe, expect, it } from 'vitest';
import { seededFill } from '../../test/kit/seeded.ts';
import { guessByTime, type Try } from './guess.ts';

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

describe('a guess by time', () => {
  it('does no better than chance where times are alike', () => {
    expect(guessByTime(tries('alike', 10_000, () => 0)).atLeast).toBeLessThan(0.5);
  });

  it('knows when those who are known take a tenth of the noise longer', () => {
    expect(guessByTime(tries('longer', 10_000, () => 0.1)).atLeast).toBeGreaterThan(0.5);
  });

  it('knows when they take now shorter and now longer', () => {
    const spread = tries('spread', 10_000, (nth) => (nth % 2 === 0 ? 0.5 : -0.5));
    expect(guessByTime(spread).atLeast).toBeGreaterThan(0.5);
  });
});
