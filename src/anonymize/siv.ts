/** AES-SIV (RFC 5297): deterministic authenticated encryption. The same value gives the same token, and no other. */
import { createCipheriv, timingSafeEqual } from 'node:crypto';
import { aesName, BLOCK_BYTES, cmacUnder, double, padded, xor } from './cmac.ts';
import { AnonymizeError } from './refuse.ts';

const KEY_BYTES = [32, 48, 64];
/** RFC 5297 §7: what S2V takes beside the plaintext. */
const MOST_ASSOCIATED = 126;

/**
 * → synthetic IV (16 bytes) ‖ ciphertext, as long as the plaintext.
 * @param key 32, 48 or 64 bytes: half for S2V, half for counter mode
 * @param associated each bound as a component of its own, in order
 * @throws AnonymizeError `invalid_key`, `invalid_parameter`
 */
export function sivEncrypt(key: Buffer, plaintext: Buffer, associated: readonly Buffer[] = []): Buffer {
  const [macKey, counterKey] = halves(key);
  const iv = s2v(macKey, plaintext, associated);
  return Buffer.concat([iv, counted(counterKey, iv, plaintext)]);
}

/**
 * The plaintext of what `sivEncrypt` made with the same key and associated data.
 * @throws AnonymizeError `invalid_token` when anything differs; `invalid_key`, `invalid_parameter`
 */
export function sivDecrypt(key: Buffer, sealed: Buffer, associated: readonly Buffer[] = []): Buffer {
  const [macKey, counterKey] = halves(key);
  if (sealed.length < BLOCK_BYTES) throw broken();
  const iv = sealed.subarray(0, BLOCK_BYTES);
  const plaintext = counted(counterKey, iv, sealed.subarray(BLOCK_BYTES));
  if (!timingSafeEqual(iv, s2v(macKey, plaintext, associated))) throw broken();
  return plaintext;
}

function halves(key: Buffer): [Buffer, Buffer] {
  if (!KEY_BYTES.includes(key.length))
    throw new AnonymizeError('invalid_key', 'A key of AES-SIV has 32, 48 or 64 bytes.');
  return [key.subarray(0, key.length / 2), key.subarray(key.length / 2)];
}

/** RFC 5297 §2.4. */
function s2v(key: Buffer, plaintext: Buffer, associated: readonly Buffer[]): Buffer {
  if (associated.length > MOST_ASSOCIATED)
    throw new AnonymizeError('invalid_parameter', `There can be ${MOST_ASSOCIATED} associated values.`, {
      field: 'associated',
    });
  const cmac = cmacUnder(key);
  let sum = cmac(Buffer.alloc(BLOCK_BYTES));
  for (const one of associated) sum = xor(double(sum), cmac(one));
  if (plaintext.length < BLOCK_BYTES) return cmac(xor(double(sum), padded(plaintext)));
  const cut = plaintext.length - BLOCK_BYTES;
  return cmac(Buffer.concat([plaintext.subarray(0, cut), xor(plaintext.subarray(cut), sum)]));
}

/** Counter mode from the IV with two bits cleared, so that 32-bit counters do not overflow (RFC 5297 §2.5). */
function counted(key: Buffer, iv: Buffer, bytes: Buffer): Buffer {
  const start = Buffer.from(iv);
  start[8]! &= 0x7f;
  start[12]! &= 0x7f;
  const cipher = createCipheriv(aesName(key, 'ctr'), key, start);
  return Buffer.concat([cipher.update(bytes), cipher.final()]);
}

function broken(): AnonymizeError {
  return new AnonymizeError('invalid_token', 'The token was not made with this key for this use.');
}
