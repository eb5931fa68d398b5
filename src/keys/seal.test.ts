import { beforeAll, describe, expect, it } from 'vitest';
import { type TestContext, testContext } from '../../test/kit/context.ts';
import { makeMissing, readRing } from './ring.ts';
import { rotate } from './rotate.ts';
import { seal, unseal } from './seal.ts';
import { shredKeys } from './sql.ts';

let ctx: TestContext;
beforeAll(async () => {
  ctx = await testContext();
});

const place = (customer: string, rowVersion = 1) => ({
  store: '01900000-0000-7000-8000-000000000001',
  customer,
  row: customer,
  rowVersion,
  field: 7,
});

async function ringFor(customer: string) {
  return ctx.db.transaction(async (tx) => {
    const ring = await readRing(ctx, tx, [customer]);
    await makeMissing(ctx, tx, ring, [{ customer, class: 1 }]);
    return ring;
  });
}

describe('sealing', () => {
  it('opens what it sealed, and only at its own place', async () => {
    const customer = ctx.random.id();
    const key = (await ringFor(customer)).newest(customer, 1)!;
    const sealed = seal(ctx.cipher, key, place(customer), 'a phone number');
    expect(unseal(ctx.cipher, key, place(customer), sealed)).toBe('a phone number');
    expect(() => unseal(ctx.cipher, key, place(customer, 2), sealed)).toThrow(/place or its key/);
    expect(() => unseal(ctx.cipher, key, place(ctx.random.id()), sealed)).toThrow(/place or its key/);
  });

  it('gives short values of different lengths ciphertexts of one length', async () => {
    const customer = ctx.random.id();
    const key = (await ringFor(customer)).newest(customer, 1)!;
    const lengths = new Set(
      ['a', 'ab', 'a longer one here'].map((v) => seal(ctx.cipher, key, place(customer), v).length),
    );
    expect(lengths.size).toBe(1);
  });

  it('survives a rotation, and a shredded key is gone for everyone at once', async () => {
    const customer = ctx.random.id();
    const key = (await ringFor(customer)).newest(customer, 1)!;
    const sealed = seal(ctx.cipher, key, place(customer), 'kept');
    const before = ctx.root.currentEpoch();
    const rotation = await rotate(ctx);
    expect(rotation.destroyed).toEqual([before]);
    expect(() => ctx.root.epochKey(before)).toThrow(/destroyed/);
    const ring = await ctx.db.transaction((tx) => readRing(ctx, tx, [customer]));
    expect(unseal(ctx.cipher, ring.at(customer, 1, sealed)!, place(customer), sealed)).toBe('kept');
    await ctx.db.transaction((tx) => shredKeys(tx, [customer], [1], new Date(ctx.clock.now())));
    const after = await ctx.db.transaction((tx) => readRing(ctx, tx, [customer]));
    expect(after.at(customer, 1, sealed)).toBeNull();
    expect(after.state(customer, 1)).toBe('shredded');
  });
});
