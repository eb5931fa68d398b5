/**
 * Wycheproof's AES-GCM, HMAC-SHA-256 and HKDF-SHA-256 vectors, against the code that seals, indexes and
 * derives. Every vector is accounted for: run with the expected verdict, or named in `DEVIATIONS` with the
 * reason why Bailee refuses what the standard would allow.
 */
import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { aesGcm } from '../../src/keys/cipher.ts';
import { environmentRoot } from '../../src/keys/root-environment.ts';

const FOLDER = join(process.env.BAILEE_SHARED ?? '../shared', 'vectors', 'wycheproof');
const present = existsSync(FOLDER);
if (!present) console.log(`Skipped: the Wycheproof vectors are not in ${FOLDER} (set BAILEE_SHARED).`);

interface Vector {
  readonly tcId: number;
  readonly result: 'valid' | 'invalid';
  readonly [member: string]: string | number | readonly string[];
}

interface Group {
  readonly keySize: number;
  readonly ivSize: number;
  readonly tagSize: number;
  readonly tests: readonly Vector[];
}

/** Valid vectors that Bailee refuses. Each names whom it covers, why, and how many they are. */
const DEVIATIONS = [
  {
    name: 'AES-128 and AES-192 keys',
    why: 'every key of Bailee has 256 bits; the cipher is named aes-256-gcm and takes no other',
    covers: (group: Group) => group.keySize !== 256,
    count: 153,
  },
  {
    name: 'nonces of other than 96 bits',
    why: 'a sealed value has its nonce in its first 12 bytes; SP 800-38D §8.2 recommends no other length',
    covers: (group: Group) => group.keySize === 256 && group.ivSize !== 96,
    count: 37,
  },
] as const;

function groups(algorithm: string): { total: number; groups: readonly Group[] } {
  const file = join(FOLDER, `${algorithm}_test.json.gz`);
  const parsed = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as {
    numberOfTests: number;
    testGroups: readonly Group[];
  };
  return { total: parsed.numberOfTests, groups: parsed.testGroups };
}

const bytes = (vector: Vector, member: string): Buffer => Buffer.from(vector[member] as string, 'hex');

/** The plaintext, or null when refused. */
function opened(key: Buffer, sealed: Buffer, associated: Buffer): Buffer | null {
  try {
    return aesGcm.decrypt(key, sealed, associated);
  } catch {
    return null;
  }
}

function gcmHolds(vector: Vector): boolean {
  const sealed = Buffer.concat([bytes(vector, 'iv'), bytes(vector, 'ct'), bytes(vector, 'tag')]);
  return opened(bytes(vector, 'key'), sealed, bytes(vector, 'aad'))?.equals(bytes(vector, 'msg')) ?? false;
}

/** RFC 5869 written out with the HMAC that the vectors above judge. */
function hkdf(ikm: Buffer, salt: Buffer, info: Buffer, size: number): Buffer {
  const prk = createHmac('sha256', salt).update(ikm).digest();
  const blocks: Buffer[] = [];
  for (let at = 1; Buffer.concat(blocks).length < size; at += 1)
    blocks.push(
      createHmac('sha256', prk)
        .update(blocks.at(-1) ?? Buffer.alloc(0))
        .update(info)
        .update(Buffer.from([at]))
        .digest(),
    );
  return Buffer.concat(blocks).subarray(0, size);
}

