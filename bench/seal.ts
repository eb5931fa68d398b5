/** Seal and unseal of a 64-byte field, against the bare `node:crypto` pair with the same associated data. */
import { createCipheriv, createDecipheriv, randomBytes, randomFillSync } from 'node:crypto';
import { placeData } from '../src/keys/associated.ts';
import { aesGcm } from '../src/keys/cipher.ts';
import { sealBytes, unsealBytes } from '../src/keys/seal.ts';
import { type Bench, timed } from './bench.ts';

const TIMES = 40_000;
const key = { bytes: randomBytes(32), version: 1 };
// 60 bytes and their length fill the 64-byte block that is sealed.
const value = randomBytes(60);
const padded = randomBytes(64);
const id = '01900000-0000-7000-8000-00000000000';
const places = Array.from({ length: 10 }, (_, at) => ({
  store: `${id}0`,
  customer: `${id}${at}`,
  row: `${id}${at}`,
  rowVersion: 1,
  field: at + 1,
}));
const header = Buffer.from([1, 1, 0, 1]);
const associated = places.map((place) => placeData(header, place));

function ours(): void {
  for (let at = 0; at < TIMES; at += 1) {
    const place = places[at % 10]!;
    unsealBytes(aesGcm, key, place, sealBytes(aesGcm, key, place, value));
  }
}

function bare(): void {
  const nonce = Buffer.alloc(12);
  for (let at = 0; at < TIMES; at += 1) {
    randomFillSync(nonce);
    const data = associated[at % 10]!;
    const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce, { authTagLength: 16 });
    cipher.setAAD(data);
    const sealed = Buffer.concat([cipher.update(padded), cipher.final()]);
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, nonce, { authTagLength: 16 });
    decipher.setAAD(data);
    decipher.setAuthTag(cipher.getAuthTag());
    Buffer.concat([decipher.update(sealed), decipher.final()]);
  }
}

export const sealBench: Bench = {
  name: 'seal',
  what: 'seal + unseal of a 64-byte field against the bare node:crypto pair (40,000 each)',
  better: 'higher',
  goal: 0.8,
  async run(runs) {
    ours();
    bare();
    const pairs = [];
    for (let run = 0; run < runs; run += 1)
      pairs.push({ oursMs: await timed(ours), baselineMs: await timed(bare) });
    return pairs;
  },
};
