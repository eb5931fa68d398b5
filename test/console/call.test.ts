import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONSOLE_HEADER } from '../../contract/staff.ts';
import { CallError, call, onSignedOut, withQuery } from '../../web/console/api/call.ts';

/** A server that says what it was sent, or what it was told to say. */
let server: Server;
const real = globalThis.fetch;
let sent: IncomingMessage[] = [];
let said: readonly [number, string] = [200, '{}'];

beforeAll(async () => {
  server = createServer((request, answer) => {
    sent.push(request);
    answer.writeHead(said[0], { 'content-type': 'application/json' });
    answer.end(said[1]);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  // A page asks its own server by path alone.
  globalThis.fetch = (path, init) => real(`http://127.0.0.1:${port}${String(path)}`, init);
});
afterAll(() => {
  globalThis.fetch = real;
  server.close();
});

async function answered(status: number, body: string, method: 'GET' | 'POST' = 'GET'): Promise<unknown> {
  sent = [];
  said = [status, body];
  return call(method, '/api/x', method === 'POST' ? { a: 1 } : undefined).catch((error: unknown) => error);
}

describe('a call of the console', () => {
  it('that changes something is marked as its own; one that reads is not', async () => {
    await answered(200, '{}', 'POST');
    expect(sent[0]?.headers[CONSOLE_HEADER]).toBe('1');
    await answered(200, '{}');
    expect(sent[0]?.headers[CONSOLE_HEADER]).toBeUndefined();
  });

  it('that is refused says code and request, so that a person can tell of it', async () => {
    const error = await answered(
      403,
      '{"error":{"code":"training_required","message":"m","requestId":"r-1","details":{"courses":["a"]}}}',
    );
    expect(error).toBeInstanceOf(CallError);
    expect(error).toMatchObject({ code: 'training_required', status: 403, requestId: 'r-1' });
  });

  it('that something else answers is a fault like any other, not a blank page', async () => {
    expect(await answered(502, '<html>Bad gateway</html>')).toMatchObject({ code: 'internal', status: 502 });
  });

  it('without a session tells whoever listens; a wrong password does not', async () => {
    let times = 0;
    onSignedOut(() => times++);
    await answered(401, '{"error":{"code":"sign_in_refused","message":"m","requestId":"r"}}');
    expect(times).toBe(0);
    await answered(401, '{"error":{"code":"sign_in_required","message":"m","requestId":"r"}}');
    expect(times).toBe(1);
  });

  it('has a query of what is there, well written', () => {
    expect(withQuery('/api/cases', { kind: 'complaint', after: 'a b&c', status: undefined, topic: '' })).toBe(
      '/api/cases?kind=complaint&after=a+b%26c',
    );
    expect(withQuery('/api/cases', {})).toBe('/api/cases');
  });
});
