import { describe, expect, it } from 'vitest';
import { postgres, testContext } from '../../test/kit/context.ts';
import type { Tx } from '../platform/ports.ts';
import { append } from './append.ts';
import { checkpoint } from './checkpoint.ts';
import { enqueue } from './enqueue.ts';
import { sequence } from './sequence.ts';
import { appendHashes, leafHash, rootOf } from './tree.ts';

// Real concurrency where a PostgreSQL answers; the embedded engine, one at a time, elsewhere.
const engine = postgres === null ? 'pglite' : 'postgres';

const leavesNamed = (name: string, count: number): Buffer[] =>
  Array.from({ length: count }, (_, at) => Buffer.from(`${name} ${at}`));

async function entries(tx: Tx): Promise<{ index: number; leaf: string }[]> {
  const { rows } = await tx.query<{ index: string; leaf: Buffer }>({
    text: 'SELECT index, leaf FROM bailee.ledger_entry ORDER BY index',
  });
  return rows.map((row) => ({ index: Number(row.index), leaf: row.leaf.toString() }));
}

function rootOver(leaves: readonly string[]): Buffer {
  const hashes = leaves.map((leaf) => leafHash(Buffer.from(leaf)));
  const { size, frontier } = appendHashes(0, Buffer.alloc(0), hashes);
  return rootOf(size, frontier);
}

describe('appending', () => {
  it('gives each leaf the next index, across batches of any size', async () => {
    const ctx = await testContext();
    const sizes = [1, 2, 256, 300, 1, 513];
    let expected = 0;
    for (const size of sizes) {
      const first = await ctx.db.transaction((tx) => append(ctx, tx, leavesNamed(`batch ${size}`, size)));
      expect(first).toBe(expected);
      expected += size;
    }
    const all = await entries(ctx.db);
    expect(all.map(({ index }) => index)).toEqual(Array.from({ length: expected }, (_, at) => at));
    expect((await checkpoint(ctx, ctx.db)).root).toEqual(rootOver(all.map(({ leaf }) => leaf)));
  });

  it('appends twice in one transaction, and nothing when it rolls back', async () => {
    const ctx = await testContext();
    await ctx.db.transaction(async (tx) => {
      expect(await append(ctx, tx, leavesNamed('a', 2))).toBe(0);
      expect(await append(ctx, tx, leavesNamed('b', 2))).toBe(2);
    });
    const failing = ctx.db.transaction(async (tx) => {
      await append(ctx, tx, leavesNamed('c', 2));
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect((await entries(ctx.db)).map(({ leaf }) => leaf)).toEqual(['a 0', 'a 1', 'b 0', 'b 1']);
    expect((await checkpoint(ctx, ctx.db)).size).toBe(4);
  });

  it('fails closed: no end, or a taken index, throw', async () => {
    const ctx = await testContext();
    const attempt = () => ctx.db.transaction((tx) => append(ctx, tx, leavesNamed('x', 1)));
    await attempt();
    await ctx.db.query({ text: 'UPDATE bailee.ledger_sequence SET next = 0' });
    await expect(attempt()).rejects.toMatchObject({ code: '23505' });
    await ctx.db.query({ text: 'DELETE FROM bailee.ledger_sequence' });
    await expect(attempt()).rejects.toMatchObject({ code: 'ledger_damaged' });
    expect(await entries(ctx.db)).toHaveLength(1);
  });

  it('refuses no leaves, an empty leaf, and a leaf too long for a bundle', async () => {
    const ctx = await testContext();
    for (const leaves of [[], [Buffer.alloc(0)], [Buffer.alloc(65_536)]]) {
      await expect(ctx.db.transaction((tx) => append(ctx, tx, leaves))).rejects.toThrow(/1 to 65,535/);
    }
    expect(await ctx.db.transaction((tx) => append(ctx, tx, [Buffer.alloc(65_535)]))).toBe(0);
  });

  it('stays one log without gaps when appenders and sequencers run at once', async () => {
    const ctx = await testContext({ engine, pool: 12 });
    const opening = { customerId: ctx.random.id(), class: 4 };
    const queuedIds = Array.from({ length: 120 }, () => ctx.random.id());
    const direct = Array.from({ length: 40 }, (_, at) => leavesNamed(`direct ${at}`, 1 + (at % 9)));
    const firsts = new Map<number, number>();

    const enqueueAll = queuedIds.map((id) =>
      ctx.db.transaction(async (tx) => {
        await tx.query({
          text: `INSERT INTO bailee.opening (customer_id, id, kind, class, sealed, occurred_at)
                 VALUES ($1, $2, 'opening', 4, '', now())`,
          values: [opening.customerId, id],
        });
        await enqueue(ctx, tx, {
          customerId: opening.customerId,
          openingId: id,
          leaf: Buffer.from(`queued ${id}`),
        });
      }),
    );
    const appendAll = direct.map((leaves, at) =>
      ctx.db.transaction(async (tx) => {
        firsts.set(at, await append(ctx, tx, leaves));
      }),
    );
    const sequencers = Array.from({ length: 4 }, async () => {
      for (let round = 0; round < 12; round++) await sequence(ctx, 7);
    });
    await Promise.all([...enqueueAll, ...appendAll, ...sequencers]);
    while ((await sequence(ctx, 50)) > 0);

    const all = await entries(ctx.db);
    const total = queuedIds.length + direct.flat().length;
    expect(all.map(({ index }) => index)).toEqual(Array.from({ length: total }, (_, at) => at));
    expect(new Set(all.map(({ leaf }) => leaf)).size).toBe(total);
    for (const [at, first] of firsts) {
      const batch = all.slice(first, first + direct[at]!.length).map(({ leaf }) => leaf);
      expect(batch).toEqual(direct[at]!.map(String));
    }
    const { rows } = await ctx.db.query<{ id: string; ledger_index: string }>({
      text: 'SELECT id, ledger_index FROM bailee.opening',
    });
    for (const row of rows) expect(all[Number(row.ledger_index)]?.leaf).toBe(`queued ${row.id}`);
    expect((await checkpoint(ctx, ctx.db)).root).toEqual(rootOver(all.map(({ leaf }) => leaf)));
  });
});
