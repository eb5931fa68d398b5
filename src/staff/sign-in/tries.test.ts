import { beforeAll, describe, expect, it } from 'vitest';
import type { TestContext } from '../../../test/kit/context.ts';
import { gateContext } from '../../../test/kit/store.ts';
import { countTry, forgetTries, forgiveTry } from './tries.ts';

const HOUR = 3_600_000;

let ctx: TestContext;
beforeAll(async () => {
  ctx = await gateContext();
});

const outcome = (account: string, network: string) =>
  countTry(ctx, { account, network }).then(
    () => 'counted',
    (error: { code: string }) => error.code,
  );
const right = async (account: string, network: string) => {
  await countTry(ctx, { account, network });
  await ctx.db.transaction((tx) => forgiveTry(ctx, tx, { account, network }));
};
const forget = () => ctx.db.transaction((tx) => forgetTries(ctx, tx));
const kept = async () =>
  (await ctx.db.query<{ count: number }>({ text: 'SELECT count FROM bailee.sign_in_try' })).rows;

describe('a try', () => {
  it('that was right is taken back everywhere: it stops neither its account nor its network', async () => {
    for (let at = 0; at < 51; at += 1) await right('ana@shop.example', `home ${at}`);
    expect(await outcome('ana@shop.example', 'office')).toBe('counted');
    expect((await kept()).every(({ count }) => count <= 1)).toBe(true);
  });

  it('that was wrong counts against the account from wherever it came, fifty times an hour', async () => {
    for (let at = 0; at < 50; at += 1)
      expect(await outcome('bea@shop.example', `café ${at}`)).toBe('counted');
    expect(await outcome('bea@shop.example', 'another')).toBe('too_many_tries');
    ctx.clock.advance(HOUR - 1);
    expect(await outcome('bea@shop.example', 'a third')).toBe('too_many_tries');
    ctx.clock.advance(1);
    expect(await outcome('bea@shop.example', 'a third')).toBe('counted');
  });

  it('is kept for a day and forgotten then, and not while it counts', async () => {
    for (let at = 0; at < 5; at += 1) await outcome('cem@shop.example', 'train');
    await forget();
    expect(await outcome('cem@shop.example', 'train')).toBe('too_many_tries');
    ctx.clock.advance(24 * HOUR);
    await forget();
    expect(await kept()).not.toEqual([]);
    ctx.clock.advance(1);
    await forget();
    expect(await kept()).toEqual([]);
  });
});
