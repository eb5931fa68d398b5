import { describe, expect, it } from 'vitest';
import { answerLaw, type LawInPlay } from './answer.ts';
import type { LawQuestion } from './facts.ts';
import { parsePack } from './parse-pack.ts';

/** Facts in one line each: regime, topic, of, value, and how sure they are. */
function law(
  ...lines: readonly (readonly [string, string, string, string, ('verified' | 'memory')?])[]
): LawInPlay {
  const codes = [...new Set(lines.map(([code]) => code))];
  const head = codes.map(
    (code) =>
      `  ${code}: { name: ${code}, territory: [DE], reach: [residence], general: ${code.startsWith('G')} }`,
  );
  const facts = lines.map(
    ([code, topic, of, value, sure], at) =>
      `  - { fact: f${at}, regime: ${code}, topic: ${topic}, of: ${of}, value: ${value}, says: x, unit: x, citation: Act, confidence: ${sure === 'memory' ? 'memory-high' : 'verified-primary'} }`,
  );
  return parsePack(['pack: t', 'regimes:', ...head, 'facts:', ...facts].join('\n'), 't.yaml');
}

function ask(play: LawInPlay, question: Partial<LawQuestion> & Pick<LawQuestion, 'ask' | 'of'>): string {
  return answerLaw(play, { with: [], on: '2026-11-22', measures: {}, holidays: [], ...question }).answer;
}

describe('several regimes together', () => {
  it('take the earliest of clocks, and what is due at once before a later day', () => {
    const play = law(
      ['A', 'rights.clock', 'request', '{ span: 45 days }'],
      ['B', 'rights.clock', 'request', '{ span: 1 months }'],
      ['C', 'breach.clock', 'authority', '{ span: 72 hours }'],
      ['A', 'breach.clock', 'authority', '{ speed: immediately, span: 24 hours }'],
    );
    expect(ask(play, { ask: 'by', of: 'request', date: '2026-01-31' })).toBe('2026-02-28');
    expect(ask(play, { ask: 'by', of: 'authority', date: '2026-01-31' })).toBe(
      'immediately, target 2026-02-01T00:00Z',
    );
  });

  it('keep for the longest duty and drop at the shortest maximum; both at once conflict', () => {
    const duty = ['A', 'keep.duty', 'invoices', '{ span: 8 years, from: end-of-calendar-year }'] as const;
    const longer = ['B', 'keep.duty', 'invoices', '{ span: 10 years, from: document }'] as const;
    const most = ['C', 'keep.limit', 'invoices', '{ span: 3 years, from: document }'] as const;
    const until = (play: LawInPlay) => ask(play, { ask: 'until', of: 'invoices', date: '2026-03-15' });
    expect(until(law(duty, longer))).toBe('2036-03-15');
    expect(until(law(duty))).toBe('2034-12-31');
    expect(until(law(most))).toBe('2029-03-15');
    expect(until(law(duty, most))).toBe('conflict');
  });

  it('permit only what all permit', () => {
    const optOut = ['GA', 'use', 'advertising', '{ model: opt-out }'] as const;
    const optIn = ['GB', 'use', 'advertising', '{ model: opt-in }'] as const;
    expect(ask(law(optOut), { ask: 'may', of: 'advertising' })).toBe('allow');
    expect(ask(law(optOut, optIn), { ask: 'may', of: 'advertising' })).toBe('deny');
    expect(ask(law(optOut, optIn), { ask: 'may', of: 'advertising', choice: 'granted' })).toBe('allow');
    expect(ask(law(optOut, optIn), { ask: 'may', of: 'advertising', choice: 'refused' })).toBe('deny');
  });

  it('a law on personal data as a whole that is silent has not opened a use; a special law may be silent', () => {
    const optOut = ['A', 'use', 'advertising', '{ model: opt-out }'] as const;
    expect(
      ask(law(optOut, ['GB', 'age.consent', 'consent', '{ under: 13 }']), { ask: 'may', of: 'advertising' }),
    ).toBe('unknown');
    expect(
      ask(law(optOut, ['B', 'age.consent', 'consent', '{ under: 13 }']), { ask: 'may', of: 'advertising' }),
    ).toBe('allow');
  });

  it('add up what a form must have', () => {
    const play = law(
      ['A', 'form', 'notice', '{ requires: [name, purpose] }'],
      ['B', 'form', 'notice', '{ requires: [rights] }'],
    );
    expect(ask(play, { ask: 'complete', of: 'notice', with: ['name'] })).toBe('missing: purpose, rights');
    expect(ask(play, { ask: 'complete', of: 'notice', with: ['name', 'purpose', 'rights'] })).toBe(
      'complete',
    );
  });

  it('a duty that another regime forbids is a conflict, for the privacy officer', () => {
    const duty = ['A', 'duty.transfer', 'hand-over', '{ when: always }'] as const;
    expect(ask(law(duty), { ask: 'must', of: 'hand-over' })).toBe('yes');
    const forbidden = ['B', 'prohibition', 'hand-over', '{ unless: [approval] }'] as const;
    expect(ask(law(duty, forbidden), { ask: 'must', of: 'hand-over' })).toBe('conflict');
    expect(ask(law(duty, forbidden), { ask: 'must', of: 'hand-over', with: ['approval'] })).toBe('yes');
  });

  it('take the highest penalty and the first size that bites', () => {
    const play = law(
      ['A', 'penalty', 'breach', '{ amount: 20000000, share: 0.04, currency: EUR, base: turnover }'],
      [
        'B',
        'penalty',
        'breach',
        '{ amount: 50000000, share: 0.02, currency: BRL, base: turnover, capped: true }',
      ],
      ['A', 'threshold', 'size', '{ any: [{ persons: 500 }, { harm: 1 }] }'],
    );
    expect(ask(play, { ask: 'fine', of: 'breach', measures: { turnover: 1e9 } })).toBe('40000000 EUR');
    expect(ask(play, { ask: 'fine', of: 'breach', measures: { turnover: 1e7 } })).toBe('20000000 EUR');
    expect(ask(play, { ask: 'reached', of: 'size', measures: { persons: 10, harm: 0 } })).toBe('no');
    expect(ask(play, { ask: 'reached', of: 'size', measures: { persons: 10 } })).toBe('yes');
  });
});

