import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GateCtx } from '../../src/gate/context.ts';
import { type TestServer, testServer } from '../kit/server.ts';
import { gateContext, makeStore, type TestStore } from '../kit/store.ts';

let ctx: GateCtx;
let shop: TestStore;
let one: TestServer;
let port: number;
/** What anybody may fetch, and what is refused. */
let urls: string[];
beforeAll(async () => {
  ctx = await gateContext({ env: { BAILEE_PUBLIC_URL: 'https://data.shop.example' } });
  shop = await makeStore(ctx, { origins: ['https://shop.example'] });
  one = await testServer(ctx, { shop: () => ({ server: shop.serverKey, browser: shop.browserKey }) });
  await one.server.listen({ host: '127.0.0.1', port: 0 });
  ({ port } = one.server.server.address() as { port: number });
  urls = [
    ...['/', '/openapi.json', '/health', '/ready', '/ledger/checkpoint', '/ledger/keys', '/shop', '/console'],
    ...['/.well-known/gpc.json', '/schemas/consent-receipt.json', '/sdk/bailee.js', '/shop/assets/shop.js'],
    ...['/v1/unsubscribe/no-such-link', `/v1/consent/notice?writeKey=${shop.browserKey}`],
    ...['/api/undeclared', '/api/session', '/no/such/address', '/%zz'],
  ];
});

/** Sends bytes as they are; answers all that comes back. */
async function raw(...parts: string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  for (const part of parts) socket.write(part);
  return text(socket);
}
const lines = (...all: string[]) => `${all.join('\r\n')}\r\n\r\n`;

