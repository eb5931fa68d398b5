/**
 * Sealing of one value. Layout: format (1) ‖ schema (1) ‖ key version (2, big-endian) ‖ nonce ‖ ciphertext ‖ tag.
 * The four header bytes and the place of the value are associated data. Short values are padded, so that
 * the length of a name or a phone number is not told by the length of its ciphertext.
 */
import { BaileeError } from '../platform/errors.ts';
import type { Cipher } from '../platform/key-ports.ts';
import { PLACE_BYTES, type Place, placeData } from './associated.ts';
import type { DataKey } from './hierarchy.ts';

const FORMAT = 1;
const SCHEMA = 1;
const HEADER = 4;

/** Where short values are written before they are sealed; empty again after. */
const SCRATCH_BYTES = 16 * 1024;
const scratch = Buffer.alloc(SCRATCH_BYTES);
/** A cipher reads its associated data before it returns. */
const associated = Buffer.alloc(PLACE_BYTES);

/** Lengths after padding: 32, 64, 128, 256 bytes, then steps of 256; four bytes of each hold the true length. */
function paddedLength(length: number): number {
  const needed = length + 4;
  if (needed <= 32) return 32;
  if (needed <= 64) return 64;
  if (needed <= 128) return 128;
  return Math.ceil(needed / 256) * 256;
}

/** Seals bytes under `key` for `place`. */
export function sealBytes(cipher: Cipher, key: DataKey, place: Place, value: Buffer): Buffer {
  const padded = padding(value.length);
  value.copy(padded, 4);
  return sealPadded(cipher, key, place, padded);
}

/** A zeroed buffer of the padded length, with the true length in front. */
function padding(length: number): Buffer {
  const padded = Buffer.allocUnsafe(paddedLength(length));
  padded.writeUInt32BE(length);
  padded.fill(0, 4 + length);
  return padded;
}

function sealPadded(cipher: Cipher, key: DataKey, place: Place, padded: Buffer): Buffer {
  const header = headerFor(key);
  return cipher.encrypt(key.bytes, padded, placeData(header, place, associated), header);
}

/** Opens bytes. Throws `sealed_value_damaged` when key, place or content do not match. */
export function unsealBytes(cipher: Cipher, key: DataKey, place: Place, sealed: Buffer): Buffer {
  const padded = opened(readied(cipher, key, place, sealed));
  return padded.subarray(4, 4 + padded.readUInt32BE(0));
}

function readied(cipher: Cipher, key: DataKey, place: Place, sealed: Buffer): () => Buffer {
  if (
    sealed.length <= HEADER ||
    sealed[0] !== FORMAT ||
    sealed[1] !== SCHEMA ||
    sealed.readUInt16BE(2) !== key.version
  )
    throw damaged();
  try {
    return cipher.decrypter(key.bytes, sealed.subarray(HEADER), placeData(sealed, place, associated));
  } catch (error) {
    throw damaged(error);
  }
}

/** The padded value, whose first four bytes tell its length. */
function opened(decrypt: () => Buffer): Buffer {
  let padded: Buffer;
  try {
    padded = decrypt();
  } catch (error) {
    throw damaged(error);
  }
  if (padded.length < 4 || padded.readUInt32BE(0) > padded.length - 4) throw damaged();
  return padded;
}

/** Seals any JSON value as UTF-8. */
export function seal(cipher: Cipher, key: DataKey, place: Place, value: unknown): Buffer {
  const text = JSON.stringify(value);
  // Three bytes a UTF-16 unit at most: what surely fits needs no counting and no buffer of its own.
  if (4 + 3 * text.length > SCRATCH_BYTES) return sealBytes(cipher, key, place, Buffer.from(text));
  const length = scratch.write(text, 4);
  const padded = scratch.subarray(0, paddedLength(length));
  padded.writeUInt32BE(length);
  padded.fill(0, 4 + length);
  const sealed = sealPadded(cipher, key, place, padded);
  padded.fill(0);
  return sealed;
}

/** Opens a JSON value. */
export function unseal(cipher: Cipher, key: DataKey, place: Place, sealed: Buffer): unknown {
  return unsealer(cipher, key, place, sealed)();
}

/** The same in two steps: nothing is decrypted until what it returns is called, once. Both may throw. */
export function unsealer(cipher: Cipher, key: DataKey, place: Place, sealed: Buffer): () => unknown {
  const decrypt = readied(cipher, key, place, sealed);
  return () => {
    const padded = opened(decrypt);
    return JSON.parse(padded.toString('utf8', 4, 4 + padded.readUInt32BE(0)));
  };
}

const headers = new Map<number, Buffer>();

function headerFor(key: DataKey): Buffer {
  let header = headers.get(key.version);
  if (header === undefined) {
    header = Buffer.from([FORMAT, SCHEMA, key.version >> 8, key.version & 0xff]);
    headers.set(key.version, header);
  }
  return header;
}

function damaged(cause?: unknown): BaileeError {
  return new BaileeError(
    'sealed_value_damaged',
    'A sealed value does not match its place or its key.',
    undefined,
    cause,
  );
}
