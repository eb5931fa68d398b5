import { beforeAll, describe, expect, it } from 'vitest';
import { everything } from '../../test/kit/everything.ts';
import { type TestGate, testGate, testStore } from '../../test/kit/gate.ts';
import { bought, identify, opened, shop, track } from '../../test/kit/shop.ts';
import { open } from '../gate/open.ts';

const MINUTE = 60_000;
let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let server: ReturnType<typeof shop>;
let start: number;
beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
  server = shop(ctx, store.server);
  start = ctx.clock.now();
  ctx.clock.advance(100 * MINUTE);
});

const at = (minute: number) => ({ timestamp: start + minute * MINUTE });
const lines = (...names: string[]) => ({ products: names.map((name) => ({ name, price: 1, quantity: 1 })) });
const updated = (userId: string, number: string, minute: number, properties: object) =>
  track('Order Updated', { userId }, { order_id: number, ...properties }, at(minute));
const refunded = (userId: string, number: string, minute: number) =>
  track('Order Refunded', { userId }, { order_id: number }, at(minute));

async function order(userId: string, number: string) {
  const { fields } = await open(ctx, {
    actor: store.actor('order-desk'),
    customer: await server.idOf('userId', userId),
    purpose: 'order-fulfilment',
    evidence: { order: number },
    fields: ['transaction.order'],
  });
  const value = fields['transaction.order']!.value as {
    lines: { name: string }[];
    state: string;
    total: number;
  };
  return { ...value, lines: value.lines.map((line) => line.name).sort() };
}
const party = async (userId: string, number: string) =>
  (
    await open(ctx, {
      actor: store.actor('privacy-officer'),
      customer: await server.idOf('userId', userId),
      purpose: 'legal-duty',
      evidence: { order: number },
      fields: ['transaction.invoiceParty'],
    })
  ).fields['transaction.invoiceParty']!.value;

describe('an order', () => {
  const steps = (user: string, number: string) => [
    bought({ userId: user }, number, { total: 3, ...lines('a', 'b', 'c'), billing: { name: 'Ltd' } }, at(1)),
    updated(user, number, 2, { total: 2, ...lines('a', 'b') }),
    updated(user, number, 3, { total: 1, ...lines('a'), coupon: 'TEA' }),
    refunded(user, number, 4),
  ];
  const orders = [
    [0, 1, 2, 3],
    [3, 2, 1, 0],
    [2, 0, 3, 1],
    [1, 3, 0, 2],
    [3, 0, 2, 1],
  ];

  it('ends the same, in whatever order its events come: the last details and lines, refunded, the party kept', async () => {
    for (const [nth, sequence] of orders.entries()) {
      const [user, number] = [`seq-${nth}`, `seq-${nth}`];
      const events = steps(user, number);
      for (const step of sequence) await server.send(events[step]);
      expect(await order(user, number)).toMatchObject({
        state: 'refunded',
        total: 1,
        coupon: 'TEA',
        lines: ['a'],
      });
      expect(await party(user, number)).toEqual({ name: 'Ltd' });
    }
  });

  it('ends the same when its events come in one batch', async () => {
    for (const [nth, sequence] of orders.entries()) {
      const [user, number] = [`batch-${nth}`, `batch-${nth}`];
      const events = steps(user, number);
      await server.send(...sequence.map((step) => events[step]));
      expect(await order(user, number)).toMatchObject({ state: 'refunded', total: 1, lines: ['a'] });
      expect(await party(user, number)).toEqual({ name: 'Ltd' });
    }
  });

  it('keeps identical lines apart, and its lines when an update names none', async () => {
    await server.send(bought({ userId: 'twins' }, 'twins', lines('tea', 'tea', 'mug'), at(1)));
    await server.send(updated('twins', 'twins', 2, { total: 5 }));
    expect(await order('twins', 'twins')).toMatchObject({ total: 5, lines: ['mug', 'tea', 'tea'] });
    await server.send(updated('twins', 'twins', 3, { products: [] }));
    expect((await order('twins', 'twins')).lines).toEqual([]);
  });

  it('of another customer is not overwritten, refunded or filled by anyone else', async () => {
    await server.send(bought({ userId: 'owner' }, 'owned', { total: 30 }, at(1)), identify('thief'));
    await server.send(
      bought({ userId: 'thief' }, 'owned', { total: 0, ...lines('nothing') }, at(2)),
      updated('thief', 'owned', 3, { total: 0 }),
      refunded('thief', 'owned', 4),
    );
    expect(await order('owner', 'owned')).toMatchObject({ state: 'placed', total: 30, lines: ['Mug'] });
    await expect(order('thief', 'owned')).rejects.toMatchObject({ code: 'evidence_mismatch' });
    expect(await server.counted('order-of-another', 'order')).toBe(3);
  });

  it('of a guest is the customer’s once they sign in, and goes on from there', async () => {
    await server.send(bought({ anonymousId: 'guest-device' }, 'as-guest', { total: 7 }, at(1)));
    await server.send(identify('signed-in', { anonymousId: 'guest-device' }));
    expect(await order('signed-in', 'as-guest')).toMatchObject({ total: 7 });
    await server.send(updated('signed-in', 'as-guest', 2, { total: 8 }));
    expect(await order('signed-in', 'as-guest')).toMatchObject({ total: 8, state: 'updated' });
  });

  it('whose number is a full card number is quarantined, however often it is sent, and harms no neighbor', async () => {
    for (const number of ['4111 1111 1111 1111', 5555555555554444, '４１１１１１１１１１１１１１１１'])
      for (const userId of ['careless', 'other']) {
        const answer = await server.send(
          bought({ userId }, number as string),
          opened({ userId }, number as string),
          identify(userId),
        );
        expect(answer.accepted).toBe(1);
        expect(answer.quarantined.map((each) => each.code)).toEqual(['card_number', 'card_number']);
      }
  });

  it('without a usable number is an event and no order', async () => {
    for (const order_id of [
      undefined,
      null,
      '',
      'null',
      {},
      ['o'],
      1.5,
      'x'.repeat(200),
      'nul\u0000',
      '\ud800',
    ])
      expect(await server.send(bought({ userId: 'unnumbered' }, order_id as string))).toMatchObject({
        accepted: 1,
      });
    const customer = await server.idOf('userId', 'unnumbered');
    const own = (await everything(ctx, store.id)).filter((each) => each.customer === customer);
    expect(own.filter((each) => each.table === 'orders')).toEqual([]);
    expect(own.filter((each) => each.table === 'event')).toHaveLength(10);
  });
});

