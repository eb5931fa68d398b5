/**
 * The Merkle tree of RFC 6962 §2.1 (SHA-256) as a value that only grows: a size and its frontier,
 * the roots of the perfect subtrees from left to right, 32 bytes per set bit of the size.
 */
import { hash } from 'node:crypto';
import { BaileeError } from '../platform/errors.ts';

export const HASH_BYTES = 32;
/** Hashes in a full tile (c2sp.org/tlog-tiles). */
export const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;

/** The root of a completed tile: at level 1 it covers 256 entries, at level 2 65,536 … */
export interface TileRoot {
  readonly level: number;
  readonly n: number;
  readonly hash: Buffer;
}

export interface Appended {
  readonly size: number;
  readonly frontier: Buffer;
  readonly nodes: TileRoot[];
}

// Hashing is synchronous, so one scratch buffer saves an allocation for each of the 511 hashes of a batch.
const pair = Buffer.alloc(1 + 2 * HASH_BYTES, 1);
const EMPTY_ROOT = sha256(Buffer.alloc(0));

/** SHA-256(0x00 ‖ leaf), RFC 6962 §2.1. */
export function leafHash(leaf: Buffer): Buffer {
  const prefixed = Buffer.allocUnsafe(leaf.length + 1);
  prefixed[0] = 0;
  leaf.copy(prefixed, 1);
  return sha256(prefixed);
}

/** SHA-256(0x01 ‖ left ‖ right), RFC 6962 §2.1. Both are 32 bytes. */
export function nodeHash(left: Buffer, right: Buffer): Buffer {
  if (left.length !== HASH_BYTES || right.length !== HASH_BYTES)
    throw damaged('A tree hash is not 32 bytes.');
  left.copy(pair, 1);
  right.copy(pair, 1 + HASH_BYTES);
  return sha256(pair);
}

/** Joins neighbouring subtree roots, largest first, into the root above them; at least one. */
export function joinHashes(hashes: readonly Buffer[]): Buffer {
  let root = hashes[hashes.length - 1];
  if (root === undefined) throw damaged('There is no subtree to join.');
  for (let at = hashes.length - 2; at >= 0; at--) root = nodeHash(hashes[at]!, root);
  return root;
}

/**
 * Appends leaf hashes to a tree of `size` entries.
 * Throws `BaileeError('ledger_damaged')` when the frontier does not belong to the size.
 */
export function appendHashes(size: number, frontier: Buffer, leafHashes: readonly Buffer[]): Appended {
  const stack = splitFrontier(size, frontier);
  const nodes: TileRoot[] = [];
  let grown = size;
  for (const leaf of leafHashes) {
    let root = leaf;
    // Each trailing one bit of the size is a perfect subtree that this leaf completes a pair with.
    let index = grown;
    for (let height = 1; index % 2 === 1; height++) {
      root = nodeHash(stack.pop()!, root);
      index = (index - 1) / 2;
      if (height % TILE_HEIGHT === 0) nodes.push({ level: height / TILE_HEIGHT, n: index, hash: root });
    }
    stack.push(root);
    grown++;
  }
  return { size: grown, frontier: Buffer.concat(stack), nodes };
}

/** The Merkle Tree Hash; of the empty tree SHA-256(""). Throws like `appendHashes`. */
export function rootOf(size: number, frontier: Buffer): Buffer {
  const stack = splitFrontier(size, frontier);
  return stack.length === 0 ? Buffer.from(EMPTY_ROOT) : joinHashes(stack);
}

function splitFrontier(size: number, frontier: Buffer): Buffer[] {
  if (!Number.isSafeInteger(size) || size < 0 || frontier.length !== HASH_BYTES * setBits(size)) {
    throw damaged('The frontier of the ledger does not belong to its size.');
  }
  const stack: Buffer[] = [];
  for (let at = 0; at < frontier.length; at += HASH_BYTES) stack.push(frontier.subarray(at, at + HASH_BYTES));
  return stack;
}

function setBits(size: number): number {
  let bits = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) bits += rest % 2;
  return bits;
}

// A digest taken as a string and turned into a pooled buffer costs a third less than one taken as a buffer.
function sha256(bytes: Buffer): Buffer {
  return Buffer.from(hash('sha256', bytes, 'binary'), 'binary');
}

function damaged(message: string): BaileeError {
  return new BaileeError('ledger_damaged', message);
}
