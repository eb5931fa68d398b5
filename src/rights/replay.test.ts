import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  collectFresh,
  count,
  emailOf,
  emptyTwin,
  eraseByEmail,
  isFound,
  logHolds,
  nothingIsLeft,
  quarantineOne,
  shopOf,
} from '../../test/kit/backup.ts';
import { checkpoint } from '../ledger/checkpoint.ts';
import { backup } from './backup.ts';
import { lift } from './lift.ts';
import { restore } from './restore.ts';

describe('restoring a backup from before an erasure', () => {
  it('reveals nothing of it when the database that recorded it is still there', async () => {
    const { ctx, shop, files } = await shopOf(['ada', 'grace']);
    const old = files('before');
    await backup(ctx, old);
    const kept = (await checkpoint(ctx, ctx.db)).text;
    const erased = await eraseByEmail(ctx, shop, 'ada');
    const later = (await checkpoint(ctx, ctx.db)).text;
    const restored = await restore(ctx, { ...old, force: true });
    expect(restored).toMatchObject({ log: 'continued', carriedOver: true, erasures: 1 });
    await nothingIsLeft(ctx, shop, erased);
    expect(await isFound(ctx, shop, 'grace')).toBe(true);
    expect(await logHolds(ctx, [kept, later])).toEqual([]);
  });

  it('reveals nothing of it when that database is lost and only the journal is left', async () => {
    const { ctx, shop, files } = await shopOf(['ada', 'grace']);
    const old = files('before');
    await backup(ctx, old);
    const erased = await eraseByEmail(ctx, shop, 'ada');
    const twin = await emptyTwin(ctx);
    const journal = join(twin.folder, 'saved.jsonl');
    copyFileSync(join(ctx.folder, 'erasures.jsonl'), journal);
    const restored = await restore(twin, { ...old, journals: [journal] });
    expect(restored).toMatchObject({ carriedOver: false, erasures: 1, fromJournals: 1 });
    await nothingIsLeft(twin, shop, erased);
    expect(await isFound(twin, shop, 'grace')).toBe(true);
  });

  it('finds the journal in the data folder by itself', async () => {
    const { ctx, shop, files } = await shopOf(['ada']);
    const old = files('before');
    await backup(ctx, old);
    const erased = await eraseByEmail(ctx, shop, 'ada');
    const twin = await emptyTwin(ctx, ctx.folder);
    expect(await restore(twin, old)).toMatchObject({ fromJournals: 1 });
    await nothingIsLeft(twin, shop, erased);
  });

  it('keeps a backup from after the erasure as dead as the erasure left it', async () => {
    const { ctx, shop, files } = await shopOf(['ada', 'grace']);
    const erased = await eraseByEmail(ctx, shop, 'ada');
    const after = files('after');
    await backup(ctx, after);
    const twin = await emptyTwin(ctx);
    expect(await restore(twin, after)).toMatchObject({ erasures: 1, fromJournals: 0 });
    await nothingIsLeft(twin, shop, erased);
  });

  it('leaves a buyer who was erased and came back as the customer they are now', async () => {
    const { ctx, shop, files } = await shopOf(['ada']);
    const old = files('before');
    await backup(ctx, old);
    await eraseByEmail(ctx, shop, 'ada');
    ctx.clock.advance(1000);
    await lift(ctx, {
      actor: shop.actor('privacy-officer'),
      identifier: { kind: 'email', value: emailOf('ada') },
      evidence: { reason: 'ada orders again' },
    });
    const twin = await emptyTwin(ctx, ctx.folder);
    await restore(twin, old);
    expect(await isFound(twin, shop, 'ada')).toBe(false);
    const sent = await collectFresh(twin, shop, 'ada');
    expect(sent.accepted).toBeGreaterThan(0);
    expect(await isFound(twin, shop, 'ada')).toBe(true);
  });

  it('drops a quarantined event of the erased customer that the backup still had', async () => {
    const { ctx, shop, files } = await shopOf(['ada']);
    await quarantineOne(ctx, shop, 'ada');
    await quarantineOne(ctx, shop, 'grace');
    expect(await count(ctx, 'bailee.quarantine')).toBe(2);
    const old = files('before');
    await backup(ctx, old);
    await eraseByEmail(ctx, shop, 'ada');
    const twin = await emptyTwin(ctx, ctx.folder);
    await restore(twin, old);
    expect(await count(twin, 'bailee.quarantine')).toBe(1);
    expect(await count(twin, 'bailee.quarantine', 'cardinality(tokens) > 0')).toBe(1);
    expect(await count(twin, 'keys.row_key')).toBe(1);
  });
});
