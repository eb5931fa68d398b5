import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../../../contract/names.ts';
import { verifiedRequest } from '../../../test/kit/erase.ts';
import { type TestServer, testServer } from '../../../test/kit/server.ts';
import { gateContext, makeStore, type TestStore } from '../../../test/kit/store.ts';
import type { GateCtx } from '../../gate/context.ts';
import { sequence } from '../../ledger/sequence.ts';

const PLANTED = ['planted.person@example.com', 'Planted Person', '+4915112345678', 'u-planted', 'o-planted'];
const CASE = { purpose: 'customer-service', evidence: { case: 't-planted' } };

let ctx: GateCtx;
let shop: TestStore;
let one: TestServer;
let id: string;

const as = (role: Role) => shop.apiKeys[role];
const code = async (answer: Promise<{ json(): { error?: { code: string } } }>) =>
  (await answer).json().error?.code ?? 'answered';

beforeAll(async () => {
  ctx = await gateContext();
  shop = await makeStore(ctx);
  one = await testServer(ctx);
  const traits = { email: PLANTED[0], name: PLANTED[1], phone: PLANTED[2], nationalId: '1234567890' };
  const context = { locale: 'de-DE' };
  const userId = 'u-planted';
  const answer = await one.post('/v1/batch', shop.serverKey, {
    batch: [
      { type: 'identify', messageId: 'm-1', userId, traits, context },
      {
        type: 'track',
        event: 'Order Completed',
        messageId: 'm-2',
        userId,
        properties: { order_id: 'o-planted', total: 30, currency: 'EUR', products: [] },
      },
      {
        type: 'track',
        event: 'Support Ticket Opened',
        messageId: 'm-3',
        userId,
        properties: { ticket_id: 't-planted', order_id: 'o-planted', subject: 'Late' },
      },
      { type: 'track', event: 'Not Declared Anywhere', messageId: 'm-4', userId },
      { type: 'nonsense', messageId: 'm-5', userId },
    ],
  });
  expect(answer.json()).toMatchObject({ accepted: 3 });
  const found = await one.post('/api/customers/find', as('support'), {
    identifier: { kind: 'email', value: PLANTED[0] },
    ...CASE,
  });
  id = found.json().customers[0].id;
});

describe('finding', () => {
  it('shows a customer masked, and says which opening that was', async () => {
    const answer = await one.post('/api/customers/find', as('support'), {
      identifier: { kind: 'order', value: 'o-planted' },
      ...CASE,
    });
    const [customer] = answer.json().customers;
    expect(Object.keys(customer)).toEqual(['id', 'name', 'email', 'phone', 'opening']);
    expect(customer.id).toBe(id);
    for (const value of PLANTED) expect(answer.body).not.toContain(value);
    expect(customer.opening.ledgerIndex).toBeGreaterThanOrEqual(0);
  });

  it('finds nobody without a fuss', async () => {
    const identifier = { kind: 'email', value: 'nobody@example.com' };
    const answer = await one.post('/api/customers/find', as('support'), { identifier, ...CASE });
    expect(answer.json()).toEqual({ customers: [] });
  });

  it('says what is wrong with the question, and never repeats a value', async () => {
    const ask = (body: unknown, role: Role = 'support') => one.post('/api/customers/find', as(role), body);
    const identifier = { kind: 'email', value: PLANTED[0] };
    expect(await code(ask({ ...CASE }))).toBe('invalid_body');
    expect((await ask({ ...CASE })).json().error).toMatchObject({
      message: 'The body lacks identifier.',
      details: { path: '/identifier' },
    });
    expect(await code(ask({ ...CASE, identifier: { kind: PLANTED[0], value: 'x' } }))).toBe('invalid_body');
    expect(await code(ask({ ...CASE, identifier: { kind: 'email', value: 'guest' } }))).toBe(
      'invalid_identifier',
    );
    expect(await code(ask({ ...CASE, identifier, purpose: 'curiosity' }))).toBe('invalid_purpose');
    expect(await code(ask({ ...CASE, identifier, evidence: { hunch: 'yes' } }))).toBe('invalid_evidence');
    expect(await code(ask({ ...CASE, identifier, evidence: undefined }))).toBe('evidence_required');
    expect(await code(ask({ ...CASE, identifier, evidence: { case: 't-other' } }))).toBe('evidence_mismatch');
    expect(await code(ask({ ...CASE, identifier }, 'analyst'))).toBe('forbidden');
    const extra = await ask({ ...CASE, identifier, [PLANTED[1]!]: 1 });
    expect(extra.json().error.code).toBe('invalid_body');
    for (const value of PLANTED) expect(extra.body).not.toContain(value);
    expect(await code(one.post('/api/customers/find', 'nobody-made-this-key', {}))).toBe('unknown_key');
    expect(await code(one.post('/api/customers/find', shop.serverKey, { ...CASE, identifier }))).toBe(
      'forbidden',
    );
    expect(
      await code(one.send({ method: 'POST', url: '/api/customers/find', payload: { ...CASE, identifier } })),
    ).toBe('unknown_key');
    const huge = { ...CASE, identifier: { kind: 'email', value: 'x'.repeat(70_000) } };
    expect(await code(ask(huge))).toBe('too_large');
  });
});

