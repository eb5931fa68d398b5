import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { basic, type TestServer, testServer } from '../../../test/kit/server.ts';
import { gateContext, makeStore, type TestStore } from '../../../test/kit/store.ts';
import type { GateCtx } from '../../gate/context.ts';
import type { Database } from '../../platform/ports.ts';

let ctx: GateCtx;
let shop: TestStore;
let one: TestServer;
beforeAll(async () => {
  ctx = await gateContext();
  shop = await makeStore(ctx, { origins: ['https://shop.example'] });
  one = await testServer(ctx);
});

let serial = 0;
const order = (userId = 'u-1') => ({
  type: 'track',
  event: 'Order Completed',
  messageId: `m-${++serial}`,
  userId,
  properties: { order_id: `o-${serial}`, total: 12.5, currency: 'EUR' },
});

const batch = (payload: unknown, headers: Record<string, string> = {}) =>
  one.send({
    method: 'POST',
    url: '/v1/batch',
    headers: { authorization: basic(shop.serverKey), 'content-type': 'application/json', ...headers },
    payload: typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload),
  });

describe('a batch', () => {
  it('is stored, and every event of it is in one of three counts', async () => {
    const viewed = { type: 'track', event: 'Product Viewed', messageId: 'm-view', userId: 'u-1' };
    const answer = await batch({ batch: [order(), viewed, { type: 'nonsense', messageId: 'm-odd' }] });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      success: true,
      accepted: 1,
      notCollected: 1,
      quarantined: [{ index: 2, messageId: 'm-odd', code: 'event_invalid', message: expect.any(String) }],
    });
  });

  it('is taken with the key in every place where clients put it', async () => {
    const { authorization: _, ...bare } = { authorization: '' };
    const places: { headers?: Record<string, string>; writeKey?: string }[] = [
      { headers: { authorization: basic(shop.serverKey) } },
      { headers: { authorization: basic(shop.serverKey, '') } },
      { headers: { 'x-write-key': shop.serverKey } },
      { headers: bare, writeKey: shop.serverKey },
    ];
    for (const { headers = {}, writeKey } of places) {
      const payload = { batch: [order()], ...(writeKey === undefined ? {} : { writeKey }) };
      const answer = await one.send({ method: 'POST', url: '/v1/b', headers, payload });
      expect(answer.json()).toMatchObject({ success: true, accepted: 1 });
    }
  });

  it('is read as gzip and JSON whatever its labels say', async () => {
    const bytes = gzipSync(JSON.stringify({ batch: [order()] }));
    const labels: Record<string, string>[] = [
      { 'content-type': 'application/x-www-form-urlencoded' },
      { 'content-type': 'application/x-www-form-urlencoded', 'content-encoding': 'gzip' },
      { 'content-type': 'text/plain;charset=UTF-8' },
      { 'content-type': 'this is no media type' },
      { 'content-type': '' },
    ];
    for (const headers of labels) expect((await batch(bytes, headers)).statusCode).toBe(200);
    expect((await batch({ batch: [order()] }, { 'content-type': 'text/plain' })).json().accepted).toBe(1);
  });

  it('is refused with a stable code when it cannot be read or taken', async () => {
    const faults: [Promise<{ statusCode: number; json(): { error: { code: string } } }>, number, string][] = [
      [batch('{"batch":['), 400, 'malformed_json'],
      [batch(''), 400, 'malformed_json'],
      [batch('[1,2]'), 400, 'invalid_body'],
      [batch('null'), 400, 'invalid_body'],
      [batch({ batch: 'planted@example.com' }), 400, 'invalid_body'],
      [batch({}), 400, 'invalid_body'],
      [batch({ batch: [] }, { authorization: basic('nobody-made-this-key') }), 401, 'unknown_key'],
      [batch({ batch: [] }, { authorization: '' }), 401, 'unknown_key'],
      [batch({ batch: [] }, { authorization: `Bearer ${shop.apiKeys.support}` }), 403, 'forbidden'],
      [batch({ batch: ['x'.repeat(600_000)] }), 413, 'too_large'],
      [batch(gzipSync(JSON.stringify({ batch: ['x'.repeat(600_000)] }))), 413, 'too_large'],
      [batch({ batch: Array.from({ length: 2501 }, () => 1) }), 413, 'too_many_events'],
      [batch(randomBytes(64), { 'content-encoding': 'br' }), 415, 'unsupported_encoding'],
    ];
    for (const [asked, status, code] of faults) {
      const answer = await asked;
      expect([answer.statusCode, answer.json().error.code]).toEqual([status, code]);
      expect(Object.keys(answer.json().error).slice(0, 3)).toEqual(['code', 'message', 'requestId']);
      expect(JSON.stringify(answer.json())).not.toContain('planted');
    }
  });

  it('keeps its good events when others are hostile', async () => {
    const deep = `${'{"a":'.repeat(90_000)}1${'}'.repeat(90_000)}`;
    const hostile = [
      '{"__proto__":{"planted":1},"type":"track"}',
      '{"constructor":{"prototype":{"planted":1}},"type":"identify","userId":"u-2","messageId":"m-c"}',
      '{"type":"track","event":"Order Completed","userId":"u\\u0000","properties":{"order_id":"a\\u0000b"}}',
      '{"type":"identify","userId":"u-3","traits":{"name":"\\ud800"}}',
      '{"type":"track","event":"x","userId":"u-4","properties":{"n":1e400,"m":-0,"k":123456789012345678901234567890}}',
      '{"type":"track","event":"\'; DROP TABLE bailee.store; --","userId":"\\u0024{7*7}{{7*7}}"}',
      '{"type":["track"],"userId":{"$gt":""},"messageId":{}}',
      'null',
      '[]',
      '1',
      `{"type":"track","event":"big","userId":"u-5","properties":{"x":"${'y'.repeat(40_000)}"}}`,
    ];
    const answer = await batch(`{"batch":[${[...hostile, JSON.stringify(order('u-9'))].join(',')}]}`);
    expect(answer.statusCode).toBe(200);
    const { accepted, notCollected, quarantined } = answer.json();
    expect(accepted + notCollected + quarantined.length).toBe(hostile.length + 1);
    expect(accepted).toBeGreaterThanOrEqual(1);
    expect(quarantined.map((each: { code: string }) => each.code)).toContain('event_too_large');
    const nested = await batch(`{"batch":[${deep.slice(0, 400_000)}`);
    expect(nested.json().error.code).toBe('malformed_json');
    const whole = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect((await batch(`{"batch":[${whole},${JSON.stringify(order())}]}`)).json()).toMatchObject({
      accepted: 1,
      quarantined: [{ index: 0 }],
    });
    expect(({} as { planted?: number }).planted).toBeUndefined();
  });

  it('is put off when too many are in work, and stored when sent again', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const db: Database = {
      ...ctx.db,
      transaction: async (work) => {
        await held;
        return ctx.db.transaction(work);
      },
    };
    const small = await testServer({ ...ctx, db, config: { ...ctx.config, maxBatches: 1 } });
    const request = () =>
      small.send({
        method: 'POST',
        url: '/v1/batch',
        headers: { authorization: basic(shop.serverKey) },
        payload: { batch: [order()] },
      });
    const answers = [request(), request()];
    const first = await Promise.race(answers);
    expect(first.statusCode).toBe(429);
    expect(first.json().error.code).toBe('saturated');
    expect(first.headers['retry-after']).toBe('1');
    release();
    const statuses = (await Promise.all(answers)).map((answer) => answer.statusCode);
    expect(statuses.sort()).toEqual([200, 429]);
    expect((await request()).statusCode).toBe(200);
  });
});

