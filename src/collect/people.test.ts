import { beforeAll, describe, expect, it } from 'vitest';
import { everything } from '../../test/kit/everything.ts';
import { type TestGate, testGate, testStore } from '../../test/kit/gate.ts';
import { bought, chose, count, identify, said, shop, track, viewed } from '../../test/kit/shop.ts';
import { closeLink } from '../vault/merge.ts';

let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let server: ReturnType<typeof shop>;
let browser: ReturnType<typeof shop>;
beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
  server = shop(ctx, store.server);
  browser = shop(ctx, store.browser);
});

const user = (id: string) => ['userId', id] as const;
const device = (id: string) => ['anonymousId', id] as const;
const alias = (userId: string, previousId: string) => ({ type: 'alias', userId, previousId });
const tick = () => ctx.clock.advance(1000);
const undo = async (child: string, root: string) =>
  ctx.db.transaction((tx) => closeLink(ctx, tx, child, root));

describe('a shared device', () => {
  it('merges no two people, in whatever order and however often they sign in on it', async () => {
    await server.send(identify('s1', { anonymousId: 'tablet' }));
    tick();
    await server.send(identify('s2', { anonymousId: 'tablet' }));
    for (const id of ['s1', 's2', 's1', 's2', 's2']) {
      tick();
      await server.send(bought({ userId: id, anonymousId: 'tablet' }, `order-${id}-${ctx.clock.now()}`));
    }
    expect(await server.areOne(user('s1'), user('s2'))).toBe(false);
    expect(await server.areOne(user('s1'), device('tablet'))).toBe(false);
    expect(await server.areOne(user('s2'), device('tablet'))).toBe(false);
    expect(await server.counted('refused-merge', 'shared-device')).toBeGreaterThan(0);
  });

  it('stands for itself within the very batch in which the second person signs in', async () => {
    const answer = await server.send(
      identify('s3', { anonymousId: 'kiosk', ...said({ analytics: true }) }),
      identify('s4', { anonymousId: 'kiosk' }),
      viewed({ anonymousId: 'kiosk' }),
    );
    expect(answer).toEqual({ accepted: 2, notCollected: 1, quarantined: [] });
    expect(await server.areOne(user('s3'), user('s4'))).toBe(false);
    expect(await server.areOne(user('s3'), device('kiosk'))).toBe(false);
  });

  it('leaves an account that was aliased away, too: the link closed is its own', async () => {
    await server.send(identify('s5', { anonymousId: 'phone' }));
    tick();
    await server.send(alias('s6', 's5'));
    expect(await server.areOne(user('s6'), device('phone'))).toBe(true);
    tick();
    await server.send(identify('s7', { anonymousId: 'phone' }));
    expect(await server.areOne(user('s5'), device('phone'))).toBe(false);
    expect(await server.areOne(user('s6'), user('s5'))).toBe(true);
    expect(await server.areOne(user('s7'), device('phone'))).toBe(false);
  });
});

describe('junk ids', () => {
  it('identify nobody, whatever they look like', async () => {
    const before = await count(ctx, 'bailee.customer');
    const junk = [
      'null',
      'undefined',
      'guest',
      'anonymous',
      '[object Object]',
      '',
      '0000-0000',
      ' NULL ',
      '０００',
    ];
    const answer = await server.send(
      ...junk.map((id) => identify(id)),
      ...junk.map((id) => viewed({ anonymousId: id }, said({ analytics: true }))),
      ...junk.map((id) => alias('j1', id)),
    );
    expect(answer.quarantined).toHaveLength(3 * junk.length);
    expect(await count(ctx, 'bailee.customer')).toBe(before);
    await server.send(identify('j2', { anonymousId: 'null' }), identify('j3', { anonymousId: 'null' }));
    expect(await server.areOne(user('j2'), user('j3'))).toBe(false);
    expect(await server.find('anonymousId', 'null')).toBeNull();
    expect(await server.counted('junk-identifier')).toBe(2);
  });

  it('are no e-mail address and no phone number either', async () => {
    await server.send(identify('j4', { traits: { email: 'null', phone: '0000000' } }));
    await server.send(identify('j5', { traits: { email: 'not an address', phone: 'call me' } }));
    const stored = (await everything(ctx, store.id)).filter((each) => [16, 17].includes(each.number));
    expect(stored.map((each) => each.value)).toEqual(['call me']);
  });
});

