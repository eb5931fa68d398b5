/**
 * HMAC-SHA-256 (RFC 2104) for the many short values of a batch: two one-shot digests instead of a stream object
 * for each, which takes half the time. The padded keys are made once a key.
 */
import { hash } from 'node:crypto';

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
/** Longer messages get a buffer of their own. */
const SCRATCH_BYTES = 1024;

interface Padded {
  /** The inner pad, then room for the message. */
  readonly inner: Buffer;
  /** The outer pad, then room for the inner digest. */
  readonly outer: Buffer;
}

const padded = new WeakMap<Buffer, Padded>();

function padsOf(key: Buffer): Padded {
  let pads = padded.get(key);
  if (pads === undefined) {
    const block = Buffer.alloc(BLOCK_BYTES);
    if (key.length > BLOCK_BYTES) hash('sha256', key, 'buffer').copy(block);
    else key.copy(block);
    pads = {
      inner: Buffer.alloc(BLOCK_BYTES + SCRATCH_BYTES),
      outer: Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES),
    };
    for (let at = 0; at < BLOCK_BYTES; at += 1) {
      pads.inner[at] = block[at]! ^ 0x36;
      pads.outer[at] = block[at]! ^ 0x5c;
    }
    padded.set(key, pads);
  }
  return pads;
}

/** The MAC (32 bytes) of a message; a text is taken as UTF-8. The key must not change while it is in use. */
export function mac(key: Buffer, message: string | Buffer): Buffer {
  const { inner, outer } = padsOf(key);
  const length = typeof message === 'string' ? Buffer.byteLength(message) : message.length;
  let input = inner;
  if (length > SCRATCH_BYTES) {
    input = Buffer.allocUnsafe(BLOCK_BYTES + length);
    inner.copy(input, 0, 0, BLOCK_BYTES);
  }
  if (typeof message === 'string') input.write(message, BLOCK_BYTES);
  else message.copy(input, BLOCK_BYTES);
  // A digest taken as a string and turned into a pooled buffer costs less than one taken as a buffer.
  outer.write(hash('sha256', input.subarray(0, BLOCK_BYTES + length), 'binary'), BLOCK_BYTES, 'binary');
  return Buffer.from(hash('sha256', outer, 'binary'), 'binary');
}