describe('every answer', () => {
  it('tells a browser that came by https to come by https alone for a year, on all subdomains', async () => {
    for (const url of urls)
      expect({ url, is: (await one.get(url)).headers['strict-transport-security'] }).toEqual({
        ...{ url, is: 'max-age=31536000; includeSubDomains' },
      });
  });

  it('is of the type that it says and never guessed at, and text says that it is UTF-8', async () => {
    for (const url of urls) {
      const { headers } = await one.get(url);
      expect({ url, is: headers['x-content-type-options'] }).toEqual({ url, is: 'nosniff' });
      const type = String(headers['content-type']);
      expect(type).toMatch(/^[a-z]+\/[a-z+.-]+(; charset=utf-8)?$/);
      if (/^text\/|json/.test(type))
        expect({ url, type }).toEqual({ url, type: `${type.split(';')[0]}; charset=utf-8` });
    }
  });

  it('loads nothing that its policy does not name, has no base, and stands in no frame', async () => {
    for (const url of urls) {
      const policy = String((await one.get(url)).headers['content-security-policy']);
      for (const rule of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
        expect({ url, has: policy.includes(rule) ? rule : policy }).toEqual({ url, has: rule });
      expect(policy).not.toMatch(/unsafe-|\*/);
    }
  });

  it('that is a page tells the next one nothing of its address', async () => {
    for (const url of ['/', '/shop', '/v1/unsubscribe/no-such-link'])
      expect((await one.get(url)).headers['referrer-policy']).toBe('no-referrer');
  });

  it('about anybody is kept by no cache', async () => {
    for (const key of Object.values(shop.apiKeys))
      for (const url of ['/api/undeclared', '/api/releases', '/api/quarantine'])
        expect((await one.get(url, key)).headers['cache-control']).toBe('no-store');
  });

  it('does not say which software made it', async () => {
    for (const url of urls) {
      const { headers } = await one.get(url);
      expect([headers.server, headers['x-powered-by'], headers['x-aspnet-version']]).toEqual([
        ...[undefined, undefined, undefined],
      ]);
    }
  });

  it('sends nobody on to another address', async () => {
    for (const url of [
      ...urls,
      '/?next=https://evil.example',
      '//evil.example/%2f..',
      '/shop?lang=//evil.example',
    ])
      expect((await one.get(url)).headers.location).toBeUndefined();
  });
});

describe('a method', () => {
  it('TRACE, CONNECT or of nobody’s making is refused, and nothing of the request comes back', async () => {
    for (const method of ['TRACE', 'TRACK', 'DEBUG', 'PROPFIND']) {
      const answer = await raw(
        lines(`${method} / HTTP/1.1`, 'Host: shop', 'X-Planted: planted', 'Connection: close'),
      );
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(answer).not.toContain('planted');
    }
  });

  it('that only reads changes nothing: what changes something is a POST or a PUT', async () => {
    const { paths } = (await one.get('/openapi.json')).json() as {
      paths: Record<string, Record<string, unknown>>;
    };
    const changing = Object.entries(paths).filter(([, methods]) => methods.post ?? methods.put);
    expect(changing.length).toBeGreaterThan(40);
    for (const [path, methods] of changing) {
      // A page of the shop answers there.
      if (methods.get !== undefined || path === '/shop/checkout') continue;
      const url = path.replace(/\{\w+\}/g, 'x');
      for (const method of ['GET', 'HEAD'] as const) {
        const answer = await one.send({
          method,
          url,
          headers: { authorization: `Bearer ${shop.serverKey}` },
        });
        expect({ url, method, status: answer.statusCode }).toEqual({
          url,
          method,
          status: expect.any(Number),
        });
        expect(answer.statusCode).toBeGreaterThanOrEqual(400);
      }
    }
  });
});

describe('a request', () => {
  it('with two ends is refused, so that no second one hides in it', async () => {
    const hidden = 'GET /planted HTTP/1.1\r\nHost: shop\r\n\r\n';
    const smuggled = await raw(
      lines('POST /v1/batch HTTP/1.1', 'Host: shop', 'Content-Length: 4', 'Transfer-Encoding: chunked'),
      `0\r\n\r\n${hidden}`,
    );
    expect(smuggled).toMatch(/^HTTP\/1\.1 400 /);
    expect(smuggled.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    const twice = await raw(
      lines('POST /v1/batch HTTP/1.1', 'Host: shop', 'Content-Length: 4', 'Content-Length: 5'),
    );
    expect(twice).toMatch(/^HTTP\/1\.1 400 /);
    for (const header of ['X-Content-Type-Options: nosniff', 'Cache-Control: no-store'])
      expect(twice).toContain(header);
  });

  it('with more or longer headers than the server holds is refused, and the next one is served', async () => {
    const long = await raw(lines('GET / HTTP/1.1', 'Host: shop', `X-Long: ${'x'.repeat(40_000)}`));
    expect(long).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect((await one.get('/health')).statusCode).toBe(200);
  });

  it('cannot say a thing twice: a query or a header given twice is not the first, the last, nor both', async () => {
    const twice = await one.get(`/v1/consent/notice?writeKey=${shop.browserKey}&lang=en&lang=de`);
    expect([twice.statusCode, twice.json().error.code]).toEqual([400, 'bad_request']);
    const keys = await one.get(`/v1/consent/notice?writeKey=${shop.browserKey}&writeKey=${shop.serverKey}`);
    expect(keys.statusCode).toBeGreaterThanOrEqual(400);
    const cookies = await one.send({
      url: '/api/session',
      headers: { cookie: `__Host-bailee=${'a'.repeat(43)}; __Host-bailee=${'b'.repeat(43)}` },
    });
    expect(cookies.statusCode).toBe(401);
  });

  it('with a member that is not declared, or of another type, is refused: nothing is assigned by name', async () => {
    const key = shop.apiKeys.administrator;
    for (const body of [
      { substance: false, change: 'A word.', store_id: 'x' },
      { substance: 'false', change: 'A word.' },
      { substance: 0, change: 'A word.' },
      { substance: false, change: ['A word.'] },
    ]) {
      const answer = await one.post('/api/notices', key, body);
      expect([answer.statusCode, answer.json().error.code]).toEqual([400, 'invalid_body']);
    }
  });

  it('for source, settings, a folder or a file above is answered as any unknown address', async () => {
    const paths = [
      '/.git/config',
      '/.env',
      '/package.json',
      '/sdk/',
      '/shop/assets/',
      '/migrations/',
      '/docs/',
    ];
    for (const path of [
      ...paths,
      '/sdk/../package.json',
      '/shop/assets/..%2f..%2fpackage.json',
      '/debug',
      '/admin',
    ]) {
      const answer = await raw(lines(`GET ${path} HTTP/1.1`, 'Host: shop', 'Connection: close'));
      expect(answer).not.toMatch(/Index of|"dependencies"|\[core\]|CREATE TABLE/);
      if (!path.startsWith('/shop/')) expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    }
  });
});

describe('who calls', () => {
  it('does not choose the address by which they are counted or let in', async () => {
    const far = (headers: Record<string, string>) =>
      one.send({ url: '/metrics', remoteAddress: '203.0.113.9', headers });
    for (const name of ['x-forwarded-for', 'x-real-ip', 'forwarded', 'x-client-ip', 'true-client-ip'])
      expect((await far({ [name]: '127.0.0.1' })).statusCode).toBe(401);
  });

  it('is let in from an origin of the store alone, and never with another’s leave to read', async () => {
    const from = (origin: string) =>
      one.send({
        ...{ method: 'POST', url: '/v1/page' },
        headers: { origin, authorization: `Bearer ${shop.browserKey}` },
        payload: { anonymousId: 'a-device', name: 'Home' },
      });
    expect((await from('https://shop.example')).headers['access-control-allow-origin']).toBe(
      'https://shop.example',
    );
    for (const origin of [
      'https://evil.example',
      'null',
      'https://shop.example.evil.example',
      'http://shop.example',
    ])
      expect((await from(origin)).headers['access-control-allow-origin']).toBeUndefined();
    const console = await one.send({ url: '/api/session', headers: { origin: 'https://shop.example' } });
    expect(console.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('reads of a refusal who was refused, where and when, in the log and without content', async () => {
    const before = one.log().length;
    await one.get('/api/quarantine', shop.apiKeys.support);
    const [line] = one.log().slice(before).trim().split('\n');
    const entry = JSON.parse(line!) as Record<string, unknown>;
    expect(entry).toMatchObject({ method: 'GET', route: '/api/quarantine', status: 403, level: 30 });
    expect(entry.by).toBe(shop.ids.get(shop.apiKeys.support));
    expect(entry.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(Number.isInteger(entry.time)).toBe(true);
    expect(line).not.toContain(shop.apiKeys.support);
  });
});
