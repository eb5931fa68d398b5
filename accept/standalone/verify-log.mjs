#!/usr/bin/env node
/**
 * Verifies the ledger of a running server with nothing but a cryptography library.
 *
 *   node verify-log.mjs BASE_URL VKEY      e.g. http://127.0.0.1:4000 'shop.example/ledger+1a2b3c4d+AX…='
 *
 * Reads the checkpoint (c2sp.org/tlog-checkpoint), checks its Ed25519 signature, then reads every
 * entry bundle and every hash tile (c2sp.org/tlog-tiles) and computes the root anew (RFC 6962).
 * Prints one line: `ok size=… root=…`, or the fault and exits with 1.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';

const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

class Fault extends Error {}

const insist = (holds, fault) => {
  if (!holds) throw new Fault(fault);
};

/** Root over a row of hashes: neighbours are paired, an odd last one rises as it is. */
function pairUp(hashes) {
  let row = hashes;
  while (row.length > 1) {
    const above = [];
    for (let at = 0; at + 1 < row.length; at += 2) above.push(sha256(NODE, row[at], row[at + 1]));
    if (row.length % 2 === 1) above.push(row[row.length - 1]);
    row = above;
  }
  return row[0] ?? sha256();
}

function readCheckpoint(note, vkey) {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey) ?? [];
  insist(name, 'VKEY is not a verifier key (name+hash+key)');
  const algorithmAndKey = Buffer.from(encoded, 'base64');
  insist(algorithmAndKey.length === 33 && algorithmAndKey[0] === 1, 'VKEY is not an Ed25519 key');
  insist(sha256(`${name}\n`, algorithmAndKey).toString('hex', 0, 4) === id, 'VKEY does not match its hash');
  const x = algorithmAndKey.subarray(1).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });

  const border = note.lastIndexOf('\n\n');
  insist(border > 0 && note.endsWith('\n'), 'the checkpoint is not a signed note');
  const text = note.slice(0, border + 1);
  const prefix = `— ${name} `;
  const ours = note
    .slice(border + 2, -1)
    .split('\n')
    .filter((line) => line.startsWith(prefix))
    .map((line) => Buffer.from(line.slice(prefix.length), 'base64'))
    .filter((signature) => signature.toString('hex', 0, 4) === id);
  insist(ours.length > 0, 'the checkpoint is not signed by this key');
  const verified = ours.every((signature) => verify(null, Buffer.from(text), key, signature.subarray(4)));
  insist(verified, 'the signature of the checkpoint does not verify');

  const [origin, size, root] = text.split('\n');
  insist(origin === name, 'the checkpoint is of another log');
  insist(/^(0|[1-9]\d{0,14})$/.test(size), 'the checkpoint gives no size');
  return { size: Number(size), root };
}

async function get(url) {
  const response = await fetch(url, { redirect: 'error' });
  insist(response.status === 200, `${url} answers ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

function tilePath(level, n, width) {
  const digits = String(n);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g);
  const last = groups.pop();
  return `tile/${level}/${groups.map((group) => `x${group}/`).join('')}${last}${width < 256 ? `.p/${width}` : ''}`;
}

function leavesOf(bundle, path) {
  const leaves = [];
  for (let at = 0; at < bundle.length; ) {
    insist(at + 2 <= bundle.length, `${path} is cut off`);
    const end = at + 2 + bundle.readUInt16BE(at);
    insist(end <= bundle.length, `${path} is cut off`);
    leaves.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return leaves;
}

async function main(base, vkey) {
  const log = `${base.replace(/\/+$/, '')}/ledger`;
  const { size, root } = readCheckpoint((await get(`${log}/checkpoint`)).toString('utf8'), vkey);

  // levels[l] holds the hashes of the tile in progress at level l.
  const levels = [];
  const check = async (level, n, hashes) => {
    const path = tilePath(level, n, hashes.length);
    insist((await get(`${log}/${path}`)).equals(Buffer.concat(hashes)), `${path} does not match the entries`);
  };
  const add = async (level, n, hash) => {
    levels[level] ??= [];
    levels[level].push(hash);
    if (levels[level].length < 256) return;
    const full = levels[level];
    levels[level] = [];
    await check(level, Math.floor(n / 256), full);
    await add(level + 1, Math.floor(n / 256), pairUp(full));
  };
  for (let first = 0; first < size; first += 256) {
    const path = tilePath('entries', first / 256, Math.min(256, size - first));
    const leaves = leavesOf(await get(`${log}/${path}`), path);
    insist(leaves.length === Math.min(256, size - first), `${path} does not hold the entries it should`);
    for (const [at, leaf] of leaves.entries()) await add(0, first + at, sha256(LEAF, leaf));
  }

  let right = [];
  for (const [level, hashes] of levels.entries()) {
    if (hashes.length > 0) await check(level, Math.floor(size / 256 ** (level + 1)), hashes);
    const row = [...hashes, ...right];
    right = row.length > 0 ? [pairUp(row)] : [];
  }
  const computed = pairUp(right).toString('base64');
  insist(computed === root, 'the entries do not give the signed root');
  return `ok size=${size} root=${root}`;
}

const [base, vkey] = process.argv.slice(2);
try {
  insist(base && vkey, 'usage: node verify-log.mjs BASE_URL VKEY');
  console.log(await main(base, vkey));
} catch (error) {
  console.log(error instanceof Fault ? error.message : `the log cannot be read: ${error.message}`);
  process.exitCode = 1;
}
