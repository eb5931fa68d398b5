import { beforeAll, describe, expect, it } from 'vitest';
import { collect, replayQuarantine } from '../../src/collect/collect.ts';
import { listQuarantine } from '../../src/collect/quarantine.ts';
import { store as storeMessages } from '../../src/collect/store.ts';
import { erase } from '../../src/rights/erase.ts';
import { retire } from '../../src/rights/retention.ts';
import { OPERATOR } from '../kit/erase.ts';
import { everything, openText } from '../kit/everything.ts';
import { type TestGate, testGate, testStore } from '../kit/gate.ts';
import { bought, count, identify, shop, viewed } from '../kit/shop.ts';

const DAY = 86_400_000;
let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let server: ReturnType<typeof shop>;
beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
  server = shop(ctx, store.server);
});

const bad = (more: object = {}) => ({ type: 'nonsense', ...more });
const items = async () => (await listQuarantine(ctx, store.id)).items;
const contents = async () =>
  (await everything(ctx, store.id)).filter((each) => each.table === 'quarantine').map((each) => each.value);
const gone = async (userId: string) =>
  erase(ctx, {
    actor: OPERATOR,
    customer: await server.idOf('userId', userId),
    evidence: { reason: 'asked' },
  });

describe('the quarantine', () => {
  it('keeps a faulty event sealed under a key of its own, with what is wrong and never with the value', async () => {
    const answer = await server.send(
      bad({ userId: 'q1', traits: { email: 'q1@example.com', name: 'Quentin' } }),
      'text',
      7,
    );
    expect(answer.quarantined.map((each) => each.code)).toEqual(Array(3).fill('event_invalid'));
    const rows = await items();
    expect(rows).toHaveLength(3);
    expect(JSON.stringify(rows)).not.toMatch(/q1|Quentin/);
    expect(await openText(ctx)).not.toMatch(/q1@example|Quentin/);
    expect(await count(ctx, 'keys.row_key')).toBe(3);
    expect(await contents()).toContainEqual(expect.objectContaining({ userId: 'q1' }));
  });

  it('is reached by an erasure through every identifier, wherever in the event it stands', async () => {
    const traits = { email: 'Eve@Example.com', phone: '+4915112345678' };
    await server.send(
      identify('eve', { anonymousId: 'eve-phone', traits }),
      bought({ userId: 'eve' }, 'eve-1'),
    );
    const before = (await items()).length;
    const naming = [
      { userId: 'eve' },
      { anonymousId: 'eve-phone' },
      { previousId: 'eve' },
      { traits: { email: 'eve@example.com' } },
      { traits: { 'contact.phone': '0151 12345678' } },
      { properties: { email: 'EVE@example.com ' } },
      { properties: { customer: { contacts: [{ mail: 'eve@example.com' }] } } },
      { properties: { order_id: 'eve-1' } },
      { context: { traits: { phone: '+49 1511 2345678' } } },
      { user_id: 'eve' },
    ];
    await server.send(...naming.map((each) => bad(each)), 'eve@example.com', [{ email: 'eve@example.com' }]);
    await collect(ctx, store.server, { events: [bad()], context: { traits: { email: 'eve@example.com' } } });
    await server.send(bad({ userId: 'bystander', traits: { email: 'bystander@example.com' } }));
    expect(await items()).toHaveLength(before + naming.length + 4);
    await gone('eve');
    expect(await items()).toHaveLength(before + 1);
    expect(await count(ctx, 'keys.row_key')).toBe(before + 1);
    expect(JSON.stringify(await contents())).not.toMatch(/eve/i);
  });

  it('takes nothing in of someone who was erased', async () => {
    const before = (await items()).length;
    const answer = await server.send(
      bad({ userId: 'eve' }),
      bad({ properties: { email: 'eve@example.com' } }),
    );
    expect(answer).toEqual({ accepted: 0, notCollected: 2, quarantined: [] });
    expect(await items()).toHaveLength(before);
  });

  it('keeps nothing of an event that holds a full card number as an id', async () => {
    await server.send(identify('4111111111111111', { traits: { name: 'Carla' } }));
    expect(JSON.stringify(await contents())).not.toContain('Carla');
  });

  it('keeps a faulty event once, however often its batch is sent, and leaves its messageId to the event that mends it', async () => {
    const before = (await items()).length;
    const batch = [bad({ userId: 'm1', messageId: 'mend-1' }), identify('m1', { messageId: 'mend-2' })];
    for (let at = 0; at < 3; at += 1)
      expect(await server.send(...batch)).toMatchObject({
        accepted: 1,
        quarantined: [{ messageId: 'mend-1' }],
      });
    expect(await items()).toHaveLength(before + 1);
    const mended = identify('m1', { messageId: 'mend-1', traits: { name: 'Mended' } });
    expect(await server.send(mended)).toMatchObject({ accepted: 1 });
    expect((await everything(ctx, store.id)).map((each) => each.value)).toContain('Mended');
  });

  it('gives back what can be read now: by the clock of the day it came, once, and with what its batch said', async () => {
    const other = await testStore(ctx);
    const sent = ctx.clock.now() - DAY * 100;
    const raw = {
      ...viewed({ anonymousId: 'replayed' }, { messageId: 'replay-1', timestamp: sent - 5000 }),
      sentAt: sent,
      context: { consent: { categoryPreferences: { analytics: true } } },
    };
    const received = ctx.clock.now();
    // As if a former version could not read it.
    await ctx.db.transaction((tx) =>
      storeMessages(ctx, tx, {
        source: other.server,
        read: [{ index: 0, messageId: 'replay-1', code: 'event_invalid', message: 'Not read yet.', raw }],
        receivedAt: received,
        locks: 'update',
        deduplicate: true,
      }),
    );
    ctx.clock.advance(DAY);
    expect(await replayQuarantine(ctx, other.server)).toEqual({ replayed: 1, stillQuarantined: 0 });
    expect((await listQuarantine(ctx, other.id)).items).toEqual([]);
    // An old yes opens nothing: the choice may have been changed since.
    expect(
      await count(
        ctx,
        'bailee.event e JOIN bailee.customer c ON c.id = e.customer_id WHERE c.store_id = $1',
        [other.id],
      ),
    ).toBe(0);
    expect(await shop(ctx, other.server).counted('no-purpose', 'Product Viewed')).toBe(1);
  });

  it('gives nothing back twice, also when the sender sent it again in the meantime', async () => {
    const other = await testStore(ctx);
    const order = bought({ userId: 'twice' }, 'twice', {}, { messageId: 'twice' });
    await ctx.db.transaction((tx) =>
      storeMessages(ctx, tx, {
        source: other.server,
        read: [{ index: 0, messageId: 'twice', code: 'event_invalid', message: 'Not read yet.', raw: order }],
        receivedAt: ctx.clock.now(),
        locks: 'update',
        deduplicate: true,
      }),
    );
    await shop(ctx, other.server).send(order);
    await replayQuarantine(ctx, other.server);
    expect(
      await count(
        ctx,
        'bailee.event e JOIN bailee.customer c ON c.id = e.customer_id WHERE c.store_id = $1',
        [other.id],
      ),
    ).toBe(1);
  });

  it('lets go after 14 days: it lists nothing, gives nothing back, and the rows and keys go', async () => {
    expect((await items()).length).toBeGreaterThan(0);
    for (let days = 0; days < 14; days += 7) {
      await replayQuarantine(ctx, store.server);
      ctx.clock.advance(7 * DAY);
    }
    expect(await items()).toEqual([]);
    expect(await replayQuarantine(ctx, store.server)).toEqual({ replayed: 0, stillQuarantined: 0 });
    await retire(ctx);
    expect(await count(ctx, 'bailee.quarantine')).toBe(0);
    expect(await count(ctx, 'keys.row_key')).toBe(0);
  });

  it('is of one store: another sees nothing of it', async () => {
    const other = await testStore(ctx);
    await server.send(bad({ userId: 'here' }));
    expect((await listQuarantine(ctx, other.id)).items).toEqual([]);
    expect(await replayQuarantine(ctx, other.server)).toEqual({ replayed: 0, stillQuarantined: 0 });
    expect(await items()).toHaveLength(1);
  });
});
