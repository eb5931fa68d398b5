/** Sessions of customers: opaque values of which only the hash is kept, read anew at each request. */
import { createHash } from 'node:crypto';
import type { Strength } from '../../../contract/center.ts';
import type { GateCtx } from '../../gate/context.ts';
import { clusterOf, gather } from '../../gate/gather.ts';
import { recordOwn } from '../../gate/own/record-own.ts';
import { isLoopback } from '../../platform/config.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Transaction } from '../../platform/ports.ts';
import {
  addCenterSession,
  endCenterSession,
  endCenterSessions,
  findCenterSession,
  touchCenterSession,
} from '../../vault/center.ts';
import { members } from '../../vault/identify.ts';

/** Without use, and at most (OWASP ASVS 5.0, 7.3). */
const IDLE_MS = 30 * 60_000;
const WHOLE_MS = 8 * 3_600_000;
const TOUCH_MS = 60_000;
const VALUE_BYTES = 32;

/** Who is signed in. */
export interface OwnSession {
  readonly id: string;
  readonly store: string;
  readonly storeName: string;
  readonly customer: string;
  readonly strength: Strength;
  /** When it ends without use, and in any case; UTC milliseconds. */
  readonly endsAt: number;
  readonly longestUntil: number;
}

export interface StartedSession {
  /** For the cookie alone. */
  readonly value: string;
  readonly session: OwnSession;
}

export function hashOf(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}

/** What fits nobody and what is wrong are refused in the same words. */
export function refusedSignIn(): BaileeError {
  return new BaileeError(
    'sign_in_refused',
    'This does not fit together, or it is over. Check what you typed, or ask for a new code.',
  );
}

/**
 * Starts one, and records it with the customer. Throws `sign_in_refused` for somebody who was erased, or is of
 * another store. `first` runs before in the same transaction: what is used up is used up with it.
 */
export async function startOwn(
  ctx: GateCtx,
  who: { readonly store: string; readonly customer: string; readonly strength: Strength },
  first: (tx: Transaction) => Promise<void> = async () => undefined,
): Promise<StartedSession> {
  const { store, customer, strength } = who;
  const value = ctx.random.bytes(VALUE_BYTES).toString('base64url');
  const id = ctx.random.id();
  const now = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    await first(tx);
    const gathered = await gather(ctx, tx, [customer], []);
    const cluster = clusterOf(gathered, customer, store);
    if (cluster.rows.some((row) => row.erased)) throw refusedSignIn();
    const row = { id, store, customer, hash: hashOf(value), strength };
    await addCenterSession(tx, { ...row, now: new Date(now), expiresAt: new Date(now + IDLE_MS) });
    const details = { step: 'signed-in', strength };
    await recordOwn(ctx, tx, { cluster, gathered }, { store, strength, kind: 'center', details });
  });
  const found = await readOwn(ctx, value);
  if (found === null) throw refusedSignIn();
  return { value, session: found };
}

/** The session whose value this is; null when it is over. */
export async function readOwn(ctx: GateCtx, value: string): Promise<OwnSession | null> {
  const now = ctx.clock.now();
  const row = await findCenterSession(ctx.db, hashOf(value), new Date(now));
  if (row === null || (row.demo && !isLoopback(ctx.config.host))) return null;
  const longestUntil = row.started_at.getTime() + WHOLE_MS;
  const endsAt = Math.min(now + IDLE_MS, longestUntil);
  const touched = now - row.seen_at.getTime() >= TOUCH_MS;
  if (touched) await touchCenterSession(ctx.db, row.id, new Date(now), new Date(endsAt));
  return {
    id: row.id,
    store: row.store_id,
    storeName: row.store_name,
    customer: row.customer_id,
    strength: row.strength,
    endsAt: touched ? endsAt : row.expires_at.getTime(),
    longestUntil,
  };
}

/** Ends this one; with `all` those on every device. */
export async function endOwn(ctx: GateCtx, { id, customer }: OwnSession, all: boolean): Promise<void> {
  if (!all) return endCenterSession(ctx.db, id);
  const together = await members(ctx.db, [customer]);
  await endCenterSessions(
    ctx.db,
    together.map(({ member }) => member),
  );
}
