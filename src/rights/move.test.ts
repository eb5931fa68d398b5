import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { count, eraseByEmail, isFound, logHolds, send, shopOf } from '../../test/kit/backup.ts';
import { POSTGRES_REASON, postgres, testDatabase } from '../../test/kit/context.ts';
import type { TestGate } from '../../test/kit/gate.ts';
import { rootView } from '../keys/root-view.ts';
import { openSecrets } from '../keys/secrets.ts';
import { checkpoint } from '../ledger/checkpoint.ts';
import { move } from './move.ts';

describe('moving from a trial to PostgreSQL', () => {
  it.skipIf(postgres === null)(
    `takes everybody along: found, erased ones gone, the ledger whole${postgres === null ? ` (${POSTGRES_REASON})` : ''}`,
    async () => {
      const { ctx, shop } = await shopOf(['ada', 'grace'], { engine: 'pglite' });
      await eraseByEmail(ctx, shop, 'grace');
      const kept = (await checkpoint(ctx, ctx.db)).text;
      const target = await testDatabase('postgres');
      try {
        const before = readdirSync(ctx.folder).sort();
        const moved = await move(ctx, target.db);
        expect(readdirSync(ctx.folder).sort()).toEqual(before);
        expect(moved.erasures).toBe(1);
        const there: TestGate = { ...ctx, db: target.db, root: rootView(ctx.root) };
        await openSecrets(there);
        expect(await isFound(there, shop, 'ada')).toBe(true);
        expect(await isFound(there, shop, 'grace')).toBe(false);
        expect(await logHolds(there, [kept])).toEqual([]);
        const orders = await count(there, 'bailee.orders');
        await send(there, shop, 'ada');
        await send(there, shop, 'grace');
        expect(await count(there, 'bailee.orders')).toBe(orders);
        expect(await isFound(there, shop, 'grace')).toBe(false);
        await expect(move(ctx, target.db)).rejects.toMatchObject({ code: 'conflict' });
      } finally {
        await target.close();
      }
    },
  );
});
