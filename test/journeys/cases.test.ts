import { beforeAll, describe, expect, it } from 'vitest';
import { addMessage } from '../../src/cases/add-message.ts';
import { changeCaseBy } from '../../src/cases/change.ts';
import { createCase } from '../../src/cases/create.ts';
import { findCase } from '../../src/cases/find.ts';
import { listCases } from '../../src/cases/list.ts';
import { rateCase } from '../../src/cases/rate.ts';
import { releaseCasesOf } from '../../src/cases/release.ts';
import { summarizeCases } from '../../src/cases/summary.ts';
import { leaveUnsent } from '../../src/cases/unsent.ts';
import type { Person } from '../../src/gate/actor.ts';
import { looked } from '../../src/gate/looked.ts';
import { open } from '../../src/gate/open.ts';
import { readCase } from '../../src/gate/read-case.ts';
import { timeline } from '../../src/gate/timeline.ts';
import { erase } from '../../src/rights/erase.ts';
import { sweep } from '../../src/rights/sweep.ts';
import { declareKnown } from '../../src/staff/known/declare.ts';
import { OPERATOR } from '../kit/erase.ts';
import { everything, openText } from '../kit/everything.ts';
import { type TestGate, testGate, testStore } from '../kit/gate.ts';
import { personOf } from '../kit/people.ts';
import { bought, count, identify, opened, shop, track } from '../kit/shop.ts';
import { joined } from '../kit/staff.ts';

const HOUR = 3_600_000;
const CARD = '4111 1111 1111 1111';

let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let server: ReturnType<typeof shop>;
let support: Person;
let officer: Person;
beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
  server = shop(ctx, store.server);
  support = await working('support');
  officer = await working('privacy-officer');
});

/** Somebody who joined this store, trained, and whose sign-in is proved anew. */
async function working(role: Person['role'], trained = true): Promise<Person> {
  const { id } = await joined(ctx, store.id, [role], { trained });
  return { type: 'person', id, store: store.id, role, session: ctx.random.id(), strength: 'stepped-up' };
}

async function customer(name: string): Promise<string> {
  await server.send(identify(name, { traits: { name: `${name} Souza`, email: `${name}@example.com` } }));
  await server.send(bought({ userId: name }, `o-${name}`));
  return server.idOf('userId', name);
}

const COMPLAINT = {
  kind: 'complaint',
  channel: 'phone',
  topic: 'product',
  subject: 'Broken kettle',
  text: 'Call me at +49 151 10002000, says Ana Souza.',
} as const;
const created = async (of: string, more: object = {}) =>
  createCase(ctx, { actor: support, customer: of, ...COMPLAINT, ...more });
const told = (done: Promise<unknown>) =>
  done.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );
/** Entries about a customer, opened as no interface does. */
async function entries(of: string) {
  const all = await everything(ctx, store.id);
  return all
    .filter(({ table, customer: whose }) => table === 'opening' && whose === of)
    .map(({ value }) => (value as { entry: Record<string, unknown> }).entry);
}
const texts = async (id: string, actor: Person = support) =>
  (await readCase(ctx, { actor, id })).messages.filter(({ kind }) => kind !== 'event');

