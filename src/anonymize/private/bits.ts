/**
 * Uniform whole numbers from random bits, without bias: what falls outside the limit is drawn again.
 */
import { randomFillSync } from 'node:crypto';

/** Fills the bytes with cryptographic randomness. `randomFillSync` of `node:crypto` is one. */
export type FillRandom = (bytes: Uint8Array) => unknown;

export interface Bits {
  /** 32 random bits, from 0. */
  word(): number;
  coin(): boolean;
  /** A uniform whole number from 0 below `limit`; `limit` from 1 to 2⁵³. */
  below(limit: number): number;
  /** The same without an upper limit. */
  belowBig(limit: bigint): bigint;
}

const WORDS = 1024;
export const TWO_32 = 2 ** 32;

/** @param fill where the bits come from; in production the default and nothing else */
export function bitsFrom(fill: FillRandom = randomFillSync): Bits {
  const words = new Uint32Array(WORDS);
  const bytes = new Uint8Array(words.buffer);
  let used = WORDS;
  let bits = 0;
  let bitsLeft = 0;

  function word(): number {
    if (used === WORDS) {
      fill(bytes);
      used = 0;
    }
    return words[used++]!;
  }

  function coin(): boolean {
    if (bitsLeft === 0) {
      bits = word();
      bitsLeft = 32;
    }
    const up = (bits & 1) === 1;
    bits >>>= 1;
    bitsLeft -= 1;
    return up;
  }

  function below(limit: number): number {
    if (limit <= TWO_32) {
      const mask = limit <= 1 ? 0 : 0xffffffff >>> Math.clz32(limit - 1);
      for (;;) {
        const drawn = (word() & mask) >>> 0;
        if (drawn < limit) return drawn;
      }
    }
    const highMask = 0xffffffff >>> Math.clz32(Math.floor((limit - 1) / TWO_32));
    for (;;) {
      const drawn = ((word() & highMask) >>> 0) * TWO_32 + word();
      if (drawn < limit) return drawn;
    }
  }

  function belowBig(limit: bigint): bigint {
    const length = (limit - 1n).toString(2).length;
    for (;;) {
      let drawn = 0n;
      for (let have = 0; have < length; have += 32) drawn = (drawn << 32n) | BigInt(word());
      drawn &= (1n << BigInt(length)) - 1n;
      if (drawn < limit) return drawn;
    }
  }

  return { word, coin, below, belowBig };
}
