/**
 * Blind indexes: HMAC-SHA-256 per store, kind and transform version over the normalized value, so that a
 * customer can be found by e-mail without the e-mail being stored. Equal values give equal tokens inside a
 * store: whoever holds a snapshot and the query log learns that much. Low-cardinality fields are refused by
 * the catalog. A tombstone is an HMAC of the token under a key of its own.
 */
import { IDENTIFIER_KINDS, type IdentifierKind } from '../../contract/names.ts';
import type { Ctx } from '../platform/ports.ts';
import { blindToken } from './blind-token.ts';
import { secret } from './secrets.ts';

const TRANSFORM = 1;

/** Token (16 bytes) of an identifier that is already normalized. */
export function identifierToken(ctx: Ctx, store: string, kind: IdentifierKind, normalized: string): Buffer {
  return blindToken(
    secret(ctx, 'index'),
    `bailee/blind/${store}/${IDENTIFIER_KINDS[kind]}/v${TRANSFORM}`,
    normalized,
  );
}

/** Token (16 bytes) of a messageId, for idempotency. */
export function messageToken(ctx: Ctx, store: string, messageId: string): Buffer {
  return blindToken(secret(ctx, 'index'), `bailee/message/${store}/v1`, messageId);
}

/** Token (16 bytes) in the Message-ID of an answer: nobody else can make one that names this case. */
export function threadToken(ctx: Ctx, id: string, message: string): Buffer {
  return blindToken(secret(ctx, 'index'), 'bailee/thread/v1', `${id}.${message}`);
}

/** Keyed hash (16 bytes) of the content of an imported row. */
export function rowToken(ctx: Ctx, store: string, row: string | Buffer): Buffer {
  return blindToken(secret(ctx, 'index'), `bailee/row/${store}/v1`, row);
}

/** Token (16 bytes) that a tombstone keeps of an identifier's token. */
export function tombstoneToken(ctx: Ctx, kind: number, identifier: Buffer): Buffer {
  return blindToken(secret(ctx, 'suppression'), `bailee/tombstone/${kind}/v1`, identifier);
}

/** Token (16 bytes) by which a person of the shop declares an identifier's owner as known: no other person's is the same. */
export function knownToken(ctx: Ctx, person: string, kind: number, identifier: Buffer): Buffer {
  return blindToken(secret(ctx, 'suppression'), `bailee/known/${person}/${kind}/v1`, identifier);
}

/** Token (16 bytes) by which somebody of the staff signs in. */
export function staffToken(ctx: Ctx, normalizedEmail: string): Buffer {
  return blindToken(secret(ctx, 'index'), 'bailee/staff/email/v1', normalizedEmail);
}

/** Token (16 bytes) that counts tries, of an account or of a network: kept for a day at most. */
export function triesToken(ctx: Ctx, who: string): Buffer {
  return blindToken(secret(ctx, 'index'), 'bailee/staff/tries/v1', who);
}

/** Keyed hash (16 bytes) of a secret that a person holds: equal secrets of two people differ. */
export function heldToken(ctx: Ctx, person: string, held: string): Buffer {
  return blindToken(secret(ctx, 'index'), `bailee/staff/held/${person}/v1`, held);
}

/** Keyed hash (16 bytes) by which wrong options are drawn: the same for the same right one, and foreseen by nobody. */
export function decoyToken(ctx: Ctx, customer: string, drawn: string): Buffer {
  return blindToken(secret(ctx, 'index'), 'bailee/decoy/v1', `${customer}/${drawn}`);
}

/** Token (16 bytes) of the name that a provider of sign-in gives somebody. */
export function subjectToken(ctx: Ctx, issuer: string, subject: string): Buffer {
  return blindToken(secret(ctx, 'index'), `bailee/staff/openid/${issuer}/v1`, subject);
}

/** Keyed hash (16 bytes) of what a customer signs in with: a code of an address, the address itself, a token's id. Not the blind index. */
export function centerToken(
  ctx: Ctx,
  store: string,
  what: 'address' | 'code' | 'handover',
  text: string,
): Buffer {
  return blindToken(secret(ctx, 'index'), `bailee/center/${store}/${what}/v1`, text);
}
