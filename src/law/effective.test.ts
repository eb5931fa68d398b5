import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChoiceRow, effectiveChoices, type MergeLink, withAssertion } from './effective.ts';
import type { ChoiceState } from './types.ts';

type Said = readonly [at: number, who: string, how: ChoiceRow['how'], state: ChoiceState, channel?: string];

function rows(...said: readonly Said[]): ChoiceRow[] {
  return said.map(([receivedAt, customerId, how, state, channel], index) => ({
    customerId,
    purpose: 'analytics',
    channel: channel ?? null,
    state,
    how,
    receivedAt,
    id: `0${index}`,
  }));
}

const merge = (validFrom: number, child: string, root: string): MergeLink => ({ child, root, validFrom });
const standing = (said: readonly Said[], links: readonly MergeLink[] = []) =>
  effectiveChoices(rows(...said), links).analytics;

describe('the standing choice of one customer', () => {
  it('is absent when nobody asked', () => {
    expect(effectiveChoices([], [])).toEqual({});
  });

  it('is the later of two choices', () => {
    expect(
      standing([
        [1, 'a', 'chosen', 'granted'],
        [2, 'a', 'chosen', 'refused'],
      ]),
    ).toBe('refused');
    expect(
      standing([
        [1, 'a', 'chosen', 'refused'],
        [2, 'a', 'chosen', 'granted'],
      ]),
    ).toBe('granted');
  });

  it('is the one with the later id within the same millisecond', () => {
    expect(
      standing([
        [1, 'a', 'chosen', 'granted'],
        [1, 'a', 'chosen', 'refused'],
      ]),
    ).toBe('refused');
  });

  it('is what a sender asserted when nothing else was said', () => {
    expect(standing([[1, 'a', 'asserted', 'granted']])).toBe('granted');
  });

  it('stays refused when a sender asserts a grant, and opens when the person chooses', () => {
    const asserted: Said[] = [
      [1, 'a', 'asserted', 'refused'],
      [2, 'a', 'asserted', 'granted'],
    ];
    expect(standing(asserted)).toBe('refused');
    expect(standing([...asserted, [3, 'a', 'chosen', 'granted']])).toBe('granted');
    expect(
      standing([
        [1, 'a', 'chosen', 'refused'],
        [2, 'a', 'asserted', 'granted'],
      ]),
    ).toBe('refused');
  });

  it('is narrowed by an asserted refusal even over a chosen grant', () => {
    expect(
      standing([
        [1, 'a', 'chosen', 'granted'],
        [2, 'a', 'asserted', 'refused'],
      ]),
    ).toBe('refused');
  });

  it('is kept apart for each purpose', () => {
    const [analytics] = rows([1, 'a', 'chosen', 'granted']);
    const research: ChoiceRow = { ...analytics!, purpose: 'research', state: 'refused', id: '1' };
    expect(effectiveChoices([analytics!, research], [])).toEqual({
      analytics: 'granted',
      research: 'refused',
    });
  });

  it('never speaks of purposes that need no choice', () => {
    const [row] = rows([1, 'a', 'chosen', 'refused']);
    expect(effectiveChoices([{ ...row!, purpose: 'legal-duty' }], [])).toEqual({});
  });
});

describe('the standing choice after a merge', () => {
  const apart: Said[] = [
    [1, 'a', 'chosen', 'granted'],
    [2, 'b', 'chosen', 'refused'],
  ];

  it('is the stricter of the two, whichever is the root', () => {
    expect(standing(apart, [merge(3, 'a', 'b')])).toBe('refused');
    expect(standing(apart, [merge(3, 'b', 'a')])).toBe('refused');
  });

  it('is the stricter even when the grant is the newer', () => {
    const later: Said[] = [
      [1, 'a', 'chosen', 'refused'],
      [2, 'b', 'chosen', 'granted'],
    ];
    expect(standing(later, [merge(3, 'a', 'b')])).toBe('refused');
  });

  it('is what the person chooses afterwards, on either side', () => {
    for (const who of ['a', 'b']) {
      expect(standing([...apart, [4, who, 'chosen', 'granted']], [merge(3, 'a', 'b')])).toBe('granted');
    }
  });

  it('is not widened by what a sender asserts afterwards', () => {
    expect(standing([...apart, [4, 'a', 'asserted', 'granted']], [merge(3, 'a', 'b')])).toBe('refused');
  });

  it('is not widened by a choice of the very millisecond of the merge', () => {
    expect(standing([...apart, [3, 'a', 'chosen', 'granted']], [merge(3, 'a', 'b')])).toBe('refused');
  });

  it('is granted when one side granted and the other was never asked', () => {
    expect(standing([[1, 'a', 'chosen', 'granted']], [merge(3, 'b', 'a')])).toBe('granted');
  });

  it('survives signing in on a new device that was never asked', () => {
    const chosen: Said[] = [...apart, [4, 'b', 'chosen', 'granted']];
    expect(standing(chosen, [merge(3, 'a', 'b'), merge(5, 'c', 'b')])).toBe('granted');
  });

  it('gives way to the refusal of a third customer who merges later', () => {
    const said: Said[] = [...apart, [4, 'b', 'chosen', 'granted'], [5, 'c', 'chosen', 'refused']];
    const links = [merge(3, 'a', 'b'), merge(6, 'c', 'b')];
    expect(standing(said, links)).toBe('refused');
    expect(standing([...said, [7, 'c', 'chosen', 'granted']], links)).toBe('granted');
  });

  it('is the old one again when the link is closed', () => {
    const [grant, refusal] = rows(...apart);
    expect(effectiveChoices([grant!], [])).toEqual({ analytics: 'granted' });
    expect(effectiveChoices([refusal!], [])).toEqual({ analytics: 'refused' });
  });

  it('follows a chain of merges', () => {
    const links = [merge(3, 'a', 'b'), merge(4, 'b', 'c'), merge(5, 'd', 'c')];
    expect(standing(apart, links)).toBe('refused');
    expect(standing([...apart, [6, 'd', 'chosen', 'granted']], links)).toBe('granted');
  });
});

