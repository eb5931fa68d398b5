/** Who chose, and whether the choice counts. */
import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import type { ChosenBy } from './types.ts';

function opens(chosenBy: string, age: number | null): boolean {
  return decide({
    role: 'job',
    purpose: 'analytics',
    evidence: null,
    customer: {
      choices: { analytics: 'granted' },
      chosenBy: { analytics: chosenBy as ChosenBy },
      age,
      restricted: false,
      erased: false,
      retained: ['identity'],
    },
    fields: [],
    policy: { hash: '', rules: [] },
  }).allowed;
}

// The built-in rules: a parent below 16, the customer from 14 on, both between.
describe('a grant counts when the right person made it', () => {
  it.each([
    ['self', 12, false],
    ['self', 15, false],
    ['self', 16, true],
    ['self', null, true],
    ['parent', 12, true],
    ['parent', 14, false],
    ['parent', null, true],
    ['both', 12, true],
    ['both', 15, true],
    ['both', 40, true],
  ] as const)('chosen by %s at the age of %s: %s', (by, age, expected) => {
    expect(opens(by, age)).toBe(expected);
  });

  it('whoever is neither the customer nor a parent grants nothing, at any age', () => {
    for (const age of [null, 12, 15, 40]) expect(opens('a neighbor', age)).toBe(false);
  });
});
