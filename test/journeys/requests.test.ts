import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../src/gate/actor.ts';
import { listAlerts } from '../../src/gate/alerts/list.ts';
import { open } from '../../src/gate/open.ts';
import { bindLaw } from '../../src/law/law-book.ts';
import { parsePack } from '../../src/law/parse-pack.ts';
import { erase } from '../../src/rights/erase.ts';
import { createRequest } from '../../src/rights/requests/create.ts';
import { listRequests, readRequest, summarizeRequests } from '../../src/rights/requests/list.ts';
import { askOwn, listOwn, withdrawOwn } from '../../src/rights/requests/own.ts';
import { remindRequests } from '../../src/rights/requests/remind.ts';
import { type StepInput, stepRequest } from '../../src/rights/requests/step.ts';
import { retire } from '../../src/rights/retention.ts';
import { openText } from '../kit/everything.ts';
import { type TestGate, testGate, testStore } from '../kit/gate.ts';
import { bought, chose, identify, shop } from '../kit/shop.ts';
import { joined } from '../kit/staff.ts';

const DAY = 86_400_000;
const PACKS = 'packs/law';

let ctx: TestGate & { law: NonNullable<TestGate['law']> };
let store: Awaited<ReturnType<typeof testStore>>;
let server: ReturnType<typeof shop>;
let support: Person;
let officer: Person;
beforeAll(async () => {
  const names = readdirSync(PACKS).filter((name) => /(?<!\.cases)\.yaml$/.test(name));
  const book = bindLaw(names.map((name) => parsePack(readFileSync(`${PACKS}/${name}`, 'utf8'), name)));
  ctx = { ...(await testGate()), law: { book: () => book, balancing: new Map(), reload: () => undefined } };
  store = await testStore(ctx);
  server = shop(ctx, store.server);
  support = await working('support');
  officer = await working('privacy-officer');
});

async function working(role: Person['role']): Promise<Person> {
  const { id } = await joined(ctx, store.id, [role], { trained: true });
  return { type: 'person', id, store: store.id, role, session: ctx.random.id(), strength: 'stepped-up' };
}

async function customer(name: string): Promise<string> {
  await server.send(identify(name, { traits: { name: `${name} Souza`, email: `${name}@example.com` } }));
  await server.send(bought({ userId: name }, `o-${name}`));
  const id = await server.idOf('userId', name);
  await ctx.db.query({ text: "UPDATE bailee.customer SET region = 'DE' WHERE id = $1", values: [id] });
  return id;
}

const signedIn = (userId: string) => ({ store: store.id, userId });
const letter = (of: string, kind: Parameters<typeof createRequest>[1]['kind'], more: object = {}) =>
  createRequest(ctx, { author: support, customer: of, kind, channel: 'letter', ...more });
const step = (id: string, name: StepInput['step'], more: Partial<StepInput> = {}) =>
  stepRequest(ctx, { author: officer, id, step: name, ...more });

