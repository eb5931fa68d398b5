/**
 * Root provider → epoch key → random data key per customer and retention class. A data key is wrapped
 * under its epoch key; the wrap carries a commitment, since AES-GCM commits to no key. The cache only
 * saves the unwrapping: it is asked with the wrapped bytes that were read in the caller's transaction,
 * so a key shredded there cannot be found here.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { BaileeError } from '../platform/errors.ts';
import type { RootProvider } from '../platform/key-ports.ts';
import { associated, uint32 } from './associated.ts';
import { aesGcm } from './cipher.ts';

/** An unwrapped key, and the version that its ciphertexts carry. */
export interface DataKey {
  readonly bytes: Buffer;
  readonly version: number;
}

/** All that the hierarchy asks of the context. */
export interface Rooted {
  readonly root: RootProvider;
}

/** What a wrapped key is bound to. */
export interface WrapPlace {
  /** `data`, `row` or `secret`. */
  readonly family: string;
  /** Customer, row or name. */
  readonly owner: string;
  readonly class: number;
  readonly version: number;
}

export interface WrappedKey {
  readonly epoch: number;
  readonly wrapped: Buffer;
  readonly commitment: Buffer;
}

function wrapData(place: WrapPlace, epoch: number): Buffer {
  return associated([
    Buffer.from('bailee/wrap/v1'),
    Buffer.from(place.family),
    Buffer.from(place.owner),
    uint32(place.class),
    uint32(place.version),
    uint32(epoch),
  ]);
}

function commit(key: Buffer, place: WrapPlace): Buffer {
  const data = associated([
    Buffer.from('bailee/commit/v1'),
    Buffer.from(place.family),
    Buffer.from(place.owner),
    uint32(place.class),
    uint32(place.version),
  ]);
  return createHmac('sha256', key).update(data).digest();
}

/** Wraps `key` under the current epoch, or the one given. */
export function wrap(
  ctx: Rooted,
  key: Buffer,
  place: WrapPlace,
  epoch: number = ctx.root.currentEpoch(),
): WrappedKey {
  return {
    epoch,
    wrapped: aesGcm.encrypt(ctx.root.epochKey(epoch), key, wrapData(place, epoch)),
    commitment: commit(key, place),
  };
}

/** Unwraps and checks the commitment. Throws `epoch_destroyed` or `sealed_value_damaged`. */
export function unwrap(ctx: Rooted, row: WrappedKey, place: WrapPlace): Buffer {
  const epochKey = ctx.root.epochKey(row.epoch);
  let key: Buffer;
  try {
    key = aesGcm.decrypt(epochKey, row.wrapped, wrapData(place, row.epoch));
  } catch (error) {
    throw new BaileeError(
      'sealed_value_damaged',
      'A wrapped key does not match its place or its epoch.',
      undefined,
      error,
    );
  }
  const expected = commit(key, place);
  if (row.commitment.length !== expected.length || !timingSafeEqual(row.commitment, expected))
    throw new BaileeError('sealed_value_damaged', 'A wrapped key does not match its commitment.');
  return key;
}

/** Keys held at most. */
export const CACHE_MOST = 20_000;

interface Kept {
  readonly place: WrapPlace;
  readonly epoch: number;
  readonly key: Buffer;
}

/** Bounded memory of unwrapped keys, by wrapped bytes and the place they are bound to; the oldest go first. */
export class KeyCache {
  /** By wrapped bytes, which are random and so there once. */
  readonly #entries = new Map<string, Kept>();

  /** The key of a row as it stands in the caller's transaction. */
  open(ctx: Rooted, row: WrappedKey, place: WrapPlace): Buffer {
    const id = row.wrapped.toString('latin1');
    const known = this.#entries.get(id);
    if (known !== undefined && known.epoch === row.epoch && isSame(known.place, place)) return known.key;
    const key = unwrap(ctx, row, place);
    this.#keep(id, { place, epoch: row.epoch, key });
    return key;
  }

  remember(row: WrappedKey, place: WrapPlace, key: Buffer): void {
    this.#keep(row.wrapped.toString('latin1'), { place, epoch: row.epoch, key });
  }

  #keep(id: string, kept: Kept): void {
    if (this.#entries.size >= CACHE_MOST) {
      const oldest = this.#entries.keys().next().value;
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    this.#entries.set(id, kept);
  }

  get size(): number {
    return this.#entries.size;
  }

  clear(): void {
    this.#entries.clear();
  }
}

function isSame(a: WrapPlace, b: WrapPlace): boolean {
  return a.owner === b.owner && a.class === b.class && a.version === b.version && a.family === b.family;
}

const caches = new WeakMap<object, KeyCache>();

/** The cache that belongs to a root provider. */
export function keyCache(ctx: Rooted): KeyCache {
  let cache = caches.get(ctx.root);
  if (cache === undefined) {
    cache = new KeyCache();
    caches.set(ctx.root, cache);
  }
  return cache;
}
