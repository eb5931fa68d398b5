import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CallerFacts, questionsFor } from './questions.ts';

const drawOf = (key: string) => (text: string) => createHash('sha256').update(`${key}/${text}`).digest('hex');
const FACTS: CallerFacts = {
  lastOrderAt: Date.UTC(2026, 4, 3),
  lastOrderTotal: { amount: 49.9, currency: 'EUR' },
  ordersThisYear: 4,
  postalCode: '10115',
  birthDate: '1990-02-17',
};
const RIGHT: Readonly<Record<string, string>> = {
  'last-order-month': '05',
  'last-order-amount': '20-50 EUR',
  'orders-this-year': '3-4',
  'postal-code-end': '15',
  'birthday-day': '17',
};
const key = fc.string({ minLength: 1, maxLength: 8 });

describe('questions for a caller', () => {
  it('are three, each with one right option among five', () => {
    fc.assert(
      fc.property(key, (secret) => {
        const questions = questionsFor(FACTS, '2026-11-26', drawOf(secret))!;
        expect(new Set(questions.map(({ question }) => question)).size).toBe(3);
        for (const { question, options, right } of questions) {
          expect(right).toBe(RIGHT[question]);
          expect(new Set(options).size).toBe(5);
          expect(options).toContain(right);
        }
      }),
    );
  });

  it('have the same options for the same facts on every day, so that asking twice tells nothing', () => {
    fc.assert(
      fc.property(key, fc.integer({ min: 1, max: 28 }), (secret, day) => {
        const options = new Map<string, string>();
        for (const date of ['2026-11-01', `2026-12-${String(day).padStart(2, '0')}`])
          for (const { question, options: found } of questionsFor(FACTS, date, drawOf(secret))!) {
            const told = found.join();
            expect(options.get(question) ?? told).toBe(told);
            options.set(question, told);
          }
      }),
    );
  });

  it('draw every wrong option as often as any other, so that the options do not tell the right one', () => {
    const drawn = new Map<string, number>();
    for (let at = 0; at < 400; at += 1)
      for (const { question, options, right } of questionsFor(FACTS, '2026-11-26', drawOf(`k${at}`))!)
        if (question === 'last-order-month')
          for (const option of options.filter((each) => each !== right))
            drawn.set(option, (drawn.get(option) ?? 0) + 1);
    expect(drawn.size).toBe(11);
    expect(Math.max(...drawn.values())).toBeLessThan(2 * Math.min(...drawn.values()));
  });

  it('are drawn of what is known alone; with less than three nobody is asked', () => {
    const draw = drawOf('k');
    const { birthDate: _, ...known } = FACTS;
    expect(questionsFor(known, '2026-11-26', draw)!.map(({ question }) => question)).not.toContain(
      'birthday-day',
    );
    expect(questionsFor({ postalCode: '10115', birthDate: '1990-02-17' }, '2026-11-26', draw)).toBeNull();
    expect(questionsFor({}, '2026-11-26', draw)).toBeNull();
  });

  it('ask for letters where a postal code ends in letters, and in larger bands where a currency has no cents', () => {
    const facts = {
      postalCode: 'SW1A 1aa',
      lastOrderTotal: { amount: 4990, currency: 'JPY' },
      ordersThisYear: 12,
    };
    const asked = questionsFor(facts, '2026-11-26', drawOf('k'))!;
    const of = (name: string) => asked.find(({ question }) => question === name)!;
    expect(of('postal-code-end').right).toBe('AA');
    for (const option of of('postal-code-end').options) expect(option).toMatch(/^[A-Z]{2}$/);
    expect(of('last-order-amount').right).toBe('2000-5000 JPY');
    expect(of('orders-this-year').right).toBe('10+');
  });

  it('are not asked of what cannot be read', () => {
    const odd: CallerFacts = {
      ...FACTS,
      postalCode: '—',
      birthDate: 'spring',
      lastOrderTotal: { amount: Number.NaN, currency: 'euro' },
    };
    expect(questionsFor(odd, '2026-11-26', drawOf('k'))).toBeNull();
  });
});
