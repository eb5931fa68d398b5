import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestContext, testContext } from '../../test/kit/context.ts';
import type { RootProvider } from '../platform/key-ports.ts';
import type { Ctx } from '../platform/ports.ts';
import { makeMissing, readRing } from './ring.ts';
import { environmentRoot } from './root-environment.ts';
import { fileRoot } from './root-file.ts';
import { rotate } from './rotate.ts';
import { openSecrets, secret } from './secrets.ts';

const wrong = expect.objectContaining({ code: 'wrong_root_key' });

/** Every row of the key schema. */
async function keyRows(ctx: Ctx): Promise<unknown> {
  const tables = ['data_key', 'row_key', 'secret', 'epoch'];
  const contents = tables.map(async (table) => {
    const { rows } = await ctx.db.query({ text: `SELECT t.* FROM keys.${table} AS t ORDER BY 1, 2` });
    return [table, rows];
  });
  return Object.fromEntries((await Promise.all(contents)) as [string, unknown][]);
}

/** Opens as a fresh process with `root` would, makes a customer's key and returns it. */
async function useWith(ctx: Ctx, root: RootProvider, customer: string): Promise<Buffer> {
  const own = { ...ctx, root };
  await openSecrets(own);
  return own.db.transaction(async (tx) => {
    const ring = await readRing(own, tx, [customer]);
    await makeMissing(own, tx, ring, [{ customer, class: 1 }]);
    return ring.newest(customer, 1)!.bytes;
  });
}

describe('the secrets of an installation with a key file', () => {
  let ctx: TestContext;
  beforeAll(async () => {
    ctx = await testContext();
  });

  it('are the same after a restart, differ from each other, and are nowhere in the database', async () => {
    const again = { ...ctx, root: await fileRoot(ctx.config.keysFile, false) };
    expect(() => secret(again, 'index')).toThrow(/not open yet/);
    await openSecrets(again);
    for (const name of ['index', 'suppression'] as const) {
      expect(secret(again, name)).toEqual(secret(ctx, name));
      expect(secret(ctx, name)).toHaveLength(32);
      expect(JSON.stringify(await keyRows(ctx))).not.toContain(secret(ctx, name).toString('hex'));
    }
    expect(secret(ctx, 'index')).not.toEqual(secret(ctx, 'suppression'));
  });

  it('stay closed to another key file, which writes nothing', async () => {
    await useWith(ctx, ctx.root, ctx.random.id());
    const before = await keyRows(ctx);
    const stranger = await fileRoot(join(ctx.folder, 'other', 'root.json'), true);
    await expect(useWith(ctx, stranger, ctx.random.id())).rejects.toThrow(wrong);
    await stranger.advance();
    await stranger.destroy(1);
    await expect(useWith(ctx, stranger, ctx.random.id())).rejects.toThrow(wrong);
    await expect(useWith(ctx, environmentRoot(randomBytes(32), null), ctx.random.id())).rejects.toThrow(
      wrong,
    );
    expect(await keyRows(ctx)).toEqual(before);
  });

  it('open for a node whose start another node’s rotation crosses', async () => {
    const starting = { ...ctx, root: await fileRoot(ctx.config.keysFile, false) };
    const other = { ...ctx, root: await fileRoot(ctx.config.keysFile, false) };
    await openSecrets(other);
    await rotate(other);
    await openSecrets(starting);
    expect(secret(starting, 'index')).toEqual(secret(other, 'index'));
  });

  it('open again after another node rotated', async () => {
    const other = { ...ctx, root: await fileRoot(ctx.config.keysFile, false) };
    await openSecrets(other);
    await rotate(other);
    const third = { ...ctx, root: await fileRoot(ctx.config.keysFile, false) };
    await openSecrets(third);
    expect(secret(third, 'index')).toEqual(secret(ctx, 'index'));
  });
});

describe('the secrets of an installation with a root key in its environment', () => {
  it('stay closed to another root: it is refused before anything is written', async () => {
    const base = await testContext();
    await base.db.query({ text: 'DELETE FROM keys.secret' });
    await base.db.query({ text: 'DELETE FROM keys.epoch' });
    const [first, second, third] = [randomBytes(32), randomBytes(32), randomBytes(32)];
    const customer = base.random.id();
    const key = await useWith(base, environmentRoot(first, null), customer);
    expect(await useWith(base, environmentRoot(first, null), customer)).toEqual(key);

    const before = await keyRows(base);
    for (const root of [environmentRoot(second, null), environmentRoot(second, third)])
      await expect(useWith(base, root, base.random.id())).rejects.toThrow(wrong);
    expect(await keyRows(base)).toEqual(before);

    const moving = { ...base, root: environmentRoot(second, first) };
    await openSecrets(moving);
    const rotation = await rotate(moving);
    expect(rotation.destroyed).toEqual([environmentRoot(first, null).currentEpoch()]);
    expect(await useWith(base, environmentRoot(second, null), customer)).toEqual(key);

    const after = await keyRows(base);
    for (const root of [
      environmentRoot(first, null),
      environmentRoot(first, second),
      environmentRoot(third, first),
    ])
      await expect(useWith(base, root, base.random.id())).rejects.toThrow(wrong);
    expect(await keyRows(base)).toEqual(after);
  });

  it('are made once when two nodes start at the same moment', async () => {
    const base = await testContext();
    await base.db.query({ text: 'DELETE FROM keys.secret' });
    await base.db.query({ text: 'DELETE FROM keys.epoch' });
    const key = randomBytes(32);
    const nodes = Array.from({ length: 4 }, () => ({ ...base, root: environmentRoot(key, null) }));
    await Promise.all(nodes.map((node) => openSecrets(node)));
    for (const name of ['index', 'suppression'] as const)
      expect(new Set(nodes.map((node) => secret(node, name).toString('hex'))).size).toBe(1);
  });
});
