import { beforeAll, describe, expect, it } from 'vitest';
import { everything } from '../../test/kit/everything.ts';
import { type TestGate, testGate, testStore } from '../../test/kit/gate.ts';
import { chose, count, identify, said, shop, track, viewed } from '../../test/kit/shop.ts';
import { choose, readStanding } from './choose.ts';
import { collect } from './collect.ts';
import { readMessage } from './message.ts';
import { isFault } from './store.ts';
import type { Source } from './types.ts';

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

const valuesOf = async (userId: string) => {
  const customer = await server.idOf('userId', userId);
  const own = (await everything(ctx, store.id)).filter((each) => each.customer === customer);
  return Object.fromEntries(
    own
      .filter((each) => each.table === 'field_value')
      .map((each) => [ctx.catalog.fieldById.get(each.number)!.name, each.value]),
  );
};

describe('messages as real clients send them', () => {
  it('of Segment are understood', async () => {
    const sentAt = new Date(ctx.clock.now()).toISOString();
    const answer = await collect(ctx, store.server, {
      events: [
        {
          ...identify('segment', { traits: { firstName: 'Ana', address: { city: 'Porto', secret: 1 } } }),
          timestamp: sentAt,
          integrations: { All: true },
          context: { library: { name: '@segment/analytics-node', version: '3.1.0' } },
          _metadata: { nodeVersion: '20.20.0' },
          messageId: 'node-next-1',
        },
        {
          type: 'page',
          userId: 'segment',
          name: 'Home',
          category: 'Start',
          properties: { path: '/' },
          ...said({ analytics: true }),
        },
        { type: 'screen', userId: 'segment', name: 'Cart', properties: { name: 'Own name' } },
      ],
      sentAt,
    });
    expect(answer).toEqual({ accepted: 3, notCollected: 0, quarantined: [] });
    expect(await valuesOf('segment')).toMatchObject({
      'identity.firstName': 'Ana',
      'contact.address': { city: 'Porto' },
      'account.userId': 'segment',
    });
    const events = (await everything(ctx, store.id)).filter((each) => each.table === 'event');
    expect(events.map((each) => each.value)).toEqual(
      expect.arrayContaining([{ name: 'Home', category: 'Start', path: '/' }, { name: 'Own name' }]),
    );
  });

  it('of RudderStack are understood: ids as numbers, traits in the context, times of their own', async () => {
    const now = ctx.clock.now();
    const rudder = {
      channel: 'server',
      rudderId: 'r-1',
      request_ip: '203.0.113.7',
      originalTimestamp: new Date(now - 60_000).toISOString(),
      sentAt: new Date(now - 30_000).toISOString(),
      integrations: {},
    };
    const answer = await server.send(
      { ...rudder, type: 'identify', userId: 4711, context: { traits: { name: 'Rudi', age: '33' } } },
      {
        ...rudder,
        type: 'track',
        userId: 4711,
        event: 'Signed In',
        properties: { method: 'password', password: 'x' },
      },
    );
    expect(answer).toMatchObject({ accepted: 2 });
    expect(await valuesOf('4711')).toMatchObject({ 'identity.name': 'Rudi' });
    const { rows } = await ctx.db.query<{ occurred_at: Date }>({
      text: 'SELECT occurred_at FROM bailee.event WHERE customer_id = $1',
      values: [await server.idOf('userId', '4711')],
    });
    expect(rows[0]!.occurred_at.getTime()).toBe(now - 30_000);
    expect(JSON.stringify(await everything(ctx, store.id))).not.toMatch(/203\.0\.113\.7|r-1/);
  });

  it('take from their batch what they lack, and keep what they have', async () => {
    const context = { consent: { categoryPreferences: { analytics: true } }, locale: 'de' };
    const answer = await collect(ctx, store.browser, {
      events: [
        viewed({ anonymousId: 'batch-1' }),
        viewed({ anonymousId: 'batch-2' }, { context: { page: { path: '/' } } }),
        viewed({ anonymousId: 'batch-3' }, said({ analytics: false })),
        viewed({ anonymousId: 'batch-4' }, { context: null }),
      ],
      context,
    });
    expect(answer).toEqual({ accepted: 3, notCollected: 1, quarantined: [] });
  });

  it('are measured by the clock of their batch when they do not say when they were sent', async () => {
    const now = ctx.clock.now();
    const read = (event: object, sentAt: unknown) =>
      readMessage(store.server as Source, { ...identify('x'), ...event }, 0, {
        sentAt,
        context: undefined,
        receivedAt: now,
      });
    for (const [event, sentAt] of [
      [{ timestamp: 1_000 }, 2_000],
      [{ timestamp: 1_000, sentAt: 2_000 }, 500_000],
      [{ timestamp: 1_000, sentAt: 'garbage' }, 2_000],
      [{ originalTimestamp: 1_000, timestamp: 77 }, 2_000],
      [{ originalTimestamp: {}, timestamp: 1_000 }, 2_000],
    ] as const)
      expect(read(event, sentAt)).toMatchObject({ occurredAt: now - 1_000 });
    expect(isFault(read({ timestamp: 'tomorrow' }, undefined))).toBe(true);
  });
});

