import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestGate, testGate, testStore } from '../../../test/kit/gate.ts';
import { identify, shop } from '../../../test/kit/shop.ts';
import type { Caller } from '../../gate/actor.ts';
import { registerKeys } from '../../ledger/keys.ts';
import { listRequests } from '../requests/list.ts';
import { receiveShopify } from './receive.ts';
import { decideToRedact, redactShops } from './redact-shop.ts';
import { readShopify, setShopify } from './settings.ts';

const DOMAIN = 'teahouse.myshopify.com';
const OLD = 'old-secret-of-the-app';
const NEW = 'new-secret-of-the-app';

let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let server: ReturnType<typeof shop>;
let administrator: Caller;
let another: Caller;
let officer: Caller;
let nth = 0;
beforeAll(async () => {
  ctx = await testGate();
  await ctx.db.transaction((tx) => registerKeys(ctx, tx));
  store = await testStore(ctx);
  server = shop(ctx, store.server);
  administrator = store.actor('administrator') as Caller;
  another = { type: 'api-key', id: ctx.random.id(), store: store.id, role: 'administrator' };
  officer = store.actor('privacy-officer') as Caller;
  await setShopify(ctx, { actor: administrator, domain: DOMAIN, secrets: [NEW, OLD] });
  await server.send(identify('7001', { traits: { email: 'ana@example.com' } }));
  await server.send(identify('7002', { traits: { email: 'bea@example.com' } }));
});

interface Sent {
  readonly topic?: unknown;
  readonly content?: object;
  readonly secret?: string;
  readonly domain?: string;
  readonly id?: string;
}

function message({ topic = 'customers/redact', content = {}, secret = NEW, domain = DOMAIN, id }: Sent) {
  nth += 1;
  const body = Buffer.from(JSON.stringify({ shop_id: 954889, shop_domain: domain, ...content }));
  const signature = createHmac('sha256', secret).update(body).digest('base64');
  return { body, signature, topic, domain, id: id ?? `webhook-${nth}` };
}
const send = (sent: Sent) => receiveShopify(ctx, message(sent));
const requests = async () => (await listRequests(ctx, { actor: officer, limit: 500 })).requests;
const about = (customer: object) => ({ content: { customer } });

describe('a message of Shopify', () => {
  it('becomes a request of the customer, for whom the shop’s platform vouches', async () => {
    const ana = await server.idOf('userId', '7001');
    await send({ topic: 'customers/data_request', ...about({ id: 7001, email: 'ana@example.com' }) });
    await send(about({ id: 7001 }));
    expect(await requests()).toHaveLength(2);
    expect((await requests()).toSorted((a, b) => a.number - b.number)).toEqual([
      expect.objectContaining({ customer: ana, kind: 'access', channel: 'shop', proof: 'shop' }),
      expect.objectContaining({ customer: ana, kind: 'erasure', state: 'identity-checked' }),
    ]);
  });

  it('finds a customer by the address alone, and nobody is no fault', async () => {
    const bea = await server.idOf('userId', '7002');
    await send(about({ id: 99, email: 'Bea@Example.com ' }));
    expect((await requests()).filter(({ customer }) => customer === bea)).toHaveLength(1);
    const before = (await requests()).length;
    await send(about({ id: 98, email: 'nobody@example.com' }));
    await send(about({}));
    await send({});
    expect(await requests()).toHaveLength(before);
  });

  it('is taken once, also when it is sent again after its request ended', async () => {
    await server.send(identify('7003'));
    const carl = await server.idOf('userId', '7003');
    const one = message({ ...about({ id: 7003 }), id: 'the-same' });
    await receiveShopify(ctx, one);
    await receiveShopify(ctx, one);
    await ctx.db.query({
      text: `UPDATE bailee.request SET state = 'withdrawn', ended_at = received_at WHERE customer_id = $1`,
      values: [carl],
    });
    await receiveShopify(ctx, one);
    expect((await requests()).filter(({ customer }) => customer === carl)).toEqual([]);
  });

  it('is believed under each secret while one replaces another, and under no other', async () => {
    await send({ secret: OLD });
    const refused = { code: 'bad_signature' };
    await expect(send({ secret: 'a-secret-of-somebody' })).rejects.toMatchObject(refused);
    await expect(send({ domain: 'other.myshopify.com' })).rejects.toMatchObject(refused);
    const right = message({});
    for (const signature of [undefined, '', 'x', ['a'], `${right.signature} `, right.signature.slice(0, -4)])
      await expect(receiveShopify(ctx, { ...right, signature })).rejects.toMatchObject(refused);
    const changed = Buffer.concat([right.body, Buffer.from(' ')]);
    await expect(receiveShopify(ctx, { ...right, body: changed })).rejects.toMatchObject(refused);
    await setShopify(ctx, { actor: administrator, domain: DOMAIN, secrets: [NEW] });
    await expect(send({ secret: OLD })).rejects.toMatchObject(refused);
  });

  it('of one shop, signed by its app, says nothing about another shop', async () => {
    const other = { content: { shop_domain: 'other.myshopify.com', customer: { id: 7001 } } };
    await expect(send(other)).rejects.toMatchObject({ code: 'bad_request' });
    await expect(send({ topic: 'orders/create' })).rejects.toMatchObject({ code: 'bad_request' });
  });
});

