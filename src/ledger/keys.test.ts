import { describe, expect, it } from 'vitest';
import { testContext } from '../../test/kit/context.ts';
import { publishedKeys, registerKeys } from './keys.ts';
import { signerOf } from './signer.ts';

const ctx = await testContext();

describe('published keys', () => {
  it('are the two in use, once, however often the server starts', async () => {
    await registerKeys(ctx, ctx.db);
    const createdAt = new Date(ctx.clock.now());
    ctx.clock.advance(1_000);
    await registerKeys(ctx, ctx.db);
    expect(await publishedKeys(ctx, ctx.db)).toEqual([
      { vkey: signerOf(ctx, 'ledger').vkey, purpose: 'ledger', createdAt, retiredAt: null },
      { vkey: signerOf(ctx, 'receipt').vkey, purpose: 'receipt', createdAt, retiredAt: null },
    ]);
  });

  it('stay published when a new key replaces them, and come back with their seed', async () => {
    const old = signerOf(ctx, 'receipt').vkey;
    const seeds = { ledger: ctx.root.signingSeed('ledger'), receipt: Buffer.alloc(32, 8) };
    const root = { ...ctx.root, signingSeed: (purpose: 'ledger' | 'receipt') => seeds[purpose] };
    ctx.clock.advance(1_000);
    await registerKeys({ ...ctx, root }, ctx.db);
    const inUse = async () => (await publishedKeys(ctx, ctx.db)).filter((key) => key.retiredAt === null);
    const retired = (await publishedKeys(ctx, ctx.db)).find((key) => key.vkey === old);
    expect(retired?.retiredAt).toEqual(new Date(ctx.clock.now()));
    expect((await inUse()).map((key) => key.purpose)).toEqual(['ledger', 'receipt']);

    await registerKeys(ctx, ctx.db);
    expect((await inUse()).map((key) => key.vkey)).toContain(old);
    expect(await publishedKeys(ctx, ctx.db)).toHaveLength(3);
  });
});