describe('a fact that is not verified', () => {
  it('closes, and never opens', () => {
    const play = law(['GA', 'use', 'advertising', '{ model: opt-out }', 'memory']);
    expect(ask(play, { ask: 'may', of: 'advertising' })).toBe('unverified');
    expect(ask(play, { ask: 'may', of: 'advertising', choice: 'refused' })).toBe('deny');
  });

  it('shortens a time, and never lengthens one', () => {
    const play = law(
      ['A', 'rights.clock', 'request', '{ span: 30 days }', 'memory'],
      ['A', 'rights.clock', 'request', '{ span: 60 days, extends: true }', 'memory'],
    );
    expect(ask(play, { ask: 'by', of: 'request', date: '2026-01-01', with: ['extended'] })).toBe(
      '2026-01-31',
    );
  });

  it('makes a child of somebody, and an adult of nobody', () => {
    const play = law(['A', 'age.consent', 'consent', '{ under: 13 }', 'memory']);
    expect(ask(play, { ask: 'child', of: 'consent', age: 12 })).toBe('parent');
    expect(ask(play, { ask: 'child', of: 'consent', age: 13 })).toBe('unverified');
  });
});

describe('what is not known', () => {
  it('is unknown, and no answer is made up', () => {
    const play = law(['A', 'rights.clock', 'request', '{ span: 30 days }']);
    for (const question of ['may', 'must', 'is', 'fine', 'until', 'reached', 'contact', 'complete'] as const)
      expect(ask(play, { ask: question, of: 'something', date: '2026-01-01', item: 'x' })).toBe('unknown');
    expect(ask(play, { ask: 'by', of: 'request' })).toBe('unknown');
    expect(ask(play, { ask: 'by', of: 'request', date: 'tomorrow' })).toBe('unknown');
  });
});
