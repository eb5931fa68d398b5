/** The privacy center as a browser uses it: headers of the page, cookies, and the token of a shop's backend. */
import { createHmac } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { CENTER_HEADER } from '../../contract/center.ts';
import type { GateCtx } from '../../src/gate/context.ts';
import { storeSecret } from '../../src/keys/store-secret.ts';
import type { TestServer } from './server.ts';

/** A token by which the shop hands a customer over (HS256, RFC 7519). `claims` override. */
export function handOver(ctx: GateCtx, store: string, userId: string, claims: object = {}): string {
  const now = Math.floor(ctx.clock.now() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const own = { sub: userId, aud: store, iat: now, exp: now + 300, jti: ctx.random.id() };
  const signed = `${part({ alg: 'HS256' })}.${part({ ...own, ...claims })}`;
  const secret = storeSecret(ctx, store, 'customer-token', 1);
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** A browser with its cookies. `key`: the browser key of the store; null where it is the only one. */
export class CenterBrowser {
  readonly #one: TestServer;
  readonly #key: string | null;
  readonly cookies = new Map<string, string>();
  address = '203.0.113.7';

  constructor(one: TestServer, key: string | null) {
    this.#one = one;
    this.#key = key;
  }

  async ask(method: 'GET' | 'POST', path: string, body?: object, headers: Record<string, string> = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.#one.send({
      method,
      url: `/v1/center${path}`,
      headers: {
        ...(this.#key === null ? {} : { 'x-write-key': this.#key }),
        ...(cookie === '' ? {} : { cookie }),
        ...(method === 'POST' ? { [CENTER_HEADER]: '1' } : {}),
        ...headers,
      },
      remoteAddress: this.address,
      ...(body === undefined ? {} : { payload: body }),
    });
    this.#keep(answer);
    return answer;
  }

  get(path: string) {
    return this.ask('GET', path);
  }

  post(path: string, body: object = {}, headers: Record<string, string> = {}) {
    return this.ask('POST', path, body, headers);
  }

  #keep({ headers }: LightMyRequestResponse): void {
    for (const line of [headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}
