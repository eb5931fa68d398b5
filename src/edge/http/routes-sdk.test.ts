import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestServer, testServer } from '../../../test/kit/server.ts';
import { gateContext, makeStore, type TestStore } from '../../../test/kit/store.ts';
import type { GateCtx } from '../../gate/context.ts';
import { PRODUCTS } from '../demo/products.ts';

let ctx: GateCtx;
let store: TestStore;
let one: TestServer;
beforeAll(async () => {
  ctx = await gateContext();
  store = await makeStore(ctx, { demo: true });
  const keys = { server: store.serverKey, browser: store.browserKey };
  one = await testServer(ctx, { shop: () => keys });
});

const get = (url: string, headers: Record<string, string> = {}) => one.send({ url, headers });

describe('the browser SDK', () => {
  it('is handed to pages of any origin, packed, and may be kept', async () => {
    const answer = await get('/sdk/bailee.js', { 'accept-encoding': 'gzip' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-encoding': 'gzip',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'content-type': 'text/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
    expect(answer.headers['cache-control']).toContain('public');
    const plain = await get('/sdk/bailee.js');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(gunzipSync(answer.rawPayload).equals(plain.rawPayload)).toBe(true);
  });

  it('has a part of its own for advertising tags', async () => {
    const answer = await get('/sdk/iab.js', { 'accept-encoding': 'gzip' });
    expect([answer.statusCode, answer.headers['content-encoding']]).toEqual([200, 'gzip']);
    expect((await get('/sdk/bailee.js')).payload).not.toContain('usnat');
  });

  it('is not sent again to who has it', async () => {
    const { etag } = (await get('/sdk/bailee.js')).headers;
    const again = await get('/sdk/bailee.js', { 'if-none-match': String(etag) });
    expect(again.statusCode).toBe(304);
    expect(again.rawPayload).toHaveLength(0);
  });

  it('leaves unpacked for who refuses packing', async () => {
    const answer = await get('/sdk/bailee.js', { 'accept-encoding': 'gzip;q=0, br;q=0' });
    expect(answer.headers['content-encoding']).toBeUndefined();
  });

  it('names no file but its own', async () => {
    for (const path of ['/sdk/', '/sdk/script.ts', '/sdk/..%2f..%2fpackage.json', '/sdk/bailee.js.gz'])
      expect((await get(path)).statusCode).toBe(404);
  });
});

describe('the demo shop', () => {
  it('is one document in four languages, without a script or a style inside it', async () => {
    for (const [lang, direction] of [
      ['en', 'ltr'],
      ['zh-CN', 'ltr'],
      ['de', 'ltr'],
      ['ar', 'rtl'],
    ] as const) {
      const answer = await get(`/shop?lang=${lang}`);
      expect(answer.statusCode).toBe(200);
      expect(answer.payload).toContain(`<html lang="${lang}" dir="${direction}">`);
      expect(answer.headers['content-security-policy']).not.toContain('unsafe');
      expect(answer.payload).not.toMatch(/<style|<script(?![^>]*(src=|type="application\/json"))/);
      expect(answer.payload).not.toContain(store.serverKey);
    }
  });

  it('writes nothing into the page that an address holds', async () => {
    const answer = await get('/shop?lang=%22%3E%3Cscript%3E&region=%22%3E%3Cscript%3E');
    expect(answer.payload).not.toContain('"><script>');
    expect(answer.payload).not.toContain('data-region');
  });

  const buyer = {
    name: 'Ann Example',
    email: 'ann@example.com',
    street: 'Mill Lane 1',
    postalCode: '10115',
    city: 'Berlin',
    language: 'de',
  };
  const checkout = (body: object) =>
    one.send({
      method: 'POST',
      url: '/shop/checkout',
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify(body),
    });

  it('takes an order at its own prices, and support finds the buyer by the number', async () => {
    const [product] = PRODUCTS;
    const answer = await checkout({ ...buyer, lines: [{ id: product!.id, quantity: 2 }] });
    expect(answer.statusCode).toBe(200);
    const { order } = answer.json() as { order: string };
    const asked = {
      identifier: { kind: 'order', value: order },
      purpose: 'customer-service',
      evidence: { order },
    };
    const found = await one.post('/api/customers/find', store.apiKeys.support, asked);
    expect((found.json() as { customers: unknown[] }).customers).toHaveLength(1);
  });

  it('refuses what it does not sell, and an order without a buyer', async () => {
    expect((await checkout({ ...buyer, lines: [{ id: 'p-999', quantity: 1 }] })).statusCode).toBe(400);
    expect((await checkout({ lines: [{ id: 'p-101', quantity: 1 }] })).statusCode).toBe(400);
    expect((await checkout({ ...buyer, lines: [{ id: 'p-101', quantity: 0 }] })).statusCode).toBe(400);
  });

  it('exists in no real installation, and on no address that others can reach', async () => {
    const real = await testServer(ctx);
    const open = await testServer(
      { ...ctx, config: { ...ctx.config, host: '0.0.0.0' } },
      { shop: () => ({ server: 'a', browser: 'b' }) },
    );
    for (const each of [real, open])
      for (const url of ['/shop', '/shop/p/p-101', '/shop/assets/shop.js'])
        expect((await each.send({ url })).statusCode).toBe(404);
  });
});
