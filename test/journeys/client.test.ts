/** The client of `bailee/client` against a real server, over a real socket. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BaileeClient, makeClient } from '../../src/client/client.ts';
import { BaileeError } from '../../src/client/error.ts';
import { verifiedRequest } from '../kit/erase.ts';
import { type TestServer, testServer } from '../kit/server.ts';
import { identify, opened } from '../kit/shop.ts';
import { gateContext, makeStore, type TestStore } from '../kit/store.ts';

let shop: TestStore;
let one: TestServer;
let url: string;
let client: BaileeClient;
const servers: Server[] = [];

/** Answers as told, one status after another, and counts the calls. */
async function stub(...statuses: (number | 'hang up')[]) {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      calls.push(Buffer.concat(chunks).toString());
      const status = statuses[calls.length - 1] ?? 200;
      if (status === 'hang up') return void request.socket.destroy();
      const error = { code: 'saturated', message: 'Full.', requestId: 'r-1' };
      response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '0' });
      response.end(JSON.stringify(status === 200 ? { success: true, answers: [] } : { error }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  servers.push(server);
  const { port } = server.address() as AddressInfo;
  return { calls, client: makeClient({ url: `http://127.0.0.1:${port}`, apiKey: 'k', writeKey: 'w' }) };
}

const failure = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => error as BaileeError,
  );

beforeAll(async () => {
  const ctx = await gateContext();
  shop = await makeStore(ctx);
  one = await testServer(ctx);
  url = await one.server.listen({ port: 0, host: '127.0.0.1' });
  client = makeClient({ url: `${url}/`, apiKey: shop.apiKeys.support, writeKey: shop.serverKey });
});

afterAll(() => {
  for (const server of servers) server.close();
});

describe('a client of a shop', () => {
  const evidence = { case: 't-client' } as const;

  it('collects, finds masked, opens and reads the timeline, each as the contract says', async () => {
    const sent = [
      identify('u-client', { traits: { name: 'Ana Souza', email: 'ana@example.com' } }),
      opened({ userId: 'u-client' }, 't-client'),
    ];
    expect(await client.collect(sent)).toMatchObject({ success: true, accepted: 2 });
    const [found] = await client.find({
      identifier: { kind: 'userId', value: 'u-client' },
      purpose: 'customer-service',
      evidence,
    });
    expect(found).toMatchObject({ email: expect.stringContaining('*') });
    const { fields } = await client.open(found!.id, {
      purpose: 'customer-service',
      fields: ['contact.email'],
      evidence,
    });
    expect(fields['contact.email']).toMatchObject({ state: 'masked' });
    const { items } = await client.timeline(found!.id, { purpose: 'customer-service', evidence });
    expect(items.map((item) => item.kind)).toEqual(['case']);
    const [may] = await client.decide({ customers: [found!.id], purpose: 'analytics' });
    expect(may).toMatchObject({ customer: found!.id, allowed: false });
  });

  it('asks for a notice, and records a choice with its receipt, once per id', async () => {
    const notice = await client.notice({ lang: 'de', region: 'DE' });
    expect(notice).toMatchObject({ language: 'de', region: 'DE' });
    const choice = {
      id: '0190b8a0-0000-7000-8000-000000000001',
      userId: 'u-client',
      choices: { analytics: true },
    };
    const first = await client.choose(choice);
    expect(first).toMatchObject({ choices: { analytics: 'granted' }, receipt: expect.anything() });
    expect((await client.choose(choice)).ledgerIndex).toBe(first.ledgerIndex);
  });

  it('erases with the key of a privacy officer a customer whose request another verified, and lets the buyer come back', async () => {
    const officer = makeClient({ url, apiKey: shop.apiKeys['privacy-officer'] });
    const identifier = { kind: 'userId', value: 'u-client' } as const;
    const reason = { reason: 'asked by phone' } as const;
    const [found] = await officer.find({ identifier, purpose: 'legal-duty', evidence: reason });
    await expect(officer.erase(found!.id, reason)).rejects.toMatchObject({ code: 'forbidden' });
    const request = await verifiedRequest(one, shop.apiKeys.support, found!.id);
    expect(await officer.erase(found!.id, request)).toMatchObject({ customers: [found!.id] });
    expect(
      await makeClient({ url, writeKey: shop.serverKey }).liftSuppression({ identifier, evidence: reason }),
    ).toEqual({ lifted: true });
  });

  it('is refused with a code to act on, the status, and the name of the call in the log', async () => {
    const error = await failure(
      client.open('0190b8a0-0000-7000-8000-00000000dead', { purpose: 'customer-service', evidence }),
    );
    expect(error).toBeInstanceOf(BaileeError);
    expect(error).toMatchObject({
      code: 'not_found',
      status: 404,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const nobody = makeClient({ url, apiKey: 'bailee_api_unknown' });
    expect(await failure(nobody.decide({ customers: [], purpose: 'analytics' }))).toMatchObject({
      status: 401,
      code: 'unknown_key',
    });
  });
});

describe('a client whose server is in trouble', () => {
  const ask = { customers: [], purpose: 'analytics' } as const;

  it('waits and asks again when there was no room, whatever the call', async () => {
    const { calls, client: own } = await stub(503, 429, 200);
    await own.open('x', { purpose: 'customer-service' });
    expect(calls).toHaveLength(3);
  });

  it('says so when there is no room at the last try either', async () => {
    const { calls, client: own } = await stub(503, 503, 503, 200);
    expect(await failure(own.decide(ask))).toMatchObject({ code: 'saturated', status: 503 });
    expect(calls).toHaveLength(3);
  });

  it('opens once and no more when the connection breaks: nobody knows whether it was recorded', async () => {
    const { calls, client: own } = await stub('hang up');
    expect(await failure(own.open('x', { purpose: 'customer-service' }))).toMatchObject({
      code: 'unreachable',
      status: 0,
    });
    expect(calls).toHaveLength(1);
  });

  it('sends events again under the same messageId when the connection breaks', async () => {
    const { calls, client: own } = await stub('hang up', 200);
    await own.collect([{ type: 'track', event: 'Order Completed', userId: 'u' }]);
    const ids = calls.map(
      (body) => (JSON.parse(body) as { batch: { messageId: string }[] }).batch[0]?.messageId,
    );
    expect(ids).toHaveLength(2);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(ids[1]).toBe(ids[0]);
  });

  it('makes no call without the key that the call needs, nor for an address that is none', async () => {
    expect(await failure(makeClient({ url }).collect([]))).toMatchObject({ code: 'unknown_key' });
    expect(() => makeClient({ url: 'shop.example' })).toThrow(BaileeError);
  });
});
