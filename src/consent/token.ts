/**
 * The customer's token: a JWT (RFC 7519) by which the shop's backend vouches for a signed-in customer. It is
 * bound to one store by its audience, lives an hour at most, and names the customer in `sub`.
 */
import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import { storeSecret } from '../keys/store-secret.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Ctx } from '../platform/ports.ts';
import { readSettings } from './settings.ts';

const LONGEST_SECONDS = 3600;
const CLOCKS_APART_SECONDS = 60;
const PUBLIC_ALGORITHMS = ['EdDSA', 'Ed25519', 'ES256'];

/** What a token says. */
export interface TokenClaims {
  readonly userId: string;
  /** Its own id (`jti`); null where it has none. */
  readonly id: string | null;
  /** When it is over; UTC milliseconds. */
  readonly until: number;
}

/** The userId that a token names. Throws `forbidden` for a token that is forged, over, too long, or another store's. */
export async function readToken(ctx: Ctx, store: string, token: string): Promise<string> {
  return (await readClaims(ctx, store, token)).userId;
}

/** All that a token says. Throws as `readToken` does. */
export async function readClaims(ctx: Ctx, store: string, token: string): Promise<TokenClaims> {
  try {
    return await verified(ctx, store, token);
  } catch (error) {
    ctx.metrics.browserAttacks.inc({ kind: 'forged-token' });
    const { code } = error as { code?: string };
    const why =
      code === 'ERR_JWT_EXPIRED'
        ? 'is over'
        : 'is not one that this store’s backend signed, for this store and an hour at most';
    throw new BaileeError('forbidden', `The customer’s token ${why}.`);
  }
}

async function verified(ctx: Ctx, store: string, token: string): Promise<TokenClaims> {
  const { alg, kid } = decodeProtectedHeader(token);
  const settings = await readSettings(ctx.db, store);
  const options = {
    audience: store,
    requiredClaims: ['sub', 'exp', 'iat'],
    currentDate: new Date(ctx.clock.now()),
    clockTolerance: CLOCKS_APART_SECONDS,
    maxTokenAge: LONGEST_SECONDS,
  };
  const keys =
    alg === 'HS256'
      ? [storeSecret(ctx, store, 'customer-token', settings.secretsNumber)]
      : await Promise.all(
          settings.tokenKeys
            .filter((key) => kid === undefined || key.kid === undefined || key.kid === kid)
            .map((key) => importJWK(key, alg)),
        );
  // The secret signs by HS256 alone, and a public key never does: neither is taken for the other.
  const algorithms = alg === 'HS256' ? ['HS256'] : PUBLIC_ALGORITHMS;
  let last: unknown = new Error('no key');
  for (const key of keys) {
    try {
      const { payload } = await jwtVerify(token, key, { ...options, algorithms });
      if (payload.exp! - payload.iat! > LONGEST_SECONDS) throw new Error('too long');
      const until = (payload.exp! + CLOCKS_APART_SECONDS) * 1000;
      return { userId: payload.sub!, id: payload.jti ?? null, until };
    } catch (error) {
      last = error;
    }
  }
  throw last;
}
