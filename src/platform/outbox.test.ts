import { describe, expect, it } from 'vitest';
import { POSTGRES_REASON, postgres, type TestContext, testContext } from '../../test/kit/context.ts';
import { drain, leave } from './outbox.ts';

async function fill(ctx: TestContext, count: number): Promise<string[]> {
  const customers = Array.from({ length: count }, () => ctx.random.id());
  await ctx.db.transaction(async (tx) => {
    for (const customer of customers) await leave(ctx, tx, 'customer.erased', { customer });
  });
  return customers;
}

describe.each(['pglite', 'postgres'] as const)('the outbox, on %s', (engine) => {
  const absent = engine === 'postgres' && postgres === null;

  it('hands over what was committed, oldest first, and nothing twice', async ({ skip }) => {
    if (absent) skip(POSTGRES_REASON);
    const ctx = await testContext({ engine });
    const customers = await fill(ctx, 130);
    const handed: (string | undefined)[] = [];
    const counts: number[] = [];
    for (let round = 0; round < 3; round += 1)
      counts.push(
        await drain(ctx, async (_tx, { kind, payload }) => {
          expect(kind).toBe('customer.erased');
          handed.push(payload.customer);
        }),
      );
    expect(counts).toEqual([100, 30, 0]);
    expect(handed).toEqual(customers);
  });

  it('holds nothing of a change that was rolled back', async ({ skip }) => {
    if (absent) skip(POSTGRES_REASON);
    const ctx = await testContext({ engine });
    const failing = ctx.db.transaction(async (tx) => {
      await leave(ctx, tx, 'customer.erased', { customer: ctx.random.id() });
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await drain(ctx, async () => expect.unreachable())).toBe(0);
  });

  it('hands a message over again when its handling failed, and keeps nothing of the failed try', async ({
    skip,
  }) => {
    if (absent) skip(POSTGRES_REASON);
    const ctx = await testContext({ engine });
    await ctx.db.query({ text: 'CREATE TABLE public.handled (customer uuid PRIMARY KEY)' });
    const customers = await fill(ctx, 5);
    let crash = true;
    const handle: Parameters<typeof drain>[1] = async (tx, { payload }) => {
      await tx.query({ text: 'INSERT INTO public.handled VALUES ($1)', values: [payload.customer] });
      if (crash && payload.customer === customers[3]) throw new Error('crashed');
    };
    await expect(drain(ctx, handle)).rejects.toThrow('crashed');
    expect((await ctx.db.query({ text: 'SELECT FROM public.handled' })).rowCount).toBe(0);
    crash = false;
    expect(await drain(ctx, handle)).toBe(5);
    expect((await ctx.db.query({ text: 'SELECT FROM public.handled' })).rowCount).toBe(5);
    expect(await drain(ctx, handle)).toBe(0);
  });
});

describe('the outbox, drained by several nodes at once', () => {
  it('hands each message to one of them, and loses none while more are left', async ({ skip }) => {
    if (postgres === null) skip(POSTGRES_REASON);
    const ctx = await testContext({ engine: 'postgres', pool: 10 });
    const customers = await fill(ctx, 300);
    const handed: string[] = [];
    let filling = true;
    const nodes = Array.from({ length: 5 }, async () => {
      for (;;) {
        const last = !filling;
        const count = await drain(ctx, async (tx, { payload }) => {
          await tx.query({ text: 'SELECT 1' });
          handed.push(payload.customer!);
        });
        if (count === 0 && last) return;
      }
    });
    for (let round = 0; round < 10; round += 1) customers.push(...(await fill(ctx, 20)));
    filling = false;
    await Promise.all(nodes);
    // What a node held back at its last look is there for the next.
    await drain(ctx, async (_tx, { payload }) => void handed.push(payload.customer!));
    expect([...handed].sort()).toEqual([...customers].sort());
  });
});