describe('choices of a channel', () => {
  const said = rows([1, 'a', 'chosen', 'granted'], [2, 'a', 'chosen', 'refused', 'phone']);

  it('hold for that channel and leave the others', () => {
    expect(effectiveChoices(said, [], 'phone')).toEqual({ analytics: 'refused' });
    expect(effectiveChoices(said, [], 'email')).toEqual({ analytics: 'granted' });
  });

  it('that refuse hold too when no channel is named', () => {
    expect(effectiveChoices(said, [])).toEqual({ analytics: 'refused' });
  });

  it('that grant open no other channel', () => {
    const one = rows([1, 'a', 'chosen', 'granted', 'email']);
    expect(effectiveChoices(one, [], 'email')).toEqual({ analytics: 'granted' });
    expect(effectiveChoices(one, [], 'phone')).toEqual({});
    expect(effectiveChoices(one, [])).toEqual({});
  });

  it('are replaced by a later choice for the whole purpose', () => {
    const later = rows([1, 'a', 'chosen', 'refused', 'phone'], [2, 'a', 'chosen', 'granted']);
    expect(effectiveChoices(later, [])).toEqual({ analytics: 'granted' });
  });

  it('mean the purpose itself when its name says the channel, and nothing on another channel', () => {
    const [row] = rows([1, 'a', 'chosen', 'granted', 'email']);
    const email: ChoiceRow = { ...row!, purpose: 'marketing-email' };
    expect(effectiveChoices([email], [])).toEqual({ 'marketing-email': 'granted' });
    expect(effectiveChoices([email], [], 'email')).toEqual({ 'marketing-email': 'granted' });
    expect(effectiveChoices([email], [], 'sms')).toEqual({});
  });
});

describe('what an assertion adds', () => {
  it('records a grant where nothing was said', () => {
    expect(withAssertion({}, { analytics: true })).toEqual([{ purpose: 'analytics', state: 'granted' }]);
  });

  it('records a refusal over a grant; over nothing there is nothing to narrow, and a later yes must count', () => {
    expect(withAssertion({}, { analytics: false })).toEqual([]);
    expect(withAssertion({ analytics: 'granted' }, { analytics: false })).toEqual([
      { purpose: 'analytics', state: 'refused' },
    ]);
  });

  it('records nothing when a grant is asserted over a refusal', () => {
    expect(withAssertion({ analytics: 'refused' }, { analytics: true })).toEqual([]);
  });

  it('records nothing twice', () => {
    expect(withAssertion({ analytics: 'granted' }, { analytics: true })).toEqual([]);
    expect(withAssertion({ analytics: 'refused' }, { analytics: false })).toEqual([]);
  });

  it('passes over what is no optional purpose and what is no plain yes or no', () => {
    const hostile = JSON.parse(
      '{"legal-duty":false,"curiosity":true,"__proto__":{"research":true},"analytics":"true","ai-training":1}',
    );
    expect(withAssertion({}, hostile)).toEqual([]);
  });

  it('has nothing to add once it was recorded', () => {
    const said = fc.dictionary(fc.constantFrom('analytics', 'research', 'advertising'), fc.boolean());
    fc.assert(
      fc.property(said, said, (first, second) => {
        let state = {};
        for (const { purpose, state: to } of withAssertion(state, first)) state = { ...state, [purpose]: to };
        for (const { purpose, state: to } of withAssertion(state, second))
          state = { ...state, [purpose]: to };
        expect(withAssertion(state, second)).toEqual([]);
      }),
    );
  });
});
