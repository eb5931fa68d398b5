import { beforeAll, describe, expect, it } from 'vitest';
import type { Purpose, Role } from '../../contract/names.ts';
import type { Evidence } from '../../src/gate/evidence.ts';
import { timeline } from '../../src/gate/timeline.ts';
import { erase } from '../../src/rights/erase.ts';
import { OPERATOR } from '../kit/erase.ts';
import { type TestGate, testGate, testStore } from '../kit/gate.ts';
import { bought, count, identify, opened, said, shop, track, viewed } from '../kit/shop.ts';

const MINUTE = 60_000;
let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let server: ReturnType<typeof shop>;
let ana: string;
beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
  server = shop(ctx, store.server);
  const who = { userId: 'ana' };
  const at = (minutes: number) => ({ timestamp: ctx.clock.now() - minutes * MINUTE });
  await server.send(
    { ...identify('ana', { anonymousId: 'phone' }), ...said({ analytics: true, personalization: true }) },
    bought(who, 'o-1', {}, at(60)),
    bought(who, 'o-2', {}, at(50)),
    opened(who, 't-1', { order_id: 'o-1', body: 'It arrived broken.' }, at(40)),
    opened(who, 't-2', { order_id: 'o-2' }, at(30)),
    viewed(who, at(20)),
    track('Products Searched', who, { query: 'tea for asthma' }, at(10)),
    viewed({ anonymousId: 'phone' }, at(5)),
    identify('bo'),
    opened({ userId: 'bo' }, 't-bo', { order_id: 'o-1' }),
  );
  ana = await server.idOf('userId', 'ana');
});

const look = (
  role: Role,
  purpose: Purpose,
  evidence: Evidence | null,
  more: { before?: number; limit?: number } = {},
) => timeline(ctx, { actor: store.actor(role), customer: ana, purpose, evidence, ...more });

describe('a timeline', () => {
  it('shows support with a case that case and its order, and nothing else', async () => {
    const { items, opening } = await look('support', 'customer-service', { case: 't-1' });
    expect(items.map((item) => item.kind)).toEqual(['case', 'order']);
    expect(items[0]!.value).toMatchObject({ ticket_id: 't-1', body: 'It arrived broken.', state: 'open' });
    expect(items[1]!.value).toMatchObject({ orderId: 'o-1', lines: [{ name: 'Mug' }] });
    expect(JSON.stringify(items)).not.toMatch(/o-2|t-2|asthma/);
    expect(opening.ledgerIndex).toBeGreaterThanOrEqual(0);
  });

  it('shows with an order that order alone', async () => {
    const { items } = await look('order-desk', 'order-fulfilment', { order: 'o-2' });
    expect(items.map((item) => [item.kind, (item.value as { orderId: string }).orderId])).toEqual([
      ['order', 'o-2'],
    ]);
  });

  it('shows an analyst nothing, and nobody anything without evidence that holds', async () => {
    for (const purpose of ['analytics', 'customer-service', 'legal-duty'] as const) {
      const answer = await look('analyst', purpose, null).catch(() => ({ items: [] }));
      expect(answer.items).toEqual([]);
    }
    await expect(look('support', 'customer-service', null)).rejects.toMatchObject({
      code: 'evidence_required',
    });
    await expect(look('support', 'customer-service', { case: 't-bo' })).rejects.toMatchObject({
      code: 'evidence_mismatch',
    });
    await expect(look('administrator', 'legal-duty', { reason: 'curious' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('does not follow a case into the order of somebody else', async () => {
    const { items } = await timeline(ctx, {
      actor: store.actor('support'),
      customer: await server.idOf('userId', 'bo'),
      purpose: 'customer-service',
      evidence: { case: 't-bo' },
    });
    expect(items.map((item) => item.kind)).toEqual(['case']);
  });

  it('shows the privacy officer with a reason what the purpose reaches, newest first, over all that belong together', async () => {
    const service = await look('privacy-officer', 'customer-service', { reason: 'asked' });
    expect(service.items.filter((item) => item.kind === 'order')).toHaveLength(2);
    expect(service.items.filter((item) => item.kind === 'case')).toHaveLength(2);
    expect(JSON.stringify(service.items)).not.toContain('Product Viewed');
    const seen = await look('privacy-officer', 'analytics', { reason: 'asked' });
    const views = seen.items.filter((item) => item.name === 'Product Viewed');
    expect(views).toHaveLength(2);
    expect(JSON.stringify(seen.items)).not.toContain('asthma');
    // A search may be seen masked at most, and of this one nothing could be masked: it is not even named.
    expect(seen.items.map((item) => item.name)).not.toContain('Products Searched');
    const times = service.items.map((item) => item.at);
    expect(times).toEqual([...times].sort().reverse());
  });

  it('comes in pages: never more than was asked for, and nothing twice', async () => {
    const asked = { reason: 'asked' } as const;
    const first = await look('privacy-officer', 'customer-service', asked, { limit: 2 });
    expect(first.items).toHaveLength(2);
    const before = Date.parse(first.items.at(-1)!.at);
    const second = await look('privacy-officer', 'customer-service', asked, { limit: 200, before });
    const ids = new Set(first.items.map((item) => item.id));
    expect(second.items.filter((item) => ids.has(item.id))).toEqual([]);
    for (const limit of [-5, 0, 0.5, 10_000])
      expect(
        (await look('privacy-officer', 'customer-service', asked, { limit })).items.length,
      ).toBeLessThanOrEqual(200);
  });

  it('is one entry in the ledger, whatever it shows', async () => {
    const before = await count(ctx, 'bailee.ledger_entry');
    await look('privacy-officer', 'legal-duty', { reason: 'asked' });
    expect(await count(ctx, 'bailee.ledger_entry')).toBe(before + 1);
  });

  it('of someone who was erased holds their orders for legal duty, and nothing for anything else', async () => {
    await server.send(
      identify('gone'),
      bought({ userId: 'gone' }, 'o-gone'),
      opened({ userId: 'gone' }, 't-gone'),
    );
    const customer = await server.idOf('userId', 'gone');
    const actor = store.actor('privacy-officer');
    const evidence = { reason: 'asked' } as const;
    await erase(ctx, { actor: OPERATOR, customer, evidence });
    const legal = await timeline(ctx, { actor, customer, purpose: 'legal-duty', evidence });
    expect(new Set(legal.items.map((item) => item.kind))).toEqual(new Set(['order', 'event']));
    for (const purpose of ['customer-service', 'analytics', 'fraud-prevention'] as const)
      expect((await timeline(ctx, { actor, customer, purpose, evidence })).items).toEqual([]);
  });
});
