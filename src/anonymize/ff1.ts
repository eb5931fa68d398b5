/**
 * FF1 (NIST SP 800-38G rev. 1): encrypts digits to as many digits of the same alphabet, for places where a
 * format binds. Where none does, a token of AES-SIV is better: it cannot be forged.
 */
import { createCipheriv } from 'node:crypto';
import { aesName, BLOCK_BYTES, cbcMac } from './cmac.ts';
import { AnonymizeError, wholeNumber } from './refuse.ts';

const ROUNDS = 10;
const KEY_BYTES = [16, 24, 32];
/** Rev. 1 §5: smaller domains fall to attacks that try them out. */
const LEAST_DOMAIN = 1_000_000;
/** Of the first edition; only to read what was written under it. */
const LEAST_EVER = 100;
/** The arithmetic takes the square of the length; nothing that has a format is longer. */
const MOST_DIGITS = 4096;

export interface Ff1 {
  /** 16, 24 or 32 bytes. */
  readonly key: Buffer;
  /** 2 to 65,536. */
  readonly radix: number;
  /** Public; changes the permutation. Empty unless given. */
  readonly tweak?: Buffer;
  /** How many values the format must have: a million unless given; 100 at least, for what is old. */
  readonly leastDomain?: number;
}

/**
 * @param digits each from 0 below the radix
 * @throws AnonymizeError `domain_too_small`, `invalid_key`, `invalid_parameter`, `invalid_value`
 */
export function ff1Encrypt(ff1: Ff1, digits: readonly number[]): number[] {
  return feistel(ff1, digits, 'encrypt');
}

/** Undoes `ff1Encrypt`. Throws like it. */
export function ff1Decrypt(ff1: Ff1, digits: readonly number[]): number[] {
  return feistel(ff1, digits, 'decrypt');
}

function feistel(ff1: Ff1, digits: readonly number[], way: 'encrypt' | 'decrypt'): number[] {
  check(ff1, digits);
  const { key, radix, tweak = Buffer.alloc(0) } = ff1;
  const base = BigInt(radix);
  const n = digits.length;
  const u = Math.floor(n / 2);
  const v = n - u;
  const moduli = [base ** BigInt(u), base ** BigInt(v)] as const;
  const round = roundFunction(key, tweak, { radix, n, u, bytes: byteLength(moduli[1] - 1n) });
  let [a, b] = [numberOf(digits.slice(0, u), base), numberOf(digits.slice(u), base)];
  for (let step = 0; step < ROUNDS; step += 1) {
    const i = way === 'encrypt' ? step : ROUNDS - 1 - step;
    const modulus = moduli[i % 2]!;
    if (way === 'encrypt') [a, b] = [b, (a + round(i, b)) % modulus];
    else [a, b] = [(((b - round(i, a)) % modulus) + modulus) % modulus, a];
  }
  return [...digitsOf(a, base, u), ...digitsOf(b, base, v)];
}

function check({ key, radix, leastDomain = LEAST_DOMAIN }: Ff1, digits: readonly number[]): void {
  if (!KEY_BYTES.includes(key.length))
    throw new AnonymizeError('invalid_key', 'A key of FF1 has 16, 24 or 32 bytes.');
  wholeNumber(radix, 'radix', 2, 65_536);
  wholeNumber(leastDomain, 'leastDomain', LEAST_EVER, Number.MAX_SAFE_INTEGER);
  if (digits.length > MOST_DIGITS)
    throw new AnonymizeError('invalid_value', `There can be ${MOST_DIGITS} digits.`, { most: MOST_DIGITS });
  if (digits.length < 2 || BigInt(radix) ** BigInt(digits.length) < BigInt(leastDomain))
    throw new AnonymizeError(
      'domain_too_small',
      `A format with fewer than ${leastDomain.toLocaleString('en')} values cannot be kept safely.`,
      { length: digits.length, radix, least: leastDomain },
    );
  for (const [at, digit] of digits.entries())
    if (!Number.isInteger(digit) || digit < 0 || digit >= radix)
      throw new AnonymizeError('invalid_value', `Sign ${at} is no digit of this alphabet.`, { at });
}

interface Shape {
  readonly radix: number;
  readonly n: number;
  readonly u: number;
  /** b of the standard. */
  readonly bytes: number;
}

/** Steps 6.i to 6.iv: the number y of a round. */
function roundFunction(
  key: Buffer,
  tweak: Buffer,
  { radix, n, u, bytes }: Shape,
): (i: number, half: bigint) => bigint {
  const p = Buffer.from([1, 2, 1, 0, 0, 0, ROUNDS, u & 0xff, 0, 0, 0, 0, 0, 0, 0, 0]);
  p.writeUIntBE(radix, 3, 3);
  p.writeUInt32BE(n, 8);
  p.writeUInt32BE(tweak.length, 12);
  const wanted = 4 * Math.ceil(bytes / 4) + 4;
  const zeros = (BLOCK_BYTES - ((tweak.length + bytes + 1) % BLOCK_BYTES)) % BLOCK_BYTES;
  const message = Buffer.concat([p, tweak, Buffer.alloc(zeros + 1 + bytes)]);
  const roundAt = message.length - bytes - 1;
  const more = Math.ceil(wanted / BLOCK_BYTES);
  return (i, half) => {
    message[roundAt] = i;
    writeNumber(message, half, roundAt + 1, bytes);
    const r = cbcMac(key, message);
    if (more === 1) return bigOf(r.subarray(0, wanted));
    const blocks = Buffer.alloc(more * BLOCK_BYTES);
    for (let j = 0; j < more; j += 1) {
      r.copy(blocks, j * BLOCK_BYTES);
      const tail = (j + 1) * BLOCK_BYTES - 4;
      blocks.writeInt32BE(blocks.readInt32BE(tail) ^ j, tail);
    }
    const cipher = createCipheriv(aesName(key, 'ecb'), key, null);
    cipher.setAutoPadding(false);
    const rest = cipher.update(blocks);
    r.copy(rest);
    return bigOf(rest.subarray(0, wanted));
  };
}

/** ⌈⌈v·log2(radix)⌉/8⌉ from the number itself: 29 for 29 bytes, where a floating logarithm may say 30. */
function byteLength(largest: bigint): number {
  return Math.ceil(largest.toString(16).length / 2);
}

function writeNumber(into: Buffer, value: bigint, at: number, bytes: number): void {
  into.write(value.toString(16).padStart(2 * bytes, '0'), at, 'hex');
}

function bigOf(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}

function numberOf(digits: readonly number[], base: bigint): bigint {
  let value = 0n;
  for (const digit of digits) value = value * base + BigInt(digit);
  return value;
}

function digitsOf(value: bigint, base: bigint, length: number): number[] {
  const digits = new Array<number>(length);
  let rest = value;
  for (let at = length - 1; at >= 0; at -= 1) {
    digits[at] = Number(rest % base);
    rest /= base;
  }
  return digits;
}
