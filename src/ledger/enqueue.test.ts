import { describe, expect, it } from 'vitest';
import { testContext } from '../../test/kit/context.ts';
import { enqueue } from './enqueue.ts';

const ctx = await testContext();

async function waiting(): Promise<string[]> {
  const { rows } = await ctx.db.query<{ leaf: Buffer }>({
    text: 'SELECT leaf FROM bailee.ledger_queue ORDER BY id',
  });
  return rows.map((row) => row.leaf.toString());
}

const queued = (name: string) => ({
  customerId: ctx.random.id(),
  openingId: ctx.random.id(),
  leaf: Buffer.from(name),
});

describe('enqueueing', () => {
  it('leaves one entry or many for the sequencer, and nothing for nothing', async () => {
    await enqueue(ctx, ctx.db, []);
    expect(await waiting()).toEqual([]);
    await enqueue(ctx, ctx.db, queued('one'));
    ctx.clock.advance(1);
    await enqueue(ctx, ctx.db, [queued('two'), queued('three')]);
    expect((await waiting()).toSorted()).toEqual(['one', 'three', 'two']);
    expect((await waiting())[0]).toBe('one');
  });

  it('leaves nothing when the transaction of the rows rolls back', async () => {
    const before = await waiting();
    const failing = ctx.db.transaction(async (tx) => {
      await enqueue(ctx, tx, queued('never'));
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await waiting()).toEqual(before);
  });
});
