import { expect, it } from 'vitest';
import { testClock, testContext } from '../../test/kit/context.ts';
import { makeMonths } from './months.ts';

it('makes this month and the next two, across the end of a year, once', async () => {
  const ctx = await testContext();
  const clock = testClock(Date.UTC(2029, 10, 30, 23, 59));
  expect(await makeMonths({ ...ctx, clock })).toBe(3);
  expect(await makeMonths({ ...ctx, clock })).toBe(0);
  const { rows } = await ctx.db.query<{ name: string }>({
    text: "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'bailee.event'::regclass ORDER BY 1",
  });
  expect(rows.map((row) => row.name)).toEqual([
    'bailee.event_2029_11',
    'bailee.event_2029_12',
    'bailee.event_2030_01',
    'bailee.event_other',
  ]);
});
