import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendHashes, leafHash, rootOf, type TileRoot } from './tree.ts';

const NOTHING = Buffer.alloc(0);
const sha256 = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();

/** MTH as RFC 6962 §2.1 writes it. */
function naiveRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return sha256(Buffer.of(0), leaves[0]!);
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return sha256(Buffer.of(1), naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)));
}

function appendInBatches(leaves: readonly Buffer[], cuts: readonly number[]) {
  let tree = { size: 0, frontier: NOTHING };
  const nodes: TileRoot[] = [];
  const borders = [...new Set([0, ...cuts.map((cut) => cut % (leaves.length + 1)), leaves.length])];
  borders.sort((a, b) => a - b);
  for (const [at, border] of borders.entries()) {
    const batch = leaves.slice(border, borders[at + 1] ?? border).map(leafHash);
    const { nodes: completed, ...grown } = appendHashes(tree.size, tree.frontier, batch);
    tree = grown as { size: number; frontier: Buffer<ArrayBuffer> };
    nodes.push(...completed);
  }
  return { ...tree, nodes };
}

describe('the tree', () => {
  it('gives the empty log the root that RFC 6962 gives it', () => {
    expect(rootOf(0, NOTHING).toString('hex')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });

  it('has the same root as the naive tree, however the entries were batched', () => {
    const leaf = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes));
    const leaves = fc.array(leaf, { maxLength: 70 });
    fc.assert(
      fc.property(leaves, fc.array(fc.nat(), { maxLength: 6 }), (all, cuts) => {
        const grown = appendInBatches(all, cuts);
        expect(grown.size).toBe(all.length);
        expect(rootOf(grown.size, grown.frontier)).toEqual(naiveRoot(all));
      }),
      { numRuns: 200 },
    );
  });

  it('reports the root of each tile once, when the tile is complete', () => {
    const leaves = Array.from({ length: 1_100 }, (_, at) => Buffer.from(`entry ${at}`));
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 8 }), (cuts) => {
        const { nodes } = appendInBatches(leaves, cuts);
        expect(nodes.map(({ level, n }) => `${level}/${n}`)).toEqual(['1/0', '1/1', '1/2', '1/3']);
        for (const { n, hash } of nodes) {
          expect(hash).toEqual(naiveRoot(leaves.slice(256 * n, 256 * n + 256)));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('reports the root of a tile of tiles at its 65,536th entry', () => {
    const leaves = Array.from({ length: 65_536 }, (_, at) => leafHash(Buffer.from(`entry ${at}`)));
    const { nodes, size, frontier } = appendHashes(0, NOTHING, leaves);
    const above = nodes.filter(({ level }) => level === 2);
    expect(nodes).toHaveLength(257);
    expect(above).toEqual([{ level: 2, n: 0, hash: rootOf(size, frontier) }]);
  });

  it('counts beyond 32 bits', () => {
    const size = 2 ** 40 - 1;
    const frontier = Buffer.alloc(32 * 40, 7);
    const grown = appendHashes(size, frontier, [leafHash(NOTHING)]);
    expect(grown.size).toBe(2 ** 40);
    expect(grown.frontier).toHaveLength(32);
    expect(grown.nodes.map(({ level, n }) => [level, n])).toEqual([
      [1, 2 ** 32 - 1],
      [2, 2 ** 24 - 1],
      [3, 2 ** 16 - 1],
      [4, 255],
      [5, 0],
    ]);
  });

  it('refuses a frontier that does not belong to the size', () => {
    expect(() => rootOf(3, Buffer.alloc(32))).toThrow(/frontier/);
    expect(() => appendHashes(-1, NOTHING, [])).toThrow(/frontier/);
    expect(() => appendHashes(2, Buffer.alloc(33), [])).toThrow(/frontier/);
    expect(() => appendHashes(1, Buffer.alloc(32), [Buffer.alloc(31)])).toThrow(/32 bytes/);
  });
});