describe('a case that the shop told of', () => {
  it('is numbered, due by the service level, and read by its own evidence, with the ticket and the order named', async () => {
    const ana = await customer('ana');
    const ticket = { subject: 'Late parcel', body: 'Where is it?', channel: 'email', priority: 'high' };
    await server.send(opened({ userId: 'ana' }, 'T-1', { order_id: 'o-ana', ...ticket }));
    const [item] = await findCase(ctx, { actor: support, number: 'T-1' });
    expect(item).toMatchObject({ customer: ana, kind: 'inquiry', channel: 'mail', status: 'new' });
    expect(Date.parse(item!.dueAt!) - Date.parse(item!.createdAt)).toBe(8 * HOUR);
    expect(await findCase(ctx, { actor: support, number: `#${item!.number}` })).toEqual([item]);
    const read = await readCase(ctx, { actor: support, id: item!.id });
    expect(read).toMatchObject({ ticket: 'T-1', order: 'o-ana', subject: { text: 'Late parcel' } });
    expect(read.messages).toMatchObject([{ kind: 'incoming', by: null, text: 'Where is it?' }]);
  });

  it('waits for the customer once it was answered, is due anew when they write again, and ends closed', async () => {
    await customer('mia');
    const say = async (event: string, more: object = {}) => {
      ctx.clock.advance(HOUR);
      await server.send(track(`Support Ticket ${event}`, { userId: 'mia' }, { ticket_id: 'T-2', ...more }));
      return (await findCase(ctx, { actor: support, number: 'T-2' }))[0]!;
    };
    const first = await say('Opened', { subject: 'Where?' });
    const answered = await say('Replied', { body: 'On its way.' });
    expect(answered).toMatchObject({ status: 'waiting', dueAt: null, number: first.number });
    expect(await texts(first.id)).toMatchObject([{ kind: 'answer', sent: 'sent', text: 'On its way.' }]);
    const again = await say('Opened', { subject: 'Still not here' });
    expect(again.status).toBe('open');
    expect(Date.parse(again.dueAt!)).toBe(ctx.clock.now() + 24 * HOUR);
    expect(await say('Closed')).toMatchObject({ status: 'closed', dueAt: null });
  });

  it('stays with its customer through a merge, and is listed for both who became one', async () => {
    await server.send(identify('old'), identify('now'), opened({ userId: 'old' }, 'T-4', { body: 'Hello?' }));
    const [old, now] = [await server.idOf('userId', 'old'), await server.idOf('userId', 'now')];
    await server.send({ type: 'alias', userId: 'now', previousId: 'old' });
    for (const one of [old, now]) {
      const { cases } = await listCases(ctx, { actor: support, customer: one });
      expect(cases.map((item) => item.customer)).toEqual([old]);
      await addMessage(ctx, { actor: support, id: cases[0]!.id, kind: 'note', text: 'Called back.' });
    }
    const [item] = await findCase(ctx, { actor: support, number: 'T-4' });
    expect((await texts(item!.id)).map(({ text }) => text)).toEqual([
      'Hello?',
      'Called back.',
      'Called back.',
    ]);
  });

  it('gets the next number of its store, however many come in one batch', async () => {
    const before = (await listCases(ctx, { actor: support, sort: 'created', limit: 1 })).cases[0]!.number;
    await customer('ben');
    const batch = ['T-31', 'T-32', 'T-33'].map((number) => opened({ userId: 'ben' }, number));
    await server.send(...batch);
    const found = await Promise.all(
      ['T-31', 'T-32', 'T-33'].map((number) => findCase(ctx, { actor: support, number })),
    );
    const numbers = found.map(([item]) => item!.number).sort((a, b) => a - b);
    expect(new Set(numbers).size).toBe(3);
    expect(numbers[2]! - numbers[0]!).toBe(2);
    expect(numbers[0]!).toBeGreaterThan(before);
    const other = await testStore(ctx);
    const there = shop(ctx, other.server);
    await there.send(identify('x'), opened({ userId: 'x' }, 'T-31'));
    const asOther = other.actor('support');
    expect((await findCase(ctx, { actor: asOther, number: 'T-31' }))[0]?.number).toBe(1);
  });
});

