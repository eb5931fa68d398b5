/** Reversible tokens: who holds the key gets the value back, for the same purpose and recipient alone. */
import { type Use, useParts } from './pseudonym.ts';
import { AnonymizeError } from './refuse.ts';
import { sivDecrypt, sivEncrypt } from './siv.ts';

const KEY_BYTES = 64;
const KIND = Buffer.from('bailee/token/v1');

/**
 * AES-SIV with a 64-byte key, purpose and recipient as associated data; base64url. The same value gives the same
 * token, and its length shows.
 * @throws AnonymizeError `invalid_key`, `invalid_parameter`, `invalid_value` for broken UTF-16
 */
export function sealToken(key: Buffer, value: string, use: Use): string {
  if (!value.isWellFormed())
    throw new AnonymizeError('invalid_value', 'The value has half of a surrogate pair.');
  return sivEncrypt(checked(key), Buffer.from(value, 'utf8'), associated(use)).toString('base64url');
}

/**
 * The value that `sealToken` was given.
 * @throws AnonymizeError `invalid_token` when it was changed or made for another use; `invalid_key`
 */
export function openToken(key: Buffer, token: string, use: Use): string {
  const sealed = Buffer.from(token, 'base64url');
  // Letters that base64url skips must not make a second token for one value.
  if (sealed.toString('base64url') !== token)
    throw new AnonymizeError('invalid_token', 'The token was not made with this key for this use.');
  return sivDecrypt(checked(key), sealed, associated(use)).toString('utf8');
}

function checked(key: Buffer): Buffer {
  if (key.length === KEY_BYTES) return key;
  throw new AnonymizeError('invalid_key', `A key of tokens has ${KEY_BYTES} bytes.`);
}

function associated(use: Use): Buffer[] {
  return [KIND, ...useParts(use).map((part) => Buffer.from(part, 'utf8'))];
}
