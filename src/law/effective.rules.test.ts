/** What holds for every history of choices and merges. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChoiceRow, effectiveChoices, type MergeLink } from './effective.ts';
import type { ChoiceState } from './types.ts';

const merge = (validFrom: number, child: string, root: string): MergeLink => ({ child, root, validFrom });

const row: fc.Arbitrary<ChoiceRow> = fc.record({
  customerId: fc.constantFrom('a', 'b', 'c'),
  purpose: fc.constantFrom('analytics', 'marketing-email'),
  channel: fc.constantFrom(null, null, 'email', 'phone'),
  state: fc.constantFrom('granted', 'refused'),
  how: fc.constantFrom('asserted', 'chosen'),
  receivedAt: fc.integer({ min: 0, max: 9 }),
  id: fc.uuid(),
});
const history = fc.uniqueArray(row, { maxLength: 8, selector: ({ id }) => id });
const links = fc.array(
  fc.record({
    child: fc.constantFrom('a', 'b', 'c'),
    root: fc.constantFrom('a', 'b', 'c'),
    validFrom: fc.integer({ min: 0, max: 9 }),
  }),
  { maxLength: 3 },
);
const PURPOSES = ['analytics', 'marketing-email'] as const;

describe('for every history of choices and merges', () => {
  it('the order in which rows and links are read does not matter', () => {
    fc.assert(
      fc.property(history, links, (said, merges) => {
        expect(effectiveChoices([...said].reverse(), [...merges].reverse())).toEqual(
          effectiveChoices(said, merges),
        );
      }),
    );
  });

  it('a refusal more never grants more', () => {
    fc.assert(
      fc.property(history, links, row, (said, merges, extra) => {
        const before = effectiveChoices(said, merges);
        const after = effectiveChoices([...said, { ...extra, id: 'x', state: 'refused' }], merges);
        return PURPOSES.every((purpose) => after[purpose] !== 'granted' || before[purpose] === 'granted');
      }),
    );
  });

  it('an assertion more never turns a refusal into a grant', () => {
    fc.assert(
      fc.property(history, links, row, (said, merges, extra) => {
        const last: ChoiceRow = { ...extra, id: 'x', how: 'asserted', receivedAt: 10 };
        const before = effectiveChoices(said, merges);
        const after = effectiveChoices([...said, last], merges);
        return PURPOSES.every((purpose) => before[purpose] !== 'refused' || after[purpose] === 'refused');
      }),
    );
  });

  it('a merge more never turns a refusal into a grant', () => {
    fc.assert(
      fc.property(history, links, (said, merges) => {
        const before = effectiveChoices(said, merges);
        const after = effectiveChoices(said, [...merges, merge(10, 'a', 'b')]);
        return PURPOSES.every((purpose) => before[purpose] !== 'refused' || after[purpose] === 'refused');
      }),
    );
  });

  it('what the person refuses last is refused, and what they grant last is granted', () => {
    fc.assert(
      fc.property(history, fc.constantFrom<ChoiceState>('granted', 'refused'), (said, state) => {
        const cluster = [merge(10, 'a', 'b'), merge(10, 'c', 'b')];
        const last: ChoiceRow = {
          customerId: 'b',
          purpose: 'analytics',
          channel: null,
          state,
          how: 'chosen',
          receivedAt: 11,
          id: 'x',
        };
        return effectiveChoices([...said, last], cluster).analytics === state;
      }),
    );
  });
});
