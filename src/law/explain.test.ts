import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PURPOSES } from '../../contract/names.ts';
import { explain } from './explain.ts';
import { bindLaw } from './law-book.ts';
import { parsePack } from './parse-pack.ts';

const FOLDER = 'packs/law';
const book = bindLaw(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml') && !name.endsWith('.cases.yaml'))
    .map((name) => parsePack(readFileSync(join(FOLDER, name), 'utf8'), name)),
);
const DE = { customer: 'DE', store: 'DE', on: '2026-11-22' } as const;

describe('an explanation', () => {
  it('says for each answer the pack, the topic, the citation and how sure it is', () => {
    const told = explain(book, { ...DE, purpose: 'advertising' });
    const all = [...told.deadlines, ...told.breachClocks, ...told.keep];
    expect(all.length).toBeGreaterThan(5);
    for (const { because } of all)
      for (const each of because) {
        expect(each.citation.length).toBeGreaterThan(0);
        expect(book.packs).toContain(each.pack);
      }
  });

  it('has the reply to a German customer due in a month, and the authority told in 72 hours', () => {
    const told = explain(book, { ...DE, purpose: 'analytics' });
    expect(told.deadlines.find(({ what }) => what === 'request')?.answer).toBe('2026-12-22');
    expect(told.breachClocks.find(({ what }) => what === 'authority')?.answer).toBe('2026-11-25T00:00Z');
  });

  it('has an incident of a Chinese shop told within the hour, whoever the customer is', () => {
    const told = explain(book, { ...DE, store: 'CN', purpose: 'analytics' });
    expect(told.breachClocks.find(({ what }) => what === 'authority')?.answer).toBe('2026-11-22T01:00Z');
  });

  it('knows the age of each country, and the law of each day', () => {
    const ageOf = (customer: string, on = '2026-11-22') =>
      explain(book, { ...DE, customer, store: null, on, purpose: 'analytics' }).childAge.parentUnder;
    expect([ageOf('DE'), ageOf('FR'), ageOf('GP'), ageOf('ES'), ageOf('IN')]).toEqual([16, 15, 15, 14, 18]);
    // Denmark raised its age on 1 January 2024; before, the packs know the frame alone.
    expect([ageOf('DK', '2023-06-01'), ageOf('DK', '2024-06-01')]).toEqual([16, 15]);
  });

  it('of an unknown region has the strictest packs', () => {
    const told = explain(book, {
      customer: null,
      store: null,
      on: '2026-11-22',
      purpose: 'fraud-prevention',
    });
    expect(told.regimes.filter(({ because }) => because === 'strictest').map(({ code }) => code)).toEqual([
      'CN-PIPL',
      'EU-EPRIVACY',
      'EU-GDPR',
    ]);
    expect(told.bases).toEqual(['consent', 'legitimate-interest']);
  });

  it('says of a kind of data whether it is sensitive, and does not call an unknown word harmless', () => {
    const category = (kind: string) =>
      explain(book, { ...DE, purpose: 'analytics', category: kind }).category?.answer;
    expect([category('biometric'), category('financial'), category('biometrics')]).toEqual([
      'yes',
      'no',
      'unknown',
    ]);
  });

  it('shows facts from memory as unverified', () => {
    const told = explain(book, { ...DE, customer: 'AU', store: null, purpose: 'analytics' });
    expect(told.unverified.length).toBeGreaterThan(0);
    expect(
      told.unverified.every(({ confidence, verified }) => confidence.startsWith('memory-') && !verified),
    ).toBe(true);
  });

  it('is there for every purpose, and the same each time', () => {
    for (const purpose of PURPOSES)
      expect(explain(book, { ...DE, purpose })).toEqual(explain(book, { ...DE, purpose }));
  });
});

describe('rules of whereabouts', () => {
  it('are compiled once for each place and day', () => {
    const where = { customer: 'DE', store: 'DE' };
    expect(book.rulesFor(where, '2026-11-22')).toBe(book.rulesFor({ ...where }, '2026-11-22'));
    expect(book.rulesFor(where, '2026-11-23')).not.toBe(book.rulesFor(where, '2026-11-22'));
  });

  it('have a name of their own for each law, so that an opening says under which it was decided', () => {
    const hash = (customer: string) => book.rulesFor({ customer, store: null }, '2026-11-22').hash;
    expect(new Set(['DE', 'FR', 'CN', 'US-CA', 'BR'].map(hash)).size).toBe(5);
  });

  it('a regime that stands in two packs is refused', () => {
    const pack = parsePack(readFileSync(join(FOLDER, 'quebec.yaml'), 'utf8'), 'quebec.yaml');
    expect(() => bindLaw([pack, pack])).toThrow(/stands in two packs/);
  });
});