describe('a case', () => {
  const told = (what: string, number: string, minute: number, more: object = {}) =>
    track(`Support Ticket ${what}`, { userId: 'caller' }, { ticket_id: number, ...more }, at(minute));
  const holds = async (number: string) =>
    open(ctx, {
      actor: store.actor('support'),
      customer: await server.idOf('userId', 'caller'),
      purpose: 'customer-service',
      evidence: { case: number },
    }).then(
      (answer) => answer.fields['transaction.order']?.value ?? true,
      (error: { code: string }) => error.code,
    );

  it('is open or closed by what happened last, in whatever order it is told', async () => {
    const story = (number: string) => [
      told('Opened', number, 1, { subject: 'Broken', body: 'In two.' }),
      told('Replied', number, 2),
      told('Closed', number, 3, { resolution: 'Sent a new one.' }),
    ];
    for (const [nth, sequence] of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
      [2, 0, 1],
    ].entries()) {
      const events = story(`story-${nth}`);
      for (const step of sequence) await server.send(events[step]);
      expect(await holds(`story-${nth}`)).toBe('evidence_mismatch');
      await server.send(...sequence.map((step) => story(`story-batch-${nth}`)[step]));
      expect(await holds(`story-batch-${nth}`)).toBe('evidence_mismatch');
    }
    const cases = (await everything(ctx, store.id)).filter((each) => each.table === 'cases');
    expect(cases).toHaveLength(8);
    for (const { value } of cases) expect(value).toMatchObject({ subject: 'Broken', body: 'In two.' });
    await server.send(told('Replied', 'story-0', 4));
    expect(await holds('story-0')).toBe(true);
  });

  it('is closed when it was opened and closed at the same moment', async () => {
    await server.send(told('Closed', 'moment', 5), told('Opened', 'moment', 5), told('Replied', 'moment', 5));
    expect(await holds('moment')).toBe('evidence_mismatch');
  });

  it('finds its order when that comes later than the case', async () => {
    await server.send(told('Opened', 'early', 1, { order_id: 'late' }));
    expect(await holds('early')).toBe(true);
    await server.send(
      bought({ userId: 'caller' }, 'late', {}, at(2)),
      told('Replied', 'early', 3, { order_id: 'late' }),
    );
    expect(await holds('early')).toMatchObject({ orderId: 'late' });
  });

  it('of another customer is not closed, opened or read by anyone else', async () => {
    await server.send(told('Opened', 'mine', 1));
    await server.send(
      track('Support Ticket Closed', { userId: 'stranger' }, { ticket_id: 'mine' }, at(2)),
      track(
        'Support Ticket Opened',
        { userId: 'stranger' },
        { ticket_id: 'mine', body: 'Not theirs.' },
        at(3),
      ),
    );
    expect(await holds('mine')).toBe(true);
    expect(await server.counted('order-of-another', 'case')).toBe(2);
  });
});