describe('opening', () => {
  it('reveals, masks and withholds field by field, with reasons, and shows the order of the case', async () => {
    const answer = await one.post(`/api/customers/${id}/open`, as('support'), CASE);
    const { fields, opening } = answer.json();
    expect(fields['contact.phone'].state).toBe('masked');
    expect(fields['identity.nationalId']).toMatchObject({ state: 'withheld' });
    expect(fields['identity.nationalId'].value).toBeUndefined();
    expect(fields['contact.phone'].because[0]).toMatchObject({
      rule: expect.any(String),
      source: expect.any(String),
    });
    expect(JSON.stringify(fields)).toContain('"total":30');
    expect(Number.isInteger(opening.ledgerIndex)).toBe(true);
    expect(answer.body).not.toContain('1234567890');
  });

  it('reveals nothing to a key that gives a reason: a key of any role stands at its ceiling', async () => {
    for (const role of ['support', 'privacy-officer'] as const) {
      const body = { ...CASE, fields: ['contact.phone'], reveal: { reason: 'planted-secret' } };
      const answer = one.post(`/api/customers/${id}/open`, as(role), body);
      expect(await code(answer)).toBe('forbidden');
      expect((await answer).body).not.toContain('planted-secret');
    }
  });

  it('knows no customer by an id of another store, nor by what is no id', async () => {
    const other = await makeStore(ctx);
    const body = { purpose: 'legal-duty', evidence: { reason: 'audit' } };
    const ask = (customer: string) =>
      one.post(`/api/customers/${customer}/open`, other.apiKeys['privacy-officer'], body);
    expect(await code(ask(id))).toBe('not_found');
    expect(await code(ask('planted'))).toBe('not_found');
    expect(await code(ask("1'%20OR%201=1"))).toBe('not_found');
  });

  it('answers "may I?" without data, and without a trace of the customer', async () => {
    const answer = await one.post('/api/decide', as('marketing'), {
      customers: [id],
      purpose: 'marketing-email',
    });
    expect(answer.json().answers).toEqual([{ customer: id, allowed: false, because: expect.any(Array) }]);
    expect(
      await code(one.post('/api/decide', as('marketing'), { customers: ['x'], purpose: 'research' })),
    ).toBe('invalid_body');
  });

  it('tells what happened, newest first, as far as the case reaches', async () => {
    const url = `/api/customers/${id}/timeline`;
    const answer = await one.post(url, as('support'), { ...CASE, limit: 10, before: '2099-01-01T00:00:00Z' });
    expect(
      answer
        .json()
        .items.map((item: { kind: string }) => item.kind)
        .sort(),
    ).toEqual(['case', 'order']);
    expect(await code(one.post(url, as('support'), { ...CASE, before: 'yesterday' }))).toBe('invalid_body');
    expect(await code(one.post(url, as('support'), { ...CASE, limit: 1000 }))).toBe('invalid_body');
  });
});

