/** AES-CMAC (NIST SP 800-38B, RFC 4493) and the doubling that AES-SIV shares with it. */
import { createCipheriv } from 'node:crypto';

export const BLOCK_BYTES = 16;
const ZERO = Buffer.alloc(BLOCK_BYTES);

/** `aes-128-cbc` for a key of 16 bytes, and so on. */
export function aesName(key: Buffer, mode: 'cbc' | 'ctr' | 'ecb'): string {
  return `aes-${key.length * 8}-${mode}`;
}

/** CBC-MAC: the last block of the message encrypted with a zero IV; whole blocks only, at least one. */
export function cbcMac(key: Buffer, message: Buffer): Buffer {
  const cipher = createCipheriv(aesName(key, 'cbc'), key, ZERO);
  cipher.setAutoPadding(false);
  return cipher.update(message).subarray(-BLOCK_BYTES);
}

/** Times x in GF(2¹²⁸), RFC 5297 §2.3. */
export function double(block: Buffer): Buffer {
  const doubled = Buffer.alloc(BLOCK_BYTES);
  let carry = 0;
  for (let at = BLOCK_BYTES - 1; at >= 0; at -= 1) {
    const byte = block[at]!;
    doubled[at] = ((byte << 1) | carry) & 0xff;
    carry = byte >> 7;
  }
  doubled[BLOCK_BYTES - 1]! ^= carry * 0x87;
  return doubled;
}

export function xor(a: Buffer, b: Buffer): Buffer {
  const sum = Buffer.from(a);
  for (let at = 0; at < sum.length; at += 1) sum[at]! ^= b[at]!;
  return sum;
}

/** The block filled up with a one bit and zeros. */
export function padded(bytes: Buffer): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES);
  bytes.copy(block);
  block[bytes.length] = 0x80;
  return block;
}

/** The MAC under one key, its subkeys derived once. */
export function cmacUnder(key: Buffer): (message: Buffer) => Buffer {
  const first = double(cbcMac(key, ZERO));
  const second = double(first);
  return (message) => {
    const whole = message.length > 0 && message.length % BLOCK_BYTES === 0;
    const cut = whole ? message.length - BLOCK_BYTES : message.length - (message.length % BLOCK_BYTES);
    const last = message.subarray(cut);
    const masked = whole ? xor(last, first) : xor(padded(last), second);
    return cbcMac(key, Buffer.concat([message.subarray(0, cut), masked]));
  };
}
