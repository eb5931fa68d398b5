import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { testContext } from '../../test/kit/context.ts';
import { append } from './append.ts';
import { formatTilePath, parseTilePath, tile } from './tile.ts';
import { leafHash, nodeHash } from './tree.ts';

const ctx = await testContext();
const leaves = Array.from({ length: 700 }, (_, at) => Buffer.from(`entry ${at}`));

beforeAll(async () => {
  await ctx.db.transaction((tx) => append(ctx, tx, leaves.slice(0, 400)));
  await ctx.db.transaction((tx) => append(ctx, tx, leaves.slice(400)));
});

function rootOfTile(n: number): Buffer {
  let row = leaves.slice(256 * n, 256 * n + 256).map(leafHash);
  while (row.length > 1)
    row = row.flatMap((hash, at) => (at % 2 === 0 ? [nodeHash(hash, row[at + 1]!)] : []));
  return row[0]!;
}

describe('a tile path', () => {
  it('is spelled in groups of three digits', () => {
    expect(formatTilePath({ level: 0, n: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(formatTilePath({ level: 'entries', n: 5, width: 7 })).toBe('tile/entries/005.p/7');
    expect(parseTilePath('tile/63/x001/x234/067.p/255')).toEqual({ level: 63, n: 1_234_067, width: 255 });
  });

  it('reads back whatever it is', () => {
    const level = fc.oneof(fc.nat(63), fc.constant('entries' as const));
    fc.assert(
      fc.property(level, fc.maxSafeNat(), fc.integer({ min: 1, max: 256 }), (...[lvl, n, width]) => {
        expect(parseTilePath(formatTilePath({ level: lvl, n, width }))).toEqual({ level: lvl, n, width });
      }),
    );
  });

  it('has no second spelling', () => {
    for (const bad of [
      '',
      'tile/0/0',
      'tile/0/x000/001',
      'tile/00/000',
      'tile/64/000',
      'tile/-1/000',
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/0/000.p/01',
      'tile/0/000.p/',
      'tile/0/001/000',
      'tile/0/x001',
      'tile/0/000/',
      '/tile/0/000',
      'tile/entries/000.p/1\n',
      'tile/0/x999/x999/x999/x999/x999/999',
      'tile/data/000',
      'tile/0/%30%30%30',
    ]) {
      expect(parseTilePath(bad), bad).toBeNull();
    }
  });
});

describe('a served tile', () => {
  it('holds the leaf hashes, full and partial', async () => {
    const hashes = Buffer.concat(leaves.map(leafHash));
    expect(await tile(ctx, 'tile/0/001')).toEqual(hashes.subarray(256 * 32, 512 * 32));
    expect(await tile(ctx, 'tile/0/002.p/188')).toEqual(hashes.subarray(512 * 32));
    // A narrower tile of an earlier checkpoint stays there.
    expect(await tile(ctx, 'tile/0/001.p/144')).toEqual(hashes.subarray(256 * 32, 400 * 32));
  });

  it('holds the roots of full tiles one level up', async () => {
    expect(await tile(ctx, 'tile/1/000.p/2')).toEqual(Buffer.concat([rootOfTile(0), rootOfTile(1)]));
  });

  it('holds the entries themselves, each after its length', async () => {
    const bundle = await tile(ctx, 'tile/entries/000.p/2');
    expect(bundle?.toString('latin1')).toBe('\0\x07entry 0\0\x07entry 1');
    const full = await tile(ctx, 'tile/entries/000');
    expect(full).toHaveLength(leaves.slice(0, 256).reduce((total, leaf) => total + 2 + leaf.length, 0));
  });

  it('does not exist beyond the size of the ledger', async () => {
    for (const path of [
      'tile/0/002',
      'tile/0/002.p/189',
      'tile/0/003.p/1',
      'tile/entries/002',
      'tile/entries/002.p/189',
      'tile/1/000',
      'tile/1/000.p/3',
      'tile/2/000.p/1',
      'tile/63/000.p/1',
      'tile/0/x999/x999/x999/x999/999',
      'nonsense',
    ]) {
      expect(await tile(ctx, path), path).toBeNull();
    }
  });

  it('is an error, never a short answer, when a row was removed', async () => {
    await ctx.db.query({ text: 'DELETE FROM bailee.ledger_entry WHERE index = 300' });
    await expect(tile(ctx, 'tile/0/001')).rejects.toMatchObject({ code: 'ledger_damaged' });
    await expect(tile(ctx, 'tile/entries/001')).rejects.toMatchObject({ code: 'ledger_damaged' });
    expect(await tile(ctx, 'tile/0/000')).toHaveLength(8_192);
  });
});
