import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePack } from '../law/parse-pack.ts';
import { termsFor } from './terms.ts';
import { rowsOfLaw } from './terms-of-law.ts';

const ON = '2026-11-22';

/** Facts of one law of Atlantis: topic, what of, value, and how well it is known. */
type Told = readonly [topic: string, of: string, value: string, confidence?: string];

function rows(told: readonly Told[], general = true, on = ON) {
  const facts = told.map(
    ([topic, of, value, confidence = 'verified-primary'], at) =>
      `  - { fact: f${at}, topic: ${topic}, of: ${of}, value: ${value}, says: x, unit: rule, citation: "Act ${at + 1}", confidence: ${confidence} }`,
  );
  const text = `pack: own
regimes: { OWN: { name: Own Act, territory: [ZZ], reach: [residence], general: ${general} } }
facts:
${facts.join('\n')}
`;
  return rowsOfLaw(parsePack(text, 'own.yaml'), on);
}

const terms = (told: readonly Told[]) => termsFor('ZZ', null, rows(told));

const ALL: readonly Told[] = [
  ['use', 'cookies', '{ model: opt-out }'],
  ['use', 'advertising', '{ model: opt-in, asks: [separate] }'],
  ['use', 'sale', '{ model: opt-out }', 'memory-low'],
  ['duty.notice', 'show-collection-as-list', '{ when: always }'],
  ['list', 'separate-consents', '{ items: [provide-to-another-handler] }'],
  ['consent.pause', 'cookies', '{ span: "18 months", from: refusal }'],
  ['consent.validity', 'cookies', '{ span: "3 months", from: choice }'],
];

describe('what a pack says of a notice', () => {
  it('is the model that it names, and the strictest where it names several', () => {
    expect(terms([['use', 'cookies', '{ model: opt-out }']]).model).toBe('opt-out');
    expect(terms([['use', 'cookies', '{ model: free }']]).model).toBe('notice-only');
    expect(
      terms([
        ['use', 'cookies', '{ model: free }'],
        ['use', 'sharing', '{ model: opt-in }'],
      ]).model,
    ).toBe('opt-in');
  });

  it('asks first where a law on personal data as a whole does not speak of cookies or advertising', () => {
    expect(terms([['age.consent', 'consent', '{ under: 13 }']]).model).toBe('opt-in');
    expect(terms([['use', 'personal-data', '{ model: opt-out }']]).model).toBe('opt-out');
    expect(rows([['age.consent', 'consent', '{ under: 13 }']], false)).toEqual([]);
  });

  it('never asks less by what is only remembered', () => {
    for (const model of ['opt-out', 'free'])
      expect(terms([['use', 'cookies', `{ model: ${model} }`, 'memory-high']]).model).toBe('opt-in');
    expect(
      terms([['consent.validity', 'cookies', '{ span: "3 months", from: choice }', 'memory-low']])
        .grantLastsDays,
    ).toBe(89);
  });

  it('is the form, the consents of their own, and the times, with the source of each', () => {
    expect(terms(ALL)).toMatchObject({
      regimes: ['OWN'],
      form: 'list',
      separate: ['partner-sharing', 'advertising'],
      askAgainAfterDays: 550,
      grantLastsDays: 89,
    });
    for (const act of [1, 2, 3, 4, 5, 6, 7]) expect(terms(ALL).citations.join()).toContain(`Act ${act}`);
  });
});

describe('packs and built-in rows together', () => {
  const STRICT = ['notice-only', 'opt-out', 'opt-in'];

  it('take the stricter for each topic: one more law never loosens', () => {
    fc.assert(
      fc.property(
        fc.subarray([...ALL], { minLength: 1 }),
        fc.constantFrom('DE', 'FR', 'CN', 'US-CA', 'US-AL', 'JP', 'KR', 'CH', null),
        (told, region) => {
          const before = termsFor(region, 'US');
          const after = termsFor(region, 'US', rows(told));
          expect(STRICT.indexOf(after.model)).toBeGreaterThanOrEqual(STRICT.indexOf(before.model));
          expect(after.separate).toEqual(expect.arrayContaining([...before.separate]));
          expect(after.form === 'list' || before.form === 'layered').toBe(true);
          expect(after.askAgainAfterDays).toBeGreaterThanOrEqual(before.askAgainAfterDays);
          expect(after.grantLastsDays ?? Infinity).toBeLessThanOrEqual(before.grantLastsDays ?? Infinity);
        },
      ),
    );
  });

  it('have a fingerprint that changes with the law', () => {
    expect(termsFor('DE', 'DE', rows(ALL)).fingerprint).not.toBe(termsFor('DE', 'DE').fingerprint);
    expect(termsFor('DE', 'DE', []).fingerprint).toBe(termsFor('DE', 'DE').fingerprint);
  });
});
