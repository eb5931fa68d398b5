/** A real server over a real context, with its log in a buffer. */
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import type { HttpApp } from '../../src/edge/http/app.ts';
import { buildServer } from '../../src/edge/http/server.ts';
import type { GateCtx } from '../../src/gate/context.ts';
import { makeLog } from '../../src/platform/log.ts';
import { closeAfterFile } from './closing.ts';

export interface TestServer {
  readonly server: FastifyInstance;
  /** All that was logged so far. */
  log(): string;
  /** POSTs JSON with a key as bearer. */
  post(url: string, key: string, body: unknown): Promise<LightMyRequestResponse>;
  /** GETs with a key as bearer. */
  get(url: string, key?: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  send(request: InjectOptions): Promise<LightMyRequestResponse>;
}

/** Closed after the test file. */
export async function testServer(ctx: GateCtx, app: Partial<HttpApp> = {}): Promise<TestServer> {
  const lines: string[] = [];
  const log = makeLog({ logLevel: 'debug' }, { write: (line: string) => void lines.push(line) });
  const server = buildServer({
    ctx: { ...ctx, log },
    version: '0.1.0',
    url: () => 'http://127.0.0.1:4000',
    ready: async () => true,
    stopping: () => false,
    operatorToken: null,
    demo: async () => null,
    shop: () => null,
    demoStaff: () => null,
    ...app,
  });
  await server.ready();
  closeAfterFile(() => server.close());
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
  return {
    server,
    log: () => lines.join(''),
    post: (url, key, body) =>
      server.inject({ method: 'POST', url, headers: bearer(key), payload: body as object }),
    get: (url, key, headers = {}) =>
      server.inject({ url, headers: { ...(key === undefined ? {} : bearer(key)), ...headers } }),
    send: (request) => server.inject(request),
  };
}

/** `Authorization` as Segment's clients send it; some leave out the colon. */
export function basic(key: string, colon = ':'): string {
  return `Basic ${Buffer.from(`${key}${colon}`).toString('base64')}`;
}
