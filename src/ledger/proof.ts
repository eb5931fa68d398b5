/**
 * Inclusion and consistency proofs (RFC 9162 §2.1.3, §2.1.4), without knowing where hashes are kept:
 * a proof is first a plan of the perfect subtrees it needs, then the hashes that a getter finds for them.
 */
import { BaileeError } from '../platform/errors.ts';
import { HASH_BYTES, joinHashes, nodeHash } from './tree.ts';

/** A perfect subtree: its root covers the entries [index · 2^height, (index + 1) · 2^height). */
export interface Subtree {
  readonly height: number;
  readonly index: number;
}

/** One list for each hash of the proof; the roots in a list, joined, are that hash. */
export type ProofPlan = Subtree[][];

export type HashGetter = (height: number, index: number) => Buffer | Promise<Buffer>;

/** The subtrees that prove entry `index` in the tree of `size` entries, from the leaf upwards. */
export function planInclusion(index: number, size: number): ProofPlan {
  if (!isCount(index) || !isCount(size) || index >= size) {
    throw new BaileeError('not_found', 'The ledger has no such entry.', { index, size });
  }
  const plan: ProofPlan = [];
  let start = 0;
  let length = size;
  while (length > 1) {
    const left = leftHalf(length);
    if (index < start + left) {
      plan.push(cover(start + left, length - left));
      length = left;
    } else {
      plan.push(cover(start, left));
      start += left;
      length -= left;
    }
  }
  return plan.reverse();
}

/** The subtrees that prove that the tree of `to` entries extends the tree of `from` entries; 0 < from ≤ to. */
export function planConsistency(from: number, to: number): ProofPlan {
  if (!isCount(from) || !isCount(to) || from === 0 || from > to) {
    throw new BaileeError('bad_request', 'A consistency proof needs 0 < from ≤ to.', { from, to });
  }
  const plan: ProofPlan = [];
  let start = 0;
  let length = to;
  while (start + length !== from) {
    const left = leftHalf(length);
    if (from <= start + left) {
      plan.push(cover(start + left, length - left));
      length = left;
    } else {
      plan.push(cover(start, left));
      start += left;
      length -= left;
    }
  }
  // The old tree's own root needs no hash: the verifier brings it.
  if (start > 0) plan.push(cover(start, length));
  return plan.reverse();
}

/** The hashes of a plan, in its order. */
export async function gatherProof(plan: ProofPlan, get: HashGetter): Promise<Buffer[]> {
  const proof: Buffer[] = [];
  for (const subtrees of plan) {
    const hashes: Buffer[] = [];
    for (const { height, index } of subtrees) hashes.push(await get(height, index));
    proof.push(joinHashes(hashes));
  }
  return proof;
}

/** Inclusion proof of entry `index` in the tree of `size` entries. */
export function inclusionProof(index: number, size: number, get: HashGetter): Promise<Buffer[]> {
  return gatherProof(planInclusion(index, size), get);
}

/** Consistency proof from the tree of `from` entries to the tree of `to` entries. */
export function consistencyProof(from: number, to: number, get: HashGetter): Promise<Buffer[]> {
  return gatherProof(planConsistency(from, to), get);
}

/** RFC 9162 §2.1.3.2: is `leaf` (a leaf hash) entry `index` of the tree with this size and root? */
export function verifyInclusion(
  index: number,
  size: number,
  leaf: Buffer,
  proof: readonly Buffer[],
  root: Buffer,
): boolean {
  if (!isCount(index) || !isCount(size) || index >= size || !areHashes([leaf, ...proof])) return false;
  let node = index;
  let last = size - 1;
  let running = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      running = nodeHash(sibling, running);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      running = nodeHash(running, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && running.equals(root);
}

/**
 * RFC 9162 §2.1.4.2: does the tree (`to`, `toRoot`) extend the tree (`from`, `fromRoot`)?
 * Defined for 0 < from ≤ to: against the empty tree a proof would say nothing, so it is refused.
 */
export function verifyConsistency(
  from: number,
  to: number,
  fromRoot: Buffer,
  toRoot: Buffer,
  proof: readonly Buffer[],
): boolean {
  if (!isCount(from) || !isCount(to) || from === 0 || from > to || !areHashes(proof)) return false;
  if (from === to) return proof.length === 0 && fromRoot.equals(toRoot);
  if (proof.length === 0) return false;
  let node = from - 1;
  let last = to - 1;
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  // When the old tree is one perfect subtree, its root is where the proof starts.
  const [seed, ...rest] = node === 0 ? [fromRoot, ...proof] : proof;
  if (seed?.length !== HASH_BYTES) return false;
  let older = seed;
  let newer = seed;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      older = nodeHash(sibling, older);
      newer = nodeHash(sibling, newer);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      newer = nodeHash(newer, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && older.equals(fromRoot) && newer.equals(toRoot);
}

/** Largest power of two below `length` (> 1). */
function leftHalf(length: number): number {
  let left = 1;
  while (left * 2 < length) left *= 2;
  return left;
}

/** The perfect subtrees, largest first, of `length` entries from `start`, which the tree aligns for us. */
function cover(start: number, length: number): Subtree[] {
  const subtrees: Subtree[] = [];
  let from = start;
  let rest = length;
  while (rest > 0) {
    let height = 0;
    while (2 ** (height + 1) <= rest) height++;
    subtrees.push({ height, index: from / 2 ** height });
    from += 2 ** height;
    rest -= 2 ** height;
  }
  return subtrees;
}

// Numbers beyond 32 bits must halve exactly, so no bit operators here.
function half(value: number): number {
  return Math.floor(value / 2);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function areHashes(hashes: readonly Buffer[]): boolean {
  return hashes.every((hash) => hash.length === HASH_BYTES);
}