describe('a request of a customer', () => {
  it('who is signed in at the shop is acknowledged at once, has a last day with its law, and is asked once', async () => {
    await customer('ana');
    const { request, joined: again } = await askOwn(ctx, signedIn('ana'), { kind: 'access' });
    expect([request.state, again]).toEqual(['identity-checked', false]);
    const read = await readRequest(ctx, officer, request.id);
    expect(read.clock.because.map(({ citation }) => citation)).toEqual([
      expect.stringContaining('GDPR Art 12(3)'),
    ]);
    expect(read.request.acknowledgeOn).toBeNull();
    expect(read.next).toEqual(['start', 'extend', 'fulfil', 'wait', 'refuse', 'withdraw']);
    const second = await askOwn(ctx, signedIn('ana'), { kind: 'access' });
    expect([second.joined, second.request.id]).toEqual([true, request.id]);
    expect(await listOwn(ctx, signedIn('ana'))).toHaveLength(1);
    expect((await withdrawOwn(ctx, signedIn('ana'), request.id)).state).toBe('withdrawn');
  });

  it('shows where the ledger keeps each step, and what an erasure would leave, by whose law and until when', async () => {
    const { row } = await letter(await customer('olga'), 'erasure', { proof: 'document' });
    const { steps, stays } = await readRequest(ctx, officer, row.id);
    expect(steps.map(({ ledgerIndex }) => typeof ledgerIndex)).toEqual(['number']);
    expect(stays.map(({ class: kept, count, because }) => [kept, count, because])).toEqual([
      ['commerce', 1, 'duty'],
    ]);
    expect(stays[0]!.laws.length).toBeGreaterThan(0);
    expect(stays[0]!.goes! > stays[0]!.until!).toBe(true);
    await step(row.id, 'fulfil');
    const done = await readRequest(ctx, officer, row.id);
    expect(done.stays).toEqual([]);
    expect(done.steps.at(-1)).toMatchObject({ step: 'fulfil', ledgerIndex: expect.any(Number) });
  });

  it('of somebody unknown asks for nothing, and names nobody', async () => {
    await expect(askOwn(ctx, signedIn('nobody'), { kind: 'erasure' })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await listOwn(ctx, signedIn('nobody'))).toEqual([]);
  });

  it('in somebody’s name blocks nobody: the real person’s goes on with its proof', async () => {
    const bea = await customer('bea');
    const { row } = await letter(bea, 'erasure');
    expect([row.state, row.proof]).toEqual(['received', null]);
    const own = await askOwn(ctx, signedIn('bea'), { kind: 'erasure' });
    expect(own.request).toMatchObject({ id: row.id, state: 'identity-checked' });
  });

  it('needs a proof of who asks, or only what a wrong no cannot harm', async () => {
    const carl = await customer('carl');
    const access = (await letter(carl, 'access')).row;
    await expect(step(access.id, 'fulfil')).rejects.toMatchObject({ code: 'conflict' });
    await expect(step(access.id, 'prove')).rejects.toMatchObject({ code: 'invalid_body' });
    expect((await step(access.id, 'prove', { author: support, proof: 'document' })).state).toBe(
      'identity-checked',
    );
    const no = (await letter(carl, 'opt-out')).row;
    expect((await step(no.id, 'fulfil')).state).toBe('fulfilled');
  });

  it('is decided by the privacy officer, refused with a reason of the law, and appealed once', async () => {
    const { row } = await letter(await customer('dora'), 'access', { proof: 'document' });
    await expect(step(row.id, 'refuse', { author: support, because: 'legal-claims' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(step(row.id, 'refuse')).rejects.toMatchObject({ code: 'invalid_body' });
    expect(await step(row.id, 'refuse', { because: 'legal-claims' })).toMatchObject({ state: 'refused' });
    expect((await step(row.id, 'appeal')).state).toBe('appealed');
    expect((await step(row.id, 'refuse', { because: 'no-such-right' })).refused_because).toBe(
      'no-such-right',
    );
    await expect(step(row.id, 'appeal')).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is extended once, with a reason, before its last day, where a law allows it', async () => {
    const { row } = await letter(await customer('emil'), 'access', { proof: 'document' });
    const longer = await step(row.id, 'extend', { because: 'complex' });
    expect([longer.state, longer.due_on > row.due_on]).toEqual(['extended', true]);
    await expect(step(row.id, 'extend', { because: 'complex' })).rejects.toMatchObject({ code: 'conflict' });
    const late = await letter(await customer('eva'), 'access', {
      proof: 'document',
      receivedAt: ctx.clock.now() - 40 * DAY,
    });
    await expect(step(late.row.id, 'extend', { because: 'complex' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('is changed by whoever saw it as it is', async () => {
    const { row } = await letter(await customer('fritz'), 'access', { proof: 'document' });
    await step(row.id, 'start', { version: row.version });
    await expect(step(row.id, 'wait', { version: row.version })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('belongs to its store, and is dated no later than now', async () => {
    const gerd = await customer('gerd');
    const { row } = await letter(gerd, 'access');
    const other = { ...officer, store: (await testStore(ctx)).id };
    await expect(readRequest(ctx, other, row.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(letter(gerd, 'erasure', { receivedAt: ctx.clock.now() + DAY })).rejects.toMatchObject({
      code: 'invalid_body',
    });
    await expect(letter(gerd, 'erasure', { id: row.id })).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('fulfilling', () => {
  it('an objection closes what it is against, and what the order needs stays open', async () => {
    const hanna = await customer('hanna');
    await server.send(chose({ userId: 'hanna' }, { advertising: true, analytics: true }));
    const { row } = await letter(hanna, 'objection');
    await step(row.id, 'fulfil');
    const standing = await server.standing(hanna);
    expect([standing.advertising, standing['marketing-email'], standing.analytics]).toEqual([
      'refused',
      'refused',
      'granted',
    ]);
  });

  it('a restriction stops every use but the legal ones at once, until it is lifted', async () => {
    const ivo = await customer('ivo');
    const evidence = { order: 'o-ivo' };
    const ask = {
      actor: support,
      customer: ivo,
      purpose: 'customer-service',
      fields: ['contact.email'],
      evidence,
    } as const;
    expect((await open(ctx, ask)).fields['contact.email']?.state).not.toBe('withheld');
    const { row } = await letter(ivo, 'restriction', { proof: 'document' });
    await step(row.id, 'fulfil');
    expect((await open(ctx, ask)).fields['contact.email']?.state).toBe('withheld');
    await expect(step(row.id, 'lift', { author: support })).rejects.toMatchObject({ code: 'forbidden' });
    expect((await step(row.id, 'lift')).state).toBe('withdrawn');
    expect((await open(ctx, ask)).fields['contact.email']?.state).not.toBe('withheld');
  });

  it('a correction needs the right value to have come', async () => {
    const jo = await customer('jo');
    const { row } = await letter(jo, 'correction', { proof: 'document' });
    await expect(step(row.id, 'fulfil')).rejects.toMatchObject({ code: 'invalid_body' });
    const fields = ['identity.name'];
    await expect(step(row.id, 'fulfil', { fields })).rejects.toMatchObject({ code: 'conflict' });
    ctx.clock.advance(1000);
    await server.send(identify('jo', { traits: { name: 'Johanna Souza' } }));
    expect((await step(row.id, 'fulfil', { fields })).state).toBe('fulfilled');
  });

  it('an erasure is the erasure: its request is evidence before, and kept without the data after', async () => {
    const kim = await customer('kim');
    const { row } = await letter(kim, 'erasure');
    const evidence = { request: row.id };
    await expect(erase(ctx, { actor: officer, customer: kim, evidence })).rejects.toMatchObject({
      code: 'evidence_mismatch',
    });
    await step(row.id, 'prove', { author: support, proof: 'caller' });
    const access = (await letter(kim, 'access')).row;
    const opening = { actor: officer, customer: kim, purpose: 'legal-duty', evidence } as const;
    expect((await open(ctx, opening)).opening.ledgerIndex).toBeGreaterThan(0);
    expect(await step(row.id, 'fulfil')).toMatchObject({ state: 'fulfilled', proof: 'caller' });
    const again = { actor: officer, customer: await customer('kay'), evidence };
    await expect(erase(ctx, again)).rejects.toMatchObject({ code: 'evidence_mismatch' });
    const kept = await readRequest(ctx, officer, access.id);
    expect(kept.request.state).toBe('withdrawn');
    expect(kept.steps.at(-1)?.details).toEqual({ because: 'erased' });
    expect(await openText(ctx)).not.toContain('kim@example.com');
    await expect(letter(kim, 'access')).rejects.toMatchObject({ code: 'already_erased' });
  });
});

describe('the clock', () => {
  it('warns a week and a day before the last day, and when it is over, once each, and anew for another last day', async () => {
    const { row } = await letter(await customer('tilda'), 'access', { proof: 'document' });
    const raised = async () =>
      (await listAlerts(ctx, officer))
        .filter(({ subject }) => subject === row.id)
        .map(({ kind }) => kind)
        .reverse();
    const until = async (days: number) => {
      ctx.clock.advance(Math.max(0, row.due_at.getTime() - days * DAY - ctx.clock.now()));
      await remindRequests(ctx, 1);
      await remindRequests(ctx);
    };
    await until(8);
    expect(await raised()).toEqual([]);
    await until(7);
    expect(await raised()).toEqual(['request-due']);
    await until(1);
    expect(await raised()).toEqual(['request-due', 'request-due']);
    await step(row.id, 'extend', { because: 'complex' });
    await until(0);
    // The last day moved by two months, so nothing is over.
    expect(await raised()).toHaveLength(2);
    await step(row.id, 'fulfil');
  });

  it('that nobody heeded is overdue once, and a request that ended warns of nothing', async () => {
    const old = { receivedAt: ctx.clock.now() - 40 * DAY, proof: 'document' };
    const late = (await letter(await customer('uwe'), 'access', old)).row;
    const done = (await letter(await customer('vera'), 'access', old)).row;
    await step(done.id, 'fulfil');
    await remindRequests(ctx);
    await remindRequests(ctx);
    const alerts = await listAlerts(ctx, officer);
    const of = (id: string) => alerts.filter(({ subject }) => subject === id).map(({ kind }) => kind);
    expect([of(late.id), of(done.id)]).toEqual([['request-overdue'], []]);
    expect(alerts.find(({ subject }) => subject === late.id)?.person).toBeNull();
    await step(late.id, 'fulfil');
  });
});

describe('the queue', () => {
  it('shows what is due first, page by page, and counts what waits', async () => {
    for (const [nth, name] of ['mia', 'noa', 'ole'].entries())
      await letter(await customer(name), 'access', { receivedAt: ctx.clock.now() - (35 - nth) * DAY });
    const first = await listRequests(ctx, { actor: officer, limit: 2 });
    const rest = await listRequests(ctx, { actor: officer, limit: 500, after: first.after! });
    const days = [...first.requests, ...rest.requests].map(({ dueAt }) => dueAt);
    expect(days).toEqual([...days].sort());
    expect((await summarizeRequests(ctx, officer)).overdue).toBeGreaterThanOrEqual(3);
    await expect(listRequests(ctx, { actor: officer, after: 'nonsense' })).rejects.toMatchObject({
      code: 'bad_request',
    });
    const marketing = { ...officer, role: 'marketing' } as const;
    await expect(listRequests(ctx, { actor: marketing })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('what is over', () => {
  it('its record goes two years after it ended, and not before', async () => {
    const { row } = await letter(await customer('lea'), 'opt-out');
    await step(row.id, 'fulfil');
    ctx.clock.advance(730 * DAY);
    await retire(ctx);
    expect((await readRequest(ctx, officer, row.id)).request.state).toBe('fulfilled');
    ctx.clock.advance(2 * DAY);
    await retire(ctx);
    await expect(readRequest(ctx, officer, row.id)).rejects.toMatchObject({ code: 'not_found' });
  });
});
