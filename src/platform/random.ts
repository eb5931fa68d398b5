/** Randomness and ids. UUIDv7 per RFC 9562 §5.7, with a counter so that ids of one millisecond stay in order. */
import { randomFillSync } from 'node:crypto';
import { BaileeError } from './errors.ts';
import type { Clock, Random } from './ports.ts';

const POOL_BYTES = 8192;

export function systemRandom(clock: Clock): Random {
  const pool = Buffer.allocUnsafe(POOL_BYTES);
  let used = POOL_BYTES;
  let lastTime = 0;
  let counter = 0;

  function bytes(length: number): Buffer {
    if (length > 256) return randomFillSync(Buffer.allocUnsafe(length));
    if (used + length > POOL_BYTES) {
      randomFillSync(pool);
      used = 0;
    }
    const out = Buffer.from(pool.subarray(used, used + length));
    pool.fill(0, used, used + length);
    used += length;
    return out;
  }

  function id(): string {
    const now = clock.now();
    if (now > lastTime) {
      lastTime = now;
      counter = bytes(2).readUInt16BE() & 0x7ff;
    } else if (++counter > 0xfff) {
      lastTime += 1;
      counter = 0;
    }
    const raw = bytes(16);
    raw.writeUIntBE(lastTime, 0, 6);
    raw[6] = 0x70 | (counter >> 8);
    raw[7] = counter & 0xff;
    raw[8] = 0x80 | (raw[8]! & 0x3f);
    return format(raw);
  }

  return { bytes, id };
}

function format(raw: Buffer): string {
  const hex = raw.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const NO_NIBBLE = 0xff;
const NIBBLE = new Uint8Array(128).fill(NO_NIBBLE);
for (let value = 0; value < 16; value += 1) {
  NIBBLE[value.toString(16).charCodeAt(0)] = value;
  NIBBLE[value.toString(16).toUpperCase().charCodeAt(0)] = value;
}

/**
 * Writes the 16 bytes of a UUID in its text form, and returns the place behind them. Runs for every value.
 * Throws `internal` for anything else: what is no id must not become the id of someone.
 */
export function writeUuid(id: string, into: Buffer, at: number): number {
  let from = 0;
  let seen = 0;
  for (let nth = 0; nth < 16; nth += 1) {
    if (nth === 4 || nth === 6 || nth === 8 || nth === 10) from += 1;
    const high = NIBBLE[id.charCodeAt(from)] ?? NO_NIBBLE;
    const low = NIBBLE[id.charCodeAt(from + 1)] ?? NO_NIBBLE;
    seen |= high | low;
    into[at + nth] = (high << 4) | low;
    from += 2;
  }
  if (seen > 15 || id.length !== 36) throw new BaileeError('internal', 'This is not an id.');
  return at + 16;
}

/** True for the text form of any UUID, lower case. */
export function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(value);
}

export const systemClock: Clock = { now: () => Date.now() };
