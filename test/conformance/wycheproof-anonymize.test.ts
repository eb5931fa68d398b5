/** Wycheproof's AES-SIV-CMAC and FF1 vectors, against the code that makes tokens and keeps formats. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Ff1, ff1Decrypt, ff1Encrypt } from '../../src/anonymize/ff1.ts';
import { AnonymizeError } from '../../src/anonymize/refuse.ts';
import { sivDecrypt, sivEncrypt } from '../../src/anonymize/siv.ts';

const FOLDER = join(process.env.BAILEE_SHARED ?? '../shared', 'vectors', 'wycheproof');
const present = existsSync(FOLDER);
if (!present) console.log(`Skipped: the Wycheproof vectors are not in ${FOLDER} (set BAILEE_SHARED).`);

interface File<Vector> {
  readonly numberOfTests: number;
  readonly testGroups: readonly { readonly radix: number; readonly tests: readonly Vector[] }[];
}

interface SivVector {
  readonly tcId: number;
  readonly result: 'valid' | 'invalid';
  readonly key: string;
  readonly aad: string;
  readonly msg: string;
  readonly ct: string;
}

interface Ff1Vector {
  readonly tcId: number;
  readonly result: 'valid' | 'invalid';
  readonly flags: readonly string[];
  readonly key: string;
  readonly tweak: string;
  readonly msg: readonly number[];
  readonly ct: readonly number[];
}

function read<Vector>(name: string): File<Vector> {
  return JSON.parse(
    gunzipSync(readFileSync(join(FOLDER, `${name}_test.json.gz`))).toString('utf8'),
  ) as File<Vector>;
}

const hex = (text: string) => Buffer.from(text, 'hex');

/** The result, or the code of the refusal. Anything else that is thrown is a fault. */
function tried<Result>(work: () => Result): Result | string {
  try {
    return work();
  } catch (error) {
    if (error instanceof AnonymizeError) return error.code;
    throw error;
  }
}

/** Whether the vector gives its verdict: the ciphertext and back, or a refusal. */
function sivHolds({ key, aad, msg, ct, result }: SivVector): boolean {
  const opened = tried(() => sivDecrypt(hex(key), hex(ct), [hex(aad)]).toString('hex'));
  if (result === 'invalid') return opened === 'invalid_token';
  return opened === msg && sivEncrypt(hex(key), hex(msg), [hex(aad)]).toString('hex') === ct;
}

function ff1Holds(ff1: Ff1, { msg, ct, result }: Ff1Vector): boolean {
  const sealed = tried(() => ff1Encrypt(ff1, msg).join());
  if (result === 'invalid') return ['invalid_key', 'invalid_value', 'domain_too_small'].includes(sealed);
  return sealed === ct.join() && tried(() => ff1Decrypt(ff1, ct).join()) === msg.join();
}

describe.skipIf(!present)('the Wycheproof vectors', () => {
  it('of AES-SIV-CMAC: all 442 give the expected verdict', () => {
    const { numberOfTests, testGroups } = read<SivVector>('aes_siv_cmac');
    const vectors = testGroups.flatMap(({ tests }) => tests);
    expect(vectors.filter((vector) => !sivHolds(vector)).map(({ tcId }) => tcId)).toEqual([]);
    expect({ run: vectors.length, total: numberOfTests }).toEqual({ run: 442, total: 442 });
  });

  it('of FF1: all 3845 give the expected verdict; the 12 domains under a million only where they are asked for', () => {
    const { numberOfTests, testGroups } = read<Ff1Vector>('aes_ff1_radix10');
    const wrong: number[] = [];
    let [run, small] = [0, 0];
    for (const { radix, tests } of testGroups)
      for (const vector of tests) {
        const ff1 = { key: hex(vector.key), tweak: hex(vector.tweak), radix };
        run += 1;
        if (vector.flags.includes('SmallMessageSize')) {
          small += 1;
          if (tried(() => ff1Encrypt(ff1, vector.msg)) !== 'domain_too_small') wrong.push(vector.tcId);
          if (!ff1Holds({ ...ff1, leastDomain: 100 }, vector)) wrong.push(vector.tcId);
        } else if (!ff1Holds(ff1, vector)) wrong.push(vector.tcId);
      }
    expect(wrong).toEqual([]);
    expect({ run, small, total: numberOfTests }).toEqual({ run: 3845, small: 12, total: 3845 });
  });
});
