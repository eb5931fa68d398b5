/** The Data Rights Protocol as an agent speaks it, signed by TweetNaCl: no code of the house makes a signature here. */

import nacl from 'tweetnacl';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GateCtx } from '../../src/gate/context.ts';
import { retire } from '../../src/rights/retention.ts';
import type { TestClock } from '../kit/context.ts';
import { type TestServer, testServer } from '../kit/server.ts';
import { count } from '../kit/shop.ts';
import { gateContext, makeStore, type TestStore } from '../kit/store.ts';

const BASE = '/v1/drp/v1';
const MINUTE = 60_000;
const DAY = 86_400_000;
const AGENT = 'AGENT_A';
const BUSINESS = 'TEAHOUSE';

let ctx: GateCtx & { clock: TestClock };
let one: TestServer;
let home: TestStore;
const pair = nacl.sign.keyPair();
const stranger = nacl.sign.keyPair();
let token: string;
let otherToken: string;
beforeAll(async () => {
  ctx = await gateContext();
  one = await testServer(ctx);
  home = await makeStore(ctx);
  await put({ business: BUSINESS });
  await register(AGENT, pair);
  await register('AGENT_B', stranger);
  token = await connect(AGENT, pair);
  otherToken = await connect('AGENT_B', stranger);
  for (const name of ['ana', 'bea', 'carl', 'dora', 'emil'])
    await one.post('/v1/identify', home.serverKey, {
      userId: name,
      traits: { email: `${name}@example.com` },
    });
});

const admin = () => home.apiKeys.administrator;
const officer = () => home.apiKeys['privacy-officer'];
const put = (body: object) =>
  one.send({
    method: 'PUT',
    url: '/api/drp',
    headers: { authorization: `Bearer ${admin()}` },
    payload: body,
  });
const register = (agent: string, { publicKey }: nacl.SignKeyPair, key = admin()) =>
  one.post('/api/drp/agents', key, {
    ...{ agent, name: 'An agent' },
    verifyKey: Buffer.from(publicKey).toString('base64'),
  });
const at = (ms: number) => new Date(ctx.clock.now() + ms).toISOString().replace('Z', '+00:00');
const signed = (claims: unknown, by = pair) =>
  Buffer.from(nacl.sign(Buffer.from(JSON.stringify(claims)), by.secretKey)).toString('base64');
const envelope = (more: object = {}) => ({
  ...{ 'agent-id': AGENT, 'business-id': BUSINESS, 'drp.version': '1.0' },
  ...{ 'issued-at': at(-1000), 'expires-at': at(10 * MINUTE) },
  ...more,
});
let nth = 0;
const asking = (email: string, more: object = {}) => {
  nth += 1;
  return envelope({
    ...{ exercise: 'access', regime: 'ccpa', 'agent-request-id': `own-${nth}` },
    ...{ name: 'Somebody', email, email_verified: true, ...more },
  });
};
const send = (method: 'POST' | 'GET' | 'DELETE', path: string, body?: string, bearer = token) =>
  one.send({
    ...{ method, url: `${BASE}${path}` },
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'text/plain' },
    ...(body === undefined ? {} : { payload: body }),
  });
const ask = (claims: unknown, bearer = token) => send('POST', '/data-rights-request', signed(claims), bearer);
const follow = async (id: string) => (await send('GET', `/data-rights-request/${id}`)).json();
const queue = async () => {
  const answer = await one.get('/api/requests?limit=500', officer());
  return (answer.json() as { requests: Record<string, unknown>[] }).requests;
};
async function connect(agent: string, by: nacl.SignKeyPair, more: object = {}): Promise<string> {
  const body = signed(envelope({ 'agent-id': agent, ...more }), by);
  const answer = await send('POST', `/agent/${agent}`, body, 'none');
  expect(answer.statusCode).toBe(200);
  expect(answer.json()['agent-id']).toBe(agent);
  return answer.json().token as string;
}

describe('a good message of an agent', () => {
  it('becomes a request of the customer, proved by the address that both verified', async () => {
    const answer = await ask(asking('ana@example.com'));
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ status: 'in_progress', agent_request_id: 'own-1' });
    expect(answer.json().received_at).toMatch(/\+00:00$/);
    expect(await queue()).toEqual([
      expect.objectContaining({
        kind: 'access',
        channel: 'import',
        proof: 'agent',
        state: 'identity-checked',
      }),
    ]);
  });

  it.each([
    ['deletion', 'erasure'],
    ['sale:opt-out', 'opt-out'],
  ])('%s asks for %s', async (exercise, kind) => {
    const { statusCode } = await ask(asking('bea@example.com', { exercise }));
    expect(statusCode).toBe(200);
    expect((await queue()).filter((each) => each.kind === kind)).toHaveLength(1);
  });

  it('without a verified address waits for a proof of who asks', async () => {
    const answer = await ask(asking('carl@example.com', { email_verified: false, exercise: 'deletion' }));
    expect(answer.json().processing_details).toContain('checked who asks');
    const [row] = (await queue()).filter((each) => each.kind === 'erasure' && each.state === 'received');
    expect(row!.proof).toBeNull();
  });

  it('is followed to its end, and by nobody else', async () => {
    const { request_id: id } = (await ask(asking('dora@example.com'))).json();
    const [row] = (await queue()).toSorted((a, b) => Number(b.number) - Number(a.number));
    expect((await send('GET', `/data-rights-request/${id}`, undefined, otherToken)).statusCode).toBe(403);
    const refuse = { version: 1, step: 'refuse', because: 'unfounded-or-excessive' };
    await one.post(`/api/requests/${row!.id}`, officer(), refuse);
    expect(await follow(id)).toMatchObject({ status: 'denied', reason: 'too_many_requests' });
  });
});

