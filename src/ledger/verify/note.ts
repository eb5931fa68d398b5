/** Reads signed notes and checkpoints (c2sp.org/signed-note, c2sp.org/tlog-checkpoint) as an outsider does. */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';

interface Verifier {
  readonly name: string;
  readonly id: string;
  readonly key: KeyObject;
}

export interface SignedTree {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

/** Throws an `Error` with a sentence when a key is not `name+hash+base64(0x01 ‖ Ed25519 key)`. */
export function readVerifier(vkey: string): Verifier {
  const first = vkey.indexOf('+');
  const second = vkey.indexOf('+', first + 1);
  const [name, id, encoded] = [vkey.slice(0, first), vkey.slice(first + 1, second), vkey.slice(second + 1)];
  const bytes = Buffer.from(encoded, 'base64');
  const expected = createHash('sha256').update(name).update('\n').update(bytes).digest('hex').slice(0, 8);
  if (first < 1 || second < 0 || bytes.length !== 33 || bytes[0] !== 1 || id !== expected) {
    throw new Error('A key is not a whole Ed25519 verifier key (name+hash+key).');
  }
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.subarray(1).toString('base64url') };
  return { name, id, key: createPublicKey({ key: jwk, format: 'jwk' }) };
}

/**
 * The names of the given keys that truly signed the text. A line that claims a given key's name
 * and id and does not verify spoils them all. Throws an `Error` with a sentence.
 */
export function signersOf(text: string, signatureLines: string, vkeys: readonly string[]): Set<string> {
  const verifiers = vkeys.map(readVerifier);
  if (!signatureLines.endsWith('\n')) throw new Error('The note has no whole signature line.');
  const names = new Set<string>();
  for (const line of signatureLines.slice(0, -1).split('\n')) {
    const [dash, name, encoded, ...more] = line.split(' ');
    if (dash !== '—' || !name || !encoded || more.length > 0)
      throw new Error('A signature line is malformed.');
    const bytes = Buffer.from(encoded, 'base64');
    if (bytes.length < 5 || bytes.toString('base64') !== encoded)
      throw new Error('A signature line is malformed.');
    const id = bytes.subarray(0, 4).toString('hex');
    const claimed = verifiers.filter((verifier) => verifier.name === name && verifier.id === id);
    if (claimed.length === 0) continue;
    if (!claimed.some(({ key }) => verify(null, Buffer.from(text), key, bytes.subarray(4)))) {
      throw new Error('A signature does not verify.');
    }
    names.add(name);
  }
  if (names.size === 0) throw new Error('None of the given keys signed.');
  return names;
}

/** A checkpoint that the log itself signed: by a given key whose name is the origin. Throws an `Error` with a sentence. */
export function openCheckpoint(note: string, vkeys: readonly string[]): SignedTree {
  const end = note.lastIndexOf('\n\n');
  if (end < 0) throw new Error('The checkpoint is not a signed note.');
  const text = note.slice(0, end + 1);
  const [origin = '', size = '', encoded = ''] = text.split('\n');
  if (!signersOf(text, note.slice(end + 2), vkeys).has(origin)) {
    throw new Error('The checkpoint is not signed by a key of its origin.');
  }
  const root = Buffer.from(encoded, 'base64');
  const decimal = /^(0|[1-9][0-9]{0,15})$/.test(size) && Number.isSafeInteger(Number(size));
  if (!decimal || root.length !== 32 || root.toString('base64') !== encoded) {
    throw new Error('The checkpoint does not give a size and a root.');
  }
  return { origin, size: Number(size), root };
}
