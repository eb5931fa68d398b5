/** Where callers put their key, and what a key is good for. */
import type { FastifyRequest } from 'fastify';
import type { Role } from '../../../contract/names.ts';
import type { Source } from '../../collect/types.ts';
import { isGpc } from '../../consent/signal.ts';
import type { Caller } from '../../gate/actor.ts';
import { BaileeError } from '../../platform/errors.ts';
import { needSteppedUp } from '../../staff/sign-in/step-up.ts';
import { unknownKey } from './keys.ts';
import type { Principal, SignedIn } from './principal.ts';
import { needTwoFactors, personActor, sessionCookie, signInRequired } from './signed-in.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; null where no key was needed or none was given yet. */
    principal: Principal | null;
  }
}

export type ApiPrincipal = Extract<Principal, { kind: 'api' }>;
export type WritePrincipal = Extract<Principal, { kind: 'server' | 'browser' }>;

/**
 * The key in the headers: `Authorization: Bearer <key>`, `Authorization: Basic base64(<key>:)` (some clients
 * leave out the colon), `X-Write-Key: <key>`. Null when there is none.
 */
export function presentedKey(headers: FastifyRequest['headers']): string | null {
  const [, scheme = '', credentials = ''] = /^(\S+)\s+(\S+)\s*$/.exec(headers.authorization ?? '') ?? [];
  // A customer's token is no key: it comes beside one.
  if (/^bearer$/i.test(scheme) && !isToken(credentials)) return credentials;
  if (/^basic$/i.test(scheme)) {
    const name = Buffer.from(credentials, 'base64').toString('utf8').split(':', 1)[0];
    if (name !== undefined && name !== '') return name;
  }
  const writeKey = headers['x-write-key'];
  return typeof writeKey === 'string' && writeKey !== '' ? writeKey : null;
}

/** A signed token (RFC 7519) has two dots; a key has none. */
function isToken(text: string): boolean {
  return text.split('.').length === 3;
}

/** The customer's token in `Authorization: Bearer`; absent when there is none. */
export function presentedToken(headers: FastifyRequest['headers']): string | undefined {
  const [, token = ''] = /^bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? '') ?? [];
  return isToken(token) ? token : undefined;
}

/** Whoever calls in a role, an API key or a person; in one of `roles`, where given. Throws `unknown_key`, `sign_in_required`, `forbidden`. */
export function caller(request: FastifyRequest, roles?: readonly Role[]): ApiPrincipal | SignedIn {
  const { principal } = request;
  if (principal === null) throw sessionCookie(request.headers) === null ? unknownKey() : signInRequired();
  if (principal.kind !== 'api' && principal.kind !== 'person')
    throw new BaileeError('forbidden', 'This needs an API key or a session; a write key only collects.');
  if (roles !== undefined && !roles.includes(principal.role))
    throw new BaileeError('forbidden', 'Your role may not do this.', { roles });
  if (principal.kind === 'person') needTwoFactors(principal);
  return principal;
}

/** Whoever calls; a person must have proved anew who they are: what follows cannot be taken back, or opens more. Throws `step_up_required` too. */
export function provenCaller(request: FastifyRequest, roles?: readonly Role[]): ApiPrincipal | SignedIn {
  const principal = caller(request, roles);
  if (principal.kind === 'person') needSteppedUp(principal);
  return principal;
}

/** The write key that calls. Throws `unknown_key`, `forbidden`. */
export function writeKey(request: FastifyRequest): WritePrincipal {
  const { principal } = request;
  if (principal === null) throw unknownKey();
  if (principal.kind !== 'server' && principal.kind !== 'browser')
    throw new BaileeError('forbidden', 'Collecting needs a write key.');
  return principal;
}

/** Lets an administrator and the operator of this machine pass. Throws `unknown_key`, `forbidden`. */
export function demandAdministrator(request: FastifyRequest): void {
  if (request.principal?.kind !== 'operator') caller(request, ['administrator']);
}

/** A write key, as collecting names who sends. `headers`, where a browser may say no by its signal. */
export function sourceOf(
  { kind, id, store }: WritePrincipal,
  headers: FastifyRequest['headers'] = {},
): Source {
  const gpc = kind === 'browser' && isGpc(headers['sec-gpc']);
  return { kind, store: store.id, key: id, country: store.country, ...(gpc ? { gpc } : {}) };
}

/** Whoever calls, as the gate names who asks. */
export function actorOf(principal: ApiPrincipal | SignedIn): Caller {
  if (principal.kind === 'person') return personActor(principal);
  const { id, role, store } = principal;
  return { type: 'api-key', id, role, store: store.id };
}