describe('the secrets of an app', () => {
  it('are set by an administrator, and never told again, nor kept readable', async () => {
    await expect(setShopify(ctx, { actor: officer, domain: DOMAIN, secrets: [] })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const told = JSON.stringify(await readShopify(ctx, administrator));
    expect(told).toContain(DOMAIN);
    expect(told).not.toContain(NEW);
    const { rows } = await ctx.db.query<{ all: string }>({
      text: 'SELECT encode(sealed, $1) AS all FROM bailee.shopify_app',
      values: ['escape'],
    });
    expect(rows[0]!.all).not.toContain(NEW);
    const { rows: keys } = await ctx.db.query({ text: 'SELECT id FROM keys.row_key' });
    expect(keys).toHaveLength(1);
  });

  it('bind a domain to one store alone', async () => {
    const elsewhere = (await testStore(ctx)).actor('administrator') as Caller;
    await expect(setShopify(ctx, { actor: elsewhere, domain: DOMAIN, secrets: [OLD] })).rejects.toMatchObject(
      {
        code: 'conflict',
      },
    );
  });
});

describe('a shop that shall go', () => {
  it('waits for an administrator, and a message that was wrong costs nobody', async () => {
    await send({ topic: 'shop/redact' });
    await send({ topic: 'shop/redact' });
    const [redaction, ...more] = (await readShopify(ctx, administrator)).redactions;
    expect([redaction!.state, more]).toEqual(['waiting', []]);
    expect(await redactShops(ctx)).toBe(0);
    const decide = { actor: administrator, id: redaction!.id };
    await expect(decideToRedact(ctx, { ...decide, actor: officer, confirm: true })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await decideToRedact(ctx, { ...decide, confirm: false });
    await expect(decideToRedact(ctx, { ...decide, actor: another, confirm: true })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await redactShops(ctx)).toBe(0);
    expect(await server.find('userId', '7001')).not.toBeNull();
  });

  it('is erased by a job once an administrator confirmed it, and no other shop with it', async () => {
    const next = await testStore(ctx);
    const neighbor = shop(ctx, next.server);
    await neighbor.send(identify('7001'));
    await send({ topic: 'shop/redact' });
    const [redaction] = (await readShopify(ctx, administrator)).redactions;
    // Whoever set the secret could have signed the message.
    const decide = { id: redaction!.id, confirm: true };
    await expect(decideToRedact(ctx, { ...decide, actor: administrator })).rejects.toMatchObject({
      details: { needs: 'second-person' },
    });
    await decideToRedact(ctx, { ...decide, actor: another });
    expect(await redactShops(ctx)).toBe(3);
    expect(await server.find('userId', '7001')).toBeNull();
    expect(await neighbor.find('userId', '7001')).not.toBeNull();
    expect((await readShopify(ctx, administrator)).redactions[0]!.state).toBe('done');
    expect(await redactShops(ctx)).toBe(0);
  });
});
