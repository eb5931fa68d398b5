/**
 * The Merkle proof vectors of transparency-dev/merkle, against the writer's proofs and against the
 * separate verifier's.
 *
 * Deviating verdicts: none, and that is a choice. Three consistency vectors ask about the empty
 * tree with an empty proof:
 *   size1-is-zero-and-does-not-equal-size2, size1-is-zero-and-size2-is-not-zero,
 *   sizes-are-equal-zero-and-proof-is-empty
 * Some implementations accept them, since every log extends the empty one. RFC 9162 §2.1.4 defines
 * a proof only for a first size above zero; such an answer would vouch for a root that nothing
 * ties to the log (two of the three bear a first root that is not even the empty tree's). They are
 * refused here, as the vectors expect. A kept checkpoint of size 0 is instead compared with
 * SHA-256("") by the verifier of whole logs.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyConsistency, verifyInclusion } from '../../src/ledger/proof.ts';
import { inclusionHolds } from '../../src/ledger/verify/merkle.ts';

const FOLDER = join(process.env.BAILEE_SHARED ?? '../shared', 'vectors', 'merkle');
const present = existsSync(FOLDER);
if (!present) console.log(`Skipped: the Merkle vectors are not in ${FOLDER} (set BAILEE_SHARED).`);

interface InclusionVector {
  leafIdx: number;
  treeSize: number;
  root: string;
  leafHash: string;
  proof: string[] | null;
  wantErr: boolean;
}

interface ConsistencyVector {
  size1: number;
  size2: number;
  root1: string;
  root2: string;
  proof: string[] | null;
  wantErr: boolean;
}

function vectors<Vector>(kind: string): [name: string, vector: Vector][] {
  const files = readdirSync(join(FOLDER, kind), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => [`${kind}/${file}`, JSON.parse(readFileSync(join(FOLDER, kind, file), 'utf8')) as Vector]);
}

const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');

describe.skipIf(!present)('the Merkle proof vectors', () => {
  it('give the expected verdict on all 98 inclusion proofs, from the writer and from the verifier', () => {
    const all = vectors<InclusionVector>('inclusion');
    const deviating: string[] = [];
    for (const [name, { leafIdx, treeSize, root, leafHash, proof, wantErr }] of all) {
      const path = (proof ?? []).map(bytes);
      for (const verify of [verifyInclusion, inclusionHolds]) {
        if (verify(leafIdx, treeSize, bytes(leafHash), path, bytes(root)) === wantErr) deviating.push(name);
      }
    }
    expect(all).toHaveLength(98);
    expect(deviating).toEqual([]);
  });

  it('give the expected verdict on all 98 consistency proofs', () => {
    const all = vectors<ConsistencyVector>('consistency');
    const deviating = all
      .filter(([, { size1, size2, root1, root2, proof, wantErr }]) => {
        const holds = verifyConsistency(size1, size2, bytes(root1), bytes(root2), (proof ?? []).map(bytes));
        return holds === wantErr;
      })
      .map(([name]) => name);
    expect(all).toHaveLength(98);
    expect(deviating).toEqual([]);
  });
});
