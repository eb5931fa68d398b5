import { describe, expect, it } from 'vitest';
import { count, emptyTwin, isFound, shopOf } from '../../test/kit/backup.ts';
import { backup } from './backup.ts';
import { restore } from './restore.ts';
import { rotateKeys } from './rotate.ts';

describe('rotating the keys', () => {
  it('is an entry in the ledger, kills older key backups and leaves everybody readable', async () => {
    const { ctx, shop, files } = await shopOf(['ada']);
    const [before, after] = [files('before'), files('after')];
    await backup(ctx, before);
    const told: number[] = [];
    const rotated = await rotateKeys(ctx, (done) => told.push(done));
    expect(rotated).toMatchObject({ epoch: 2, destroyed: [1] });
    expect(rotated.olderBackups).toContain('epoch 1');
    expect(told.at(-1)).toBeGreaterThan(0);
    const where = `kind = 'rotate' AND ledger_index = ${rotated.ledgerIndex}`;
    expect(await count(ctx, 'bailee.opening', where)).toBe(1);
    expect(await isFound(ctx, shop, 'ada')).toBe(true);
    await backup(ctx, after);
    await expect(restore(await emptyTwin(ctx), before)).rejects.toMatchObject({ code: 'epoch_destroyed' });
    const twin = await emptyTwin(ctx);
    await restore(twin, after);
    expect(await isFound(twin, shop, 'ada')).toBe(true);
  });
});
