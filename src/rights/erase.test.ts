import { beforeAll, describe, expect, it } from 'vitest';
import type { IdentifierKind } from '../../contract/names.ts';
import { OPERATOR } from '../../test/kit/erase.ts';
import { everything, openText } from '../../test/kit/everything.ts';
import { type TestGate, testGate, testStore } from '../../test/kit/gate.ts';
import { bought, chose, count, identify, opened, shop, track, viewed } from '../../test/kit/shop.ts';
import { choose } from '../collect/choose.ts';
import { ask } from '../gate/ask.ts';
import { bulkOrders } from '../gate/bulk.ts';
import { find } from '../gate/find.ts';
import { open } from '../gate/open.ts';
import { timeline } from '../gate/timeline.ts';
import { erase } from './erase.ts';
import { sweep } from './sweep.ts';
import type { Erased } from './types.ts';

let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let server: ReturnType<typeof shop>;
let gone: Erased;
let customer: string;

const traits = { name: 'Ana Souza', email: 'ana@example.com', phone: '+4915112345678', health: 'asthma' };
const IDENTIFIERS: readonly (readonly [IdentifierKind, string])[] = [
  ['userId', 'ana'],
  ['userId', 'ana-old'],
  ['anonymousId', 'ana-phone'],
  ['email', 'ana@example.com'],
  ['phone', '+4915112345678'],
  ['case', 't-ana'],
];
const story = (more: object = {}) => [
  { ...identify('ana', { anonymousId: 'ana-phone', traits }), ...more },
  { type: 'alias', userId: 'ana', previousId: 'ana-old', ...more },
  chose({ userId: 'ana' }, { analytics: true, 'marketing-email': true }),
  bought({ userId: 'ana' }, 'o-ana', { billing: { name: 'Ana Souza Ltd' } }),
  opened({ userId: 'ana' }, 't-ana', { order_id: 'o-ana', body: 'It arrived broken.' }),
  viewed({ anonymousId: 'ana-phone' }),
  { type: 'nonsense', userId: 'ana', traits },
];
const officer = () => store.actor('privacy-officer');
const REASON = { reason: 'asked' } as const;

beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
  server = shop(ctx, store.server);
  await server.send(
    ...story(),
    identify('bystander', { traits: { name: 'Bo' } }),
    bought({ userId: 'bystander' }, 'o-bo'),
  );
  customer = await server.idOf('userId', 'ana');
  gone = await erase(ctx, {
    actor: OPERATOR,
    customer: await server.idOf('anonymousId', 'ana-phone'),
    evidence: REASON,
  });
});

