/** Recipients as they are: servers of their own on this machine, and signatures made by Node and TweetNaCl, not by the house. */
import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { unzipSync } from 'fflate';
import nacl from 'tweetnacl';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GateCtx } from '../../src/gate/context.ts';
import { canonical } from '../../src/ledger/leaf.ts';
import { openNote } from '../../src/ledger/note.ts';
import { drain } from '../../src/platform/outbox.ts';
import { retire } from '../../src/rights/retention.ts';
import { deliver, takeMessages } from '../../src/sharing/deliver.ts';
import { tellOfRefusal } from '../../src/sharing/refused.ts';
import { closeAfterFile } from '../kit/closing.ts';
import type { TestClock } from '../kit/context.ts';
import { verifiedRequest } from '../kit/erase.ts';
import { type TestServer, testServer } from '../kit/server.ts';
import { count } from '../kit/shop.ts';
import { gateContext, makeStore, type TestStore } from '../kit/store.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

interface Got {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
interface Receiver {
  readonly url: string;
  readonly got: Got[];
  answer: number;
}

let ctx: GateCtx & { clock: TestClock };
let one: TestServer;
let home: TestStore;
beforeAll(async () => {
  ctx = await gateContext({
    env: { BAILEE_PRIVATE_RECIPIENTS: 'true', BAILEE_PUBLIC_URL: 'https://shop.example' },
  });
  one = await testServer(ctx);
  home = await makeStore(ctx);
});

async function receiver(answer = 200): Promise<Receiver> {
  const state: Receiver = { url: '', got: [], answer };
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      state.got.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
      response.writeHead(state.answer, { location: 'http://127.0.0.1:1/elsewhere' }).end('taken');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closeAfterFile(async () => void server.close());
  return Object.assign(state, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` });
}

const admin = () => home.apiKeys.administrator;
const officer = () => home.apiKeys['privacy-officer'];
async function register(name: string, url: string, more: object = {}) {
  const body = { name, url, protocol: 'webhook', identify: 'email-sha256', purposes: ['partner-sharing'] };
  const answer = await one.post('/api/recipients', officer(), {
    ...body,
    fields: ['contact.email'],
    ...more,
  });
  expect(answer.body).toContain('"id"');
  return answer.json() as { id: string; secret: string };
}
const remove = (id: string) => one.post(`/api/recipients/${id}/remove`, admin(), {});
async function customer(name: string, more: object = {}): Promise<string> {
  const traits = { email: `${name}@example.com` };
  await one.post('/v1/identify', home.serverKey, { userId: name, traits, ...more });
  const found = await one.post('/api/customers/find', officer(), {
    ...{ identifier: { kind: 'userId', value: name }, purpose: 'legal-duty' },
    evidence: { reason: 'a test' },
  });
  return found.json().customers[0].id as string;
}
async function erase(id: string): Promise<string> {
  const evidence = await verifiedRequest(one, home.apiKeys.support!, id);
  const answer = await one.post(`/api/customers/${id}/erase`, officer(), { evidence });
  expect(answer.statusCode).toBe(200);
  return answer.json().erasure as string;
}
/** All that is due, as the background does it. */
async function deliverAll(): Promise<number> {
  const taken = await takeMessages(ctx, 100);
  await Promise.all(taken.map((message) => deliver(ctx, message)));
  return taken.length;
}
const certificate = async (erasure: string, key = officer()) =>
  (await one.get(`/api/erasures/${erasure}/recipients`, key)).json();
const handOn = () =>
  drain(ctx, async (tx, message) => {
    if (message.kind === 'partner.refused') await tellOfRefusal(ctx, tx, message.payload);
  });
const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const sign = (secret: string, id: string, timestamp: string, body: string) =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64')}`;

function confirm(id: string, outcome: string, signature: (id: string, at: string, body: string) => string) {
  const at = String(Math.floor(ctx.clock.now() / 1000));
  const body = JSON.stringify({ outcome });
  return one.send({
    ...{ method: 'POST', url: `/v1/acknowledgements/${id}`, payload: body },
    headers: { 'webhook-timestamp': at, 'webhook-signature': signature(id, at, body) },
  });
}

describe('an erasure', () => {
  it('reaches every recipient, signed, and names the customer by what the recipient knows', async () => {
    const [a, b, c] = [await receiver(), await receiver(202), await receiver(201)];
    const first = await register('Mails', a.url);
    const second = await register('Ads', b.url, { identify: 'pseudonym' });
    const third = await register('Sender', c.url, {
      ...{ protocol: 'ketch', identify: 'account' },
      authorization: 'Bearer of-theirs',
    });
    const ana = await customer('ana');
    const { pseudonyms } = (
      await one.post(`/api/recipients/${second.id}/pseudonyms`, admin(), { customers: [ana] })
    ).json();
    const erasure = await erase(ana);
    expect(await deliverAll()).toBe(3);
    const told = JSON.parse(a.got[0]!.body);
    expect(told).toMatchObject({
      type: 'customer.erased',
      data: { identities: [{ type: 'email-sha256', value: sha('ana@example.com') }] },
    });
    expect(told.data.confirmAt).toBe(`https://shop.example/v1/acknowledgements/${told.data.id}`);
    const { headers, body } = a.got[0]!;
    const [id, at] = [String(headers['webhook-id']), String(headers['webhook-timestamp'])];
    expect(headers['webhook-signature']).toBe(sign(first.secret, id, at, body));
    expect(JSON.parse(b.got[0]!.body).data.identities).toEqual([{ type: 'pseudonym', value: pseudonyms[0] }]);
    const ketch = JSON.parse(c.got[0]!.body);
    expect(ketch).toMatchObject({ apiVersion: 'dsr/v1', kind: 'DeleteRequest' });
    expect(ketch.request.identities).toEqual([
      { identitySpace: 'account_id', identityFormat: 'raw', identityValue: 'ana' },
    ]);
    expect(c.got[0]!.headers.authorization).toBe('Bearer of-theirs');
    for (const { got } of [a, b, c]) expect(JSON.stringify(got)).not.toMatch(/ana@example/);
    expect((await certificate(erasure)).recipients.map((each: { state: string }) => each.state)).toEqual([
      ...['delivered', 'delivered', 'delivered'],
    ]);
    for (const { id: made } of [first, second, third]) await remove(made);
  });

  it('in the shape of OpenDSR is one that its processors read', async () => {
    const a = await receiver(201);
    const { id: made } = await register('Open', a.url, { protocol: 'opendsr' });
    await erase(await customer('otto'));
    await deliverAll();
    const body = JSON.parse(a.got[0]!.body);
    expect(body).toMatchObject({
      subject_request_type: 'erasure',
      api_version: '2.0',
      subject_identities: [
        { identity_type: 'email', identity_format: 'sha256', identity_value: sha('otto@example.com') },
      ],
    });
    expect(body.subject_request_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/);
    await remove(made);
  });

  it('of somebody whom a recipient cannot know is not sent, and the certificate says so', async () => {
    const a = await receiver();
    const { id: made } = await register('By mail', a.url);
    const found = await customer('nomail', { traits: {} });
    const erasure = await erase(found);
    expect(await deliverAll()).toBe(0);
    expect(await certificate(erasure)).toMatchObject({
      complete: true,
      recipients: [{ state: 'not-known', toldAt: null }],
    });
    await remove(made);
  });
});

describe('one who does not answer', () => {
  it('keeps no other waiting, is tried later and later, and given up after five days', async () => {
    const [dead, live] = [await receiver(500), await receiver()];
    const a = await register('Dead', dead.url);
    const b = await register('Live', live.url);
    const erasure = await erase(await customer('bea'));
    await deliverAll();
    expect(live.got).toHaveLength(1);
    expect(await deliverAll()).toBe(0);
    const waits = [1, 5, 30, 120, 360, 720, 720].map((minutes) => minutes * MINUTE);
    for (const wait of waits) {
      ctx.clock.advance(wait - 1);
      expect(await deliverAll()).toBe(0);
      ctx.clock.advance(1);
      expect(await deliverAll()).toBe(1);
    }
    expect(await count(ctx, 'bailee.recipient_delivery WHERE sealed IS NOT NULL')).toBe(1);
    const keys = await count(ctx, 'keys.row_key');
    ctx.clock.advance(4 * DAY);
    await deliverAll();
    const states = Object.fromEntries(
      (await certificate(erasure)).recipients.map((each: { name: string; state: string }) => [
        each.name,
        each.state,
      ]),
    );
    expect(states).toEqual({ Dead: 'given-up', Live: 'delivered' });
    expect(await count(ctx, 'bailee.recipient_delivery WHERE sealed IS NOT NULL')).toBe(0);
    expect(await count(ctx, 'keys.row_key')).toBe(keys - 1);
    for (const { id } of [a, b]) await remove(id);
  });

  it('with many messages is called for four at a time, and the others go on beside it', async () => {
    const [slow, live] = [await receiver(), await receiver()];
    const a = await register('Slow', slow.url);
    for (const name of ['s1', 's2', 's3', 's4', 's5', 's6']) await erase(await customer(name));
    const b = await register('Beside', live.url);
    await erase(await customer('s7'));
    const first = await takeMessages(ctx, 100);
    const of = (id: string) => first.filter((each) => each.recipient_id === id).length;
    expect([of(a.id), of(b.id)]).toEqual([4, 1]);
    expect(await takeMessages(ctx, 100)).toEqual([]);
    // A node that died with them: they are taken up when its time is over.
    ctx.clock.advance(MINUTE);
    while ((await deliverAll()) > 0);
    expect([slow.got.length, live.got.length]).toEqual([7, 1]);
    for (const { id } of [a, b]) await remove(id);
  });

  it('and sends somewhere else is not followed', async () => {
    const away = await receiver(302);
    const { id } = await register('Away', away.url);
    const erasure = await erase(await customer('carl'));
    await deliverAll();
    expect((await certificate(erasure)).recipients[0].state).toBe('waiting');
    away.answer = 200;
    ctx.clock.advance(MINUTE);
    await deliverAll();
    expect((await certificate(erasure)).recipients[0].state).toBe('delivered');
    await remove(id);
  });
});

describe('what a recipient confirms', () => {
  it('is believed by its signature, stands in a certificate that anybody can check, and stays', async () => {
    const a = await receiver();
    const pair = nacl.sign.keyPair();
    const mails = await register('Mails', a.url);
    const keyed = await register('Keyed', a.url, {
      verifyKey: `whpk_${Buffer.from(pair.publicKey).toString('base64')}`,
    });
    const erasure = await erase(await customer('dora'));
    await deliverAll();
    const before = await certificate(erasure);
    expect(before.complete).toBe(false);
    const idOf = (recipient: string): string =>
      before.recipients.find((each: { recipient: string }) => each.recipient === recipient).message;
    const bySecret =
      (secret: string) =>
      (id: string, at: string, body: string): string =>
        sign(secret, id, at, body);
    const byKey = (id: string, at: string, body: string) =>
      `v1a,${Buffer.from(nacl.sign.detached(Buffer.from(`${id}.${at}.${body}`), pair.secretKey)).toString('base64')}`;

    for (const wrong of [bySecret(keyed.secret), byKey, () => '', () => 'v1,AAAA'])
      expect((await confirm(idOf(mails.id), 'done', wrong)).statusCode).toBe(401);
    expect((await confirm(idOf(keyed.id), 'done', bySecret(keyed.secret))).statusCode).toBe(401);
    const nobodys = await confirm('0198f1c2-7a10-7c3e-8f54-2b1d9e6a4c01', 'done', bySecret(mails.secret));
    expect([nobodys.statusCode, nobodys.json().error.code]).toEqual([401, 'bad_signature']);
    expect(
      (await certificate(erasure)).recipients.every(
        (each: { confirmedAt: null }) => each.confirmedAt === null,
      ),
    ).toBe(true);

    expect((await confirm(idOf(mails.id), 'refused', bySecret(mails.secret))).statusCode).toBe(200);
    expect((await confirm(idOf(mails.id), 'done', bySecret(mails.secret))).statusCode).toBe(200);
    expect((await confirm(idOf(mails.id), 'refused', bySecret(mails.secret))).statusCode).toBe(200);
    expect((await confirm(idOf(keyed.id), 'nothing-held', byKey)).statusCode).toBe(200);
    expect((await confirm(idOf(keyed.id), 'perhaps', byKey)).statusCode).toBe(400);
    const { signature, ...unsigned } = await certificate(erasure, home.apiKeys.auditor);
    expect(unsigned).toMatchObject({
      complete: true,
      recipients: [
        { name: 'Keyed', state: 'confirmed', outcome: 'nothing-held' },
        { name: 'Mails', state: 'confirmed', outcome: 'done' },
      ],
    });
    const text = `${canonical(unsigned)}\n`;
    expect(openNote(`${text}\n${signature}`, [unsigned.vkey])).toBe(text);
    for (const { id } of [mails, keyed]) await remove(id);
  });

  it('by the callback of the Ketch forwarder needs the header that the message gave', async () => {
    const a = await receiver();
    const { id: made } = await register('Ketch', a.url, { protocol: 'ketch', identify: 'pseudonym' });
    const erasure = await erase(await customer('emil'));
    await deliverAll();
    const [callback] = JSON.parse(a.got[0]!.body).request.callbacks;
    const call = (authorization: string, status: string) =>
      one.send({
        ...{ method: 'POST', url: new URL(callback.url).pathname, headers: { authorization } },
        payload: { apiVersion: 'dsr/v1', kind: 'DeleteStatusEvent', event: { status } },
      });
    expect((await call('Bearer of-nobody', 'completed')).statusCode).toBe(401);
    expect((await call(callback.headers.Authorization, 'in_progress')).statusCode).toBe(200);
    expect((await certificate(erasure)).complete).toBe(false);
    expect((await call(callback.headers.Authorization, 'completed')).statusCode).toBe(200);
    expect((await certificate(erasure)).complete).toBe(true);
    await remove(made);
  });
});

describe('an objection', () => {
  it('by a request is told for what it is, with the request in the certificate', async () => {
    const a = await receiver();
    const { id: made } = await register('Ads', a.url);
    const found = await customer('frida');
    const asked = { customer: found, kind: 'opt-out', channel: 'letter' };
    const { request } = (await one.post('/api/requests', officer(), asked)).json();
    await one.post(`/api/requests/${request.id}`, officer(), { version: 1, step: 'fulfil' });
    await handOn();
    expect(await deliverAll()).toBe(1);
    expect(JSON.parse(a.got[0]!.body)).toMatchObject({
      type: 'customer.objected',
      data: { purposes: ['partner-sharing'] },
    });
    const told = (await one.get(`/api/requests/${request.id}/recipients`, officer())).json();
    expect(told).toMatchObject({ about: { request: request.id }, recipients: [{ state: 'delivered' }] });
    await remove(made);
  });

  it('by a choice that takes back a yes reaches them; a no that was always one tells nobody', async () => {
    const a = await receiver();
    const { id: made } = await register('Ads', a.url);
    await customer('gerd');
    const said = (state: boolean) =>
      one.post('/v1/consent/choices', home.serverKey, {
        ...{ userId: 'gerd', choices: { 'partner-sharing': state } },
      });
    await said(false);
    await handOn();
    expect(await deliverAll()).toBe(0);
    await said(true);
    const back = await said(false);
    expect(back.statusCode).toBe(200);
    await handOn();
    expect(await deliverAll()).toBe(1);
    expect(JSON.parse(a.got[0]!.body).data.identities[0].value).toBe(sha('gerd@example.com'));
    await remove(made);
  });
});

describe('recipients', () => {
  it('stand in the access package, with what they got and for what', async () => {
    const { id } = await register('Partner of the shop', 'https://partner.example/hook');
    const found = await customer('hanna');
    const answer = await one.post(`/api/customers/${found}/package`, officer(), {
      evidence: { reason: 'she asked' },
    });
    const data = unzipSync(answer.rawPayload)['data.json'];
    const { recipients } = JSON.parse(Buffer.from(data!).toString('utf8'));
    expect(recipients.recipients).toContainEqual(expect.stringMatching(/^Partner of the shop: .+ \(.+\)$/));
    await remove(id);
  });

  it('are the affair of privacy officer and administrator; a secret is told once', async () => {
    const { id, secret } = await register('Once', 'https://partner.example/hook');
    const list = await one.get('/api/recipients', home.apiKeys.auditor);
    expect(list.body).toContain(id);
    expect(list.body).not.toContain(secret);
    expect((await one.get('/api/recipients', home.apiKeys.support)).statusCode).toBe(403);
    const twice = { name: 'Once', url: 'https://other.example/', protocol: 'webhook', identify: 'account' };
    const body = { ...twice, purposes: ['partner-sharing'], fields: [] };
    expect((await one.post('/api/recipients', admin(), body)).statusCode).toBe(409);
    const plain = { ...body, name: 'Plain', url: 'http://partner.example/' };
    expect((await one.post('/api/recipients', admin(), plain)).statusCode).toBe(400);
    expect((await remove(id)).statusCode).toBe(200);
    expect((await remove(id)).statusCode).toBe(404);
  });

  it('are named in no log by what they know, and what they were told goes when its time is over', async () => {
    expect(one.log()).not.toMatch(/example\.com|whsec_/);
    ctx.clock.advance(800 * DAY);
    expect((await retire(ctx)).told).toBeGreaterThan(10);
    expect(await count(ctx, 'bailee.recipient_delivery')).toBe(0);
  });
});
