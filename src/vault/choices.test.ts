import { beforeAll, describe, expect, it } from 'vitest';
import { type TestGate, testGate, testStore } from '../../test/kit/gate.ts';
import { identify, shop } from '../../test/kit/shop.ts';
import { addChoices } from './choices.ts';
import { openLink } from './merge.ts';

let ctx: TestGate;
let server: ReturnType<typeof shop>;
beforeAll(async () => {
  ctx = await testGate();
  server = shop(ctx, (await testStore(ctx)).server);
});

/** A choice by a node whose clock is off. */
const say = (customer: string, state: 'granted' | 'refused', at: number) =>
  ctx.db.transaction((tx) =>
    addChoices(
      tx,
      [
        {
          customer_id: customer,
          id: ctx.random.id(),
          purpose: 'analytics',
          channel: null,
          state,
          how: 'chosen',
          notice: null,
          recipient: null,
          place: null,
          noticeLanguage: null,
          region: null,
          regimes: null,
          policy: null,
          guardian: null,
          request: null,
          entry: ctx.random.id(),
          expiresAt: null,
          occurredAt: at,
        },
      ],
      at,
    ),
  );

describe('choices on several nodes', () => {
  it('stand in the order in which they were made, also when a clock runs ahead', async () => {
    await server.send(identify('ahead'));
    const id = await server.idOf('userId', 'ahead');
    const now = ctx.clock.now();
    await say(id, 'granted', now + 60_000);
    await say(id, 'refused', now);
    expect((await server.standing(id)).analytics).toBe('refused');
    await say(id, 'granted', now - 60_000);
    expect((await server.standing(id)).analytics).toBe('granted');
  });

  it('made before a merge count as made before it: the stricter holds', async () => {
    await server.send(identify('one'), identify('two'));
    const [one, two] = [await server.idOf('userId', 'one'), await server.idOf('userId', 'two')];
    const now = ctx.clock.now();
    await say(one, 'refused', now);
    await say(two, 'granted', now + 60_000);
    await ctx.db.transaction(async (tx) => openLink(ctx, tx, two, one, 'alias'));
    expect((await server.standing(one)).analytics).toBe('refused');
    await say(one, 'granted', now);
    expect((await server.standing(two)).analytics).toBe('granted');
  });
});
