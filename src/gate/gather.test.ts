import { beforeAll, describe, expect, it } from 'vitest';
import { type TestGate, testGate, testStore } from '../../test/kit/gate.ts';
import { identify, shop } from '../../test/kit/shop.ts';
import { clusterOf, gather } from './gather.ts';

let ctx: TestGate;
let store: string;
let old: string;
let now: string;
beforeAll(async () => {
  ctx = await testGate();
  const made = await testStore(ctx);
  store = made.id;
  const server = shop(ctx, made.server);
  await server.send(identify('old'), identify('now'), { type: 'alias', userId: 'now', previousId: 'old' });
  [old, now] = [await server.idOf('userId', 'old'), await server.idOf('userId', 'now')];
});

const gathered = (...ids: string[]) => ctx.db.transaction((tx) => gather(ctx, tx, ids, []));

describe('who is gathered', () => {
  it('is one person under either of the ids that became one', async () => {
    const both = await gathered(old, now);
    expect(old).not.toBe(now);
    for (const id of [old, now])
      expect([...clusterOf(both, id, store).members].sort()).toEqual([old, now].sort());
    expect(clusterOf(both, old, store).root).toBe(clusterOf(both, now, store).root);
  });

  it('is nobody where nobody has the id, and nobody of another store, also beside people who became one', async () => {
    const nobody = ctx.random.id();
    const refusal = expect.objectContaining({ code: 'not_found' });
    for (const asked of [[nobody], [nobody, old], [old, nobody, now]]) {
      const found = await gathered(...asked);
      expect(found.clusters.has(nobody)).toBe(false);
      expect(() => clusterOf(found, nobody, store)).toThrow(refusal);
      if (asked.includes(old)) expect(() => clusterOf(found, old, nobody)).toThrow(refusal);
    }
  });
});
