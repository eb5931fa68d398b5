/** The blind index by itself: found by equality, not readable, and not linked from use to use. */
import { hkdfSync } from 'node:crypto';
import { mac } from './mac.ts';

const TOKEN_BYTES = 16;

const derived = new WeakMap<Buffer, Map<string, Buffer>>();

/** A key of its own for each use. HKDF-SHA-256 (RFC 5869). */
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

/**
 * Token (16 bytes) of `value` for one use: HMAC-SHA-256, cut short, under a key that is derived from `root`
 * (32 bytes) for that use. Name in `use` the store, the kind of value and the version of its normalization;
 * equal values give equal tokens inside a use, and unrelated ones across uses. The value is taken as it is:
 * normalize first. Not for values of which there are few (a birth date, a country): they could be tried out.
 */
export function blindToken(root: Buffer, use: string, value: string | Buffer): Buffer {
  return mac(keyFor(root, use), value).subarray(0, TOKEN_BYTES);
}