describe('merging', () => {
  it('stops chains of people before they are a crowd', async () => {
    await server.send(identify('c0'));
    for (let at = 1; at <= 60; at += 1) await server.send(alias(`c${at}`, `c${at - 1}`));
    const sizes = await Promise.all(
      [0, 30, 60].map(async (at) => (await server.together(await server.idOf('userId', `c${at}`))).size),
    );
    expect(Math.max(...sizes)).toBeLessThanOrEqual(50);
    expect(await server.counted('refused-merge', 'too-many-merges')).toBeGreaterThan(0);
  });

  it('stops at as many devices, and takes what is said of the account all the same', async () => {
    const events = Array.from({ length: 60 }, (_, at) =>
      bought({ userId: 'many', anonymousId: `dev-${at}` }, `many-${at}`),
    );
    expect(await server.send(...events)).toMatchObject({ accepted: 60 });
    expect((await server.together(await server.idOf('userId', 'many'))).size).toBe(50);
    expect(await server.find('anonymousId', 'dev-59')).toBeNull();
  });

  it('keeps the stricter choice until the person chooses again', async () => {
    await server.send(identify('m1'), chose({ userId: 'm1' }, { analytics: false, personalization: true }));
    await server.send(identify('m2'), chose({ userId: 'm2' }, { analytics: true, research: true }));
    tick();
    await server.send(alias('m1', 'm2'));
    const both = { analytics: 'refused', personalization: 'granted', research: 'granted' };
    for (const id of ['m1', 'm2'])
      expect(await server.standing(await server.idOf('userId', id))).toEqual(both);
    expect(await server.send(viewed({ userId: 'm2' }, said({ analytics: true })))).toMatchObject({
      notCollected: 0,
    });
    expect((await server.standing(await server.idOf('userId', 'm2'))).analytics).toBe('refused');
    tick();
    await server.send(chose({ userId: 'm2' }, { analytics: true }));
    expect((await server.standing(await server.idOf('userId', 'm1'))).analytics).toBe('granted');
  });

  it('keeps the stricter choice for the rest of the batch in which it was made', async () => {
    await server.send(identify('m3'), chose({ userId: 'm3' }, { analytics: true }));
    tick();
    const answer = await server.send(
      chose({ anonymousId: 'm3-device' }, { analytics: true }),
      chose({ anonymousId: 'm3-device' }, { analytics: false, personalization: false, advertising: false }),
      identify('m3', { anonymousId: 'm3-device' }),
      viewed({ userId: 'm3' }),
    );
    expect(answer).toMatchObject({ accepted: 3, notCollected: 1 });
    expect((await server.standing(await server.idOf('userId', 'm3'))).analytics).toBe('refused');
  });

  it('holds a refusal of the same millisecond, whatever the clocks of the nodes say', async () => {
    await server.send(identify('m4'));
    for (const analytics of [true, false, true, false, true])
      await server.send(chose({ userId: 'm4' }, { analytics }));
    expect((await server.standing(await server.idOf('userId', 'm4'))).analytics).toBe('granted');
    await server.send(chose({ userId: 'm4' }, { analytics: false }));
    expect((await server.standing(await server.idOf('userId', 'm4'))).analytics).toBe('refused');
    await server.send(identify('m5'), chose({ userId: 'm5' }, { analytics: true }), alias('m5', 'm4'));
    expect((await server.standing(await server.idOf('userId', 'm5'))).analytics).toBe('refused');
  });

  it('doubles no counter, loses no data and leaves no history behind', async () => {
    await browser.send(chose({ anonymousId: 'h1' }, { analytics: true }));
    await browser.send(viewed({ anonymousId: 'h1' }), viewed({ anonymousId: 'h1' }));
    await server.send(bought({ anonymousId: 'h1' }, 'h-1'));
    tick();
    await server.send(identify('h2', { anonymousId: 'h1' }), bought({ userId: 'h2' }, 'h-2'));
    const members = await server.together(await server.idOf('userId', 'h2'));
    const all = (await everything(ctx, store.id)).filter((each) => members.has(each.customer));
    const tables = (name: string) => all.filter((each) => each.table === name);
    expect(tables('event')).toHaveLength(4);
    expect(tables('orders')).toHaveLength(2);
    expect(tables('order_line')).toHaveLength(2);
  });

  it('is undone by closing its link: both have their own again, and no event merges them anew', async () => {
    await browser.send(chose({ anonymousId: 'x1' }, { analytics: true }));
    await server.send(identify('x2'), chose({ userId: 'x2' }, { analytics: false }));
    tick();
    await server.send(identify('x2', { anonymousId: 'x1' }), alias('x2', 'x3'));
    const [x1, x2] = [await server.idOf('anonymousId', 'x1'), await server.idOf('userId', 'x2')];
    expect((await server.standing(x1)).analytics).toBe('refused');
    const own = (await everything(ctx, store.id)).filter((each) => [x1, x2].includes(each.customer));
    tick();
    expect(await undo(x1, x2)).toBe(true);
    expect(await undo(x1, x2)).toBe(false);
    expect([(await server.standing(x1)).analytics, (await server.standing(x2)).analytics]).toEqual([
      'granted',
      'refused',
    ]);
    tick();
    await server.send(identify('x2', { anonymousId: 'x1' }));
    expect(await server.areOne(user('x2'), device('x1'))).toBe(false);
    const after = (await everything(ctx, store.id)).filter((each) => [x1, x2].includes(each.customer));
    expect(after.filter((each) => each.customer === x1)).toEqual(own.filter((each) => each.customer === x1));
    const x3 = await server.idOf('userId', 'x3');
    expect(await undo(x3, x2)).toBe(true);
    await server.send(alias('x2', 'x3'));
    expect(await server.areOne(user('x2'), user('x3'))).toBe(false);
    expect(await server.counted('refused-merge', 'undone-merge')).toBe(1);
  });
});

