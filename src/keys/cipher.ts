/** AES-256-GCM (NIST SP 800-38D) with 96-bit random nonces and 16-byte tags; shorter tags are refused by the runtime. */
import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import type { Cipher } from '../platform/key-ports.ts';

const NONCE = 12;
const TAG = 16;
const OPTIONS = { authTagLength: TAG } as const;
const EMPTY = Buffer.alloc(0);
const nonce = Buffer.alloc(NONCE);
const tag = Buffer.alloc(TAG);

/** Random bytes are drawn in blocks: one system call serves some hundred nonces. */
const noncePool = Buffer.alloc(NONCE * 512);
let nonceAt = noncePool.length;

function nextNonce(into: Buffer, at: number): void {
  if (nonceAt === noncePool.length) {
    randomFillSync(noncePool);
    nonceAt = 0;
  }
  noncePool.copy(into, at, nonceAt, nonceAt + NONCE);
  nonceAt += NONCE;
}

/** [prefix ‖] nonce (12) ‖ ciphertext ‖ tag (16). Keys are 32 bytes. `decrypt` throws when anything was changed. */
export const aesGcm: Cipher = {
  encrypt(key, plaintext, associated, prefix = EMPTY) {
    const from = prefix.length;
    const out = Buffer.allocUnsafe(from + NONCE + plaintext.length + TAG);
    prefix.copy(out);
    nextNonce(out, from);
    const cipher = createCipheriv('aes-256-gcm', key, out.subarray(from, from + NONCE), OPTIONS);
    cipher.setAAD(associated);
    cipher.update(plaintext).copy(out, from + NONCE);
    cipher.final();
    cipher.getAuthTag().copy(out, from + NONCE + plaintext.length);
    return out;
  },

  decrypt(key, sealed, associated) {
    return aesGcm.decrypter(key, sealed, associated)();
  },

  decrypter(key, sealed, associated) {
    if (sealed.length < NONCE + TAG) throw new Error('too short to be sealed');
    const end = sealed.length - TAG;
    // Views cost more than these few bytes; the runtime takes copies of both.
    for (let at = 0; at < NONCE; at += 1) nonce[at] = sealed[at]!;
    for (let at = 0; at < TAG; at += 1) tag[at] = sealed[end + at]!;
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, OPTIONS);
    decipher.setAAD(associated);
    decipher.setAuthTag(tag);
    return () => {
      const plaintext = decipher.update(sealed.subarray(NONCE, end));
      decipher.final();
      return plaintext;
    };
  },
};
