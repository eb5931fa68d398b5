/** The customer's session: its cookie, which page it may come from, and which store it is about. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CENTER_COOKIE, CENTER_HEADER, type CenterSession } from '../../../contract/center.ts';
import type { GateCtx } from '../../gate/context.ts';
import { BaileeError } from '../../platform/errors.ts';
import { type OwnSession, readOwn } from '../../rights/center/session.ts';
import { actsOf } from '../../rights/center/strengths.ts';
import { whichStore } from '../../rights/center/which-store.ts';
import { presentedKey } from './credentials.ts';
import type { Edge } from './edge.ts';
import { cookieOf, fromOwnPage, signInRequired } from './signed-in.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The customer who is signed in at the privacy center; null outside of it, and before. */
    own: OwnSession | null;
  }
}

/** Kept by the browser that asked for a code: no other may guess at it. */
const HOLDER_COOKIE = '__Host-bailee-center-code';
const HOLDER_SECONDS = 600;
/** As for the staff's: by https alone (or this machine), for this host alone, and with no request from elsewhere. */
const COOKIE = 'Path=/; Secure; HttpOnly; SameSite=Strict';

/** Throws `forbidden`. */
export function needCenterPage(request: FastifyRequest): void {
  if (!fromOwnPage(request, CENTER_HEADER))
    throw new BaileeError('forbidden', 'This request did not come from the privacy center.');
}

/** Null without a session that lasts. */
export async function recognizeOwn(ctx: GateCtx, request: FastifyRequest): Promise<OwnSession | null> {
  const value = cookieOf(request.headers, CENTER_COOKIE);
  return value === null ? null : readOwn(ctx, value);
}

/** The customer who is signed in. Throws `sign_in_required`. */
export function ownSession({ own }: FastifyRequest): OwnSession {
  if (own === null) throw signInRequired();
  return own;
}

/** The store whose browser key the page names, or the only one. Throws `unknown_key`, `forbidden` for other keys. */
export async function centerStore(
  request: FastifyRequest,
  { app, keys }: Edge,
): ReturnType<typeof whichStore> {
  const key = presentedKey(request.headers);
  if (key === null) return whichStore(app.ctx, null);
  const principal = await keys.lookUp(key);
  if (principal.kind !== 'browser')
    throw new BaileeError('forbidden', 'The privacy center names its store by the browser key.');
  return whichStore(app.ctx, principal.store.id);
}

export function sendOwnSession(reply: FastifyReply, value: string): void {
  reply.header('set-cookie', `${CENTER_COOKIE}=${value}; ${COOKIE}`);
}

export function forgetOwnSession(reply: FastifyReply): void {
  reply.header('set-cookie', `${CENTER_COOKIE}=; ${COOKIE}; Max-Age=0`);
  reply.header('clear-site-data', '"cache", "storage"');
}

export function sendHolder(reply: FastifyReply, value: string): void {
  reply.header('set-cookie', `${HOLDER_COOKIE}=${value}; ${COOKIE}; Max-Age=${HOLDER_SECONDS}`);
}

export function holderOf({ headers }: FastifyRequest): string | null {
  return cookieOf(headers, HOLDER_COOKIE);
}

/** What a page is told of its session. */
export function sessionTold({ strength, storeName, endsAt, longestUntil }: OwnSession): CenterSession {
  return {
    strength,
    may: actsOf(strength),
    store: { name: storeName },
    endsAt: new Date(endsAt).toISOString(),
    longestUntil: new Date(longestUntil).toISOString(),
  };
}