describe('aliases', () => {
  it('may come before the events of either id', async () => {
    await server.send(alias('a2', 'a1'));
    tick();
    await browser.send(chose({ anonymousId: 'a1' }, { analytics: false }));
    await server.send(bought({ userId: 'a2' }, 'a-1'));
    expect(await server.areOne(user('a2'), device('a1'))).toBe(true);
    expect((await server.standing(await server.idOf('userId', 'a2'))).analytics).toBe('refused');
  });

  it('close no circle, in whatever order they come', async () => {
    await server.send(identify('r1'), identify('r2'), identify('r3'));
    await server.send(
      alias('r1', 'r2'),
      alias('r2', 'r3'),
      alias('r3', 'r1'),
      alias('r2', 'r1'),
      alias('r1', 'r1'),
    );
    expect((await server.together(await server.idOf('userId', 'r3'))).size).toBe(3);
    expect(
      await count(
        ctx,
        'bailee.customer_link l JOIN bailee.customer_link m ON l.child = m.root AND l.root = m.child WHERE l.valid_to IS NULL AND m.valid_to IS NULL',
      ),
    ).toBe(0);
  });

  it('of an account never let a third person join by its devices', async () => {
    await server.send(alias('t2', 't1'));
    tick();
    await server.send(identify('t3', { anonymousId: 't1' }));
    expect(await server.areOne(user('t3'), user('t2'))).toBe(false);
  });

  it('under a device keep the account an account: nobody else signs in to it', async () => {
    await server.send(identify('v1'), viewed({ anonymousId: 'v-device' }, said({ analytics: true })));
    tick();
    await server.send({ type: 'alias', anonymousId: 'v-device', previousId: 'v1' });
    expect(await server.areOne(user('v1'), device('v-device'))).toBe(true);
    tick();
    await server.send(identify('v2', { anonymousId: 'v-device' }));
    expect(await server.areOne(user('v1'), user('v2'))).toBe(false);
  });

  it('take numbers for ids as every event does, and say when an id is none', async () => {
    await server.send(identify('n1'), { type: 'alias', userId: 'n1', previousId: 4711 });
    expect(await server.areOne(user('n1'), user('4711'))).toBe(true);
    const answer = await server.send(
      { type: 'alias', userId: 'n1' },
      { type: 'alias', userId: 'n1', previousId: 'x'.repeat(300) },
      { type: 'alias', userId: 'n1', previousId: '4111 1111 1111 1111' },
    );
    expect(answer.quarantined.map((each) => each.code)).toEqual([
      'identity_missing',
      'identity_invalid',
      'card_number',
    ]);
  });
});

describe('what is not collected', () => {
  it('makes nobody: no account, no device, no key, no link', async () => {
    const before = await count(ctx, 'bailee.customer');
    const answer = await server.send(
      viewed({ userId: 'nobody-1', anonymousId: 'nobody-2' }),
      track('Never Declared', { userId: 'nobody-1' }),
      { type: 'group', userId: 'nobody-1', groupId: 'g' },
    );
    expect(answer).toEqual({ accepted: 0, notCollected: 3, quarantined: [] });
    expect(await count(ctx, 'bailee.customer')).toBe(before);
  });
});
