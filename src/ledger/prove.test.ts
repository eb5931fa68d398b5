import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { testContext } from '../../test/kit/context.ts';
import type { Statement, Tx } from '../platform/ports.ts';
import { append } from './append.ts';
import { verifyConsistency, verifyInclusion } from './proof.ts';
import { proveConsistency, proveInclusion } from './prove.ts';
import { appendHashes, leafHash, rootOf } from './tree.ts';

const SIZE = 66_500; // more than one tile of tiles
const ctx = await testContext();
const leaves = Array.from({ length: SIZE }, (_, at) => Buffer.from(`entry ${at}`));
const hashes = leaves.map(leafHash);

function rootAt(size: number): Buffer {
  return rootOf(size, appendHashes(0, Buffer.alloc(0), hashes.slice(0, size)).frontier);
}

beforeAll(async () => {
  for (let at = 0; at < SIZE; at += 7_000) {
    await ctx.db.transaction((tx) => append(ctx, tx, leaves.slice(at, at + 7_000)));
  }
});

describe('a proof from the tables', () => {
  const size = fc.oneof(
    fc.integer({ min: 1, max: 600 }),
    fc.integer({ min: 65_500, max: SIZE }),
    fc.constantFrom(256, 512, 65_536, 65_537, SIZE),
  );

  it('shows that an entry is in the log, at any size since', async () => {
    const indexAndSize = size.chain((all) => fc.tuple(fc.nat(all - 1), fc.constant(all)));
    await fc.assert(
      fc.asyncProperty(indexAndSize, async ([index, all]) => {
        const proof = await proveInclusion(ctx, ctx.db, index, all);
        expect(verifyInclusion(index, all, hashes[index]!, proof, rootAt(all))).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('shows that the log only grew', async () => {
    await fc.assert(
      fc.asyncProperty(size, size, async (one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const proof = await proveConsistency(ctx, ctx.db, from, to);
        expect(verifyConsistency(from, to, rootAt(from), rootAt(to), proof)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('takes three queries, and no more rows than two tiles a level', async () => {
    const seen: number[] = [];
    const counting: Tx = {
      async query<Row>(statement: Statement) {
        const answer = await ctx.db.query<Row>(statement);
        seen.push(answer.rowCount);
        return answer;
      },
    };
    await proveInclusion(ctx, counting, 12_345, SIZE);
    expect(seen).toHaveLength(3);
    for (const rows of seen) expect(rows).toBeLessThanOrEqual(2 * 512);
  });

  it('is empty for the only entry of a log', async () => {
    expect(await proveInclusion(ctx, ctx.db, 0, 1)).toEqual([]);
  });

  it('is refused for a size the log has not reached, and for a damaged log', async () => {
    await expect(proveInclusion(ctx, ctx.db, SIZE, SIZE + 1)).rejects.toMatchObject({ code: 'not_found' });
    await expect(proveConsistency(ctx, ctx.db, 3, SIZE + 9)).rejects.toMatchObject({ code: 'not_found' });
    await ctx.db.query({ text: 'DELETE FROM bailee.ledger_entry WHERE index = 1' });
    await expect(proveInclusion(ctx, ctx.db, 0, 2)).rejects.toMatchObject({ code: 'ledger_damaged' });
  });
});
