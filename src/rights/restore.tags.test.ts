import { describe, expect, it } from 'vitest';
import { count, eraseByEmail, shopOf } from '../../test/kit/backup.ts';
import { personOf } from '../../test/kit/people.ts';
import { defineTag, retire } from '../profile/tags/define.ts';
import { giveTag } from '../profile/tags/give.ts';
import { backup } from './backup.ts';
import { restore } from './restore.ts';

describe('tags, after a restore', () => {
  it('are those of the backup; not what was retired since, and of nobody who was erased since', async () => {
    const { ctx, shop, files } = await shopOf(['ada', 'grace']);
    const officer = await personOf(ctx, shop.id, 'privacy-officer');
    const define = (name: string) =>
      defineTag(ctx, {
        actor: officer,
        name,
        meaning: 'Waits for a parcel that was sent again.',
        rule: null,
        purposes: ['customer-service'],
        days: 30,
      });
    const [{ id: kept }, { id: retired }] = [await define('Parcel sent again'), await define('On its way')];
    const { rows } = await ctx.db.query<{ id: string }>({
      text: 'SELECT id FROM bailee.customer WHERE store_id = $1',
      values: [shop.id],
    });
    const evidence = { reason: 'asked' };
    for (const { id: customer } of rows)
      for (const tag of [kept, retired]) await giveTag(ctx, { actor: officer, customer, tag, evidence });
    const old = files('before');
    await backup(ctx, old);
    await retire(ctx, { actor: officer, id: retired });
    await eraseByEmail(ctx, shop, 'ada');
    const left = () =>
      Promise.all([kept, retired].map((id) => count(ctx, 'bailee.customer_tag', `tag_id = '${id}'`)));
    const before = await left();
    expect(before[0]).toBe(rows.length - 1);
    await restore(ctx, { ...old, force: true });
    expect(await left()).toEqual([rows.length - 1, 0]);
    expect(await count(ctx, 'bailee.tag', 'retired_at IS NOT NULL')).toBe(1);
  });
});
