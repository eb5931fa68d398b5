/** FF1 and AES-SIV against the vectors of Wycheproof, read here and judged through the library. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  AnonymizeError,
  type Ff1,
  ff1Decrypt,
  ff1Encrypt,
  sivDecrypt,
  sivEncrypt,
} from '../../src/anonymize/library.ts';
import { Faults } from '../01/faults.ts';
import type { AcceptLine } from '../line.ts';

const FOLDER = join(process.env.BAILEE_SHARED ?? '../shared', 'vectors', 'wycheproof');
const SIV_VECTORS = 442;
const FF1_VECTORS = 3845;
/** Vectors whose domain is under a million: refused, unless the caller names the old limit. */
const SMALL_DOMAINS = 12;

interface Vector<Text> {
  readonly tcId: number;
  readonly result: 'valid' | 'invalid';
  readonly flags: readonly string[];
  readonly key: string;
  readonly aad: string;
  readonly tweak: string;
  readonly msg: Text;
  readonly ct: Text;
}

interface Group<Text> {
  readonly radix: number;
  readonly tests: readonly Vector<Text>[];
}

export const line: AcceptLine = {
  issue: 3,
  number: 6,
  title: 'FF1 and AES-SIV: every Wycheproof vector gives its verdict',
  async run({ log }) {
    if (!existsSync(FOLDER))
      return { pass: false, figure: `the vectors are not in ${FOLDER} (BAILEE_SHARED)` };
    const faults = new Faults(log);
    const siv = groupsOf<string>('aes_siv_cmac').flatMap(({ tests }) => tests);
    for (const vector of siv) faults.check(sivHolds(vector), `AES-SIV vector ${vector.tcId}`);
    faults.equal(siv.length, SIV_VECTORS, 'AES-SIV vectors');
    const [ff1, small] = judgeFf1(faults);
    faults.equal(ff1, FF1_VECTORS, 'FF1 vectors');
    faults.equal(small, SMALL_DOMAINS, 'FF1 vectors with a small domain');
    return faults.verdict(
      `${siv.length} of AES-SIV, ${ff1} of FF1; ${small} domains under a million refused, and right under the old limit`,
    );
  },
};

function groupsOf<Text>(name: string): readonly Group<Text>[] {
  const text = gunzipSync(readFileSync(join(FOLDER, `${name}_test.json.gz`))).toString('utf8');
  return (JSON.parse(text) as { testGroups: readonly Group<Text>[] }).testGroups;
}

const hex = (text: string) => Buffer.from(text, 'hex');

/** The result as text, or the code of the refusal; any other error is thrown on. */
function tried(work: () => { toString(): string }): string {
  try {
    return work().toString();
  } catch (error) {
    if (error instanceof AnonymizeError) return `refused: ${error.code}`;
    throw error;
  }
}

function sivHolds({ key, aad, msg, ct, result }: Vector<string>): boolean {
  const opened = tried(() => sivDecrypt(hex(key), hex(ct), [hex(aad)]).toString('hex'));
  if (result === 'invalid') return opened.startsWith('refused');
  return opened === msg && tried(() => sivEncrypt(hex(key), hex(msg), [hex(aad)]).toString('hex')) === ct;
}

function judgeFf1(faults: Faults): [number, number] {
  let [run, small] = [0, 0];
  for (const { radix, tests } of groupsOf<readonly number[]>('aes_ff1_radix10'))
    for (const vector of tests) {
      const ff1 = { key: hex(vector.key), tweak: hex(vector.tweak), radix };
      const isSmall = vector.flags.includes('SmallMessageSize');
      run += 1;
      if (isSmall) {
        small += 1;
        const said = tried(() => ff1Encrypt(ff1, vector.msg));
        faults.equal(said, 'refused: domain_too_small', `FF1 vector ${vector.tcId}`);
      }
      faults.check(
        ff1Holds(isSmall ? { ...ff1, leastDomain: 100 } : ff1, vector),
        `FF1 vector ${vector.tcId}`,
      );
    }
  return [run, small];
}

function ff1Holds(ff1: Ff1, { msg, ct, result }: Vector<readonly number[]>): boolean {
  const sealed = tried(() => ff1Encrypt(ff1, msg));
  if (result === 'invalid') return sealed.startsWith('refused');
  return sealed === ct.toString() && tried(() => ff1Decrypt(ff1, ct)) === msg.toString();
}