describe('a case that somebody wrote down', () => {
  it('is a complaint due one class sooner, about an order of this customer alone, and evidence by its id', async () => {
    const carl = await customer('carl');
    const item = await created(carl, { order: 'o-carl', priority: 'normal' });
    expect(Date.parse(item.dueAt!) - Date.parse(item.createdAt)).toBe(8 * HOUR);
    expect(await told(created(carl, { order: 'o-ana' }))).toBe('invalid_body');
    const asked = { actor: support, customer: carl, purpose: 'customer-service' } as const;
    const seen = await open(ctx, { ...asked, evidence: { case: item.id } });
    expect(seen.fields['identity.name']?.state).toBe('revealed');
    expect(seen.fields['transaction.order']?.state).toBe('revealed');
    const { items } = await timeline(ctx, { ...asked, evidence: { case: item.id } });
    expect(items.map(({ kind }) => kind).sort()).toEqual(['case', 'order']);
    const other = await customer('not-carl');
    expect(await told(open(ctx, { ...asked, customer: other, evidence: { case: item.id } }))).toBe(
      'evidence_mismatch',
    );
  });

  it('keeps a complaint as it was said, sealed, and shows it masked to support and whole to the privacy officer', async () => {
    const item = await created(await customer('dora'));
    expect((await texts(item.id))[0]).toMatchObject({ state: 'masked', by: support.id });
    expect((await texts(item.id))[0]!.text).not.toContain('10002000');
    expect((await texts(item.id, officer))[0]).toMatchObject({ state: 'revealed', text: COMPLAINT.text });
    expect(await openText(ctx)).not.toContain('Broken kettle');
  });

  it('holds no full card number and no password, not even sealed', async () => {
    const item = await created(await customer('ed'), { text: `Charged ${CARD} twice.` });
    const note = `Card ${CARD}, password: hunter2-Zx9!q`;
    await addMessage(ctx, { actor: support, id: item.id, kind: 'note', text: note });
    const [first, second] = await texts(item.id, officer);
    expect(first!.text).toBe('Charged [card 1111] twice.');
    expect(second!.text).toContain('[card 1111]');
    const all = JSON.stringify(await everything(ctx, store.id));
    expect(all).not.toContain('4111 1111');
    expect(all).not.toContain('hunter2');
  });

  it('is written down by the shop’s own system too, by a key of support; work in it needs a person', async () => {
    const of = await customer('fay');
    const key = store.actor('support');
    const item = await createCase(ctx, { actor: key, customer: of, ...COMPLAINT });
    const work = { actor: key, id: item.id } as const;
    expect(await told(addMessage(ctx, { ...work, kind: 'note', text: 'x' }))).toBe('forbidden');
    expect(await told(changeCaseBy(ctx, { ...work, version: 1, status: 'open' }))).toBe('forbidden');
  });
});

describe('reading a case', () => {
  it('is in the ledger before a word is answered, with ids alone', async () => {
    const gil = await customer('gil');
    const item = await created(gil);
    const { opening } = await readCase(ctx, { actor: support, id: item.id });
    expect(opening.ledgerIndex).toBeGreaterThanOrEqual(0);
    const entry = (await entries(gil)).find(({ kind }) => kind === 'opening');
    expect(entry).toMatchObject({
      actor: { type: 'person', id: support.id },
      purpose: 'customer-service',
      evidence: { kind: 'case', row: item.id },
      fields: { 'service.case': 'revealed', 'service.caseText': 'masked' },
      case: { row: item.id, messages: 0 },
    });
    // Without a ledger nothing is told.
    await ctx.db.query({ text: 'ALTER TABLE bailee.ledger_entry RENAME TO elsewhere' });
    expect(await told(readCase(ctx, { actor: support, id: item.id }))).toBe('ledger_unavailable');
    await ctx.db.query({ text: 'ALTER TABLE bailee.elsewhere RENAME TO ledger_entry' });
  });

  it('is seen by who may see who looked, as are the steps of those who work on it', async () => {
    const gus = await customer('gus');
    const item = await created(gus);
    await readCase(ctx, { actor: support, id: item.id });
    await addMessage(ctx, { actor: support, id: item.id, kind: 'note', text: 'Called back.' });
    const { looks } = await looked(ctx, { actor: officer, customer: gus, evidence: null });
    expect(looks.map(({ kind, step }) => `${kind} ${step}`).sort()).toEqual(
      ['case created', 'case noted', 'opening null'].sort(),
    );
    const opening = looks.find(({ kind }) => kind === 'opening');
    expect(opening).toMatchObject({ masked: ['service.caseText'], evidence: 'case' });
  });

  it('is refused to marketing, security, analysts and administrators, and nothing is recorded as opened', async () => {
    const item = await created(await customer('hal'));
    const before = await count(ctx, `bailee.opening WHERE kind = 'opening'`);
    for (const role of ['marketing', 'analyst', 'security', 'administrator', 'auditor'] as const) {
      const actor = await personOf(ctx, store.id, role);
      expect(await told(readCase(ctx, { actor, id: item.id }))).toBe('forbidden');
      for (const verb of [
        () => listCases(ctx, { actor }),
        () => summarizeCases(ctx, actor),
        () => findCase(ctx, { actor, number: '1' }),
        () => createCase(ctx, { actor, customer: item.customer, ...COMPLAINT }),
        () => addMessage(ctx, { actor, id: item.id, kind: 'note', text: 'x' }),
        () => changeCaseBy(ctx, { actor, id: item.id, version: 1, status: 'closed' }),
      ])
        expect(await told(verb())).toBe('forbidden');
    }
    expect(await count(ctx, `bailee.opening WHERE kind = 'opening'`)).toBe(before);
  });

  it('needs training, and is for others when the person knows the customer', async () => {
    const item = await created(await customer('ivo'));
    const untrained = await working('support', false);
    expect(await told(readCase(ctx, { actor: untrained, id: item.id }))).toBe('training_required');
    const note = { id: item.id, kind: 'note', text: 'x' } as const;
    expect(await told(addMessage(ctx, { actor: untrained, ...note }))).toBe('training_required');
    const cousin = await working('support');
    const known = { kind: 'email', value: 'ivo@example.com' } as const;
    await declareKnown(ctx, { person: cousin.id, store: store.id, relation: 'declared', identifier: known });
    expect(await told(readCase(ctx, { actor: cousin, id: item.id }))).toBe('person_known');
    expect(await told(addMessage(ctx, { actor: cousin, ...note }))).toBe('person_known');
  });

  it('of another store finds nothing', async () => {
    const item = await created(await customer('jan'));
    const other = await testStore(ctx);
    const actor = await personOf(ctx, other.id, 'support');
    const asked = { actor, id: item.id } as const;
    expect(await told(readCase(ctx, asked))).toBe('not_found');
    expect(await told(addMessage(ctx, { ...asked, kind: 'note', text: 'x' }))).toBe('not_found');
    expect(await told(changeCaseBy(ctx, { ...asked, version: 1, status: 'open' }))).toBe('not_found');
    expect((await listCases(ctx, { actor })).total).toBe(0);
    expect(await findCase(ctx, { actor, number: String(item.number) })).toEqual([]);
  });

  it('ends when it is closed: then the privacy officer alone reads it, with a reason', async () => {
    const { id, version } = await created(await customer('kim'));
    const solved = await changeCaseBy(ctx, { actor: support, id, version, status: 'solved' });
    expect((await texts(id)).length).toBe(1);
    await changeCaseBy(ctx, { actor: support, id, version: solved.version, status: 'closed' });
    expect(await told(readCase(ctx, { actor: support, id }))).toBe('evidence_mismatch');
    expect(await told(readCase(ctx, { actor: support, id, reason: 'curious' }))).toBe('evidence_required');
    const read = await readCase(ctx, { actor: officer, id, reason: 'The authority asks.' });
    expect(read.messages.at(-1)).toMatchObject({ kind: 'event', change: { from: 'solved', to: 'closed' } });
  });
});

