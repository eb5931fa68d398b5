import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { POSTGRES_REASON, postgres, type TestContext, testContext } from '../../test/kit/context.ts';
import type { RootProvider } from '../platform/key-ports.ts';
import type { Ctx, Database, Statement, Tx } from '../platform/ports.ts';
import { makeMissing, readRing } from './ring.ts';
import { environmentRoot } from './root-environment.ts';
import { fileRoot } from './root-file.ts';
import { rotate } from './rotate.ts';
import { makeRowKey, openRowKeys } from './row-key.ts';
import { seal, unseal } from './seal.ts';
import { openSecrets, secret } from './secrets.ts';

interface Kept {
  readonly customer: string;
  readonly sealed: Buffer;
  readonly row: string;
  readonly rowKey: Buffer;
}

const placeOf = (customer: string) => ({
  store: '01900000-0000-7000-8000-000000000001',
  customer,
  row: customer,
  rowVersion: 1,
  field: 7,
});

/** Seals a value under a new customer's key, and makes the key of a quarantined row. */
function keep(ctx: Ctx): Promise<Kept> {
  const [customer, row] = [ctx.random.id(), ctx.random.id()];
  return ctx.db.transaction(async (tx) => {
    const ring = await readRing(ctx, tx, [customer]);
    await makeMissing(ctx, tx, ring, [{ customer, class: 1 }]);
    const sealed = seal(ctx.cipher, ring.newest(customer, 1)!, placeOf(customer), customer);
    return { customer, sealed, row, rowKey: (await makeRowKey(ctx, tx, row)).bytes };
  });
}

/** Another process on the same key file and database: nothing of what this one remembers. */
async function node(ctx: TestContext): Promise<TestContext> {
  const other = { ...ctx, root: await fileRoot(ctx.config.keysFile, false) };
  await openSecrets(other);
  return other;
}

async function expectAllOpen(ctx: Ctx, kept: readonly Kept[]): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const ring = await readRing(
      ctx,
      tx,
      kept.map(({ customer }) => customer),
    );
    for (const { customer, sealed } of kept)
      expect(unseal(ctx.cipher, ring.at(customer, 1, sealed)!, placeOf(customer), sealed)).toBe(customer);
    const rows = await openRowKeys(
      ctx,
      tx,
      kept.map(({ row }) => row),
    );
    for (const { row, rowKey } of kept) expect(rows.get(row)?.bytes).toEqual(rowKey);
  });
}

/** Keys, of any family, that only a destroyed epoch could unwrap. */
async function lost(ctx: Ctx): Promise<unknown[]> {
  const { rows } = await ctx.db.query({
    text: `SELECT k.epoch FROM (SELECT epoch FROM keys.data_key WHERE wrapped IS NOT NULL
             UNION ALL SELECT epoch FROM keys.row_key UNION ALL SELECT epoch FROM keys.secret) AS k
           LEFT JOIN keys.epoch AS e USING (epoch) WHERE e.epoch IS NULL OR e.destroyed_at IS NOT NULL`,
  });
  return rows;
}

/** A database that is lost at its n-th statement, or right after its n-th commit (its answer did not arrive). */
function failingAt(db: Database, nth: number): Database {
  let seen = 0;
  const step = () => {
    seen += 1;
    if (seen === nth) throw new Error('the planted fault');
  };
  const watched = (tx: Tx): Tx['query'] =>
    ((statement: Statement) => {
      step();
      return tx.query(statement);
    }) as Tx['query'];
  return {
    engine: db.engine,
    query: watched(db),
    async transaction(work) {
      const result = await db.transaction((tx) =>
        work({ query: watched(tx), later: (statement) => tx.later(statement) }),
      );
      step();
      return result;
    },
    close: () => db.close(),
  };
}

/** A root whose change is lost before or after it was written. */
function failingRoot(root: RootProvider, at: 'advance' | 'destroy', when: 'before' | 'after'): RootProvider {
  const fault = async <T>(work: () => Promise<T>): Promise<T> => {
    if (when === 'after') await work();
    throw new Error('the planted fault');
  };
  return {
    kind: root.kind,
    currentEpoch: () => root.currentEpoch(),
    epochs: () => root.epochs(),
    epochKey: (epoch) => root.epochKey(epoch),
    refresh: () => root.refresh(),
    signingSeed: (purpose) => root.signingSeed(purpose),
    advance: () => (at === 'advance' ? fault(() => root.advance()) : root.advance()),
    destroy: (epoch) => (at === 'destroy' ? fault(() => root.destroy(epoch)) : root.destroy(epoch)),
  };
}

