import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { LEAST_TOLD } from '../../contract/consent-rates.ts';
import { type TestGate, testGate, testStore } from '../../test/kit/gate.ts';
import { consentRates } from './rates.ts';

const DAY = 86_400_000;
/** A Wednesday. */
const NOW = Date.parse('2026-11-25T10:00:00Z');

interface Chose {
  readonly person: number;
  readonly state: 'granted' | 'refused';
  /** Days before now. */
  readonly ago: number;
  readonly purpose?: string;
  readonly how?: string;
  readonly channel?: string;
}

let ctx: TestGate;
beforeAll(async () => {
  ctx = await testGate();
  ctx.clock.advance(NOW - ctx.clock.now());
});

/** A store of its own, with people who chose. */
async function chosen(all: readonly Chose[]): Promise<string> {
  const { id: store } = await testStore(ctx);
  const many = Math.max(0, ...all.map(({ person }) => person + 1));
  const people = Array.from({ length: many }, () => ctx.random.id());
  for (const id of people)
    await ctx.db.query({
      text: `INSERT INTO bailee.customer (id, store_id, kind, created_at) VALUES ($1, $2, 'customer', $3)`,
      values: [id, store, new Date(NOW - 100 * DAY)],
    });
  for (const { person, state, ago, purpose = 'analytics', how = 'chosen', channel = null } of all)
    await ctx.db.query({
      text: `INSERT INTO bailee.choice (customer_id, id, purpose, channel, state, how, occurred_at, received_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $7)`,
      values: [people[person], ctx.random.id(), purpose, channel, state, how, new Date(NOW - ago * DAY)],
    });
  return store;
}

const crowd = (many: number, more: Omit<Chose, 'person'>, from = 0): Chose[] =>
  Array.from({ length: many }, (_, at) => ({ person: from + at, ...more }));
const week = (store: string, running = true) => consentRates(ctx, { store, by: 'week', running });

describe('consent rates', () => {
  it('count people who agreed, refused, and withdrew what they had agreed to, week by week', async () => {
    const store = await chosen([
      ...crowd(12, { state: 'granted', ago: 8 }),
      ...crowd(10, { state: 'refused', ago: 1 }),
      ...crowd(11, { state: 'refused', ago: 1 }, 20),
    ]);
    const { periods, purposes } = await week(store);
    expect(periods.slice(-2)).toEqual(['2026-11-16', '2026-11-23']);
    expect(purposes).toHaveLength(1);
    expect(purposes[0]?.counts.slice(-2)).toEqual([
      { granted: 12, refused: 0, withdrawn: 0 },
      { granted: 0, refused: 11, withdrawn: 10 },
    ]);
  });

  it('never tell a number of fewer people than ten, and tell nobody as nobody', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 2 * LEAST_TOLD }), async (many) => {
        const { purposes } = await week(await chosen(crowd(many, { state: 'granted', ago: 0 })));
        const told = purposes[0]?.counts.at(-1)?.granted ?? (many === 0 ? 0 : null);
        expect(told).toBe(many === 0 || many >= LEAST_TOLD ? many : null);
      }),
      { numRuns: 4, examples: [[LEAST_TOLD - 1], [LEAST_TOLD], [0]] },
    );
  });

  it('count a person once a period, however often they choose', async () => {
    const store = await chosen([1, 2, 2].flatMap((ago) => crowd(10, { state: 'granted', ago })));
    expect((await week(store)).purposes[0]?.counts.at(-1)?.granted).toBe(10);
    const days = await consentRates(ctx, { store, by: 'day', running: true });
    expect(days.periods).toHaveLength(30);
    expect(days.purposes[0]?.counts.slice(-3).map(({ granted }) => granted)).toEqual([10, 10, 0]);
  });

  it('leave out what was imported, and choices for one channel', async () => {
    const store = await chosen([
      ...crowd(12, { state: 'granted', ago: 1, how: 'imported' }),
      ...crowd(12, { state: 'granted', ago: 1, channel: 'recipient:acme' }),
    ]);
    expect((await week(store)).purposes).toEqual([]);
  });

  it('do not show a week before it is over to whoever could watch it grow', async () => {
    const store = await chosen(crowd(12, { state: 'granted', ago: 0 }));
    const over = await week(store, false);
    expect(over.periods.at(-1)).toBe('2026-11-16');
    expect(over.purposes).toEqual([]);
  });

  it('are of one store alone', async () => {
    await chosen(crowd(12, { state: 'granted', ago: 1 }));
    expect((await week((await testStore(ctx)).id)).purposes).toEqual([]);
  });
});
