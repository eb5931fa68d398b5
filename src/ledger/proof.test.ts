import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consistencyProof,
  inclusionProof,
  planInclusion,
  verifyConsistency,
  verifyInclusion,
} from './proof.ts';
import { appendHashes, leafHash, nodeHash, rootOf } from './tree.ts';

const MOST = 300;
const leaves = Array.from({ length: MOST }, (_, at) => leafHash(Buffer.from(`entry ${at}`)));

function get(height: number, index: number): Buffer {
  if (height === 0) return leaves[index]!;
  return nodeHash(get(height - 1, 2 * index), get(height - 1, 2 * index + 1));
}

function rootAt(size: number): Buffer {
  const { frontier } = appendHashes(0, Buffer.alloc(0), leaves.slice(0, size));
  return rootOf(size, frontier);
}

function flipped(hash: Buffer, bit: number): Buffer {
  const copy = Buffer.from(hash);
  const at = (bit >> 3) % 32;
  copy[at] = copy[at]! ^ (1 << (bit & 7));
  return copy;
}

const bit = fc.nat(255);
const indexAndSize = fc
  .integer({ min: 1, max: MOST })
  .chain((size) => fc.tuple(fc.nat(size - 1), fc.constant(size)));
const fromAndTo = fc
  .integer({ min: 1, max: MOST })
  .chain((to) => fc.tuple(fc.integer({ min: 1, max: to }), fc.constant(to)));

describe('an inclusion proof', () => {
  it('verifies for every entry of every size, and for no other entry, leaf, size or root', async () => {
    await fc.assert(
      fc.asyncProperty(indexAndSize, bit, fc.nat(), async ([index, size], at, pick) => {
        const [leaf, root] = [leaves[index]!, rootAt(size)];
        const proof = await inclusionProof(index, size, get);
        expect(verifyInclusion(index, size, leaf, proof, root)).toBe(true);
        expect(verifyInclusion(index, size, flipped(leaf, at), proof, root)).toBe(false);
        expect(verifyInclusion(index, size, leaf, proof, flipped(root, at))).toBe(false);
        expect(verifyInclusion(index, size, leaf, [...proof, leaf], root)).toBe(false);
        if (size > 1) {
          expect(verifyInclusion((index + 1) % size, size, leaf, proof, root)).toBe(false);
          expect(verifyInclusion(index, size, leaf, proof.slice(1), root)).toBe(false);
          const altered = proof.with(pick % proof.length, flipped(proof[pick % proof.length]!, at));
          expect(verifyInclusion(index, size, leaf, altered, root)).toBe(false);
        }
      }),
    );
  });

  it('is refused for an entry that the tree does not hold', () => {
    expect(() => planInclusion(5, 5)).toThrow(/no such entry/);
    expect(() => planInclusion(-1, 5)).toThrow(/no such entry/);
    expect(() => planInclusion(0.5, 5)).toThrow(/no such entry/);
    expect(verifyInclusion(2 ** 64, 5, leaves[0]!, [], leaves[0]!)).toBe(false);
    expect(verifyInclusion(0, 1, Buffer.from('short'), [], Buffer.from('short'))).toBe(false);
  });
});

describe('a consistency proof', () => {
  it('verifies between every two sizes, and breaks when anything is altered', async () => {
    await fc.assert(
      fc.asyncProperty(fromAndTo, bit, fc.nat(), async ([from, to], at, pick) => {
        const [older, newer] = [rootAt(from), rootAt(to)];
        const proof = await consistencyProof(from, to, get);
        expect(verifyConsistency(from, to, older, newer, proof)).toBe(true);
        expect(verifyConsistency(from, to, flipped(older, at), newer, proof)).toBe(false);
        expect(verifyConsistency(from, to, older, flipped(newer, at), proof)).toBe(false);
        expect(verifyConsistency(from, to, older, newer, [...proof, newer])).toBe(false);
        if (proof.length > 0) {
          const altered = proof.with(pick % proof.length, flipped(proof[pick % proof.length]!, at));
          expect(verifyConsistency(from, to, older, newer, altered)).toBe(false);
          expect(verifyConsistency(from, to, older, newer, proof.slice(1))).toBe(false);
          expect(verifyConsistency(from, to, older, newer, [])).toBe(false);
          expect(verifyConsistency(to, from, newer, older, proof)).toBe(false);
        }
      }),
    );
  });

  it('is not made from the empty log, nor backwards', () => {
    expect(() => consistencyProof(0, 5, get)).toThrow(/0 < from/);
    expect(() => consistencyProof(6, 5, get)).toThrow(/0 < from/);
  });
});
