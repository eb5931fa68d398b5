import { describe, expect, it } from 'vitest';
import { postgres, testContext } from '../../test/kit/context.ts';
import { append } from './append.ts';
import { checkpoint } from './checkpoint.ts';
import { headNow, integrate } from './integrate.ts';
import { appendHashes, leafHash } from './tree.ts';

const engine = postgres === null ? 'pglite' : 'postgres';
const leaves = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => Buffer.from(`leaf ${from + at}`));
const treeOf = (count: number) => appendHashes(0, Buffer.alloc(0), leaves(0, count).map(leafHash));

describe('integrating', () => {
  it('hashes what has an index, in any portions, into the one tree of RFC 6962', async () => {
    const ctx = await testContext();
    let size = 0;
    for (const count of [1, 300, 5_000, 1]) {
      await ctx.db.transaction((tx) => append(ctx, tx, leaves(size, count)));
      size += count;
      const { frontier } = await integrate(ctx.db);
      expect(frontier).toEqual(treeOf(size).frontier);
    }
    const { rows } = await ctx.db.query<{ count: string }>({
      text: 'SELECT count(*) FROM bailee.ledger_node',
    });
    expect(Number(rows[0]!.count)).toBe(Math.floor(size / 256));
  });

  it('by many at once keeps one tree, each of its tiles once', async () => {
    const ctx = await testContext({ engine, pool: 8 });
    await ctx.db.transaction((tx) => append(ctx, tx, leaves(0, 9_000)));
    const heads = await Promise.all(Array.from({ length: 8 }, () => integrate(ctx.db)));
    for (const head of heads) expect(head).toMatchObject({ size: 9_000, frontier: treeOf(9_000).frontier });
    const { rows } = await ctx.db.query({ text: 'SELECT level, n FROM bailee.ledger_node' });
    expect(rows).toHaveLength(35);
  });

  it('only reads where a transaction may only read, and says the same', async () => {
    const ctx = await testContext();
    await ctx.db.transaction((tx) => append(ctx, tx, leaves(0, 700)));
    const head = await ctx.db.transaction(async (tx) => {
      await tx.query({ text: 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY' });
      return headNow(tx);
    });
    expect(head).toMatchObject({ size: 700, frontier: treeOf(700).frontier });
    const { rows } = await ctx.db.query({ text: 'SELECT size FROM bailee.ledger_head' });
    expect(rows).toEqual([{ size: '0' }]);
  });

  it('stops at a log that lost an entry, or whose head is another tree’s', async () => {
    const ctx = await testContext();
    await ctx.db.transaction((tx) => append(ctx, tx, leaves(0, 3)));
    await ctx.db.query({ text: 'DELETE FROM bailee.ledger_entry WHERE index = 1' });
    await expect(integrate(ctx.db)).rejects.toMatchObject({ code: 'ledger_damaged' });
    await ctx.db.query({ text: 'UPDATE bailee.ledger_head SET size = 9' });
    await expect(checkpoint(ctx, ctx.db)).rejects.toMatchObject({ code: 'ledger_damaged' });
  });

  it('signs nothing that could still roll back', async () => {
    const ctx = await testContext();
    const attempt = ctx.db.transaction(async (tx) => {
      await append(ctx, tx, leaves(0, 1));
      return checkpoint(ctx, tx);
    });
    await expect(attempt).rejects.toMatchObject({ code: 'internal' });
  });
});
