/** Signed notes with Ed25519 keys (c2sp.org/signed-note). */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { BaileeError } from '../platform/errors.ts';

const ED25519 = 0x01;
const MAX_SIGNATURES = 64;
// DER frames (RFC 8410) around the bare 32 bytes of a seed and of a public key.
const PKCS8_FRAME = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_FRAME = Buffer.from('302a300506032b6570032100', 'hex');

/** A key that signs notes. `vkey` is its public half: `name+hash+base64(0x01 ‖ public key)`. */
export interface NoteSigner {
  readonly name: string;
  readonly vkey: string;
  readonly id: Buffer;
  readonly key: KeyObject;
}

export interface NoteSignature {
  readonly name: string;
  /** 4 bytes; with the name it says which key signed, and nothing about whether it truly did. */
  readonly id: Buffer;
  readonly signature: Buffer;
}

export interface Note {
  /** The signed text, its last newline included. */
  readonly text: string;
  readonly signatures: NoteSignature[];
}

/** A signer from a 32-byte Ed25519 seed (RFC 8032). Throws `invalid_configuration` for a bad name or seed. */
export function noteSigner(name: string, seed: Buffer): NoteSigner {
  if (!isKeyName(name) || seed.length !== 32) {
    throw new BaileeError(
      'invalid_configuration',
      'A ledger key needs a name without spaces and "+", and a seed of 32 bytes.',
    );
  }
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_FRAME, seed]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const encoded = Buffer.concat([Buffer.from([ED25519]), spki.subarray(SPKI_FRAME.length)]);
  const id = keyId(name, encoded);
  return { name, id, key, vkey: `${name}+${id.toString('hex')}+${encoded.toString('base64')}` };
}

/** The signed note of a text, which ends in a newline and holds no other control character. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  if (!isNoteText(text) || signers.length === 0) {
    throw new BaileeError('internal', 'A note needs a text that ends in a newline, and a signer.');
  }
  return `${text}\n${signers.map((signer) => signatureLine(text, signer)).join('')}`;
}

/** One signature line of a text, newline included. */
export function signatureLine(text: string, signer: NoteSigner): string {
  const signature = sign(null, Buffer.from(text), signer.key);
  return `— ${signer.name} ${Buffer.concat([signer.id, signature]).toString('base64')}\n`;
}

/** Takes a note apart without believing it. Throws `bad_request` when it is not a signed note. */
export function parseNote(note: string): Note {
  const border = note.lastIndexOf('\n\n');
  const text = note.slice(0, border + 1);
  const lines = note.slice(border + 2).split('\n');
  if (border < 0 || !isNoteText(text) || lines.pop() !== '') throw notANote();
  if (lines.length === 0 || lines.length > MAX_SIGNATURES) throw notANote();
  return { text, signatures: lines.map(parseSignature) };
}

/**
 * The text of a note that at least one of the keys signed. Signatures of unknown keys are ignored;
 * a known key's signature that does not verify spoils the note. Throws `bad_request`.
 */
export function openNote(note: string, vkeys: readonly string[]): string {
  const { text, signatures } = parseNote(note);
  const keys = vkeys.map(parseVkey);
  let verified = false;
  for (const { name, id, signature } of signatures) {
    const known = keys.filter((key) => key.name === name && key.id.equals(id));
    if (known.length === 0) continue;
    if (!known.some(({ key }) => verify(null, Buffer.from(text), key, signature))) {
      throw new BaileeError('bad_request', 'A signature of the note does not verify.', { key: name });
    }
    verified = true;
  }
  if (!verified) throw new BaileeError('bad_request', 'No known key signed the note.');
  return text;
}

/** The public key in a vkey. Throws `bad_request` unless it is a whole Ed25519 vkey. */
export function parseVkey(vkey: string): { name: string; id: Buffer; key: KeyObject } {
  const [, name = '', hex = '', base64 = ''] =
    /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(vkey) ?? [];
  const encoded = Buffer.from(base64, 'base64');
  const whole = encoded.length === 33 && encoded[0] === ED25519 && encoded.toString('base64') === base64;
  if (!isKeyName(name) || !whole || keyId(name, encoded).toString('hex') !== hex) {
    throw new BaileeError('bad_request', 'This is not an Ed25519 verifier key (name+hash+key).');
  }
  const spki = Buffer.concat([SPKI_FRAME, encoded.subarray(1)]);
  return {
    name,
    id: Buffer.from(hex, 'hex'),
    key: createPublicKey({ key: spki, format: 'der', type: 'spki' }),
  };
}

function keyId(name: string, encoded: Buffer): Buffer {
  return createHash('sha256').update(`${name}\n`).update(encoded).digest().subarray(0, 4);
}

function parseSignature(line: string): NoteSignature {
  const [, name = '', base64 = ''] = /^— (\S+) ([A-Za-z0-9+/]+=*)$/u.exec(line) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  if (!isKeyName(name) || bytes.length < 5 || bytes.toString('base64') !== base64) throw notANote();
  return { name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

function isKeyName(name: string): boolean {
  return name !== '' && isNoteText(`${name}\n`) && !/[\s+]/u.test(name);
}

function isNoteText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the format forbids exactly these
  return text.endsWith('\n') && !/[\u0000-\u0009\u000b-\u001f\p{Surrogate}]/u.test(text);
}

function notANote(): BaileeError {
  return new BaileeError('bad_request', 'This is not a signed note.');
}
