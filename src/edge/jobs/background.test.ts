import { expect, it } from 'vitest';
import { testContext } from '../../../test/kit/context.ts';
import type { GateCtx } from '../../gate/context.ts';
import { leave } from '../../platform/outbox.ts';
import { startBackground } from './background.ts';

it('sweeps what an erasure left, from the row that the erasure wrote', async () => {
  const ctx = (await testContext()) as unknown as GateCtx;
  const [erasure, store, customer] = [ctx.random.id(), ctx.random.id(), ctx.random.id()];
  const at = new Date(ctx.clock.now());
  await ctx.db.transaction(async (tx) => {
    await tx.query({
      text: `INSERT INTO bailee.choice (customer_id, id, purpose, state, how, occurred_at, received_at)
             VALUES ($1, $1, 'analytics', 'granted', 'asserted', $2, $2)`,
      values: [customer, at],
    });
    await tx.query({
      text: `INSERT INTO bailee.erasure (id, store_id, customers, classes, tombstones, ledger_index, ordered_by, occurred_at)
             VALUES ($1, $2, $3, '{1,3,4,5}', '{}', 0, 'job:test', $4)`,
      values: [erasure, store, [customer], at],
    });
    await leave(ctx, tx, 'customer.erased', { erasure });
  });
  const background = await startBackground(ctx);
  const swept = async () => {
    const { rows } = await ctx.db.query<{ done: boolean }>({
      text: 'SELECT swept_at IS NOT NULL AS done FROM bailee.erasure WHERE id = $1',
      values: [erasure],
    });
    return rows[0]?.done;
  };
  while ((await swept()) !== true) await new Promise((wake) => setTimeout(wake, 50));
  await background.stop();
  const { rows } = await ctx.db.query({ text: 'SELECT id FROM bailee.choice' });
  expect(rows).toEqual([]);
});
