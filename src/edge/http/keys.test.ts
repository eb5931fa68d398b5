import { beforeAll, describe, expect, it } from 'vitest';
import type { TestContext } from '../../../test/kit/context.ts';
import { gateContext, makeStore, type TestStore } from '../../../test/kit/store.ts';
import type { GateCtx } from '../../gate/context.ts';
import { presentedKey } from './credentials.ts';
import { allowsOrigin, makeKeys } from './keys.ts';

let ctx: TestContext & GateCtx;
let shop: TestStore;
beforeAll(async () => {
  ctx = await gateContext();
  shop = await makeStore(ctx, { origins: ['https://shop.example'] });
});

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'known',
    (error: { code: string }) => error.code,
  );

describe('a key', () => {
  it('is known by its store, kind and role', async () => {
    const keys = makeKeys({ ctx, operatorToken: null });
    expect(await keys.lookUp(shop.apiKeys.support)).toMatchObject({
      kind: 'api',
      role: 'support',
      id: shop.ids.get(shop.apiKeys.support),
      store: { id: shop.store, country: 'DE' },
    });
    expect(await keys.lookUp(shop.browserKey)).toMatchObject({ kind: 'browser' });
  });

  it('that nobody made is refused, whatever it looks like', async () => {
    const keys = makeKeys({ ctx, operatorToken: null });
    for (const key of [
      '',
      'short',
      `${shop.serverKey}x`,
      'k'.repeat(10_000),
      "' OR 1=1 --",
      'kéy\u0000kéykéy',
    ])
      expect(await code(keys.lookUp(key))).toBe('unknown_key');
  });

  it('that is revoked is refused within five seconds', async () => {
    const keys = makeKeys({ ctx, operatorToken: null });
    const other = await makeStore(ctx);
    await keys.lookUp(other.serverKey);
    await ctx.db.query({
      text: 'UPDATE bailee.api_key SET revoked_at = now() WHERE store_id = $1',
      values: [other.store],
    });
    ctx.clock.advance(5_001);
    expect(await code(keys.lookUp(other.serverKey))).toBe('unknown_key');
  });

  it('of the demo works only where the server is bound to the loopback address', async () => {
    const demo = await makeStore(ctx, { demo: true });
    expect(await code(makeKeys({ ctx, operatorToken: null }).lookUp(demo.serverKey))).toBe('known');
    const open = { ...ctx, config: { ...ctx.config, host: '0.0.0.0' } };
    expect(await code(makeKeys({ ctx: open, operatorToken: null }).lookUp(demo.serverKey))).toBe(
      'unknown_key',
    );
    expect(await code(makeKeys({ ctx: open, operatorToken: null }).lookUp(shop.serverKey))).toBe('known');
  });

  it('of the operator is the token of this process', async () => {
    const keys = makeKeys({ ctx, operatorToken: 'operator-token-of-this-run' });
    expect(await keys.lookUp('operator-token-of-this-run')).toEqual({ kind: 'operator' });
    expect(await code(keys.lookUp('operator-token-of-that-run'))).toBe('unknown_key');
  });

  it('is found in every header that clients put it in', () => {
    const encoded = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
    expect(presentedKey({ authorization: encoded('key-1:') })).toBe('key-1');
    expect(presentedKey({ authorization: encoded('key-1') })).toBe('key-1');
    expect(presentedKey({ authorization: 'bearer key-1' })).toBe('key-1');
    expect(presentedKey({ 'x-write-key': 'key-1' })).toBe('key-1');
    expect(presentedKey({ authorization: 'Basic', 'x-write-key': 'key-1' })).toBe('key-1');
    expect(presentedKey({})).toBeNull();
  });
});

describe('an origin', () => {
  it('may use browser keys when the store names it; of the demo, any may', () => {
    const store = { id: '', country: null, demo: false, origins: ['https://shop.example'] };
    expect(allowsOrigin(store, 'https://shop.example')).toBe(true);
    expect(allowsOrigin(store, 'https://shop.example.evil')).toBe(false);
    expect(allowsOrigin({ ...store, origins: [] }, 'https://shop.example')).toBe(false);
    expect(allowsOrigin({ ...store, origins: [], demo: true }, 'https://anywhere.example')).toBe(true);
  });
});
