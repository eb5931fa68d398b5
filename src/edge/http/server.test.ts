import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestServer, testServer } from '../../../test/kit/server.ts';
import { gateContext, makeStore, type TestStore } from '../../../test/kit/store.ts';
import type { GateCtx } from '../../gate/context.ts';
import { WELCOME_CSP_STYLE_HASH } from './welcome.ts';

let ctx: GateCtx;
let shop: TestStore;
let one: TestServer;
let state = { ready: true, stopping: false };
beforeAll(async () => {
  ctx = await gateContext();
  shop = await makeStore(ctx);
  one = await testServer(ctx, {
    ready: async () => state.ready,
    stopping: () => state.stopping,
    operatorToken: 'operator-token-of-this-run',
  });
});

describe('the server', () => {
  it('says that it is alive, and ready only when it is', async () => {
    expect((await one.get('/health')).statusCode).toBe(200);
    expect((await one.get('/ready')).json()).toEqual({ ready: true });
    state = { ready: false, stopping: false };
    expect((await one.get('/ready')).statusCode).toBe(503);
    state = { ready: true, stopping: true };
    expect((await one.get('/ready')).statusCode).toBe(503);
    state = { ready: true, stopping: false };
  });

  it('takes nothing new while it stops', async () => {
    state = { ready: true, stopping: true };
    for (const url of ['/v1/batch', '/api/customers/find']) {
      const answer = await one.post(url, shop.serverKey, {});
      expect(answer.statusCode).toBe(503);
      expect(answer.json().error.code).toBe('stopping');
      expect(answer.headers['retry-after']).toBe('1');
      expect(answer.headers.connection).toBe('close');
    }
    state = { ready: true, stopping: false };
  });

  it('shows its counters to this machine, and to others only with an administrator key', async () => {
    expect((await one.get('/metrics')).body).toContain('bailee_events_total');
    const far = (key?: string) =>
      one.send({
        url: '/metrics',
        remoteAddress: '203.0.113.9',
        headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
      });
    expect((await far()).statusCode).toBe(401);
    expect((await far(shop.apiKeys.support)).statusCode).toBe(403);
    expect((await far(shop.serverKey)).statusCode).toBe(403);
    expect((await far(shop.apiKeys.administrator)).statusCode).toBe(200);
    expect((await far('operator-token-of-this-run')).statusCode).toBe(200);
    const behindProxy = { 'x-forwarded-for': '203.0.113.9' };
    expect((await one.get('/metrics', undefined, behindProxy)).statusCode).toBe(401);
  });

  it('answers an unknown address in the shape of every error', async () => {
    const answer = await one.get('/no/such/address');
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toEqual({
      error: {
        code: 'not_found',
        message: 'There is nothing at this address.',
        requestId: answer.headers['x-request-id'],
      },
    });
    expect((await one.send({ method: 'DELETE', url: '/v1/batch' })).json().error.code).toBe('not_found');
    expect((await one.get('/%zz-planted')).json().error.code).toBe('bad_request');
    expect((await one.get('/planted?email=planted@example.com')).statusCode).toBe(404);
    expect(one.log()).not.toContain('planted');
    expect((await one.get(`/v1/projects/${'k'.repeat(500)}/settings`)).statusCode).toBeGreaterThanOrEqual(
      400,
    );
  });

  it('says no more of its own faults than that it failed', async () => {
    const broken = {
      ...ctx,
      db: { ...ctx.db, query: () => Promise.reject(new Error('planted.person@example.com')) },
    } as GateCtx;
    const failing = await testServer(broken);
    const answer = await failing.post('/api/customers/find', shop.apiKeys.support, {});
    expect(answer.statusCode).toBe(500);
    expect(answer.json().error.code).toBe('internal');
    expect(`${answer.body}${failing.log()}`).not.toContain('planted');
    expect(failing.log()).toContain('a request failed');
  });

  it('sends strict headers, and lets nobody keep an answer', async () => {
    for (const url of ['/', '/api/undeclared', '/v1/consent/choices']) {
      const { headers } = await one.get(url);
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['strict-transport-security']).toBeUndefined();
      expect(headers['x-powered-by']).toBeUndefined();
    }
  });

  it('shows what to try at /, with one style that its policy names', async () => {
    const page = await one.get('/?lang=zh-CN');
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body).toContain('lang="zh-CN"');
    expect(page.headers['content-security-policy']).toContain(WELCOME_CSP_STYLE_HASH);
  });

  it('shows the demo only where its keys work', async () => {
    const asked: string[] = [];
    const demo = async (language: string) => {
      asked.push(language);
      return null;
    };
    const open = await testServer({ ...ctx, config: { ...ctx.config, host: '0.0.0.0' } }, { demo });
    await open.get('/');
    expect(asked).toEqual([]);
    await (await testServer(ctx, { demo })).get('/');
    expect(asked).toEqual(['en']);
  });

  it('describes all of itself at /openapi.json', async () => {
    const document = (await one.get('/openapi.json')).json();
    expect(document.openapi).toBe('3.1.0');
    for (const path of [
      '/v1/batch',
      '/v1/t',
      '/v1/projects/{writeKey}/settings',
      '/v1/consent/choices',
      '/api/decide',
      '/api/customers/find',
      '/api/customers/{id}/open',
      '/api/customers/{id}/timeline',
      '/api/customers/{id}/erase',
      '/api/suppressions/lift',
      '/api/quarantine',
      '/api/quarantine/replay',
      '/api/undeclared',
      '/api/ledger/entries/{index}',
      '/ledger/checkpoint',
      '/ready',
    ])
      expect(Object.keys(document.paths)).toContain(path);
    const { requestBody } = document.paths['/api/customers/find'].post;
    expect(
      requestBody.content['application/json'].schema.properties.identifier.properties.kind,
    ).toBeDefined();
  });

  it('answers what is not HTTP in the same shape, and ends the connection', async () => {
    await one.server.listen({ host: '127.0.0.1', port: 0 });
    const { port } = one.server.server.address() as { port: number };
    const socket = connect(port, '127.0.0.1');
    socket.write('planted nonsense\r\n\r\n');
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain('"code":"bad_request"');
    expect(one.log()).not.toContain('planted');
  });
});