describe('an erasure', () => {
  it('takes everyone who belongs together, and says what is kept and why', async () => {
    expect(gone.customers).toContain(customer);
    expect(gone.customers).toHaveLength(3);
    expect(gone.erased).toEqual(['identity', 'behavior', 'service', 'sensitive']);
    expect(gone.kept).toMatchObject([{ class: 'commerce', purpose: 'legal-duty' }]);
    expect(gone.receipt.entry).toMatchObject({ kind: 'erasure', erasure: gone.erasure });
  });

  it('puts no name, no reason and no contact into its entry or its receipt', () => {
    expect(JSON.stringify(gone)).not.toMatch(/Souza|example\.com|asked|asthma|"ana/);
  });

  it('leaves no identifier, no open link, no living key but for the orders, and nothing in quarantine', async () => {
    for (const [kind, value] of IDENTIFIERS) expect(await server.find(kind, value)).toBeNull();
    const own = `customer_id = ANY($1)`;
    expect(await count(ctx, `bailee.identifier WHERE kind <> 5 AND ${own}`, [gone.customers])).toBe(0);
    expect(
      await count(ctx, `keys.data_key WHERE class <> 2 AND wrapped IS NOT NULL AND ${own}`, [gone.customers]),
    ).toBe(0);
    expect(
      await count(ctx, 'bailee.customer_link WHERE valid_to IS NULL AND child = ANY($1)', [gone.customers]),
    ).toBe(0);
    expect(await count(ctx, 'bailee.quarantine')).toBe(0);
    const left = (await everything(ctx, store.id)).filter((each) => gone.customers.includes(each.customer));
    expect(JSON.stringify(left)).not.toMatch(/Ana Souza"|example\.com|asthma|broken/);
  });

  it('closes every way of reading', async () => {
    const support = store.actor('support');
    const service = { actor: support, purpose: 'customer-service' } as const;
    for (const evidence of [{ case: 't-ana' }, { order: 'o-ana' }])
      for (const [kind, value] of IDENTIFIERS) {
        const identifier = { kind, value };
        const found = await find(ctx, { ...service, identifier, evidence }).catch(() => []);
        expect(found).toEqual([]);
      }
    for (const id of gone.customers) {
      const looked = await open(ctx, { ...service, customer: id, evidence: { order: 'o-ana' } }).catch(
        () => null,
      );
      for (const field of Object.values(looked?.fields ?? {})) expect(field.state).toBe('withheld');
      const history = await timeline(ctx, { ...service, customer: id, evidence: { order: 'o-ana' } }).catch(
        () => null,
      );
      expect(history?.items ?? []).toEqual([]);
    }
    const asked = { actor: store.actor('marketing'), customers: gone.customers } as const;
    for (const purpose of ['marketing-email', 'analytics', 'order-fulfilment'] as const)
      expect((await ask(ctx, { ...asked, purpose })).map((each) => each.allowed)).toEqual([
        false,
        false,
        false,
      ]);
    const job = { type: 'job', name: 'report', store: store.id } as const;
    const numbers: unknown[] = [];
    for await (const page of bulkOrders(ctx, { actor: job, purpose: 'order-fulfilment' }))
      numbers.push(...page.map((order) => order.details.orderId));
    expect(numbers).toEqual(['o-bo']);
  });

  it('keeps orders and invoices for legal duty alone', async () => {
    const answer = await open(ctx, {
      actor: officer(),
      customer,
      purpose: 'legal-duty',
      evidence: { order: 'o-ana' },
      fields: ['identity.name', 'contact.email', 'transaction.order', 'transaction.invoiceParty'],
    });
    expect(Object.values(answer.fields).map((field) => field.state)).toEqual([
      'withheld',
      'withheld',
      'revealed',
      'revealed',
    ]);
  });

  it('is not undone by late events, a replayed batch, an alias, a sign-in or a choice', async () => {
    const before = await count(ctx, 'bailee.customer');
    for (const more of [{}, { timestamp: '1999-01-01T00:00:00Z' }]) {
      const answer = await server.send(...story(more), ...story(more).reverse());
      expect(answer).toEqual({ accepted: 0, notCollected: 14, quarantined: [] });
    }
    await server.send(
      { type: 'alias', userId: 'bystander', previousId: 'ana' },
      { type: 'alias', userId: 'ana', previousId: 'bystander' },
      identify('bystander', { anonymousId: 'ana-phone', traits: { email: 'ana@example.com' } }),
    );
    expect((await server.together(await server.idOf('userId', 'bystander'))).size).toBe(1);
    for (const [kind, value] of IDENTIFIERS) expect(await server.find(kind, value)).toBeNull();
    expect(await count(ctx, 'bailee.customer')).toBe(before);
    expect(JSON.stringify(await everything(ctx, store.id))).not.toContain('ana@example.com');
    for (const [source, kind, value] of [
      [store.browser, 'anonymousId', 'ana-phone'],
      [store.server, 'userId', 'ana'],
    ] as const)
      await expect(
        choose(ctx, { source, who: { kind, value }, choices: { analytics: true } }),
      ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('lets nobody take the number of an erased ticket, and fails no batch for it', async () => {
    const answer = await server.send(
      opened({ userId: 'bystander' }, 't-ana', { body: 'Mine now.' }),
      track('Support Ticket Replied', { anonymousId: 'someone-else' }, { ticket_id: 't-ana' }),
      identify('bystander'),
    );
    expect(answer).toMatchObject({ accepted: 3, quarantined: [] });
    expect(await server.find('case', 't-ana')).toBeNull();
    expect(await server.counted('erased', 'case')).toBeGreaterThanOrEqual(2);
  });

  it('leaves the order to its own: nobody fills it anew', async () => {
    await server.send(bought({ userId: 'bystander' }, 'o-ana', { total: 0 }));
    const legal = {
      actor: officer(),
      customer,
      purpose: 'legal-duty',
      evidence: { order: 'o-ana' },
    } as const;
    const { fields } = await open(ctx, { ...legal, fields: ['transaction.order'] });
    expect(fields['transaction.order']?.value).toMatchObject({ total: 30 });
  });

  it('is ordered by the privacy officer with a reason, and by nobody else, once', async () => {
    const other = await server.idOf('userId', 'bystander');
    for (const role of [
      'support',
      'marketing',
      'analyst',
      'administrator',
      'security',
      'auditor',
      'order-desk',
    ] as const)
      await expect(
        erase(ctx, { actor: store.actor(role), customer: other, evidence: REASON }),
      ).rejects.toMatchObject({
        code: 'forbidden',
      });
    const asked = { actor: officer(), customer: other };
    await expect(erase(ctx, { ...asked, evidence: null })).rejects.toMatchObject({
      code: 'evidence_required',
    });
    await expect(erase(ctx, { ...asked, evidence: { order: 'o-bo' } })).rejects.toMatchObject({
      code: 'evidence_required',
    });
    await expect(erase(ctx, { ...asked, evidence: { request: 'r' } })).rejects.toMatchObject({
      code: 'evidence_mismatch',
    });
    await expect(erase(ctx, { ...asked, customer, evidence: REASON })).rejects.toMatchObject({
      code: 'already_erased',
    });
    expect(await server.find('userId', 'bystander')).toBe(other);
  });

  it('ends with the rows gone, however often the job runs, and the orders still there', async () => {
    await sweep(ctx, gone.erasure);
    await sweep(ctx, gone.erasure);
    await sweep(ctx, ctx.random.id());
    const own = 'WHERE customer_id = ANY($1)';
    for (const table of ['field_value', 'cases', 'choice'])
      expect(await count(ctx, `bailee.${table} ${own}`, [gone.customers])).toBe(0);
    expect(await count(ctx, `bailee.event ${own} AND class <> 2`, [gone.customers])).toBe(0);
    expect(await count(ctx, `bailee.opening ${own} AND class <> 2`, [gone.customers])).toBe(0);
    expect(await count(ctx, `bailee.customer_identifier ${own} AND kind <> 5`, [gone.customers])).toBe(0);
    expect(await count(ctx, `bailee.orders ${own}`, [gone.customers])).toBe(1);
    expect(await count(ctx, `bailee.field_value`)).toBeGreaterThan(0);
    expect(await openText(ctx)).not.toMatch(/Souza|ana@example|o-ana|ana-phone/);
  });

  it('of a store is nothing to another store with the same customers', async () => {
    const other = await testStore(ctx);
    const there = shop(ctx, other.server);
    expect(await there.send(...story().slice(0, 6))).toMatchObject({ accepted: 6 });
    expect((await there.together(await there.idOf('userId', 'ana'))).size).toBe(3);
    expect(await server.find('userId', 'ana')).toBeNull();
    await erase(ctx, {
      actor: OPERATOR,
      customer: await there.idOf('userId', 'ana'),
      evidence: REASON,
    });
    expect(await server.find('userId', 'bystander')).not.toBeNull();
  });

  it('of someone who bought nothing keeps nothing', async () => {
    await server.send(
      identify('window-shopper'),
      track('Checkout Started', { userId: 'window-shopper' }, { order_id: 'x' }),
    );
    const id = await server.idOf('userId', 'window-shopper');
    const done = await erase(ctx, { actor: OPERATOR, customer: id, evidence: REASON });
    expect(done.kept).toEqual([]);
    await sweep(ctx, done.erasure);
    expect(await count(ctx, 'bailee.event WHERE customer_id = $1', [id])).toBe(0);
    expect(await count(ctx, 'keys.data_key WHERE wrapped IS NOT NULL AND customer_id = $1', [id])).toBe(0);
  });
});
