import { describe, expect, it } from 'vitest';
import { formatCheckpoint } from '../../src/ledger/checkpoint-body.ts';
import { noteSigner, signNote } from '../../src/ledger/note.ts';
import { inclusionProof } from '../../src/ledger/proof.ts';
import { parseProof } from '../../src/ledger/tlog-proof.ts';
import { appendHashes, leafHash, nodeHash, rootOf } from '../../src/ledger/tree.ts';
import {
  bytesOf,
  inclusionHolds,
  proofFile,
  readCheckpoint,
  signatureHolds,
} from '../../web/console/ledger/verify.ts';

const LARGEST = 40;
const signer = noteSigner('shop.example/ledger', Buffer.alloc(32, 7));
const stranger = noteSigner('shop.example/ledger', Buffer.alloc(32, 8));
const leaves = Array.from({ length: LARGEST }, (_, at) => Buffer.from(`{"v":1,"c":"${at}"}`));
const hashes = leaves.map((leaf) => leafHash(leaf));
const perfect = (height: number, index: number): Buffer =>
  height === 0
    ? hashes[index]!
    : nodeHash(perfect(height - 1, 2 * index), perfect(height - 1, 2 * index + 1));

/** As the server signs it. */
function noteOf(size: number, by = signer): string {
  const { frontier } = appendHashes(0, Buffer.alloc(0), hashes.slice(0, size));
  return signNote(formatCheckpoint({ origin: signer.name, size, root: rootOf(size, frontier) }), [by]);
}
async function proofOf(index: number, size: number): Promise<string[]> {
  return (await inclusionProof(index, size, perfect)).map((hash) => hash.toString('base64'));
}
const leafOf = (index: number) => bytesOf(leaves[index]!.toString('base64'));

describe('the ledger, checked in the browser', () => {
  it('holds every entry of every tree up to forty entries, by the proof that the server makes', async () => {
    for (let size = 1; size <= LARGEST; size++) {
      const checkpoint = readCheckpoint(noteOf(size));
      expect(checkpoint.size).toBe(size);
      for (let index = 0; index < size; index++) {
        const proof = (await proofOf(index, size)).map(bytesOf);
        expect(await inclusionHolds(checkpoint, index, leafOf(index), proof), `${index} of ${size}`).toBe(
          true,
        );
      }
    }
  });

  it('holds no other entry in its place, no other place, and no path that is longer, shorter or changed', async () => {
    const checkpoint = readCheckpoint(noteOf(13));
    const proof = (await proofOf(5, 13)).map(bytesOf);
    const changed = proof.map((hash, at) => (at === 1 ? hash.map((byte) => byte ^ 1) : hash));
    const tries = [
      [5, leafOf(6), proof],
      [6, leafOf(5), proof],
      [13, leafOf(5), proof],
      [-1, leafOf(5), proof],
      [5, leafOf(5), proof.slice(1)],
      [5, leafOf(5), [...proof, proof[0]!]],
      [5, leafOf(5), changed],
      [5, leafOf(5), proof.map((hash) => hash.slice(1))],
    ] as const;
    for (const [index, leaf, path] of tries)
      expect(await inclusionHolds(checkpoint, index, leaf, path)).toBe(false);
  });

  it('is signed by the key of the ledger, and by no other of the same name', async () => {
    const checkpoint = readCheckpoint(noteOf(13));
    expect(await signatureHolds(checkpoint, [stranger.vkey, signer.vkey])).toBe('holds');
    expect(await signatureHolds(checkpoint, [stranger.vkey])).toBe('unknown');
    expect(await signatureHolds(checkpoint, ['no key at all'])).toBe('unknown');
    expect(await signatureHolds(readCheckpoint(noteOf(13, stranger)), [signer.vkey])).toBe('unknown');
  });

  it('does not pass where a signed number was changed afterwards', async () => {
    const forged = readCheckpoint(noteOf(13).replace('\n13\n', '\n12\n'));
    expect(await signatureHolds(forged, [signer.vkey])).toBe('fails');
  });

  it('is no checkpoint without a size, a root or a signature', () => {
    const note = noteOf(13);
    for (const broken of [
      '',
      note.split('\n\n')[0]!,
      note.replace('\n13\n', '\n1e1\n'),
      note.replace('\n13\n', '\n'),
    ])
      expect(() => readCheckpoint(broken)).toThrow('not a signed checkpoint');
  });

  it('gives a proof as a file that the server’s own reader understands', async () => {
    const proof = await proofOf(5, 13);
    const read = parseProof(proofFile(5, proof, noteOf(13)));
    expect(read).toMatchObject({ index: 5, checkpoint: noteOf(13) });
    expect(read.hashes.map((hash) => hash.toString('base64'))).toEqual(proof);
  });
});
