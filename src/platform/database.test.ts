import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { POSTGRES_REASON, postgres, type TestContext, testContext } from '../../test/kit/context.ts';
import { openDatabase } from './database.ts';
import { RetryTransaction } from './errors.ts';
import type { Statement } from './ports.ts';

const insert = (value: string): Statement => ({
  name: 'test_insert',
  text: 'INSERT INTO public.t (v) VALUES ($1)',
  values: [value],
});
/** Fails like a transaction that lost a race. */
const lostRace = { text: "DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = '40001'; END $$" };
const unavailable = expect.objectContaining({ code: 'database_unavailable' });

describe.each(['pglite', 'postgres'] as const)('the database port, on %s', (engine) => {
  const absent = engine === 'postgres' && postgres === null;
  let ctx: TestContext;
  beforeAll(async () => {
    if (absent) return;
    ctx = await testContext({ engine, pool: 8 });
    await ctx.db.query({ text: 'CREATE TABLE public.t (v text PRIMARY KEY)' });
  });

  async function stored(like = '%'): Promise<string[]> {
    const { rows } = await ctx.db.query<{ v: string }>({
      text: 'SELECT v FROM public.t WHERE v LIKE $1 ORDER BY v',
      values: [like],
    });
    return rows.map((row) => row.v);
  }

  it('commits when the work resolves, and hands its result on', async ({ skip }) => {
    if (absent) skip(POSTGRES_REASON);
    const result = await ctx.db.transaction(async (tx) => (await tx.query(insert('commit-1'))).rowCount);
    expect(result).toBe(1);
    expect(await stored('commit-%')).toEqual(['commit-1']);
  });

  it('rolls back when the work throws, and the same connection serves on', async ({ skip }) => {
    if (absent) skip(POSTGRES_REASON);
    const failing = ctx.db.transaction(async (tx) => {
      await tx.query(insert('back-1'));
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    await expect(ctx.db.transaction((tx) => tx.query({ text: 'SELECT missing' }))).rejects.toMatchObject({
      code: '42703',
    });
    expect(await stored('back-%')).toEqual([]);
  });

  it('stays open after a statement was refused, one after another', async ({ skip }) => {
    if (absent) skip(POSTGRES_REASON);
    for (let round = 0; round < 5; round += 1) {
      await expect(ctx.db.query({ text: 'SELECT $1::integer', values: ['x'] })).rejects.toMatchObject({
        code: '22P02',
      });
      await expect(ctx.db.query({ text: 'SELECT missing' })).rejects.toMatchObject({ code: '42703' });
      expect((await ctx.db.query<{ one: number }>({ text: 'SELECT 1 AS one' })).rows).toEqual([{ one: 1 }]);
    }
  });

  it('leaves no transaction behind when a text of several statements fails in its middle', async ({
    skip,
  }) => {
    if (absent) skip(POSTGRES_REASON);
    for (let round = 0; round < 3; round += 1) {
      const text = "BEGIN; INSERT INTO public.t VALUES ('several'); SELECT missing; COMMIT";
      await expect(ctx.db.query({ text })).rejects.toMatchObject({ code: '42703' });
      expect(await stored('several')).toEqual([]);
    }
  });

  it('commits what was sent for later, in its order', async ({ skip }) => {
    if (absent) skip(POSTGRES_REASON);
    await ctx.db.transaction(async (tx) => {
      tx.later(insert('later-1'));
      tx.later({ text: "UPDATE public.t SET v = 'later-2' WHERE v = 'later-1'" });
      expect((await tx.query({ text: "SELECT FROM public.t WHERE v = 'later-2'" })).rowCount).toBe(1);
      tx.later(insert('later-3'));
    });
    expect(await stored('later-%')).toEqual(['later-2', 'later-3']);
  });

  it('fails the transaction when what was sent for later fails, wherever it stands, and commits nothing', async ({
    skip,
  }) => {
    if (absent) skip(POSTGRES_REASON);
    await ctx.db.query(insert('taken'));
    const last = ctx.db.transaction(async (tx) => {
      await tx.query(insert('fail-1'));
      tx.later(insert('taken'));
    });
    await expect(last).rejects.toMatchObject({ code: '23505' });
    const first = ctx.db.transaction(async (tx) => {
      tx.later(insert('taken'));
      tx.later(insert('fail-2'));
    });
    await expect(first).rejects.toMatchObject({ code: '23505' });
    const between = ctx.db.transaction(async (tx) => {
      tx.later(insert('taken'));
      await tx.query(insert('fail-3'));
    });
    await expect(between).rejects.toMatchObject({ code: '23505' });
    const unnoticed = ctx.db.transaction(async (tx) => {
      tx.later(insert('taken'));
      await tx.query(insert('fail-4')).catch(() => undefined);
    });
    await expect(unnoticed).rejects.toThrow();
    expect(await stored('fail-%')).toEqual([]);
  });

  it('never says committed when a refused statement was overlooked', async ({ skip }) => {
    if (absent) skip(POSTGRES_REASON);
    const overlooked = ctx.db.transaction(async (tx) => {
      await tx.query(insert('over-1'));
      await tx.query({ text: 'SELECT missing' }).catch(() => undefined);
    });
    await expect(overlooked).rejects.toThrow();
    expect(await stored('over-%')).toEqual([]);
  });

  it('starts over when a race was lost, by the work or by the engine, also in what was sent for later', async ({
    skip,
  }) => {
    if (absent) skip(POSTGRES_REASON);
    const ways = [
      async () => Promise.reject(new RetryTransaction('lost')),
      async (tx: TestTx) => void (await tx.query(lostRace)),
      async (tx: TestTx) => tx.later(lostRace),
      async (tx: TestTx) => {
        tx.later(lostRace);
        await tx.query({ text: 'SELECT 1' });
      },
    ];
    for (const [at, lose] of ways.entries()) {
      let attempts = 0;
      const done = await ctx.db.transaction(async (tx) => {
        attempts += 1;
        await tx.query(insert(`retry-${at}-${attempts}`));
        if (attempts < 3) await lose(tx);
        return 'done';
      });
      expect({ at, done, attempts }).toEqual({ at, done: 'done', attempts: 3 });
    }
    expect(await stored('retry-%')).toEqual(['retry-0-3', 'retry-1-3', 'retry-2-3', 'retry-3-3']);
  });

  it('gives up after eight attempts, and tries any other failure once', async ({ skip }) => {
    if (absent) skip(POSTGRES_REASON);
    let attempts = 0;
    const always = ctx.db.transaction(async () => {
      attempts += 1;
      throw new RetryTransaction('lost');
    });
    await expect(always).rejects.toThrow(RetryTransaction);
    expect(attempts).toBe(8);
    attempts = 0;
    const other = ctx.db.transaction(async () => {
      attempts += 1;
      throw new Error('no race');
    });
    await expect(other).rejects.toThrow('no race');
    expect(attempts).toBe(1);
  });

  it('gives bigints as text, bytes as a Buffer and times as a Date', async ({ skip }) => {
    if (absent) skip(POSTGRES_REASON);
    const { rows } = await ctx.db.query({
      text: `SELECT 9007199254740993::bigint AS n, '\\x00ff'::bytea AS b, to_timestamp(0) AS t, '{"a":1}'::jsonb AS j`,
    });
    expect(rows).toEqual([{ n: '9007199254740993', b: Buffer.from([0, 255]), t: new Date(0), j: { a: 1 } }]);
  });

  it('runs transactions that come at once, each whole', async ({ skip }) => {
    if (absent) skip(POSTGRES_REASON);
    await ctx.db.query({ text: 'CREATE TABLE public.counter (n integer)' });
    await ctx.db.query({ text: 'INSERT INTO public.counter VALUES (0)' });
    await Promise.all(
      Array.from({ length: 40 }, () =>
        ctx.db.transaction(async (tx) => {
          const { rows } = await tx.query<{ n: number }>({ text: 'SELECT n FROM public.counter FOR UPDATE' });
          await tx.query({ text: 'UPDATE public.counter SET n = $1', values: [rows[0]!.n + 1] });
        }),
      ),
    );
    expect((await ctx.db.query({ text: 'SELECT n FROM public.counter' })).rows).toEqual([{ n: 40 }]);
  });
});

type TestTx = Parameters<Parameters<TestContext['db']['transaction']>[0]>[0];

describe('a database that goes away', () => {
  async function terminateOthers(url: string): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await client.end();
  }

  /** Until a connection sleeps in a statement. */
  async function untilAsleep(url: string): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const text = `SELECT pid FROM pg_stat_activity
                  WHERE datname = current_database() AND wait_event = 'PgSleep'`;
    await expect.poll(async () => (await client.query(text)).rows.length).toBe(1);
    await client.end();
  }

  it('is told from a wrong statement, in a query, in a transaction and in its pauses; then it serves again', async ({
    skip,
  }) => {
    if (postgres === null) skip(POSTGRES_REASON);
    const ctx = await testContext({ engine: 'postgres', pool: 2 });
    await ctx.db.query({ text: 'CREATE TABLE public.t (v text)' });
    const sleeping = ctx.db.query({ text: 'SELECT pg_sleep(20)' });
    const refused = expect(sleeping).rejects.toThrow(unavailable);
    await untilAsleep(ctx.url!);
    await terminateOthers(ctx.url!);
    await refused;

    const paused = ctx.db.transaction(async (tx) => {
      await tx.query(insert('paused'));
      await terminateOthers(ctx.url!);
      await tx.query({ text: 'SELECT 1' });
    });
    await expect(paused).rejects.toThrow(unavailable);

    const committing = ctx.db.transaction(async (tx) => {
      await tx.query(insert('committing'));
      await terminateOthers(ctx.url!);
    });
    await expect(committing).rejects.toThrow(unavailable);
    for (let round = 0; round < 4; round += 1)
      expect((await ctx.db.query({ text: 'SELECT v FROM public.t' })).rows).toEqual([]);
  });

  it('survives losing connections that nobody was using', async ({ skip }) => {
    if (postgres === null) skip(POSTGRES_REASON);
    const ctx = await testContext({ engine: 'postgres', pool: 4 });
    await Promise.all(Array.from({ length: 4 }, () => ctx.db.query({ text: 'SELECT pg_sleep(0.05)' })));
    await terminateOthers(ctx.url!);
    await expect
      .poll(async () => (await ctx.db.query({ text: 'SELECT 1 AS one' })).rows)
      .toEqual([{ one: 1 }]);
  });

  it('is unavailable when nothing listens, and once it was closed', async () => {
    const options = {
      engine: 'postgres',
      connectionString: 'postgres://nobody@127.0.0.1:1/none',
      pool: 2,
    } as const;
    const db = openDatabase(options);
    await expect(db.query({ text: 'SELECT 1' })).rejects.toThrow(unavailable);
    await expect(db.transaction(async () => 1)).rejects.toThrow(unavailable);
    await db.close();
    await expect(db.query({ text: 'SELECT 1' })).rejects.toThrow(unavailable);
  });

  it('starts a deadlocked transaction over, so that both finish', async ({ skip }) => {
    if (postgres === null) skip(POSTGRES_REASON);
    const ctx = await testContext({ engine: 'postgres', pool: 4 });
    await ctx.db.query({ text: 'CREATE TABLE public.pair (id integer PRIMARY KEY, n integer)' });
    await ctx.db.query({ text: 'INSERT INTO public.pair VALUES (1, 0), (2, 0)' });
    const add = (id: number) => ({ text: 'UPDATE public.pair SET n = n + 1 WHERE id = $1', values: [id] });
    let arrived = 0;
    const cross = (first: number, second: number) =>
      ctx.db.transaction(async (tx) => {
        await tx.query(add(first));
        arrived += 1;
        while (arrived < 2) await new Promise((wake) => setTimeout(wake, 5));
        await tx.query(add(second));
      });
    await Promise.all([cross(1, 2), cross(2, 1)]);
    expect(arrived).toBe(3);
    expect((await ctx.db.query({ text: 'SELECT n FROM public.pair' })).rows).toEqual([{ n: 2 }, { n: 2 }]);
  });
});
