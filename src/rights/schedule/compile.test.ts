import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RetentionSetting, TIMED_KINDS, type TimedKind } from '../../../contract/retention.ts';
import { buildCatalog } from '../../catalog/build.ts';
import { parseCatalog } from '../../catalog/parse.ts';
import { addSpan } from '../../law/calendar.ts';
import { bindLaw } from '../../law/law-book.ts';
import { parsePack } from '../../law/parse-pack.ts';
import { retentionTimes } from '../../platform/retention-times.ts';
import { compileSchedule } from './compile.ts';
import { dueSince, endOf, goesOn, nextDay } from './due.ts';
import type { ScheduleLine, Term } from './types.ts';

const catalog = buildCatalog([
  parseCatalog(readFileSync('packs/catalog/default.yaml', 'utf8'), 'default.yaml'),
]);
const packs = readdirSync('packs/law')
  .filter((name) => name.endsWith('.yaml') && !name.endsWith('.cases.yaml'))
  .map((name) => parsePack(readFileSync(join('packs/law', name), 'utf8'), name));
const book = bindLaw(packs);
const on = '2026-11-22';

function line(kind: string, customer: string | null, store: string | null, own = ''): ScheduleLine {
  const schedule = compileSchedule(catalog, book, { customer, store, on, own: retentionTimes(own, 'own') });
  return schedule.lines.find((each) => each.kind === kind)!;
}

describe('the schedule', () => {
  // Worked out by hand: kind, customer, shop, began on, goes on, why.
  it.each([
    ['orders', 'DE', 'DE', '2026-03-15', '2035-01-01', '§ 147 AO: 8 years from the end of 2026'],
    ['orders', 'DE', 'DE', '2026-12-31', '2035-01-01', 'the last day of a year still belongs to it'],
    ['orders', 'DE', 'DE', '2027-01-01', '2036-01-01', 'and the first begins another'],
    [
      'orders',
      'FR',
      'DE',
      '2026-03-15',
      '2037-01-01',
      'across a border: one-stop shop, 10 years from its end',
    ],
    ['orders', 'FR', 'FR', '2024-02-29', '2034-03-01', '10 years from 29 February end on the 28th'],
    ['orders', 'GB', 'GB', '2026-02-28', '2033-01-01', '6 years from the end of the accounting period'],
    ['orders', 'US', 'US', '2026-05-01', '2031-01-01', '3 years from a filing in the year after'],
    ['orders', 'CN', 'CN', '2026-03-15', '2056-03-16', '30 years for vouchers'],
    ['behavior', 'FR', 'FR', '2026-01-31', '2028-02-29', '25 months end in a leap February'],
    ['behavior', 'FR', 'FR', '2025-01-31', '2027-02-28', '25 months end in a short one'],
    ['visitors', 'DE', 'DE', '2026-01-31', '2027-02-28', '13 months'],
    ['inactive', 'DE', 'DE', '2024-02-29', '2027-02-28', '36 months'],
    ['inactive', 'IN', 'IN', '2023-11-22', '2026-11-22', '3 years from the last engagement'],
    ['sensitive', 'DE', 'DE', '2025-12-31', '2026-12-31', '12 months'],
    ['cases', 'FR', 'FR', '2026-08-31', '2029-08-31', '36 months'],
    ['cases', 'DE', 'DE', '2026-08-31', '2033-01-01', 'business letters: 6 years from the end of the year'],
  ])(
    '%s of a customer in %s at a shop in %s, begun %s, go on %s: %s',
    (kind, customer, store, began, goes) => {
      expect(goesOn(line(kind, customer, store), began)).toBe(goes);
    },
  );

  it('names the law, the article and the confidence behind each time', () => {
    const [term] = line('behavior', 'FR', 'FR').most;
    expect(term!.fact).toMatchObject({ regime: 'FR-CNIL', citation: expect.stringContaining('2020-091') });
  });

  it('lets no order go where no pack tells of a duty, and says so', () => {
    const { lines, regimes } = compileSchedule(catalog, null, {
      customer: 'DE',
      store: 'DE',
      on,
      own: new Map(),
    });
    expect(regimes).toEqual([]);
    expect(goesOn(lines.find(({ kind }) => kind === 'orders')!, '1999-01-01')).toBeNull();
  });

  it('names each field and event of the catalog under the kind with which it goes', () => {
    const { lines } = compileSchedule(catalog, book, { customer: 'DE', store: 'DE', on, own: new Map() });
    const named = new Set(lines.flatMap(({ fields, events }) => [...fields, ...events]));
    expect(catalog.fields.filter(({ name }) => !named.has(name))).toEqual([]);
    expect(catalog.events.filter(({ name }) => !named.has(name))).toEqual([]);
  });

  it('asks for a warning 48 hours before in India, and for none in Germany', () => {
    expect(line('inactive', 'IN', 'IN').warnHours).toBe(48);
    expect(line('inactive', 'DE', 'DE').warnHours).toBeNull();
  });
});