describe('rotation', () => {
  let ctx: TestContext;
  const kept: Kept[] = [];
  beforeAll(async () => {
    ctx = await testContext();
    for (let at = 0; at < 5; at += 1) kept.push(await keep(ctx));
  });

  it('rewraps every key once, tells its progress, and destroys the old epoch', async () => {
    const old = ctx.root.currentEpoch();
    const progress: number[] = [];
    const { epoch, rewrapped, destroyed } = await rotate(ctx, (count) => progress.push(count));
    expect({ epoch, rewrapped, destroyed }).toEqual({ epoch: old + 1, rewrapped: 12, destroyed: [old] });
    expect(progress).toEqual([12]);
    await expectAllOpen(await node(ctx), kept);
  });

  it('kills a backup of the key schema taken before it', async () => {
    const backup = (await ctx.db.query<{ epoch: number }>({ text: 'SELECT * FROM keys.data_key' })).rows;
    await rotate(ctx);
    const fresh = await node(ctx);
    for (const { epoch } of backup) expect(() => fresh.root.epochKey(epoch)).toThrow(/destroyed/);
  });

  it('loses no key when it stops at any statement, and the next run finishes it', async () => {
    let nth = 1;
    for (; ; nth += 1) {
      const failing = await node(ctx);
      const stopped = await rotate({ ...failing, db: failingAt(ctx.db, nth) }).then(
        () => false,
        (error: Error) => error.message === 'the planted fault',
      );
      const restarted = await node(ctx);
      await expectAllOpen(restarted, kept);
      await rotate(restarted);
      expect(restarted.root.epochs()).toHaveLength(1);
      expect(await lost(ctx)).toEqual([]);
      await expectAllOpen(await node(ctx), kept);
      if (!stopped) break;
    }
    expect(nth).toBeGreaterThan(20);
  });

  it('loses no key when the key file is lost at its advance or its destroying', async () => {
    for (const at of ['advance', 'destroy'] as const)
      for (const when of ['before', 'after'] as const) {
        const failing = await node(ctx);
        const root = failingRoot(failing.root, at, when);
        await expect(rotate({ ...failing, root })).rejects.toThrow('the planted fault');
        const restarted = await node(ctx);
        await expectAllOpen(restarted, kept);
        await rotate(restarted);
        expect(restarted.root.epochs()).toHaveLength(1);
        expect(await lost(ctx)).toEqual([]);
        await expectAllOpen(await node(ctx), kept);
      }
  });

  it('keeps the secrets, so that every blind index token stays what it was', async () => {
    const before = secret(ctx, 'index');
    await rotate(await node(ctx));
    expect(secret(await node(ctx), 'index')).toEqual(before);
  });

  it('is seen by a node that runs on: it opens and seals without a restart', async () => {
    const running = await node(ctx);
    await expectAllOpen(running, kept);
    await rotate(await node(ctx));
    kept.push(await keep(running));
    await expectAllOpen(running, kept);
    expect(await lost(ctx)).toEqual([]);
  });

  it('that was overtaken by a later one stops, at every step, and loses nothing', async () => {
    for (let pause = 2; pause <= 4; pause += 1) {
      const [slow, fast] = [await node(ctx), await node(ctx)];
      let begun = 0;
      const overtaken: Database = {
        ...ctx.db,
        async transaction(work) {
          begun += 1;
          if (begun === pause) {
            await rotate(fast);
            await rotate(fast);
          }
          return ctx.db.transaction(work);
        },
      };
      const run = rotate({ ...slow, db: overtaken });
      await expect(run).rejects.toThrow(expect.objectContaining({ code: 'conflict' }));
      expect(await lost(ctx)).toEqual([]);
      kept.push(await keep(await node(ctx)));
      await expectAllOpen(await node(ctx), kept);
      await rotate(await node(ctx));
      await expectAllOpen(await node(ctx), kept);
    }
  });

  it('on two nodes with two different new root keys: the one left behind seals nothing, and nothing is lost', async () => {
    const base = await testContext();
    await base.db.query({ text: 'DELETE FROM keys.secret' });
    await base.db.query({ text: 'DELETE FROM keys.epoch' });
    const [first, second, third] = [randomBytes(32), randomBytes(32), randomBytes(32)];
    const open = async (root: RootProvider) => {
      const opened = { ...base, root };
      await openSecrets(opened);
      return opened;
    };
    const value = await keep(await open(environmentRoot(first, null)));
    const one = await open(environmentRoot(second, first));
    const two = await open(environmentRoot(third, first));
    await rotate(one);
    await expect(keep(two)).rejects.toThrow(/retired/);
    await expect(rotate(two)).rejects.toThrow(expect.objectContaining({ code: 'conflict' }));
    await expect(open(environmentRoot(third, first))).rejects.toThrow(/not the one this database/);
    await expect(open(environmentRoot(third, second))).rejects.toThrow(/replaced by a rotation/);
    expect(await lost(base)).toEqual([]);
    await expectAllOpen(await open(environmentRoot(second, null)), [value]);
  });
});

describe('rotation beside the making of keys, on PostgreSQL', () => {
  it('leaves no living key under a destroyed epoch, and every sealed value opens', async ({ skip }) => {
    if (postgres === null) skip(POSTGRES_REASON);
    const ctx = await testContext({ engine: 'postgres', pool: 16 });
    const kept: Kept[] = [];
    let rotating = true;
    const writers = Array.from({ length: 6 }, async () => {
      const writer = await node(ctx);
      while (rotating) kept.push(await keep(writer));
    });
    const rotations: number[] = [];
    for (let round = 0; round < 6; round += 1) rotations.push((await rotate(await node(ctx))).epoch);
    rotating = false;
    await Promise.all(writers);
    expect(rotations).toEqual([2, 3, 4, 5, 6, 7]);
    expect(kept.length).toBeGreaterThan(20);
    expect(await lost(ctx)).toEqual([]);
    await expectAllOpen(await node(ctx), kept);
  });

  it('may be started on several nodes at once: they finish one epoch, or stop, and lose nothing', async ({
    skip,
  }) => {
    if (postgres === null) skip(POSTGRES_REASON);
    const ctx = await testContext({ engine: 'postgres', pool: 16 });
    const kept = await Promise.all(Array.from({ length: 20 }, () => keep(ctx)));
    for (let round = 0; round < 6; round += 1) {
      const nodes = await Promise.all(Array.from({ length: 4 }, () => node(ctx)));
      const ends = await Promise.allSettled(nodes.map((each) => rotate(each)));
      for (const end of ends)
        if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'conflict' });
      expect(ends.some((end) => end.status === 'fulfilled')).toBe(true);
      const after = await node(ctx);
      kept.push(await keep(after));
      expect(await lost(ctx)).toEqual([]);
      await expectAllOpen(after, kept);
    }
  });
});