describe('consent in messages', () => {
  it('opens only the purposes that it names, and only with a plain yes', async () => {
    for (const [nth, preferences] of [
      null,
      'yes',
      [],
      { analytics: 'true' },
      { analytics: 1 },
      { everything: true },
      { 'legal-duty': true },
      { __proto__: { analytics: true } },
      { constructor: true },
      JSON.parse('{"__proto__":{"analytics":true}}'),
    ].entries())
      expect(await browser.send(viewed({ anonymousId: `no-${nth}` }, said(preferences)))).toMatchObject({
        accepted: 0,
      });
    expect(await browser.send(viewed({ anonymousId: 'yes' }, said({ analytics: true })))).toMatchObject({
      accepted: 1,
    });
    expect(await browser.find('anonymousId', 'no-1')).toBeNull();
  });

  it('of the reserved event is a choice, in the context or in the properties; elsewhere it never widens', async () => {
    const who = { anonymousId: 'chooser' };
    const standing = async () =>
      (await browser.standing(await browser.idOf('anonymousId', 'chooser'))).analytics;
    await browser.send(viewed(who, said({ analytics: true })));
    expect(await standing()).toBe('granted');
    await browser.send(viewed(who, said({ analytics: false })));
    expect(await standing()).toBe('refused');
    await browser.send(viewed(who, said({ analytics: true })));
    expect(await standing()).toBe('refused');
    const inside = { categoryPreferences: { analytics: true } };
    await browser.send(track('Segment Consent Preference Updated', who, inside));
    expect(await standing()).toBe('granted');
    await browser.send(chose(who, { analytics: false }));
    expect(await standing()).toBe('refused');
    expect(await count(ctx, 'bailee.event WHERE event_id = 37')).toBe(0);
  });

  it('is answered with what stands, its place in the ledger and a receipt; and never pretends for someone erased', async () => {
    const asked = { source: store.browser, who: { kind: 'anonymousId', value: 'banner' } } as const;
    const answer = await choose(ctx, { ...asked, choices: { analytics: true, advertising: false } });
    expect(answer.choices).toEqual({ analytics: 'granted', advertising: 'refused' });
    expect(answer.receipt?.entry).toMatchObject({ kind: 'choice', how: 'chosen' });
    expect(JSON.stringify(answer.receipt)).not.toContain('banner');
    expect((await readStanding(ctx, asked)).choices).toEqual(answer.choices);
    await expect(choose(ctx, { ...asked, choices: {} })).rejects.toMatchObject({ code: 'invalid_purpose' });
    await expect(choose(ctx, { ...asked, choices: { 'legal-duty': true } })).rejects.toMatchObject({
      code: 'invalid_purpose',
    });
    const junk = { ...asked, who: { kind: 'anonymousId', value: 'null' } } as const;
    await expect(choose(ctx, { ...junk, choices: { analytics: true } })).rejects.toMatchObject({
      code: 'invalid_identifier',
    });
  });
});
