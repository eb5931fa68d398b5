import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countTwins } from './import-ordinals.ts';

const PART = 4 * 1024 * 1024;

async function* hashed(rows: readonly string[]) {
  for (const row of rows) yield { hash: createHash('sha256').update(row).digest().subarray(0, 16) };
}

function expected(rows: readonly string[]): number[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const before = seen.get(row) ?? 0;
    seen.set(row, before + 1);
    return before;
  });
}

async function counted(rows: readonly string[], parts: number): Promise<number[]> {
  const twins = await countTwins(hashed(rows), parts * PART);
  try {
    return rows.map((_, at) => twins.of(at + 1));
  } finally {
    twins.close();
  }
}

describe('equal rows of a file', () => {
  it('are numbered in the order of the file, however many parts count them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        async (rows, parts) => {
          expect(await counted(rows, parts)).toEqual(expected(rows));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are found however far apart they stand', async () => {
    const rows = ['twin', ...Array.from({ length: 30_000 }, (_, at) => `row ${at}`), 'twin', 'row 7'];
    expect(await counted(rows, 3)).toEqual(expected(rows));
  });

  it('are numbered the same when earlier lines are passed over', async () => {
    const rows = ['a', 'a', 'b', 'a', 'b', 'a'];
    const twins = await countTwins(hashed(rows), 1);
    expect([twins.of(4), twins.of(6)]).toEqual([2, 3]);
    twins.close();
  });

  it('leave no file behind, not even when reading fails', async () => {
    const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('bailee-import-'));
    const before = left();
    await counted(['a', 'a'], 2);
    async function* broken() {
      yield* hashed(['a']);
      throw new Error('unreadable');
    }
    await expect(countTwins(broken(), 1)).rejects.toThrow('unreadable');
    expect(left()).toEqual(before);
  });
});
