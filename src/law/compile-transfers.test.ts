/** Where data may go, under rules compiled from facts. */
import { describe, expect, it } from 'vitest';
import { compileRules } from './compile-rules.ts';
import { decide } from './decide.ts';
import { parsePack } from './parse-pack.ts';
import type { Destination } from './types.ts';

const PACK = `
pack: two-laws
regimes:
  AA: { name: A, territory: [AA], reach: [residence], general: true }
  BB: { name: B, territory: [BB], reach: [establishment], general: true }
facts:
  - { fact: transfer, regime: AA, topic: use, of: transfer, value: { model: route, unless: [adequate-countries, scc, a-thing + another] }, says: x, unit: rule, citation: A 1, confidence: verified-primary }
  - { fact: adequate, regime: AA, topic: list, of: adequate-countries, value: { items: [JP] }, says: x, unit: list, citation: A 2, confidence: verified-primary }
  - { fact: transfer, regime: BB, topic: use, of: transfer, value: { model: route, unless: [standard-contract, scc] }, says: x, unit: rule, citation: B 1, confidence: verified-primary }
  - { fact: children, regime: BB, topic: prohibition, of: advertising, value: { when: [under-18] }, says: x, unit: rule, citation: B 2, confidence: verified-primary }
`;
const { regimes, facts } = parsePack(PACK, 'two-laws.yaml');
const rulesOf = (...codes: string[]) =>
  compileRules(
    {
      regimes: regimes.filter(({ code }) => codes.includes(code)),
      facts: facts.filter(({ regime }) => codes.includes(regime)),
    },
    '2026-11-22',
    { optOut: ['advertising'], softOptIn: false },
  );

function sent(codes: readonly string[], country: string | null, route: string | null): boolean {
  const destination: Destination = { country, route, separateConsent: false };
  return decide({
    role: 'job',
    purpose: 'order-fulfilment',
    evidence: null,
    customer: { choices: {}, restricted: false, retained: ['identity'], erased: false },
    fields: [],
    policy: { hash: '', rules: [] },
    rules: rulesOf(...codes),
    destination,
  }).allowed;
}

describe('a transfer abroad', () => {
  it('goes to a country that the law lists, or by a route that it names', () => {
    expect(sent(['AA'], 'JP', null)).toBe(true);
    expect(sent(['AA'], 'US', 'scc')).toBe(true);
    expect(sent(['AA'], 'US', null)).toBe(false);
    expect(sent(['AA'], null, 'scc')).toBe(false);
  });

  it('does not become adequate because the sender says so', () => {
    expect(sent(['AA'], 'US', 'adequate-countries')).toBe(false);
  });

  it('does not go by half of a route that needs two things', () => {
    expect(sent(['AA'], 'US', 'a-thing')).toBe(false);
  });

  it('must be covered under each law that applies, by whatever that law accepts', () => {
    expect(sent(['AA', 'BB'], 'JP', 'standard-contract')).toBe(true);
    expect(sent(['AA', 'BB'], 'US', 'scc')).toBe(true);
    expect(sent(['AA', 'BB'], 'JP', null)).toBe(false);
    expect(sent(['AA', 'BB'], 'US', 'standard-contract')).toBe(false);
  });
});

describe('a prohibition for children', () => {
  it('does not open the use to adults who were not asked', () => {
    expect(rulesOf('BB').purposes.get('advertising')?.choice).toBe('needed');
  });
});
