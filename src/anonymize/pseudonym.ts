/**
 * Pseudonyms: what stands for a person in one recipient's data, for one purpose. Two recipients cannot join
 * theirs. They are pseudonymous, not anonymous: who holds the key can find the person again by trying values.
 */
import { createHmac } from 'node:crypto';
import { AnonymizeError, refuseParameter } from './refuse.ts';

const LEAST_KEY_BYTES = 32;
/** 128 bits: two people share a pseudonym once in 2⁶⁴. */
const PSEUDONYM_BYTES = 16;
const MOST_NAME = 256;

/** For whom, and for what. */
export interface Use {
  readonly purpose: string;
  readonly recipient: string;
}

/**
 * HMAC-SHA-256 over purpose, recipient and value, each with its length before it, cut to 16 bytes: 22 signs of
 * base64url.
 * @param key at least 32 random bytes
 * @param value what identifies the person; normalize it first
 * @throws AnonymizeError `invalid_key`, `invalid_parameter`
 */
export function pseudonym(key: Buffer, value: string, use: Use): string {
  if (key.length < LEAST_KEY_BYTES)
    throw new AnonymizeError('invalid_key', 'A key of pseudonyms has at least 32 bytes.');
  if (typeof value !== 'string' || value === '') refuseParameter('value', 'There is nothing to stand for.');
  const hmac = createHmac('sha256', key);
  for (const part of ['bailee/pseudonym/v1', ...useParts(use), value]) hmac.update(prefixed(part));
  return hmac.digest().subarray(0, PSEUDONYM_BYTES).toString('base64url');
}

/** Purpose and recipient, both of them named. */
export function useParts({ purpose, recipient }: Use): [string, string] {
  for (const [field, name] of Object.entries({ purpose, recipient }))
    if (typeof name !== 'string' || name === '' || name.length > MOST_NAME)
      refuseParameter(field, `${field} must be a text of up to ${MOST_NAME} signs.`);
  return [purpose, recipient];
}

function prefixed(part: string): Buffer {
  const bytes = Buffer.from(part, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