describe('working on a case', () => {
  it('opens it when somebody takes it, and keeps each change with the case and in the customer’s ledger', async () => {
    const lea = await customer('lea');
    const { id, version } = await created(lea);
    const mine = { actor: support, id, version, assignee: support.id, priority: 'urgent' } as const;
    const item = await changeCaseBy(ctx, mine);
    expect(item).toMatchObject({ status: 'open', assignee: support.id, version: version + 1 });
    expect(Date.parse(item.dueAt!) - Date.parse(item.createdAt)).toBe(4 * HOUR);
    const { messages } = await readCase(ctx, { actor: support, id });
    const changes = messages.flatMap(({ change }) => change?.what ?? []);
    expect(changes.sort()).toEqual(['assignee', 'priority', 'status']);
    const steps = (await entries(lea)).filter(({ kind }) => kind === 'case');
    expect(steps.map(({ step }) => step)).toEqual(['created', 'changed']);
    expect(steps[1]).toMatchObject({ changes: { status: { from: 'new', to: 'open' } } });
    expect(JSON.stringify(steps)).not.toContain('kettle');
  });

  it('tells the second of two people who change it at once that somebody was there before', async () => {
    const { id, version } = await created(await customer('max'));
    const other = await working('support');
    const both = await Promise.all([
      told(changeCaseBy(ctx, { actor: support, id, version, priority: 'low' })),
      told(changeCaseBy(ctx, { actor: other, id, version, priority: 'urgent' })),
    ]);
    expect(both.sort()).toEqual(['conflict', 'done']);
  });

  it('waits for the customer once it is answered; the answer says that no mail left from here', async () => {
    const { id } = await created(await customer('nia'));
    const answer = { actor: support, id, kind: 'answer', text: 'A new kettle is on its way.' } as const;
    const { message, case: item } = await addMessage(ctx, answer);
    expect(item).toMatchObject({ status: 'waiting', dueAt: null, assignee: support.id });
    const { rows } = await ctx.db.query<{ payload: Record<string, string> }>({
      text: `SELECT payload FROM bailee.outbox WHERE kind = 'case.answer'`,
    });
    const waiting = rows.map(({ payload }) => payload).find((payload) => payload.message === message)!;
    expect(waiting).toEqual({ customer: item.customer, case: id, message });
    const left = async () => (await texts(id)).find((each) => each.id === message)?.sent;
    expect(await left()).toBe('waiting');
    await leaveUnsent(ctx.db, waiting);
    expect(await left()).toBe('none');
  });

  it('is given to people who work on cases in this store, and to its teams', async () => {
    const { id, version } = await created(await customer('ole'));
    const marketer = await working('marketing');
    const foreign = await joined(ctx, (await testStore(ctx)).id, ['support']);
    for (const holder of [
      { assignee: marketer.id },
      { assignee: foreign.id },
      { assignee: ctx.random.id() },
      { team: ctx.random.id() },
    ])
      expect(await told(changeCaseBy(ctx, { actor: support, id, version, ...holder }))).toBe('invalid_body');
    const colleague = await working('order-desk');
    const given = await changeCaseBy(ctx, { actor: support, id, version, assignee: colleague.id });
    expect(given.assignee).toBe(colleague.id);
    const page = await listCases(ctx, { actor: colleague, assignee: 'me' });
    expect(page.cases.map((item) => item.id)).toEqual([id]);
    expect(await ctx.db.transaction((tx) => releaseCasesOf(ctx, tx, colleague.id))).toBe(1);
    expect((await listCases(ctx, { actor: colleague, assignee: 'me' })).total).toBe(0);
  });

  it('is the privacy officer’s where it is about privacy or a complaint, and nowhere else', async () => {
    const of = await customer('pia');
    const complaint = await created(of);
    const plain = await created(of, { kind: 'inquiry' });
    const privacy = await created(of, { kind: 'inquiry', topic: 'privacy' });
    const note = (id: string) => told(addMessage(ctx, { actor: officer, id, kind: 'note', text: 'Seen.' }));
    expect(await note(complaint.id)).toBe('done');
    expect(await note(privacy.id)).toBe('done');
    expect(await note(plain.id)).toBe('forbidden');
    expect((await texts(plain.id, officer)).length).toBe(1);
  });

  it('is judged by the customer when it is solved, and opened again with a new clock', async () => {
    const { id, version } = await created(await customer('quin'));
    expect(await told(rateCase(ctx, { actor: support, id, satisfaction: 5 }))).toBe('conflict');
    const solved = await changeCaseBy(ctx, { actor: support, id, version, status: 'solved' });
    expect(solved.dueAt).toBeNull();
    const rated = await rateCase(ctx, { actor: support, id, satisfaction: 4 });
    expect(rated.satisfaction).toBe(4);
    ctx.clock.advance(HOUR);
    const again = { actor: support, id, version: rated.version, status: 'open' } as const;
    const open = await changeCaseBy(ctx, again);
    expect(Date.parse(open.dueAt!)).toBe(ctx.clock.now() + 8 * HOUR);
  });
});

describe('an erased customer', () => {
  it('has no case any more, in no list, by no number and to nobody; the rows go with the job', async () => {
    const rex = await customer('rex');
    const { id, number } = await created(rex);
    await addMessage(ctx, { actor: support, id, kind: 'note', text: 'planted-secret' });
    const evidence = { reason: 'asked by the customer' };
    const { erasure } = await erase(ctx, { actor: OPERATOR, customer: rex, evidence });
    for (const reason of [undefined, 'why not'])
      expect(
        await told(readCase(ctx, { actor: officer, id, ...(reason === undefined ? {} : { reason }) })),
      ).toBe('not_found');
    expect(await findCase(ctx, { actor: support, number: String(number) })).toEqual([]);
    expect((await listCases(ctx, { actor: support, customer: rex })).cases).toEqual([]);
    expect(JSON.stringify(await everything(ctx, store.id))).not.toContain('planted-secret');
    expect(await told(created(rex))).toBe('already_erased');
    await sweep(ctx, erasure);
    expect(await count(ctx, 'bailee.case_message WHERE customer_id = $1', [rex])).toBe(0);
  });
});
