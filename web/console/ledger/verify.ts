/**
 * Checks what the ledger says of itself, in the browser: inclusion proofs (RFC 9162 §2.1.3.2, hashed as RFC 6962
 * §2.1 has it) and the signature of a checkpoint (c2sp.org/signed-note). It believes no answer of the server and
 * shares nothing with the code that writes the ledger.
 */
type Bytes = Uint8Array<ArrayBuffer>;

export interface Checkpoint {
  /** Which log it is. */
  readonly origin: string;
  readonly size: number;
  readonly root: Bytes;
  /** What was signed, its last newline included. */
  readonly text: string;
  readonly signatures: readonly { readonly name: string; readonly id: Bytes; readonly signature: Bytes }[];
}

/** `unknown`: none of the keys signed it. `unable`: this browser has no Ed25519. */
export type Verdict = 'holds' | 'fails' | 'unknown' | 'unable';

const ED25519 = 1;
const HASH_BYTES = 32;

/** Takes a signed checkpoint apart without believing it. Throws when it is none. */
export function readCheckpoint(note: string): Checkpoint {
  const border = note.lastIndexOf('\n\n');
  const text = note.slice(0, border + 1);
  const [origin = '', size = '', root = ''] = text.split('\n');
  const signatures = [...note.slice(border + 2).matchAll(/^— (\S+) (\S+)$/gmu)].map(
    ([, name = '', base64 = '']) => {
      const bytes = bytesOf(base64);
      return { name, id: bytes.slice(0, 4), signature: bytes.slice(4) };
    },
  );
  const whole = border > 0 && origin !== '' && /^(0|[1-9]\d*)$/.test(size) && signatures.length > 0;
  const hash = bytesOf(root);
  if (!whole || !Number.isSafeInteger(Number(size)) || hash.length !== HASH_BYTES)
    throw new Error('This is not a signed checkpoint.');
  return { origin, size: Number(size), root: hash, text, signatures };
}

/** SHA-256(0x00 ‖ leaf). */
export function leafHash(leaf: Bytes): Promise<Bytes> {
  return sha256([0], leaf);
}

/** The root that a proof leads to from a leaf hash; null when no proof of this length can belong to this place. */
export async function rootOf(
  index: number,
  size: number,
  leaf: Bytes,
  proof: readonly Bytes[],
): Promise<Bytes | null> {
  if (index < 0 || index >= size || proof.some(({ length }) => length !== HASH_BYTES)) return null;
  let node = index;
  let last = size - 1;
  let root = leaf;
  for (const sibling of proof) {
    if (last === 0) return null;
    if (node % 2 === 1 || node === last) {
      root = await sha256([1], sibling, root);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      root = await sha256([1], root, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 ? root : null;
}

/** Whether the leaf is entry `index` of the tree of the checkpoint. */
export async function inclusionHolds(
  { size, root }: Pick<Checkpoint, 'size' | 'root'>,
  index: number,
  leaf: Bytes,
  proof: readonly Bytes[],
): Promise<boolean> {
  const found = await rootOf(index, size, await leafHash(leaf), proof);
  return found !== null && same(found, root);
}

/** Whether one of the keys (`name+hash+key`) signed the checkpoint under the name of its log. */
export async function signatureHolds(checkpoint: Checkpoint, vkeys: readonly string[]): Promise<Verdict> {
  for (const vkey of vkeys) {
    const key = await readKey(vkey);
    const found = checkpoint.signatures.find(
      ({ name, id }) => name === key?.name && name === checkpoint.origin && same(id, key.id),
    );
    if (key === null || found === undefined) continue;
    const imported = await crypto.subtle
      .importKey('raw', key.bytes, { name: 'Ed25519' }, false, ['verify'])
      .catch(() => null);
    if (imported === null) return 'unable';
    const text = new TextEncoder().encode(checkpoint.text);
    return (await crypto.subtle.verify('Ed25519', imported, found.signature, text)) ? 'holds' : 'fails';
  }
  return 'unknown';
}

async function readKey(vkey: string): Promise<{ name: string; id: Bytes; bytes: Bytes } | null> {
  const [, name = '', hex = '', base64 = ''] = /^([^+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(vkey) ?? [];
  const encoded = bytesOf(base64);
  if (encoded.length !== HASH_BYTES + 1 || encoded[0] !== ED25519) return null;
  const id = (await sha256([...new TextEncoder().encode(`${name}\n`)], encoded)).slice(0, 4);
  return toHex(id) === hex ? { name, id, bytes: encoded.slice(1) } : null;
}

/** A proof that travels with its checkpoint (c2sp.org/tlog-proof). `proof` is in base64, as it came. */
export function proofFile(index: number, proof: readonly string[], checkpoint: string): string {
  return `${['c2sp.org/tlog-proof@v1', `index ${index}`, ...proof].join('\n')}\n\n${checkpoint}`;
}

/** Empty for what is not base64. */
export function bytesOf(base64: string): Bytes {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

export function toHex(bytes: Bytes): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function sha256(prefix: readonly number[], ...parts: readonly Bytes[]): Promise<Bytes> {
  const whole = Uint8Array.from([...prefix, ...parts.flatMap((part) => [...part])]);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole));
}

function same(one: Bytes, other: Bytes): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

function half(number: number): number {
  return Math.floor(number / 2);
}
