import { describe, expect, it } from 'vitest';
import { askAgainAt, termsFor } from './terms.ts';

describe('the terms on which a visitor is asked', () => {
  it('follow the law of their region, and name its source', () => {
    expect(termsFor('de', 'CN')).toMatchObject({
      region: 'DE',
      regimes: ['EU-GDPR'],
      model: 'opt-in',
      form: 'layered',
    });
    expect(termsFor('CN', 'DE')).toMatchObject({
      form: 'list',
      separate: ['advertising', 'partner-sharing'],
    });
    expect(termsFor('US-CA', 'DE')).toMatchObject({ model: 'opt-out', askAgainAfterDays: 366 });
    expect(termsFor('US-AL', 'DE').model).toBe('notice-only');
    for (const region of [
      'DE',
      'FR',
      'GB',
      'CH',
      'CN',
      'BR',
      'CA-QC',
      'JP',
      'KR',
      'SG',
      'IN',
      'AU',
      'US',
      'ZZ',
    ])
      expect(termsFor(region, null).citations.join()).not.toBe('');
  });

  it('hold in the outermost regions of the Union, which have codes of their own', () => {
    for (const region of ['GP', 'MQ', 'GF', 'RE', 'YT'])
      expect(termsFor(region, null).regimes).toContain('EU-GDPR');
    expect(termsFor('FR', null).grantLastsDays).toBe(184);
  });

  it('are the strictest of the store’s when the region is unknown, topic by topic', () => {
    expect(termsFor(null, 'CN')).toMatchObject({
      region: '',
      model: 'opt-in',
      form: 'list',
      askAgainAfterDays: 366,
    });
    expect(termsFor(null, 'US').model).toBe('opt-in');
    expect(termsFor(null, 'FR').grantLastsDays).toBe(184);
    expect(termsFor('XX', 'US').model).toBe('opt-in');
  });

  it('never ask again inside six months, and have a fingerprint of their own', () => {
    const all = ['DE', 'CN', 'US-CA', 'JP', 'ZZ', ''].map((region) => termsFor(region, 'DE'));
    for (const terms of all) expect(terms.askAgainAfterDays).toBeGreaterThanOrEqual(184);
    expect(new Set(all.map((terms) => terms.fingerprint)).size).toBe(all.length);
    expect(askAgainAt({ askAgainAfterDays: 184 }, 0)).toBe(184 * 86_400_000);
  });
});