describe('whether somebody is a customer', () => {
  it('is not told: somebody unknown is answered in the same words, and denied when a day is over', async () => {
    const shape = (answer: { json(): Record<string, unknown> }) => ({
      ...answer.json(),
      request_id: '',
      agent_request_id: '',
    });
    const known = await ask(asking('emil@example.com'));
    const unknown = await ask(asking('nobody@example.com'));
    expect(shape(unknown)).toEqual(shape(known));
    const unproved = { email_verified: false };
    expect(shape(await ask(asking('nobody@example.com', unproved)))).toEqual(
      shape(await ask(asking('emil@example.com', unproved))),
    );
    const id = unknown.json().request_id as string;
    expect(await follow(id)).toMatchObject({ status: 'in_progress' });
    ctx.clock.advance(DAY);
    expect(await follow(id)).toMatchObject({ status: 'denied', reason: 'no_match' });
  });

  it('is not told either where nobody vouches for the address: both wait as long as the law gives', async () => {
    const { request_id: id, expected_by } = (
      await ask(asking('nobody@example.com', { email_verified: false }))
    ).json();
    ctx.clock.advance(2 * DAY);
    expect(await follow(id)).toMatchObject({ status: 'in_progress' });
    ctx.clock.advance(Date.parse(expected_by) - ctx.clock.now());
    expect(await follow(id)).toMatchObject({ status: 'denied', reason: 'insuf_verification' });
  });
});

describe('a message that does not hold', () => {
  const tampered = () => {
    const bytes = Buffer.from(signed(asking('ana@example.com')), 'base64');
    bytes[bytes.length - 3] = bytes[bytes.length - 3]! ^ 1;
    return bytes.toString('base64');
  };
  const odd: readonly [string, () => string, number, boolean][] = [
    ['expired', () => signed(asking('ana@example.com', { 'expires-at': at(-1) })), 400, true],
    ['not yet issued', () => signed(asking('ana@example.com', { 'issued-at': at(MINUTE) })), 400, false],
    ['without a zone', () => signed(asking('a@b.c', { 'issued-at': '2026-11-22T08:00:00' })), 400, false],
    ['good for more than a day', () => signed(asking('a@b.c', { 'expires-at': at(2 * DAY) })), 400, true],
    ['for another business', () => signed(asking('ana@example.com', { 'business-id': 'OTHER' })), 403, false],
    ['of another agent', () => signed(asking('ana@example.com', { 'agent-id': 'AGENT_B' })), 403, false],
    ['signed by another key', () => signed(asking('ana@example.com'), stranger), 403, false],
    ['tampered with', tampered, 403, false],
    ['in no base64', () => JSON.stringify(asking('ana@example.com')), 400, false],
    ['empty', () => '', 400, false],
    ['a signature alone', () => Buffer.alloc(64).toString('base64'), 400, false],
    ['no object', () => signed('text'), 400, false],
    ['of an unknown version', () => signed(asking('a@b.c', { 'drp.version': '9' })), 400, true],
    ['for a right of no list', () => signed(asking('a@b.c', { exercise: 'sale:opt-in' })), 400, true],
    ['under another regime', () => signed(asking('a@b.c', { regime: 'none' })), 400, true],
    ['oversized', () => signed(asking('a@b.c', { name: 'x'.repeat(20_000) })), 413, false],
  ];
  it.each(odd)(
    '%s is refused in the protocol’s shape, and asks for nothing',
    async (_, message, status, fatal) => {
      const before = await count(ctx, 'bailee.drp_request');
      const answer = await send('POST', '/data-rights-request', message());
      expect([answer.statusCode, answer.json().code, answer.json().fatal === true]).toEqual([
        status,
        String(status),
        fatal,
      ]);
      expect(await count(ctx, 'bailee.drp_request')).toBe(before);
    },
  );

  it('replayed acts once, however it is spelled', async () => {
    const message = signed(asking('ana@example.com'));
    expect((await send('POST', '/data-rights-request', message)).statusCode).toBe(200);
    for (const again of [message, `${message}\n`, ` ${message}`]) {
      const answer = await send('POST', '/data-rights-request', again);
      expect([answer.statusCode, answer.json().fatal]).toEqual([409, true]);
    }
  });

  it('with no token, or one of somebody else, is not even opened', async () => {
    const message = signed(asking('ana@example.com'));
    expect((await send('POST', '/data-rights-request', message, 'x')).statusCode).toBe(401);
    expect((await send('POST', '/data-rights-request', message, otherToken)).statusCode).toBe(403);
    expect((await send('POST', '/data-rights-request', message, officer())).statusCode).toBe(401);
  });

  it('is counted by reason for the privacy officer', async () => {
    const { refusals } = (await one.get('/api/drp', officer())).json() as {
      refusals: { reason: string; count: number }[];
    };
    const reasons = refusals.map(({ reason }) => reason);
    for (const reason of ['expired', 'not-yet', 'business', 'agent', 'signature', 'replayed', 'not-base64'])
      expect(reasons).toContain(reason);
  });
});

