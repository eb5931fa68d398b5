import { describe, expect, it } from 'vitest';
import type { Regime } from './facts.ts';
import { resolve } from './resolve.ts';

function regime(code: string, territory: string[], more: Partial<Regime> = {}): Regime {
  return {
    code,
    name: code,
    territory,
    reach: ['residence', 'establishment'],
    general: true,
    within: null,
    ...more,
  };
}

const REGIMES = [
  regime('EU-GDPR', ['DE', 'FR', 'FI']),
  regime('EU-GDPR:FR', ['FR'], { general: false, within: 'EU-GDPR' }),
  regime('CN-PIPL', ['CN']),
  regime('US-FEDERAL', ['US'], { general: false }),
  regime('US-CA-CCPA', ['US-CA'], { reach: ['residence'] }),
  regime('US-VA', ['US-VA'], { reach: ['residence'] }),
  regime('STD', ['*'], { general: false }),
];
const codes = (customer: string | null, store: string | null, strictest = ['CN-PIPL']) =>
  resolve(REGIMES, { customer, store }, strictest).map((each) => `${each.regime.code} ${each.because}`);

describe('which regimes apply', () => {
  it('those of where the customer lives and of where the shop is established', () => {
    expect(codes('DE', 'CN')).toEqual(['CN-PIPL establishment', 'EU-GDPR residence', 'STD everywhere']);
  });

  it('a customer in an outermost territory of the Union has its law, and that of the state', () => {
    for (const place of ['GP', 'MQ', 'GF', 'RE', 'YT', 'MF'])
      expect(codes(place, null)).toEqual(['EU-GDPR residence', 'EU-GDPR:FR residence', 'STD everywhere']);
    expect(codes('AX', null)).toContain('EU-GDPR residence');
  });

  it('a customer of a state has the law of that state and of the federation', () => {
    expect(codes('US-CA', null)).toEqual(['STD everywhere', 'US-CA-CCPA residence', 'US-FEDERAL residence']);
  });

  it('a customer of an unknown state may live in any of them', () => {
    expect(codes('US', null)).toEqual([
      'STD everywhere',
      'US-CA-CCPA residence',
      'US-FEDERAL residence',
      'US-VA residence',
    ]);
  });

  it('a state that protects its residents does not follow the shop', () => {
    expect(codes('DE', 'US')).toEqual(['EU-GDPR residence', 'STD everywhere', 'US-FEDERAL establishment']);
  });

  it('an unknown region has the strictest that the store names, beside the law of the shop', () => {
    expect(codes(null, 'DE')).toEqual(['CN-PIPL strictest', 'EU-GDPR establishment', 'STD everywhere']);
    expect(codes('AQ', 'DE')).toContain('CN-PIPL strictest');
    expect(codes('US-TX', null)).toContain('CN-PIPL strictest');
  });

  it('the order of the packs never shows', () => {
    const turned = resolve([...REGIMES].reverse(), { customer: 'FR', store: 'CN' });
    expect(turned).toEqual(resolve(REGIMES, { customer: 'FR', store: 'CN' }));
  });
});
