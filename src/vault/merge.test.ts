import { beforeAll, describe, expect, it } from 'vitest';
import { type TestGate, testGate, testStore } from '../../test/kit/gate.ts';
import { identify, shop } from '../../test/kit/shop.ts';
import { lockWhole } from './lock.ts';
import { closeLink, openLink, readClosedLinks } from './merge.ts';

let ctx: TestGate;
let ids: string[];
beforeAll(async () => {
  ctx = await testGate();
  const server = shop(ctx, (await testStore(ctx)).server);
  const users = ['a', 'b', 'c'].map((name) => `merge-${name}`);
  await server.send(...users.map((userId) => identify(userId)));
  ids = await Promise.all(users.map((userId) => server.idOf('userId', userId)));
});

const link = (child: number, root: number) =>
  ctx.db.transaction(async (tx) => openLink(ctx, tx, ids[child]!, ids[root]!, 'alias'));
const cut = (child: number, root: number) =>
  ctx.db.transaction((tx) => closeLink(ctx, tx, ids[child]!, ids[root]!));
const whole = async (at: number) => {
  const locked = await ctx.db.transaction((tx) => lockWhole(tx, ids[at]!));
  return { root: ids.indexOf(locked!.root), size: locked!.rows.size };
};

describe('a link', () => {
  it('joins two customers, and others through them, until it is closed', async () => {
    await link(0, 1);
    await link(1, 2);
    for (const at of [0, 1, 2]) expect(await whole(at)).toEqual({ root: 2, size: 3 });
    expect(await cut(1, 2)).toBe(true);
    expect(await whole(0)).toEqual({ root: 1, size: 2 });
    expect(await whole(2)).toEqual({ root: 2, size: 1 });
    expect(await cut(1, 2)).toBe(false);
    expect(await cut(0, 2)).toBe(false);
  });

  it('is the only open one of its child, and never leads to itself', async () => {
    await expect(link(0, 2)).rejects.toMatchObject({ code: '23505' });
    await expect(link(2, 2)).rejects.toMatchObject({ code: '23514' });
  });

  it('is remembered after it was closed', async () => {
    const closed = await ctx.db.transaction((tx) => readClosedLinks(tx, ids));
    expect(closed).toEqual([{ child: ids[1], root: ids[2] }]);
    expect(await ctx.db.transaction((tx) => readClosedLinks(tx, []))).toEqual([]);
  });

  it('of nobody locks nobody', async () => {
    expect(await ctx.db.transaction((tx) => lockWhole(tx, ctx.random.id()))).toBeNull();
  });
});
