/**
 * A ledger leaf says nothing by itself: it is a salted commitment to a canonical entry. With the
 * salt it proves the entry; without it, it is noise.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { BaileeError } from '../platform/errors.ts';

export type CanonicalValue =
  | string
  | number
  | boolean
  | null
  | readonly CanonicalValue[]
  | { readonly [name: string]: CanonicalValue };
export type CanonicalEntry = { readonly [name: string]: CanonicalValue };

export const SALT_BYTES = 32;
const MAX_DEPTH = 32;

/**
 * RFC 8785 over the values that have one spelling everywhere: strings, integers, booleans, null,
 * arrays, plain objects. Throws `BaileeError('internal')` for anything else (fractions, integers
 * beyond 2^53, undefined, lone surrogates, nesting beyond 32).
 */
export function canonical(value: CanonicalValue, depth = 0): string {
  if (depth > MAX_DEPTH) throw notCanonical('nesting');
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw notCanonical('a number that is not a safe integer');
    return String(value);
  }
  if (Array.isArray(value)) {
    return `[${Array.from(value, (item: CanonicalValue) => canonical(item, depth + 1)).join(',')}]`;
  }
  if (!isPlainObject(value)) throw notCanonical(typeof value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${quote(name)}:${canonical(value[name]!, depth + 1)}`);
  return `{${members.join(',')}}`;
}

/** The leaf of an entry: UTF-8 JSON `{"v":1,"c":"<base64 HMAC-SHA256(salt, canonical entry)>"}`. Salt: 32 bytes. */
export function commit(entry: CanonicalEntry, salt: Buffer): Buffer {
  if (salt.length !== SALT_BYTES) throw new BaileeError('internal', 'The salt of a ledger leaf is 32 bytes.');
  const commitment = createHmac('sha256', salt).update(canonical(entry)).digest('base64');
  return Buffer.from(`{"v":1,"c":"${commitment}"}`);
}

/** True when the leaf commits to this entry under this salt. Takes the same time wherever they differ. */
export function opens(leaf: Buffer, entry: CanonicalEntry, salt: Buffer): boolean {
  const expected = commit(entry, salt);
  return leaf.length === expected.length && timingSafeEqual(leaf, expected);
}

function quote(text: string): string {
  if (!text.isWellFormed()) throw notCanonical('a lone surrogate');
  return JSON.stringify(text);
}

function isPlainObject(value: unknown): value is CanonicalEntry {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function notCanonical(what: string): BaileeError {
  return new BaileeError('internal', `A ledger entry cannot hold ${what}.`);
}
