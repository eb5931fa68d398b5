import { describe, expect, it } from 'vitest';
import { regionOf } from './region.ts';

const server = { kind: 'server' } as const;

describe('where a customer lives', () => {
  it('is told by an address, as a code or as an English name', () => {
    expect(regionOf(server, { country: 'DE' })).toBe('DE');
    expect(regionOf(server, { country: ' de ' })).toBe('DE');
    expect(regionOf(server, { country: 'United Kingdom' })).toBe('GB');
    expect(regionOf(server, { country: 'UK' })).toBe('GB');
    expect(regionOf(server, { country: 'France' })).toBe('FR');
  });

  it('names the state where states have laws of their own, and no other part', () => {
    expect(regionOf(server, { country: 'US', state: 'ca' })).toBe('US-CA');
    expect(regionOf(server, { country: 'Canada', region: 'QC' })).toBe('CA-QC');
    expect(regionOf(server, { country: 'US', state: 'California' })).toBe('US');
    expect(regionOf(server, { country: 'DE', state: 'BY' })).toBe('DE');
  });

  it('comes from the first place that tells it', () => {
    expect(regionOf(server, undefined, { country: 7 }, { country: 'FR' }, { country: 'DE' })).toBe('FR');
  });

  it('is not known from what is no country', () => {
    for (const country of ['', 'EU', 'ZZ', 'Atlantis', null, 1, {}])
      expect(regionOf(server, { country })).toBeNull();
    expect(regionOf(server, 'DE', null)).toBeNull();
  });

  it('is never told by a browser', () => {
    expect(regionOf({ kind: 'browser' }, { country: 'US' })).toBeNull();
  });
});