describe("a store's own times", () => {
  it('hold where no law forbids them', () => {
    const own = line('behavior', 'DE', 'DE', 'behavior=36 months');
    expect(own).toMatchObject({ setBy: 'store', refused: null });
    expect(goesOn(own, '2026-01-31')).toBe('2029-01-31');
    expect(goesOn(line('inactive', 'DE', 'DE', 'inactive=never'), '1999-01-01')).toBeNull();
  });

  it('are refused in a sentence where a limit is shorter, and the limit holds', () => {
    const own = line('behavior', 'FR', 'FR', 'behavior=36 months');
    expect(own.refused).toMatch(
      /^behavior=36 months is longer than the law allows: at most 25 months from collection by FR-CNIL \(.+\)\./,
    );
    expect(goesOn(own, '2026-01-31')).toBe('2028-02-29');
    expect(line('inactive', 'IN', 'IN', 'inactive=never').refused).toMatch(/^inactive=never is longer/);
  });

  it('are refused in a sentence where a duty is longer, and the duty holds', () => {
    const own = line('orders', 'DE', 'DE', 'orders=2 years');
    expect(own.refused).toMatch(/^orders=2 years is shorter than a duty: at least 8 years .+§ 147/);
    expect(goesOn(own, '2026-03-15')).toBe('2035-01-01');
  });

  it('are read from a list, and a fault is told in a sentence', () => {
    expect([...retentionTimes('visitors=90 days, inactive = never', 'r')]).toEqual([
      ['visitors', { count: 90, unit: 'days' }],
      ['inactive', 'never'],
    ]);
    expect(() => retentionTimes('invoices=1 year', 'r')).toThrow(/^r takes kind=time, with one of the kinds/);
    expect(() => retentionTimes('orders=0 days', 'r')).toThrow(/^r takes times like 90 days/);
    expect(() => retentionTimes('orders=101 years', 'r')).toThrow(/^r takes times like 90 days/);
  });
});

const span = fc.record({
  count: fc.integer({ min: 1, max: 60 }),
  unit: fc.constantFrom('days' as const, 'months' as const, 'years' as const),
});
const term: fc.Arbitrary<Term> = fc.record({
  span,
  from: fc.constantFrom('document', 'end-of-calendar-year', 'filing', 'last-entry', 'receipt'),
  fact: fc.constant(packs[0]!.facts[0]!),
});
const timed = fc.record({
  least: fc.array(term, { maxLength: 3 }),
  most: fc.array(term, { maxLength: 3 }),
  set: fc.oneof(span, fc.constantFrom<RetentionSetting | null>('duty', 'never', null)),
});
const day = fc
  .integer({ min: 0, max: 25_000 })
  .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));

describe('for all duties, limits and settings', () => {
  it('nothing goes before the last day of a duty, and nothing stays past a limit unless a duty holds it', () => {
    fc.assert(
      fc.property(timed, day, (rule, began) => {
        const goes = goesOn(rule, began);
        const duties = rule.least.map((each) => endOf(each, began));
        for (const end of duties) expect(goes === null || goes > end).toBe(true);
        if (rule.most.length === 0) return;
        const limit = rule.most.map((each) => endOf(each, began)).sort()[0]!;
        if (goes === null || goes > limit) expect(goes).toBe(nextDay(duties.sort().at(-1)!));
      }),
    );
  });

  it('one more limit never lengthens, one more duty never shortens, and lengthens to its own end at most', () => {
    fc.assert(
      fc.property(timed, term, day, (rule, more, began) => {
        const before = goesOn(rule, began);
        const limited = goesOn({ ...rule, most: [...rule.most, more] }, began);
        if (before !== null) expect(limited! <= before).toBe(true);
        if (rule.set === 'duty') return;
        const bound = goesOn({ ...rule, least: [...rule.least, more] }, began);
        if (before === null) expect(bound).toBeNull();
        else expect([before, nextDay(endOf(more, began))]).toContain(bound);
        if (before !== null) expect(bound! >= before).toBe(true);
      }),
    );
  });

  it('what began later never goes earlier, and the day to which a run looks back is exact', () => {
    fc.assert(
      fc.property(timed, day, (rule, today) => {
        const since = dueSince(rule, today);
        const due = (began: string) => {
          const goes = goesOn(rule, began);
          return goes !== null && goes <= today;
        };
        if (since === null) expect(due('1970-01-01')).toBe(false);
        else {
          expect(due(since)).toBe(true);
          expect(due(addSpan(since, { count: -1, unit: 'days' }))).toBe(true);
          if (since < today) expect(due(nextDay(since))).toBe(false);
        }
      }),
    );
  });

  it('more laws that apply never let an order go earlier, nor anything else later', () => {
    const places = ['DE', 'FR', 'IN', 'CN', 'KR', 'US-CA', 'GB', null];
    const place = fc.constantFrom(...places);
    fc.assert(
      fc.property(
        place,
        place,
        fc.constantFrom<TimedKind>(...TIMED_KINDS),
        day,
        (customer, store, kind, began) => {
          const alone = goesOn(line(kind, customer, null), began);
          const both = goesOn(line(kind, customer, store), began);
          if (kind === 'orders' || kind === 'cases')
            expect(alone === null || both! >= alone || store === customer?.slice(0, 2)).toBe(true);
          else expect(both! <= alone!).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });
});