describe('what was not stored', () => {
  it('is shown to those who look after it, without content', async () => {
    const quarantine = await one.get('/api/quarantine?limit=10', as('administrator'));
    expect(quarantine.json().items[0]).toMatchObject({ code: 'event_invalid', source: 'server' });
    const undeclared = await one.get('/api/undeclared', as('privacy-officer'));
    expect(undeclared.json().items).toContainEqual(
      expect.objectContaining({ reason: 'undeclared-event', name: 'Not Declared Anywhere', count: 1 }),
    );
    for (const value of PLANTED) expect(`${quarantine.body}${undeclared.body}`).not.toContain(value);
  });

  it('is hidden from every other role', async () => {
    for (const role of ROLES.filter((each) => each !== 'administrator' && each !== 'privacy-officer')) {
      expect(await code(one.get('/api/quarantine', as(role)))).toBe('forbidden');
      expect(await code(one.get('/api/undeclared', as(role)))).toBe('forbidden');
      expect(await code(one.post('/api/quarantine/replay', as(role), {}))).toBe('forbidden');
    }
    expect(await code(one.get('/api/quarantine?limit=many', as('administrator')))).toBe('bad_request');
    expect(await code(one.get('/api/quarantine?after=x', as('administrator')))).toBe('bad_request');
    expect(await code(one.get('/api/quarantine?email=x', as('administrator')))).toBe('bad_request');
  });

  it('is tried again on request, with a body or without', async () => {
    const replay = (payload?: object) =>
      one.send({
        method: 'POST',
        url: '/api/quarantine/replay',
        headers: { authorization: `Bearer ${as('administrator')}` },
        ...(payload === undefined ? {} : { payload }),
      });
    expect((await replay()).json()).toEqual({ replayed: 0, stillQuarantined: 1 });
    expect((await replay({ ids: [] })).json()).toEqual({ replayed: 0, stillQuarantined: 0 });
  });
});

describe('an entry of the ledger', () => {
  it('comes with a proof that leads to the signed root, for those who audit', async () => {
    await sequence(ctx);
    const { index, leaf, proof, checkpoint } = (await one.get('/api/ledger/entries/0', as('auditor'))).json();
    const [, size, root] = checkpoint.split('\n');
    const hash = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
    let at = index;
    let last = Number(size) - 1;
    let node = hash(Buffer.from([0]), Buffer.from(leaf, 'base64'));
    for (const sibling of proof.map((text: string) => Buffer.from(text, 'base64'))) {
      const left = at % 2 === 1 || at === last;
      if (left) while (at % 2 === 0 && at !== 0) [at, last] = [at >> 1, last >> 1];
      node = left ? hash(Buffer.from([1]), sibling, node) : hash(Buffer.from([1]), node, sibling);
      [at, last] = [at >> 1, last >> 1];
    }
    expect(node.toString('base64')).toBe(root);
    expect(await code(one.get('/api/ledger/entries/0', as('support')))).toBe('forbidden');
    expect(await code(one.get('/api/ledger/entries/999999', as('auditor')))).toBe('not_found');
    expect(await code(one.get('/api/ledger/entries/-1', as('auditor')))).toBe('bad_request');
  });

  it('and all others lie in public tiles, kept by caches as long as they last', async () => {
    const checkpoint = await one.get('/ledger/checkpoint');
    expect(checkpoint.headers['content-type']).toBe('text/plain; charset=utf-8');
    const size = Number(checkpoint.body.split('\n')[1]);
    const tile = await one.get(`/ledger/tile/0/000.p/${size}`);
    expect(tile.headers['content-type']).toBe('application/octet-stream');
    expect(tile.headers['cache-control']).toContain('max-age=3600');
    expect(tile.headers['access-control-allow-origin']).toBe('*');
    expect(tile.rawPayload.length).toBe(32 * size);
    expect((await one.get(`/ledger/tile/entries/000.p/${size}`)).statusCode).toBe(200);
    for (const none of ['0/000', '0/0', '0/../000', '64/000', '', `0/000.p/${size + 1}`])
      expect((await one.get(`/ledger/tile/${none}`)).statusCode).toBe(404);
    const { keys } = (await one.get('/ledger/keys')).json();
    expect(keys.map((key: { purpose: string }) => key.purpose).sort()).toEqual(['ledger', 'receipt']);
  });
});

