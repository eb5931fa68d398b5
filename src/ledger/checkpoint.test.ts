import { describe, expect, it } from 'vitest';
import { testContext } from '../../test/kit/context.ts';
import { append } from './append.ts';
import { checkpoint } from './checkpoint.ts';
import { formatCheckpoint, parseCheckpoint } from './checkpoint-body.ts';
import { openNote } from './note.ts';
import { signerOf } from './signer.ts';

const ctx = await testContext();
const { vkey } = signerOf(ctx, 'ledger');

describe('a checkpoint', () => {
  it('signs the size and root of the ledger under its origin', async () => {
    const empty = await checkpoint(ctx, ctx.db);
    expect(empty.text).toMatch(
      /^bailee\.local\/ledger\n0\n47DEQpj8HBSa\+\/TImW\+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— /,
    );

    await ctx.db.transaction((tx) => append(ctx, tx, [Buffer.from('one'), Buffer.from('two')]));
    const grown = await checkpoint(ctx, ctx.db);
    expect(parseCheckpoint(openNote(grown.text, [vkey]))).toEqual({
      origin: 'bailee.local/ledger',
      size: 2,
      root: grown.root,
    });
  });

  it('is never signed over entries that could still be rolled back', async () => {
    const signing = ctx.db.transaction(async (tx) => {
      await append(ctx, tx, [Buffer.from('three')]);
      return checkpoint(ctx, tx);
    });
    await expect(signing).rejects.toThrow(/after the commit/);
    expect((await checkpoint(ctx, ctx.db)).size).toBe(2);
  });

  it('is signed inside a later transaction that appends nothing', async () => {
    const { size } = await ctx.db.transaction((tx) => checkpoint(ctx, tx));
    expect(size).toBe(2);
  });

  it('is read only when it is spelled as the format says', () => {
    const good = formatCheckpoint({ origin: 'a', size: 7, root: Buffer.alloc(32) });
    expect(parseCheckpoint(`${good}extension\n`).size).toBe(7);
    for (const bad of [
      good.replace('a\n', '\n'),
      good.replace('7', '07'),
      good.replace('7', '-1'),
      good.replace('7', '9007199254740993'),
      good.replace('A=', 'B='),
      good.replace('AAAA', ''),
      `${good}\nextension\n`,
      good.slice(0, -1),
    ]) {
      expect(() => parseCheckpoint(bad), JSON.stringify(bad)).toThrow(/not a checkpoint/);
    }
  });

  it('uses one key object until the seed changes', () => {
    expect(signerOf(ctx, 'ledger')).toBe(signerOf(ctx, 'ledger'));
    expect(signerOf(ctx, 'receipt').name).toBe('bailee.local/ledger/receipts');
    const root = { ...ctx.root, signingSeed: () => Buffer.alloc(32, 9) };
    expect(signerOf({ ...ctx, root }, 'ledger').vkey).not.toBe(vkey);
  });
});