describe('a token', () => {
  it('is given for a signed message of a registered agent, once, and ends the one before', async () => {
    ctx.clock.advance(MINUTE);
    const body = signed(envelope());
    const first = await send('POST', `/agent/${AGENT}`, body, '');
    expect(first.statusCode).toBe(200);
    const again = await send('POST', `/agent/${AGENT}`, body, '');
    expect([again.statusCode, again.body]).toEqual([403, '']);
    expect((await send('GET', `/agent/${AGENT}`)).statusCode).toBe(401);
    token = first.json().token as string;
    const whole = await send('GET', `/agent/${AGENT}`);
    expect([whole.statusCode, whole.json()]).toEqual([200, {}]);
    expect((await send('GET', '/agent/AGENT_B')).statusCode).toBe(403);
  });

  it.each([
    ['an agent that nobody registered', 'AGENT_C', () => signed(envelope({ 'agent-id': 'AGENT_C' }))],
    ['the name of another', AGENT, () => signed(envelope({ 'agent-id': 'AGENT_B' }))],
    ['a message of another key', AGENT, () => signed(envelope(), stranger)],
    ['one for another business', AGENT, () => signed(envelope({ 'business-id': 'OTHER' }))],
    ['one that is over', AGENT, () => signed(envelope({ 'expires-at': at(-1) }))],
  ])('is not given to %s: 403, and not a word', async (_, agent, body) => {
    const answer = await send('POST', `/agent/${agent}`, body(), '');
    expect([answer.statusCode, answer.body]).toEqual([403, '']);
  });

  it('opens nothing once an administrator removed its agent, and only an administrator adds one', async () => {
    expect((await register('AGENT_D', stranger, officer())).statusCode).toBe(403);
    expect((await register('AGENT_B', stranger)).statusCode).toBe(409);
    const { agents } = (await one.get('/api/drp', admin())).json() as {
      agents: { id: string; agent: string }[];
    };
    const { id } = agents.find(({ agent }) => agent === 'AGENT_B')!;
    expect((await one.post(`/api/drp/agents/${id}/remove`, admin(), {})).statusCode).toBe(200);
    expect((await send('GET', '/agent/AGENT_B', undefined, otherToken)).statusCode).toBe(401);
  });
});

describe('taking back', () => {
  const revoke = (id: string, by = pair) =>
    send('DELETE', `/data-rights-request/${id}`, signed({ reason: 'changed my mind' }, by));

  it('ends what the agent asked, with its signature alone', async () => {
    const { request_id: id } = (await ask(asking('dora@example.com', { exercise: 'deletion' }))).json();
    expect((await revoke(id, stranger)).statusCode).toBe(403);
    expect((await follow(id)).status).toBe('in_progress');
    expect((await revoke(id)).json()).toMatchObject({ request_id: id, status: 'revoked' });
    expect((await follow(id)).status).toBe('revoked');
    expect((await queue()).filter((each) => each.kind === 'erasure' && each.proof === 'agent')).toHaveLength(
      1,
    );
  });

  it('of what the agent only joined leaves the customer’s own request', async () => {
    const own = await one.post('/api/customers/find', officer(), {
      ...{ identifier: { kind: 'email', value: 'emil@example.com' }, purpose: 'legal-duty' },
      evidence: { reason: 'a letter came' },
    });
    const customer = own.json().customers[0].id as string;
    const letter = { customer, kind: 'erasure', channel: 'letter', proof: 'document' };
    await one.post('/api/requests', officer(), letter);
    const { request_id: id } = (await ask(asking('emil@example.com', { exercise: 'deletion' }))).json();
    expect((await revoke(id)).json().status).toBe('revoked');
    const left = (await queue()).filter((each) => each.customer === customer && each.kind === 'erasure');
    expect(left).toHaveLength(1);
  });
});

it('nothing of a person stands in what is kept of agents, and it goes when its time is over', async () => {
  const { rows } = await ctx.db.query<{ all: string }>({
    text: 'SELECT string_agg(r::text, $1) AS all FROM bailee.drp_request r',
    values: [' '],
  });
  expect(rows[0]!.all).not.toMatch(/example|Somebody/);
  expect(one.log()).not.toMatch(/@example|Somebody/);
  ctx.clock.advance(800 * DAY);
  expect((await retire(ctx)).agentRequests).toBeGreaterThan(5);
});
