/**
 * Blind indexes: HMAC-SHA-256 per store, kind and transform version over the normalized value, so that a
 * customer can be found by e-mail without the e-mail being stored. Equal values give equal tokens inside a
 * store: whoever holds a snapshot and the query log learns that much. Low-cardinality fields are refused by
 * the catalog. A tombstone is an HMAC of the token under a key of its own.
 */
import { hkdfSync } from 'node:crypto';
import { IDENTIFIER_KINDS, type IdentifierKind } from '../../contract/names.ts';
import type { Ctx } from '../platform/ports.ts';
import { mac } from './mac.ts';
import { secret } from './secrets.ts';

const TRANSFORM = 1;
const TOKEN_BYTES = 16;

const derived = new WeakMap<Buffer, Map<string, Buffer>>();

/** A key of its own for each store and use. HKDF-SHA-256 (RFC 5869). */
function keyFor(root: Buffer, info: string): Buffer {
  let keys = derived.get(root);
  if (keys === undefined) {
    keys = new Map();
    derived.set(root, keys);
  }
  let key = keys.get(info);
  if (key === undefined) {
    key = Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), info, 32));
    keys.set(info, key);
  }
  return key;
}

function token(key: Buffer, value: string | Buffer): Buffer {
  return mac(key, value).subarray(0, TOKEN_BYTES);
}

/** Token (16 bytes) of an identifier that is already normalized. */
export function identifierToken(ctx: Ctx, store: string, kind: IdentifierKind, normalized: string): Buffer {
  return token(
    keyFor(secret(ctx, 'index'), `bailee/blind/${store}/${IDENTIFIER_KINDS[kind]}/v${TRANSFORM}`),
    normalized,
  );
}

/** Token (16 bytes) of a messageId, for idempotency. */
export function messageToken(ctx: Ctx, store: string, messageId: string): Buffer {
  return token(keyFor(secret(ctx, 'index'), `bailee/message/${store}/v1`), messageId);
}

/** Keyed hash (16 bytes) of the content of an imported row. */
export function rowToken(ctx: Ctx, store: string, row: string | Buffer): Buffer {
  return token(keyFor(secret(ctx, 'index'), `bailee/row/${store}/v1`), row);
}

/** Token (16 bytes) that a tombstone keeps of an identifier's token. */
export function tombstoneToken(ctx: Ctx, kind: number, identifier: Buffer): Buffer {
  return token(keyFor(secret(ctx, 'suppression'), `bailee/tombstone/${kind}/v1`), identifier);
}
