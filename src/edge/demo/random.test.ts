import { describe, expect, it } from 'vitest';
import { chance } from './random.ts';

function draws(seed: number, label: string, count = 50): number[] {
  const random = chance(seed, label);
  return Array.from({ length: count }, () => random.next());
}

describe('the demo shop draws by a seed', () => {
  it('draws the same for the same seed and label', () => {
    expect(draws(7, 'customer 1')).toEqual(draws(7, 'customer 1'));
  });

  it('draws differently for another seed and for another label', () => {
    expect(draws(7, 'customer 1')).not.toEqual(draws(8, 'customer 1'));
    expect(draws(7, 'customer 1')).not.toEqual(draws(7, 'customer 2'));
  });

  it('reaches both ends of a range and never leaves it', () => {
    const random = chance(1, 'range');
    const seen = new Set(Array.from({ length: 500 }, () => random.between(3, 6)));
    expect([...seen].sort()).toEqual([3, 4, 5, 6]);
  });

  it('says yes about as often as it was told', () => {
    const random = chance(1, 'share');
    const yes = Array.from({ length: 10_000 }, () => random.yes(0.3)).filter(Boolean).length;
    expect(yes).toBeGreaterThan(2_800);
    expect(yes).toBeLessThan(3_200);
  });

  it('draws some different items, and no more than there are', () => {
    const random = chance(1, 'some');
    expect(new Set(random.some(['a', 'b', 'c', 'd'], 3)).size).toBe(3);
    expect(random.some(['a', 'b'], 5).sort()).toEqual(['a', 'b']);
  });

  it('fills every hash sign of a pattern with a digit', () => {
    expect(chance(1, 'digits').digits('+1 202 555 01##')).toMatch(/^\+1 202 555 01\d\d$/);
  });
});
