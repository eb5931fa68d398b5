/** Who a session belongs to, read anew for each request: no node remembers a session. */
import { createHash } from 'node:crypto';
import type { Role } from '../../../contract/names.ts';
import { isLoopback } from '../../platform/config.ts';
import type { Ctx } from '../../platform/ports.ts';
import { lifeOf } from './life.ts';
import { findSession, type SessionRow, touchSession } from './sql.ts';

export interface Session {
  readonly id: string;
  readonly session: string;
  readonly role: Role;
  readonly roles: readonly Role[];
  readonly strength: 'one-factor' | 'two-factor' | 'stepped-up';
  readonly language: 'en' | 'zh-CN';
  readonly store: {
    readonly id: string;
    readonly name: string;
    readonly country: string | null;
    readonly origins: readonly string[];
    readonly demo: boolean;
  };
}

const TOUCH_MS = 60_000;

export function hashOf(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}

/**
 * The whole session whose value this is. A role that was taken or has ended no longer acts: the session falls back
 * to the first that is left. Null when it is over.
 */
export async function readSession(ctx: Ctx, value: string): Promise<Session | null> {
  const row = await aliveSession(ctx, value);
  const [first] = row?.roles ?? [];
  if (row === null || !row.whole || first === undefined) return null;
  if (row.demo && !isLoopback(ctx.config.host)) return null;
  const role = row.role !== null && row.roles.includes(row.role) ? row.role : first;
  const now = ctx.clock.now();
  if (now - row.seen_at.getTime() >= TOUCH_MS)
    await touchSession(ctx.db, row.id, lifeOf(row.started_at, now), new Date(now));
  return {
    id: row.person_id,
    session: row.id,
    role,
    roles: row.roles,
    strength: strengthOf(row, now),
    language: row.language,
    store: {
      id: row.store_id,
      name: row.store_name,
      country: row.country,
      origins: row.origins,
      demo: row.demo,
    },
  };
}

/** The row, whole or not; null when it is over. */
export function aliveSession(ctx: Ctx, value: string): Promise<SessionRow | null> {
  return findSession(ctx.db, hashOf(value), new Date(ctx.clock.now()));
}

/**
 * A passkey is two factors by itself: the device, and its owner's finger, face or PIN. The company's own sign-in is one,
 * and two where it says that it asked for another (`openid` beside `code`).
 */
export function strengthOf(
  { factors, stepped_up_until }: Pick<SessionRow, 'factors' | 'stepped_up_until'>,
  now: number,
): Session['strength'] {
  const two = factors.includes('passkey') || factors.length >= 2;
  if (!two) return 'one-factor';
  return stepped_up_until !== null && stepped_up_until.getTime() > now ? 'stepped-up' : 'two-factor';
}