describe('erasing', () => {
  const REASON = { evidence: { reason: 'asked to be forgotten' } };

  it('is for the privacy officer, and answers with a receipt that leaves whole', async () => {
    const erase = (role: Role) => one.post(`/api/customers/${id}/erase`, as(role), REASON);
    expect(await code(erase('support'))).toBe('forbidden');
    // A reason alone is one hand.
    const alone = await erase('privacy-officer');
    expect([alone.statusCode, alone.json().error.code, alone.json().error.details]).toEqual([
      ...[403, 'forbidden', { needs: 'second-person' }],
    ]);
    const evidence = await verifiedRequest(one, as('support'), id);
    const answer = (await one.post(`/api/customers/${id}/erase`, as('privacy-officer'), { evidence })).json();
    expect(answer.receipt).toMatchObject({
      type: 'bailee-receipt/v1',
      kind: 'erasure',
      salt: expect.any(String),
      signature: expect.any(String),
    });
    expect(answer.receipt.entry.customers).toEqual([id]);
    expect(answer.kept).toMatchObject([{ class: 'commerce', purpose: 'legal-duty' }]);
    expect(await code(erase('privacy-officer'))).toBe('already_erased');
    // The case went with its customer, so it is evidence of nothing any more.
    const identifier = { kind: 'email', value: PLANTED[0] };
    const find = (role: Role, more: object) =>
      one.post('/api/customers/find', as(role), { identifier, purpose: 'customer-service', ...more });
    expect(await code(find('support', CASE))).toBe('evidence_mismatch');
    expect((await find('privacy-officer', REASON)).json()).toEqual({ customers: [] });
  });

  it('is lifted for a returning buyer by the privacy officer or by the shop itself', async () => {
    const body = { identifier: { kind: 'email', value: PLANTED[0] }, ...REASON };
    expect(await code(one.post('/api/suppressions/lift', as('support'), body))).toBe('forbidden');
    expect(await code(one.post('/api/suppressions/lift', shop.browserKey, body))).toBe('forbidden');
    expect((await one.post('/api/suppressions/lift', shop.serverKey, body)).json()).toEqual({ lifted: true });
    const again = await one.post('/api/suppressions/lift', as('privacy-officer'), body);
    expect(again.json()).toEqual({ lifted: false });
  });

  it('is capped by key and hour', async () => {
    const capped = await testServer({ ...ctx, config: { ...ctx.config, erasuresPerHour: 1 } });
    const answer = await capped.post(`/api/customers/${id}/erase`, as('privacy-officer'), REASON);
    expect([answer.statusCode, answer.json().error.code]).toEqual([429, 'erasure_cap']);
    expect(answer.headers['retry-after']).toBe('3600');
  });
});

describe('the log', () => {
  it('names routes by their pattern, and no customer, key or content', () => {
    const log = one.log();
    expect(log).toContain('/api/customers/:id/open');
    for (const value of [...PLANTED, id, 't-planted', shop.serverKey, as('support'), '1234567890'])
      expect(log).not.toContain(value);
  });
});
