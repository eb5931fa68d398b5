import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bindLaw } from '../../src/law/law-book.ts';
import { endOfDay, localDay } from '../../src/law/local-day.ts';
import { parsePack } from '../../src/law/parse-pack.ts';
import { type ClockKind, requestClock } from '../../src/law/request-clock.ts';
import { DEADLINE_CASES } from './deadline-cases.ts';

const FOLDER = 'packs/law';
const names = readdirSync(FOLDER).filter((name) => /(?<!\.cases)\.yaml$/.test(name));
const book = bindLaw(names.map((name) => parsePack(readFileSync(`${FOLDER}/${name}`, 'utf8'), name)));

describe('the last day for an answer', () => {
  it.each(DEADLINE_CASES)('$why: $kind, $customer, $received → $due', (each) => {
    const { kind, customer, store, received, zone, due, ...more } = each;
    const day = zone === undefined ? received : localDay(Date.parse(received), zone);
    const clock = requestClock(book, {
      ...more,
      kind: kind as ClockKind,
      where: { customer, store },
      received: day,
    });
    expect(clock.due).toBe(due);
  });

  it('names the law that says so, with its citation', () => {
    const where = { customer: 'US-CA', store: 'US' };
    const clock = requestClock(book, { kind: 'access', where, received: '2026-01-15' });
    expect(clock.because.map(({ citation }) => citation)).toEqual(['Civ Code 1798.130(a)(2)']);
    expect(clock).toMatchObject({
      acknowledge: '2026-01-29',
      extendable: '2026-04-15',
      waits: false,
      speed: null,
    });
  });

  it('is a target where the law counts no days, and says its words', () => {
    const where = { customer: 'CN', store: 'CN' };
    expect(requestClock(book, { kind: 'access', where, received: '2026-01-15' }).speed).toBe('timely');
  });

  it('ends at midnight where the shop is, also when clocks change', () => {
    expect(new Date(endOfDay('2026-03-28', 'Europe/Berlin')).toISOString()).toBe('2026-03-28T23:00:00.000Z');
    expect(new Date(endOfDay('2026-03-29', 'Europe/Berlin')).toISOString()).toBe('2026-03-29T22:00:00.000Z');
    expect(new Date(endOfDay('2026-01-01', 'Pacific/Kiritimati')).toISOString()).toBe(
      '2026-01-01T10:00:00.000Z',
    );
    expect(new Date(endOfDay('2026-01-01', 'Pacific/Pago_Pago')).toISOString()).toBe(
      '2026-01-02T11:00:00.000Z',
    );
  });
});