describe.skipIf(!present)('the Wycheproof vectors', () => {
  const gcm = present ? groups('aes_gcm') : { total: 0, groups: [] };

  it('of AES-GCM: all 316 give the expected verdict or are a named deviation (126 run, 190 deviate)', () => {
    const wrong: number[] = [];
    const deviating = new Map<string, number>(DEVIATIONS.map(({ name }) => [name, 0]));
    let run = 0;
    for (const group of gcm.groups)
      for (const vector of group.tests) {
        const holds = gcmHolds(vector);
        const deviation = DEVIATIONS.find(({ covers }) => covers(group));
        if (deviation !== undefined && vector.result === 'valid') {
          deviating.set(deviation.name, deviating.get(deviation.name)! + 1);
          if (holds) wrong.push(vector.tcId);
          continue;
        }
        run += 1;
        if (holds !== (vector.result === 'valid')) wrong.push(vector.tcId);
      }
    expect(wrong).toEqual([]);
    expect(Object.fromEntries(deviating)).toEqual(
      Object.fromEntries(DEVIATIONS.map(({ name, count }) => [name, count])),
    );
    const deviations = DEVIATIONS.reduce((sum, { count }) => sum + count, 0);
    expect({ run, deviations, total: gcm.total }).toEqual({ run: 126, deviations: 190, total: 316 });
  });

  it('of AES-GCM: what the code seals under each 256-bit key, it opens, and under no other associated data', () => {
    let run = 0;
    for (const group of gcm.groups.filter(({ keySize }) => keySize === 256))
      for (const vector of group.tests) {
        const [key, message, associated] = [bytes(vector, 'key'), bytes(vector, 'msg'), bytes(vector, 'aad')];
        const sealed = aesGcm.encrypt(key, message, associated);
        expect(sealed.length).toBe(12 + message.length + 16);
        expect(opened(key, sealed, associated)).toEqual(message);
        expect(opened(key, sealed, Buffer.concat([associated, Buffer.of(0)]))).toBeNull();
        run += 1;
      }
    expect(run).toBe(105);
  });

  it('of AES-GCM: a tag cut to any shorter length is refused, for every valid vector with 96-bit nonces', () => {
    for (const group of gcm.groups.filter(({ keySize, ivSize }) => keySize === 256 && ivSize === 96))
      for (const vector of group.tests.filter(({ result }) => result === 'valid'))
        for (let length = 0; length < 16; length += 1) {
          const tag = bytes(vector, 'tag').subarray(0, length);
          const sealed = Buffer.concat([bytes(vector, 'iv'), bytes(vector, 'ct'), tag]);
          expect(opened(bytes(vector, 'key'), sealed, bytes(vector, 'aad'))).toBeNull();
        }
  });

  it('of HMAC-SHA-256: all 174 give the expected verdict, whole and cut to the 16 bytes of a token', () => {
    const { total, groups: all } = groups('hmac_sha256');
    const wrong: number[] = [];
    let run = 0;
    for (const { tagSize, tests } of all)
      for (const vector of tests) {
        const mac = createHmac('sha256', bytes(vector, 'key')).update(bytes(vector, 'msg')).digest();
        const same = mac.subarray(0, tagSize / 8).equals(bytes(vector, 'tag'));
        if (same !== (vector.result === 'valid')) wrong.push(vector.tcId);
        run += 1;
      }
    expect(wrong).toEqual([]);
    expect({ run, total }).toEqual({ run: 174, total: 174 });
  });

  it('of HKDF-SHA-256: all 86 give the expected verdict; sizes above 255 blocks are refused', () => {
    const { total, groups: all } = groups('hkdf_sha256');
    const wrong: number[] = [];
    let run = 0;
    for (const { tests } of all)
      for (const vector of tests) {
        const [ikm, salt, info] = [bytes(vector, 'ikm'), bytes(vector, 'salt'), bytes(vector, 'info')];
        const size = vector.size as number;
        run += 1;
        if (vector.result === 'invalid') {
          expect(() => hkdfSync('sha256', ikm, salt, info, size)).toThrow(RangeError);
          continue;
        }
        const okm = bytes(vector, 'okm');
        const derived = Buffer.from(hkdfSync('sha256', ikm, salt, info, size));
        if (!derived.equals(okm) || !hkdf(ikm, salt, info, size).equals(okm)) wrong.push(vector.tcId);
      }
    expect(wrong).toEqual([]);
    expect({ run, total }).toEqual({ run: 86, total: 86 });
  });
});

describe('the keys of a root', () => {
  it('are HKDF-SHA-256 of it with an empty salt, as RFC 5869 writes it, and differ by what they are for', () => {
    const key = createHash('sha256').update('a root for this test').digest();
    const root = environmentRoot(key, null);
    const derive = (info: string) => hkdf(key, Buffer.alloc(0), Buffer.from(info), 32);
    expect(root.signingSeed('ledger')).toEqual(derive('bailee/signing/ledger/v1'));
    expect(root.signingSeed('receipt')).toEqual(derive('bailee/signing/receipt/v1'));
    const epoch = root.currentEpoch();
    expect(root.epochKey(epoch)).toEqual(derive(`bailee/epoch/${epoch}/v1`));
  });
});
