/** People of a store who really sign in, and what a browser of theirs would send. */

import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { Secret, TOTP } from 'otpauth';
import type { Role } from '../../contract/names.ts';
import { CONSOLE_HEADER, SESSION_COOKIE } from '../../contract/staff.ts';
import type { Ctx } from '../../src/platform/ports.ts';
import { acceptInvitation } from '../../src/staff/people/accept.ts';
import { OPERATOR } from '../../src/staff/people/by.ts';
import { invite } from '../../src/staff/people/invite.ts';
import { signInByCode } from '../../src/staff/sign-in/sign-in.ts';
import { train } from './people.ts';

export const PASSWORD = 'copper kettle under the walnut tree';
const WHERE = { device: 'Firefox on Linux', network: 'test' };

/** What an authenticator app shows at a moment (UTC milliseconds). */
export function codeAt(secret: string, at: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });
}

export interface Joined {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly totpSecret: string;
  readonly recoveryCodes: readonly string[];
  /** Of a session that is whole and stepped up. */
  readonly session: string;
}

/** Somebody of this store with these roles, invited, joined, signed in, and trained unless told otherwise. */
export async function joined(
  ctx: Ctx,
  store: string,
  roles: readonly Role[],
  { trained = true, name = 'Ines Okafor', email = `p${ctx.random.id().slice(-12)}@shop.example` } = {},
): Promise<Joined> {
  const { id, token } = await invite(ctx, {
    by: { id: OPERATOR, store },
    email,
    name,
    language: 'en',
    roles: roles.map((role) => ({ role, until: null })),
    teams: [],
  });
  const first = await acceptInvitation(ctx, { token, password: PASSWORD, where: WHERE });
  const totpSecret = first.enrol!.secret;
  const code = codeAt(totpSecret, ctx.clock.now());
  const done = await signInByCode(ctx, { value: first.started.value, code, where: WHERE });
  if (trained) for (const role of roles) await train(ctx, id, role);
  return {
    id,
    email,
    password: PASSWORD,
    totpSecret,
    recoveryCodes: done.recoveryCodes!,
    session: done.started.value,
  };
}

/** A browser with a session, or none yet. It keeps the cookie that answers set. */
export class Browser {
  readonly #server: FastifyInstance;
  cookie: string | null;
  /** Other cookies of ours, by name. */
  readonly others = new Map<string, string>();
  /** The host in its address bar. */
  host = 'localhost:4000';

  constructor(server: FastifyInstance, session: string | null = null) {
    this.#server = server;
    this.cookie = session;
  }

  get headers(): Record<string, string> {
    const cookies = [...(this.cookie === null ? [] : [[SESSION_COOKIE, this.cookie]]), ...this.others];
    return {
      host: this.host,
      [CONSOLE_HEADER]: '1',
      ...(cookies.length === 0 ? {} : { cookie: cookies.map((pair) => pair.join('=')).join('; ') }),
    };
  }

  get(url: string): Promise<LightMyRequestResponse> {
    return this.#kept(this.#server.inject({ url, headers: this.headers }));
  }

  post(
    url: string,
    body?: object,
    more: Record<string, string | undefined> = {},
  ): Promise<LightMyRequestResponse> {
    const headers = Object.fromEntries(
      Object.entries({ ...this.headers, ...more }).filter(([, value]) => value !== undefined),
    ) as Record<string, string>;
    const payload = body === undefined ? {} : { payload: body };
    return this.#kept(this.#server.inject({ method: 'POST', url, headers, ...payload }));
  }

  async #kept(answer: Promise<LightMyRequestResponse>): Promise<LightMyRequestResponse> {
    const response = await answer;
    for (const set of [response.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(set) ?? [];
      if (name === SESSION_COOKIE) this.cookie = value === '' ? null : value;
      else if (value === '') this.others.delete(name);
      else this.others.set(name, value);
    }
    return response;
  }
}
