import { beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../../contract/names.ts';
import type { TestContext } from '../../../test/kit/context.ts';
import { gateContext, makeStore } from '../../../test/kit/store.ts';
import { makeKey } from './make.ts';

let ctx: TestContext;
let store: string;
beforeAll(async () => {
  ctx = await gateContext();
  store = (await makeStore(ctx)).store;
});

const keys = async () =>
  Number(
    (await ctx.db.query<{ n: string }>({ text: 'SELECT count(*) AS n FROM bailee.api_key' })).rows[0]!.n,
  );

describe('a key', () => {
  it('is made for no role that does not exist, and then none is kept', async () => {
    const before = await keys();
    for (const role of ['owner', 'Support', '', 'toString'])
      await expect(makeKey(ctx, ctx.db, store, { kind: 'api', role: role as Role })).rejects.toMatchObject({
        code: 'bad_request',
        message: expect.stringContaining('support'),
      });
    expect(await keys()).toBe(before);
    await makeKey(ctx, ctx.db, store, { kind: 'api', role: 'support' });
    expect(await keys()).toBe(before + 1);
  });
});
