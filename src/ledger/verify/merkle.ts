/**
 * The verifier's own Merkle tree. Nothing in this folder is shared with the code that writes the
 * ledger: a fault there must not hide itself here.
 */
import { createHash } from 'node:crypto';

export const TILE = 256;

export function hashLeaf(leaf: Uint8Array): Buffer {
  return createHash('sha256').update(Uint8Array.of(0)).update(leaf).digest();
}

function hashChildren(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(Uint8Array.of(1)).update(left).update(right).digest();
}

/** MTH of RFC 6962 §2.1, by its own recursion, over hashes instead of entries. */
export function treeRoot(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 0) return createHash('sha256').digest();
  if (hashes.length === 1) return hashes[0]!;
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return hashChildren(treeRoot(hashes.slice(0, split)), treeRoot(hashes.slice(split)));
}

/** A log being read from the left: of each level only the tile in progress is kept. */
export class TileLevels {
  /** Hashes of the tile in progress, by level. */
  readonly open: Buffer[][] = [];
  size = 0;

  /** Adds a leaf hash; hands over every tile that it completes, lowest level first. */
  add(leafHash: Buffer): { level: number; n: number; hashes: Buffer[] }[] {
    const full: { level: number; n: number; hashes: Buffer[] }[] = [];
    let hash = leafHash;
    let n = this.size++;
    for (let level = 0; ; level++) {
      const tile = this.open[level] ?? [];
      tile.push(hash);
      this.open[level] = tile;
      n = Math.floor(n / TILE);
      if (tile.length < TILE) return full;
      this.open[level] = [];
      full.push({ level, n, hashes: tile });
      hash = treeRoot(tile);
    }
  }

  /** Root of what was added so far: each open tile takes what is right of it as its last hash. */
  root(): Buffer {
    let right: Buffer | undefined;
    for (const tile of this.open) {
      const hashes = right === undefined ? tile : [...tile, right];
      if (hashes.length > 0) right = treeRoot(hashes);
    }
    return right ?? treeRoot([]);
  }
}

/** Is the leaf at `index` of the tree of `size`, by the path of RFC 6962 §2.1.1? */
export function inclusionHolds(
  index: number,
  size: number,
  leafHash: Buffer,
  path: readonly Buffer[],
  root: Buffer,
): boolean {
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size))
    return false;
  if ([leafHash, ...path].some((hash) => hash.length !== 32)) return false;
  const computed = climb(index, size, leafHash, path);
  return computed !== null && root.equals(computed);
}

function climb(index: number, size: number, leafHash: Buffer, path: readonly Buffer[]): Buffer | null {
  const sibling = path[path.length - 1];
  if (size === 1) return sibling === undefined ? leafHash : null;
  if (sibling === undefined) return null;
  let split = 1;
  while (split * 2 < size) split *= 2;
  const below = path.slice(0, -1);
  if (index < split) {
    const left = climb(index, split, leafHash, below);
    return left && hashChildren(left, sibling);
  }
  const right = climb(index - split, size - split, leafHash, below);
  return right && hashChildren(sibling, right);
}