describe('a single event', () => {
  it('is a batch of one; the address says its type', async () => {
    for (const [url, type] of [
      ['/v1/identify', 'track'],
      ['/v1/i', undefined],
    ])
      expect(
        (await one.post(url!, shop.serverKey, { type, userId: 'u-1', traits: {} })).json(),
      ).toMatchObject({ success: true, quarantined: [] });
    for (const letter of ['track', 'page', 'screen', 'group', 'alias', 't', 'p', 's', 'g', 'a'])
      expect((await one.post(`/v1/${letter}`, shop.serverKey, {})).statusCode).toBe(200);
    expect((await one.post('/v1/track', shop.serverKey, [])).json().error.code).toBe('invalid_body');
  });
});

describe('a page of a browser', () => {
  const from = (origin: string) => ({ origin, 'content-type': 'text/plain' });
  const send = (origin: string, writeKey: string) =>
    one.send({
      method: 'POST',
      url: '/v1/p',
      headers: from(origin),
      payload: JSON.stringify({ writeKey, anonymousId: 'a-4711', type: 'page' }),
    });
  const preflight = (url: string, origin: string) =>
    one.send({ method: 'OPTIONS', url, headers: { origin, 'access-control-request-method': 'POST' } });

  it('may send when its origin is one of the store', async () => {
    const answer = await send('https://shop.example', shop.browserKey);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['access-control-allow-origin']).toBe('https://shop.example');
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    expect(answer.headers.vary).toMatch(/origin/i);
  });

  it('of another origin is refused, and its browser told nothing', async () => {
    const answer = await send('https://evil.example', shop.browserKey);
    expect([answer.statusCode, answer.json().error.code]).toEqual([403, 'forbidden']);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('gets no answer with a server key, which does not belong in a page', async () => {
    const answer = await send('https://shop.example', shop.serverKey);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('asks first, and is told yes only where a store knows the origin', async () => {
    const yes = await preflight('/v1/batch', 'https://shop.example');
    expect(yes.statusCode).toBe(204);
    expect(yes.headers['access-control-allow-origin']).toBe('https://shop.example');
    expect(yes.headers['access-control-allow-methods']).toContain('POST');
    const no = await preflight('/v1/batch', 'https://evil.example');
    expect(no.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('is never let at /api', async () => {
    for (const origin of ['https://shop.example', 'https://evil.example']) {
      const answer = await preflight('/api/customers/find', origin);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      const asked = await one.get('/api/undeclared', shop.apiKeys.administrator, { origin });
      expect(asked.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('learns from the settings where to send, and loads nothing from elsewhere', async () => {
    const url = `/v1/projects/${shop.browserKey}/settings`;
    const answer = await one.send({
      url,
      headers: { origin: 'https://shop.example', host: 'cdp.shop.example' },
    });
    expect(answer.headers['access-control-allow-origin']).toBe('https://shop.example');
    expect(answer.json()).toMatchObject({
      integrations: {
        'Segment.io': { apiKey: shop.browserKey, apiHost: 'cdp.shop.example/v1', protocol: 'http' },
      },
      metrics: { sampleRate: 0 },
      remotePlugins: [],
    });
    expect((await one.send({ url, headers: { 'x-forwarded-proto': 'https' } })).json()).toMatchObject({
      integrations: { 'Segment.io': { protocol: 'https' } },
    });
    const other = `/v1/projects/${shop.serverKey}/settings`;
    expect((await one.send({ url: other })).json().error.code).toBe('unknown_key');
    expect((await one.send({ url: '/v1/projects/nobody-made-this/settings' })).statusCode).toBe(401);
  });
});

describe('choices', () => {
  const device = { 'x-anonymous-id': 'a-device-1' };
  const key = () => ({ 'x-write-key': shop.browserKey });

  it('of a device are set and read by a browser key', async () => {
    const set = await one.send({
      method: 'POST',
      url: '/v1/consent/choices',
      headers: key(),
      payload: { anonymousId: 'a-device-1', choices: { analytics: true, advertising: false } },
    });
    expect(set.statusCode).toBe(200);
    const read = await one.send({ url: '/v1/consent/choices', headers: { ...key(), ...device } });
    expect(read.json().choices).toMatchObject({ analytics: 'granted', advertising: 'refused' });
  });

  it('of a customer are for the server key alone', async () => {
    const payload = { userId: 'u-1', choices: { analytics: false } };
    const post = (writeKey: string) =>
      one.send({ method: 'POST', url: '/v1/consent/choices', headers: { 'x-write-key': writeKey }, payload });
    expect((await post(shop.browserKey)).json().error.code).toBe('forbidden');
    expect((await post(shop.serverKey)).json().choices).toMatchObject({ analytics: 'refused' });
    const read = (writeKey: string) =>
      one.send({ url: '/v1/consent/choices', headers: { 'x-write-key': writeKey, 'x-user-id': 'u-1' } });
    expect((await read(shop.browserKey)).json().error.code).toBe('forbidden');
    expect((await read(shop.serverKey)).json().choices).toMatchObject({ analytics: 'refused' });
  });

  it('need a person, and a purpose that is open to choice', async () => {
    const post = (payload: object) =>
      one.send({ method: 'POST', url: '/v1/consent/choices', headers: key(), payload });
    const code = async (payload: object) => (await post(payload)).json().error.code;
    expect(await code({ choices: { analytics: true } })).toBe('invalid_identifier');
    expect(await code({ anonymousId: 'null', choices: { analytics: true } })).toBe('invalid_identifier');
    expect(await code({ anonymousId: 'a-1', choices: { 'legal-duty': false } })).toBe('invalid_purpose');
    expect(await code({ anonymousId: 'a-1', choices: {} })).toBe('invalid_purpose');
    const planted = await post({ anonymousId: 'a-1', choices: { 'planted@example.com': true } });
    expect(planted.body).not.toContain('planted');
  });
});
