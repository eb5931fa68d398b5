import { beforeAll, describe, expect, it } from 'vitest';
import { type TestGate, testGate, testStore } from '../../test/kit/gate.ts';
import { personOf } from '../../test/kit/people.ts';
import type { Person } from '../gate/actor.ts';
import { satisfaction } from './satisfaction.ts';

const DAY = 86_400_000;
/** A Wednesday. */
const NOW = Date.parse('2026-11-25T10:00:00Z');

let ctx: TestGate;
let support: Person;
beforeAll(async () => {
  ctx = await testGate();
  ctx.clock.advance(NOW - ctx.clock.now());
  support = await personOf(ctx, (await testStore(ctx)).id, 'support');
  const other = (await testStore(ctx)).id;
  await came(support.store, [
    [0, 5],
    [1, 1],
    [2, null],
    [3, 4],
    [3, 4],
    [100, 1],
  ]);
  await came(other, [[0, 1]]);
});

/** Cases that came so many days ago, and what their customers gave. */
async function came(store: string, cases: readonly (readonly [number, number | null])[]): Promise<void> {
  for (const [at, [ago, given]] of cases.entries())
    await ctx.db.query({
      text: `INSERT INTO bailee.cases (customer_id, id, state, row_version, sealed, occurred_at, received_at, store_id, number,
               kind, topic, status, priority, created_at, updated_at, satisfaction)
             VALUES ($1, $2, 'closed', 1, 'sealed', $3, $3, $4, $5, 'inquiry', 'delivery', 'solved', 'normal', $3, $3, $6)`,
      values: [ctx.random.id(), ctx.random.id(), new Date(NOW - ago * DAY), store, at + 1, given],
    });
}

describe('satisfaction over time', () => {
  it('is counted by the week in which a case came, of this store, for twelve weeks', async () => {
    const weeks = await satisfaction(ctx, support);
    expect(weeks).toHaveLength(12);
    expect(weeks.slice(-2)).toEqual([
      { week: '2026-11-16', cases: 2, given: [0, 0, 0, 2, 0] },
      { week: '2026-11-23', cases: 3, given: [1, 0, 0, 0, 1] },
    ]);
    expect(weeks.slice(0, -2).every(({ cases }) => cases === 0)).toBe(true);
  });

  it('is for those who see cases', async () => {
    const marketing = await personOf(ctx, support.store, 'marketing');
    await expect(satisfaction(ctx, marketing)).rejects.toMatchObject({ code: 'forbidden' });
  });
});
