import { describe, expect, it } from 'vitest';
import { testContext } from '../../test/kit/context.ts';
import { enqueue } from './enqueue.ts';
import { sequence } from './sequence.ts';

const ctx = await testContext();
const customerId = ctx.random.id();

async function addOpening(): Promise<string> {
  const id = ctx.random.id();
  await ctx.db.query({
    text: `INSERT INTO bailee.opening (customer_id, id, kind, class, sealed, occurred_at)
           VALUES ($1, $2, 'opening', 4, '', now())`,
    values: [customerId, id],
  });
  return id;
}

async function indexOf(id: string): Promise<string | null | undefined> {
  const { rows } = await ctx.db.query<{ ledger_index: string | null }>({
    text: 'SELECT ledger_index FROM bailee.opening WHERE id = $1',
    values: [id],
  });
  return rows[0]?.ledger_index;
}

describe('the sequencer', () => {
  it('indexes queued entries in order of arrival, a few at a time', async () => {
    const ids: string[] = [];
    for (let at = 0; at < 5; at++) ids.push(await addOpening());
    await enqueue(
      ctx,
      ctx.db,
      ids.map((openingId) => ({ customerId, openingId, leaf: Buffer.from(openingId) })),
    );
    expect(await Promise.all(ids.map(indexOf))).toEqual([null, null, null, null, null]);
    expect(await sequence(ctx, 3)).toBe(3);
    expect(await Promise.all(ids.map(indexOf))).toEqual(['0', '1', '2', null, null]);
    expect(await sequence(ctx, 3)).toBe(2);
    expect(await sequence(ctx, 3)).toBe(0);
    expect(await Promise.all(ids.map(indexOf))).toEqual(['0', '1', '2', '3', '4']);
  });

  it('still indexes an entry whose opening was deleted, so that the log keeps its count', async () => {
    await enqueue(ctx, ctx.db, { customerId, openingId: ctx.random.id(), leaf: Buffer.from('orphan') });
    expect(await sequence(ctx)).toBe(1);
    const { rows } = await ctx.db.query({ text: 'SELECT leaf FROM bailee.ledger_entry WHERE index = 5' });
    expect(rows).toEqual([{ leaf: Buffer.from('orphan') }]);
  });

  it('keeps an entry in the queue when indexing it fails', async () => {
    const openingId = await addOpening();
    await enqueue(ctx, ctx.db, { customerId, openingId, leaf: Buffer.from('waits') });
    await ctx.db.query({
      text: 'UPDATE bailee.ledger_sequence SET next = 1',
    });
    await expect(sequence(ctx)).rejects.toThrow();
    const { rows } = await ctx.db.query({ text: 'SELECT leaf FROM bailee.ledger_queue' });
    expect(rows).toEqual([{ leaf: Buffer.from('waits') }]);
    expect(await indexOf(openingId)).toBeNull();
  });
});
