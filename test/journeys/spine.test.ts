import { beforeAll, describe, expect, it } from 'vitest';
import { choose } from '../../src/collect/choose.ts';
import { collect, replayQuarantine } from '../../src/collect/collect.ts';
import { listUndeclared } from '../../src/collect/counts.ts';
import { listQuarantine } from '../../src/collect/quarantine.ts';
import { ask } from '../../src/gate/ask.ts';
import { find } from '../../src/gate/find.ts';
import { open } from '../../src/gate/open.ts';
import { timeline } from '../../src/gate/timeline.ts';
import { sequence } from '../../src/ledger/sequence.ts';
import { erase } from '../../src/rights/erase.ts';
import { lift } from '../../src/rights/lift.ts';
import { sweep } from '../../src/rights/sweep.ts';
import { OPERATOR } from '../kit/erase.ts';
import { type TestGate, testGate, testStore } from '../kit/gate.ts';

let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
});

const identify = (userId: string, more: Record<string, unknown> = {}) => ({
  type: 'identify',
  messageId: `m-${userId}`,
  userId,
  traits: {
    email: `${userId}@example.com`,
    name: 'Ana Souza',
    phone: '+4915112345678',
    nationalId: '123.456.789-00',
    ...more,
  },
});
const order = (userId: string, number: string) => ({
  type: 'track',
  event: 'Order Completed',
  messageId: `o-${number}`,
  userId,
  properties: {
    order_id: number,
    total: 30,
    currency: 'EUR',
    products: [{ product_id: 'p1', name: 'Mug', price: 10, quantity: 3 }],
  },
});
const ticket = (userId: string, number: string, about: string) => ({
  type: 'track',
  event: 'Support Ticket Opened',
  messageId: `t-${number}`,
  userId,
  properties: { ticket_id: number, order_id: about, subject: 'Broken', body: 'It arrived broken.' },
});

async function customerOf(userId: string, number: string) {
  const found = await find(ctx, {
    actor: store.actor('support'),
    identifier: { kind: 'userId', value: userId },
    purpose: 'customer-service',
    evidence: { order: number },
  });
  if (found[0] === undefined) throw new Error('nobody was found');
  return found[0].id;
}

