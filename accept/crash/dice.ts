/** Chance from a seed: what a schedule decides, and the randomness that its nodes are given. */
import { type CipherCCM, createCipheriv, createHash } from 'node:crypto';
import type { Clock, Random } from '../../src/platform/ports.ts';

type Stream = Pick<CipherCCM, 'update'>;

/** The same bytes for the same name: AES-256 in counter mode over zeros. */
function streamOf(name: string): Stream {
  const key = createHash('sha256').update(name).digest();
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)) as unknown as Stream;
}

/** Decides as a die does, the same way for the same name. */
export class Dice {
  readonly #stream: Stream;

  constructor(name: string) {
    this.#stream = streamOf(name);
  }

  /** A whole number from 0 below `limit`. */
  below(limit: number): number {
    return this.#stream.update(Buffer.alloc(4)).readUInt32BE() % limit;
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.below(times) === 0;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

/** Bytes and UUIDv7 ids for a node. `name` must differ from life to life, or ids would come again. */
export function seededRandom(name: string, clock: Clock): Random {
  const stream = streamOf(name);
  let count = 0;
  const bytes = (length: number) => stream.update(Buffer.alloc(length));
  return {
    bytes,
    id() {
      const raw = bytes(16);
      raw.writeUIntBE(clock.now(), 0, 6);
      count = (count + 1) & 0xfff;
      raw[6] = 0x70 | (count >> 8);
      raw[7] = count & 0xff;
      raw[8] = 0x80 | ((raw[8] as number) & 0x3f);
      const hex = raw.toString('hex');
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
        '-',
      );
    },
  };
}
