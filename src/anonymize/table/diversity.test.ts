import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diverse } from '../verify/diverse.ts';
import { isDiverse } from './diversity.ts';
import type { Diversity } from './types.ts';

const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);

describe('ℓ-diversity', () => {
  it.each<[string, number[], Diversity, boolean]>([
    ['three illnesses are three', [5, 1, 1], { kind: 'distinct', l: 3 }, true],
    ['two illnesses are not three', [5, 2], { kind: 'distinct', l: 3 }, false],
    ['equally frequent ones hide as many as there are', [2, 2, 2], { kind: 'entropy', l: 3 }, true],
    ['uneven ones hide fewer', [4, 1, 1], { kind: 'entropy', l: 3 }, false],
    ['the most frequent is below twice the rest', [3, 2], { kind: 'recursive', c: 2, l: 2 }, true],
    ['the most frequent is exactly twice the rest', [4, 2], { kind: 'recursive', c: 2, l: 2 }, false],
    ['without the second most frequent', [3, 2, 1], { kind: 'recursive', c: 2, l: 3 }, false],
    ['one illness alone', [9], { kind: 'recursive', c: 9, l: 2 }, false],
  ])('%s', (_, counts, diversity, expected) => {
    expect(isDiverse(diversity, counts, sum(counts))).toBe(expected);
  });

  it('is what the verifier finds with code of its own, for any class', () => {
    const kinds = fc.constantFrom<Diversity>(
      { kind: 'distinct', l: 3 },
      { kind: 'entropy', l: 2 },
      { kind: 'entropy', l: 2.5 },
      { kind: 'recursive', c: 1.5, l: 2 },
      { kind: 'recursive', c: 3, l: 3 },
    );
    const counts = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(counts, kinds, (class_, kind) => {
        expect(isDiverse(kind, class_, sum(class_))).toBe(diverse(class_, kind));
      }),
      { numRuns: 2_000 },
    );
  });
});
