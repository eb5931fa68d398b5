/** Signing in to the privacy center: handed over by the shop, by a code, or by an order. */
import { timingSafeEqual } from 'node:crypto';
import { normalizeIdentifier } from '../../catalog/identifiers.ts';
import { readClaims } from '../../consent/token.ts';
import type { GateCtx } from '../../gate/context.ts';
import { type OrderProof, proveOrder } from '../../gate/own/prove-order.ts';
import { centerToken, identifierToken } from '../../keys/blind.ts';
import { BaileeError } from '../../platform/errors.ts';
import { countWithin } from '../../staff/sign-in/tries.ts';
import { guessCode, takeHandover, useCode } from '../../vault/center.ts';
import { lookUp } from '../../vault/identify.ts';
import { guessLimits, orderLimits } from './limits.ts';
import { hashOf, refusedSignIn, type StartedSession, startOwn } from './session.ts';

const MOST_GUESSES = 5;

/**
 * By a token of the shop's backend, as `readToken` takes it, with an id (`jti`) of its own: it works once. Throws
 * `sign_in_refused`, and `not_found` when the shop vouches for somebody of whom nothing is held.
 */
export async function signInByToken(
  ctx: GateCtx,
  { store, token }: { readonly store: string; readonly token: string },
): Promise<StartedSession> {
  const claims = await readClaims(ctx, store, token).catch((error: unknown) => {
    throw error instanceof BaileeError && error.code === 'forbidden' ? refusedSignIn() : error;
  });
  if (claims.id === null) throw refusedSignIn();
  const customer = await customerOf(ctx, store, 'userId', claims.userId);
  const taken = {
    store,
    hash: centerToken(ctx, store, 'handover', claims.id),
    until: new Date(claims.until),
  };
  if (customer === null) {
    if (!(await takeHandover(ctx.db, taken))) throw replayed(ctx);
    throw new BaileeError('not_found', 'The shop holds nothing about you here.');
  }
  return startOwn(ctx, { store, customer, strength: 'signed-in' }, async (tx) => {
    if (!(await takeHandover(tx, taken))) throw replayed(ctx);
  });
}

function replayed(ctx: GateCtx): BaileeError {
  ctx.metrics.browserAttacks.inc({ kind: 'replayed-token' });
  return refusedSignIn();
}

export interface CodeProof {
  readonly store: string;
  readonly email: string;
  readonly code: string;
  /** What the browser that asked for the code keeps; null when it keeps nothing. */
  readonly holder: string | null;
  readonly network: string;
}

/** By the code that was sent to an address. Throws `sign_in_refused`, `too_many_tries`. */
export async function signInByCode(ctx: GateCtx, proof: CodeProof): Promise<StartedSession> {
  const { store, network } = proof;
  await countWithin(ctx, guessLimits({ network }));
  const holder = hashOf(proof.holder ?? ctx.random.id());
  const now = new Date(ctx.clock.now());
  const row = await guessCode(ctx.db, { store, holder, now, most: MOST_GUESSES });
  const address = normalizeIdentifier('email', proof.email);
  const email = address.ok ? address.value : '';
  const code = proof.code.replace(/[\s-]/g, '');
  const right =
    row !== null &&
    // Both are compared, whatever the first says.
    [
      timingSafeEqual(row.address, centerToken(ctx, store, 'address', email)),
      timingSafeEqual(row.hash, centerToken(ctx, store, 'code', `${row.id}/${code}`)),
    ].every(Boolean);
  const customer = right ? await customerOf(ctx, store, 'email', email) : null;
  if (!right || customer === null) throw wrong(ctx, 'wrong-code');
  return startOwn(ctx, { store, customer, strength: 'code' }, async (tx) => {
    if (!(await useCode(tx, row.id, now))) throw refusedSignIn();
  });
}

/** By the number of an order, and the address or the postal code that goes with it. Throws `sign_in_refused`, `too_many_tries`. */
export async function signInByOrder(
  ctx: GateCtx,
  { network, ...proof }: OrderProof & { readonly network: string },
): Promise<StartedSession> {
  const { store } = proof;
  const number = normalizeIdentifier('order', proof.order);
  await countWithin(ctx, orderLimits({ store, what: number.ok ? number.value : '', network }));
  const customer = await proveOrder(ctx, proof);
  if (customer === null) throw wrong(ctx, 'wrong-order');
  return startOwn(ctx, { store, customer, strength: 'order' });
}

function wrong(ctx: GateCtx, kind: string): BaileeError {
  ctx.metrics.browserAttacks.inc({ kind });
  return refusedSignIn();
}

async function customerOf(
  ctx: GateCtx,
  store: string,
  kind: 'userId' | 'email',
  text: string,
): Promise<string | null> {
  const normalized = normalizeIdentifier(kind, text);
  if (!normalized.ok) return null;
  const token = identifierToken(ctx, store, kind, normalized.value);
  const [found] = (await lookUp(ctx.db, store, [{ kind, token }])).values();
  return found?.customer ?? null;
}