describe('the spine', () => {
  it('lets support with a case see a masked phone and the order of the case, and never a national id', async () => {
    const answer = await collect(ctx, store.server, {
      events: [identify('u1'), order('u1', '1001'), ticket('u1', 'T-1', '1001')],
    });
    expect(answer).toEqual({ accepted: 3, notCollected: 0, quarantined: [] });
    const id = await customerOf('u1', '1001');
    const opened = await open(ctx, {
      actor: store.actor('support'),
      customer: id,
      purpose: 'customer-service',
      evidence: { case: 'T-1' },
    });
    expect(opened.fields['contact.phone']?.state).toBe('masked');
    expect(String(opened.fields['contact.phone']?.value)).not.toContain('1234567');
    expect(opened.fields['identity.nationalId']?.state).toBe('withheld');
    expect(opened.fields['identity.nationalId']).not.toHaveProperty('value');
    expect(opened.fields['transaction.order']).toMatchObject({
      state: 'revealed',
      value: { orderId: '1001', lines: [{ name: 'Mug' }] },
    });
    expect(opened.opening.ledgerIndex).toBeGreaterThanOrEqual(0);
    const history = await timeline(ctx, {
      actor: store.actor('support'),
      customer: id,
      purpose: 'customer-service',
      evidence: { case: 'T-1' },
    });
    expect(history.items.map((item) => item.kind).sort()).toEqual(['case', 'order']);
  });

  it('stores each message once, however often it is sent', async () => {
    const events = [identify('u2'), order('u2', '2001'), order('u2', '2001')];
    await collect(ctx, store.server, { events });
    const again = await collect(ctx, store.server, { events });
    expect(again.accepted).toBe(3);
    const { rows } = await ctx.db.query<{ count: string }>({ text: `SELECT count(*) FROM bailee.message` });
    expect(Number(rows[0]!.count)).toBe(5);
  });

  it('stores browsing only for those who agreed, and counts the rest', async () => {
    const view = (id: string, preferences?: Record<string, boolean>) => ({
      type: 'track',
      event: 'Product Viewed',
      messageId: `v-${id}-${JSON.stringify(preferences)}`,
      anonymousId: id,
      properties: { product_id: 'p1' },
      ...(preferences ? { context: { consent: { categoryPreferences: preferences } } } : {}),
    });
    const answer = await collect(ctx, store.browser, {
      events: [view('d1'), view('d2', { analytics: true }), view('d3', { analytics: false })],
    });
    expect(answer).toEqual({ accepted: 1, notCollected: 2, quarantined: [] });
    const counts = await listUndeclared(ctx, store.id);
    expect(counts).toContainEqual(
      expect.objectContaining({ reason: 'no-purpose', name: 'Product Viewed', count: 2 }),
    );
  });

  it('never lets an assertion widen a refusal, and narrows at once', async () => {
    const who = { kind: 'anonymousId', value: 'd9' } as const;
    await choose(ctx, { source: store.browser, who, choices: { analytics: true } });
    const after = await choose(ctx, { source: store.browser, who, choices: { analytics: false } });
    expect(after.choices).toEqual({ analytics: 'refused' });
    const view = {
      type: 'track',
      event: 'Product Viewed',
      messageId: 'vv',
      anonymousId: 'd9',
      context: { consent: { categoryPreferences: { analytics: true } } },
      properties: {},
    };
    expect(await collect(ctx, store.browser, { events: [view] })).toMatchObject({
      accepted: 0,
      notCollected: 1,
    });
  });

  it('quarantines a bad event while its neighbors are stored', async () => {
    const answer = await collect(ctx, store.server, {
      events: [{ type: 'nonsense', userId: 'u3', messageId: 'bad' }, identify('u3')],
    });
    expect(answer).toMatchObject({
      accepted: 1,
      quarantined: [{ index: 0, messageId: 'bad', code: 'event_invalid' }],
    });
    expect((await listQuarantine(ctx, store.id)).items).toHaveLength(1);
    expect(await replayQuarantine(ctx, store.server)).toEqual({ replayed: 0, stillQuarantined: 1 });
    expect((await listQuarantine(ctx, store.id)).items).toHaveLength(1);
  });

  it('erases for good: nothing finds, opens, replays or brings back', async () => {
    await collect(ctx, store.server, {
      events: [identify('u4'), order('u4', '4001'), ticket('u4', 'T-4', '4001')],
    });
    const id = await customerOf('u4', '4001');
    const erased = await erase(ctx, {
      actor: OPERATOR,
      customer: id,
      evidence: { reason: 'asked' },
    });
    expect(erased.kept.map((each) => each.class)).toEqual(['commerce']);
    const support = store.actor('support');
    await expect(
      open(ctx, { actor: support, customer: id, purpose: 'customer-service', evidence: { case: 'T-4' } }),
    ).rejects.toMatchObject({ code: 'evidence_mismatch' });
    const late = await collect(ctx, store.server, {
      events: [{ ...identify('u4'), messageId: 'late', timestamp: '2020-01-01T00:00:00Z' }],
    });
    expect(late).toMatchObject({ accepted: 0, notCollected: 1 });
    const officer = store.actor('privacy-officer');
    const legal = await open(ctx, {
      actor: officer,
      customer: id,
      purpose: 'legal-duty',
      fields: ['identity.name', 'transaction.order'],
      evidence: { order: '4001' },
    });
    expect(legal.fields['identity.name']?.state).toBe('withheld');
    expect(legal.fields['transaction.order']?.state).toBe('revealed');
    await sweep(ctx, erased.erasure);
    const { rows } = await ctx.db.query<{ n: string }>({
      text: 'SELECT count(*) AS n FROM bailee.field_value WHERE customer_id = $1',
      values: [id],
    });
    expect(Number(rows[0]!.n)).toBe(0);
    await lift(ctx, {
      actor: officer,
      identifier: { kind: 'email', value: 'u4@example.com' },
      evidence: { reason: 'bought again' },
    });
    expect(
      await collect(ctx, store.server, {
        events: [{ ...identify('u4'), messageId: 'back' }, order('u4', '4002')],
      }),
    ).toMatchObject({ accepted: 2 });
    expect(await customerOf('u4', '4002')).not.toBe(id);
  });

  it('keeps two people on a shared device apart', async () => {
    const device = (userId: string, at: string) => ({
      ...identify(userId),
      messageId: at,
      anonymousId: 'shared',
    });
    await collect(ctx, store.server, { events: [device('s1', 'a')] });
    await collect(ctx, store.server, { events: [device('s2', 'b')] });
    await collect(ctx, store.server, { events: [order('s1', '5001'), order('s2', '5002')] });
    expect(await customerOf('s1', '5001')).not.toBe(await customerOf('s2', '5002'));
    await expect(customerOf('s1', '5002')).rejects.toThrow('nobody was found');
  });

  it('answers without taking data whether a purpose is open', async () => {
    await collect(ctx, store.server, {
      events: [
        { ...identify('u6'), context: { consent: { categoryPreferences: { 'marketing-email': true } } } },
        order('u6', '6001'),
      ],
    });
    const id = await customerOf('u6', '6001');
    const [yes] = await ask(ctx, {
      actor: store.actor('marketing'),
      customers: [id],
      purpose: 'marketing-email',
    });
    const [no] = await ask(ctx, { actor: store.actor('marketing'), customers: [id], purpose: 'analytics' });
    expect([yes?.allowed, no?.allowed]).toEqual([true, false]);
    expect(await sequence(ctx)).toBeGreaterThan(0);
  });
});
