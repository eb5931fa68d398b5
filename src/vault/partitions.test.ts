import { beforeAll, describe, expect, it } from 'vitest';
import { POSTGRES_REASON, postgres, type TestContext, testContext } from '../../test/kit/context.ts';
import { makeMonth } from './partitions.ts';

let ctx: TestContext;
beforeAll(async () => {
  ctx = await testContext();
});

async function addEvent(at: string): Promise<string | undefined> {
  const id = ctx.random.id();
  const { rows } = await ctx.db.query<{ place: string }>({
    text: `INSERT INTO bailee.event (customer_id, id, event_id, class, sealed, occurred_at, received_at, catalog_version)
           VALUES ($1, $1, 1, 3, '', $2, $2, 1) RETURNING tableoid::regclass::text AS place`,
    values: [id, at],
  });
  return rows[0]?.place;
}

describe('months of events', () => {
  it('holds the events of a month in UTC in a table of its own', async () => {
    expect(await makeMonth(ctx.db, { year: 2026, month: 12 })).toBe(true);
    expect(await addEvent('2026-12-01T00:00:00Z')).toBe('bailee.event_2026_12');
    expect(await addEvent('2026-12-31T23:59:59.999Z')).toBe('bailee.event_2026_12');
    expect(await addEvent('2027-01-01T00:00:00Z')).toBe('bailee.event_other');
  });

  it('does nothing when the month is there', async () => {
    expect(await makeMonth(ctx.db, { year: 2026, month: 12 })).toBe(false);
  });

  it('leaves events of a month that came before their table where they are', async () => {
    expect(await addEvent('2027-03-05T00:00:00Z')).toBe('bailee.event_other');
    expect(await makeMonth(ctx.db, { year: 2027, month: 3 })).toBe(false);
    expect(await addEvent('2027-03-06T00:00:00Z')).toBe('bailee.event_other');
  });

  it('is made once when several nodes make it at the same moment', async (test) => {
    if (postgres === null) return test.skip(POSTGRES_REASON);
    const { db } = await testContext({ engine: 'postgres', pool: 8 });
    const made = await Promise.all(Array.from({ length: 8 }, () => makeMonth(db, { year: 2028, month: 2 })));
    expect(made.filter((each) => each)).toHaveLength(1);
  });
});
