import { randomBytes } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestContext, testContext } from '../../test/kit/context.ts';
import { makeRowKey } from '../keys/row-key.ts';
import { retire } from './retention.ts';

const DAY_MS = 86_400_000;
let ctx: TestContext;
let store: string;

beforeAll(async () => {
  ctx = await testContext();
});
beforeEach(() => {
  store = ctx.random.id();
});

function inDays(days: number): Date {
  return new Date(ctx.clock.now() + days * DAY_MS);
}

async function addQuarantined(expires: Date): Promise<string> {
  const id = ctx.random.id();
  await ctx.db.transaction(async (tx) => {
    await makeRowKey(ctx, tx, id);
    await tx.query({
      text: `INSERT INTO bailee.quarantine (id, store_id, source, code, message, tokens, sealed, received_at, expires_at)
             VALUES ($1, $2, 'server', 'event_invalid', 'odd', '{}', $3, $4, $4)`,
      values: [id, store, randomBytes(40), expires],
    });
  });
  return id;
}

async function addTombstone(expires: Date): Promise<void> {
  await ctx.db.query({
    text: `INSERT INTO bailee.tombstone (store_id, token, erasure_id, created_at, expires_at)
           VALUES ($1, $2, $3, $4, $4)`,
    values: [store, randomBytes(16), ctx.random.id(), expires],
  });
}

async function addMessage(received: Date): Promise<void> {
  await ctx.db.query({
    text: 'INSERT INTO bailee.message (store_id, token, received_at) VALUES ($1, $2, $3)',
    values: [store, randomBytes(16), received],
  });
}

async function left(table: string): Promise<number> {
  const { rows } = await ctx.db.query<{ n: number }>({
    text: `SELECT count(*)::int AS n FROM bailee.${table} WHERE store_id = $1`,
    values: [store],
  });
  return rows[0]!.n;
}

describe('retention', () => {
  it('lets a tombstone go when its time is over, and not a moment before', async () => {
    await addTombstone(inDays(0));
    await addTombstone(new Date(ctx.clock.now() + 1));
    expect(await retire(ctx)).toMatchObject({ tombstones: 1 });
    expect(await left('tombstone')).toBe(1);
  });

  it('lets a quarantined event go together with the key of its row', async () => {
    const over = await addQuarantined(inDays(-1));
    const standing = await addQuarantined(inDays(1));
    expect(await retire(ctx)).toMatchObject({ quarantined: 1 });
    const { rows } = await ctx.db.query<{ id: string }>({
      text: 'SELECT id FROM keys.row_key WHERE id = ANY($1)',
      values: [[over, standing]],
    });
    expect(rows.map((row) => row.id)).toEqual([standing]);
    expect(await left('quarantine')).toBe(1);
  });

  it('holds a messageId for 90 days', async () => {
    await addMessage(inDays(-91));
    await addMessage(inDays(-89));
    expect(await retire(ctx)).toMatchObject({ messages: 1 });
    expect(await left('message')).toBe(1);
  });

  it('may run twice', async () => {
    await addTombstone(inDays(-1));
    await retire(ctx);
    expect(await retire(ctx)).toEqual({
      tombstones: 0,
      quarantined: 0,
      messages: 0,
      tags: 0,
      callerChecks: 0,
      requests: 0,
      signIns: 0,
    });
  });

  it('lets more go than fits one page', async () => {
    await ctx.db.query({
      text: `INSERT INTO bailee.message (store_id, token, received_at)
             SELECT $1, decode(lpad(to_hex(n), 32, '0'), 'hex'), $2 FROM generate_series(1, 10001) AS n`,
      values: [store, inDays(-100)],
    });
    expect(await retire(ctx)).toMatchObject({ messages: 10_001 });
  });
});
