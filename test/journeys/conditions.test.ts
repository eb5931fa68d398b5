import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../src/gate/actor.ts';
import { listAlerts } from '../../src/gate/alerts/list.ts';
import { markSeen } from '../../src/gate/alerts/see.ts';
import { type AskApproval, askApproval } from '../../src/gate/approvals/ask.ts';
import { decideApproval } from '../../src/gate/approvals/decide.ts';
import { listApprovals } from '../../src/gate/approvals/list.ts';
import { readApprovalReason } from '../../src/gate/approvals/read-reason.ts';
import { breakGlass } from '../../src/gate/break-glass/break.ts';
import { listBreakGlass } from '../../src/gate/break-glass/list.ts';
import { readGlassReason } from '../../src/gate/break-glass/read-reason.ts';
import { reviewBreakGlass } from '../../src/gate/break-glass/review.ts';
import type { OpenInput } from '../../src/gate/decided.ts';
import { find } from '../../src/gate/find.ts';
import { open } from '../../src/gate/open.ts';
import { timeline } from '../../src/gate/timeline.ts';
import { erase } from '../../src/rights/erase.ts';
import { sweep } from '../../src/rights/sweep.ts';
import { declareKnown } from '../../src/staff/known/declare.ts';
import { listKnown } from '../../src/staff/known/list.ts';
import { OPERATOR } from '../kit/erase.ts';
import { everything, openText } from '../kit/everything.ts';
import { type TestGate, testGate, testStore } from '../kit/gate.ts';
import { personOf } from '../kit/people.ts';
import { bought, identify, opened, shop } from '../kit/shop.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NATIONAL_ID = 'identity.nationalId';

let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let ana: string;
let support: Person;
let officer: Person;
let guard: Person;
beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
  ana = await customer('ana');
  support = await personOf(ctx, store.id, 'support');
  officer = await personOf(ctx, store.id, 'privacy-officer');
  guard = await personOf(ctx, store.id, 'security');
});

/** A customer with a case `t-<name>`, an order `o-<name>`, and a national id. */
async function customer(name: string): Promise<string> {
  const server = shop(ctx, store.server);
  const traits = {
    name: `${name} Souza`,
    email: `${name}@example.com`,
    phone: `+49151${10_000_000 + (Number.parseInt(name, 36) % 10_000_000)}`,
    paymentCardLast4: '4242',
    nationalId: '123.456.789-00',
  };
  await server.send(identify(name, { traits }));
  await server.send(bought({ userId: name }, `o-${name}`), opened({ userId: name }, `t-${name}`));
  return server.idOf('userId', name);
}

/** Somebody else of the store could approve; or nobody. */
const others = async () => 1;
const nobodyElse = async () => 0;

const look = (actor: Person, more: Partial<OpenInput> = {}) =>
  open(ctx, { actor, customer: ana, purpose: 'customer-service', evidence: { case: 't-ana' }, ...more });
const told = (done: Promise<unknown>) =>
  done.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );
/** Kinds of entries, and what of them tells of a person's steps, newest last. */
async function entries(kind: string) {
  const { rows } = await ctx.db.query<{ n: string }>({
    text: 'SELECT count(*) AS n FROM bailee.opening WHERE kind = $1',
    values: [kind],
  });
  return Number(rows[0]!.n);
}
async function alertsOf(person: Person) {
  return (await listAlerts(ctx, officer)).filter((alert) => alert.person === person.id);
}

describe('a person in a session', () => {
  it('opens what the role sees, as a key of that role does', async () => {
    const { fields } = await look(support);
    expect(fields['identity.name']?.state).toBe('revealed');
    expect(fields['contact.phone']?.state).toBe('masked');
  });

  it('without a course that the role asks for opens nothing, finds nobody, and is told which is missing', async () => {
    const untrained = await personOf(ctx, store.id, 'support', { trained: false });
    const courses = ['privacy-basics', 'handling-data', 'phishing'];
    const refused = { code: 'training_required', details: { courses } };
    await expect(look(untrained)).rejects.toMatchObject(refused);
    const asked = { actor: untrained, purpose: 'customer-service', evidence: { case: 't-ana' } } as const;
    await expect(timeline(ctx, { ...asked, customer: ana })).rejects.toMatchObject(refused);
    for (const value of ['ana@example.com', 'nobody@example.com'])
      await expect(find(ctx, { ...asked, identifier: { kind: 'email', value } })).rejects.toMatchObject(
        refused,
      );
  });

  it('signed in by one factor, or by who knows what, opens nothing', async () => {
    for (const strength of ['one-factor', undefined] as const) {
      const weak = await personOf(ctx, store.id, 'support', { strength });
      const { strength: _, ...unknown } = weak;
      expect(await told(look(strength === undefined ? unknown : weak))).toBe('forbidden');
    }
  });

  it('is shown sensitive fields masked until the sign-in is proved anew', async () => {
    const evidence = { reason: 'asked by the customer' };
    const asked = { evidence, purpose: 'legal-duty', fields: ['transaction.paymentCardLast4'] } as const;
    const before = await look({ ...officer, strength: 'two-factor' }, asked);
    expect(before.fields['transaction.paymentCardLast4']).toMatchObject({
      state: 'masked',
      because: [{ rule: 'sign-in.step-up-missing' }],
    });
    expect((await look(officer, asked)).fields['transaction.paymentCardLast4']?.state).toBe('revealed');
  });
});

describe('revealing with a reason', () => {
  const reveal = { reason: 'Wants to be called back about a planted-secret refund.' };

  it('shows support the named contact on a case, and the entry says that it was revealed', async () => {
    const { fields, opening } = await look(support, { fields: ['contact.phone'], reveal });
    expect(fields['contact.phone']).toMatchObject({ state: 'revealed' });
    expect(String(fields['contact.phone']?.value)).toMatch(/^\+49151/);
    expect(opening.ledgerIndex).toBeGreaterThanOrEqual(0);
    const told = (await everything(ctx, store.id)).filter(({ table }) => table === 'opening');
    const entry = told.map(({ value }) => value as { entry: Record<string, unknown>; reason?: string });
    const own = entry.find((each) => each.entry.reveal === true)!;
    expect(own.entry).toMatchObject({ kind: 'opening', actor: { type: 'person', id: support.id } });
    expect(own.reason).toBe(reveal.reason);
    expect(JSON.stringify(own.entry)).not.toContain('planted-secret');
    expect(await openText(ctx)).not.toContain('planted-secret');
  });

  it('names one to five fields, gives a reason, and is for persons alone', async () => {
    for (const fields of [undefined, [], ['a', 'b', 'c', 'd', 'e', 'f']])
      expect(await told(look(support, { reveal, ...(fields === undefined ? {} : { fields }) }))).toBe(
        'invalid_body',
      );
    expect(await told(look(support, { fields: ['contact.phone'], reveal: { reason: '  ' } }))).toBe(
      'invalid_body',
    );
    const asKey = { actor: store.actor('support'), fields: ['contact.phone'], reveal };
    expect(await told(look(support, asKey))).toBe('forbidden');
  });

  it('says what is lacking where a field stays hidden', async () => {
    const asked = { evidence: { reason: 'asked' }, purpose: 'legal-duty', reveal } as const;
    expect(await told(look(officer, { ...asked, fields: [NATIONAL_ID] }))).toBe('approval_required');
    const weak = { ...officer, strength: 'two-factor' } as const;
    expect(await told(look(weak, { ...asked, fields: ['transaction.paymentCardLast4'], reveal }))).toBe(
      'step_up_required',
    );
  });
});

describe('the two-person rule', () => {
  const reveal = { reason: 'Compare the id with the copy.' };
  const asks = (actor: Person, more: Partial<AskApproval> = {}) =>
    askApproval(ctx, {
      actor,
      customer: ana,
      fields: [NATIONAL_ID],
      purpose: 'legal-duty',
      evidence: { reason: 'identity theft' },
      reason: 'A planted-secret copy arrived.',
      approvers: others,
      ...more,
    });
  const uses = (actor: Person) =>
    look(actor, {
      purpose: 'legal-duty',
      evidence: { reason: 'identity theft' },
      fields: [NATIONAL_ID],
      reveal,
    });
  const stateOf = (error: { code: string }) => error.code;
  const idState = (actor: Person) =>
    uses(actor).then(({ fields }) => fields[NATIONAL_ID]!.state as string, stateOf);

  it('opens an approved field once, within a quarter of an hour', async () => {
    expect(await idState(officer)).toBe('approval_required');
    const { id, state } = await asks(officer);
    expect(state).toBe('asked');
    expect(await idState(officer)).toBe('approval_required');
    await decideApproval(ctx, { actor: guard, id, approve: true });
    const [first, second] = await Promise.all([idState(officer), idState(officer)]);
    expect([first, second].sort()).toEqual(['approval_required', 'revealed']);
    expect(await idState(officer)).toBe('approval_required');
    expect((await listApprovals(ctx, officer)).find((each) => each.id === id)?.state).toBe('used');
  });

  it('is over after a quarter of an hour, and is nobody else’s, and for no other customer', async () => {
    const { id } = await asks(officer);
    await decideApproval(ctx, { actor: guard, id, approve: true });
    expect(await idState(await personOf(ctx, store.id, 'privacy-officer'))).toBe('approval_required');
    const bea = await customer('bea');
    const other = {
      customer: bea,
      purpose: 'legal-duty' as const,
      evidence: { reason: 'x' },
      fields: [NATIONAL_ID],
      reveal,
    };
    expect(await told(look(officer, other))).toBe('approval_required');
    ctx.clock.advance(15 * MINUTE);
    expect(await idState(officer)).toBe('approval_required');
    expect((await listApprovals(ctx, officer)).find((each) => each.id === id)?.state).toBe('lapsed');
  });

  it('is not used up by an opening that does not ask to reveal', async () => {
    const { id } = await asks(officer);
    await decideApproval(ctx, { actor: guard, id, approve: true });
    const plain = await look(officer, {
      purpose: 'legal-duty',
      evidence: { reason: 'x' },
      fields: [NATIONAL_ID],
    });
    expect(plain.fields[NATIONAL_ID]?.state).toBe('masked');
    expect(await idState(officer)).toBe('revealed');
  });

  it('takes another person with that task: not oneself, not support, not a key, and once', async () => {
    const { id } = await asks(officer);
    const decides = (actor: Parameters<typeof decideApproval>[1]['actor'], approve = true) =>
      told(decideApproval(ctx, { actor, id, approve }));
    expect(await decides(officer)).toBe('forbidden');
    expect(await decides(support)).toBe('forbidden');
    expect(await decides(store.actor('privacy-officer'))).toBe('forbidden');
    expect(await decides({ ...guard, strength: 'one-factor' })).toBe('forbidden');
    expect(await decides(await personOf(ctx, store.id, 'security', { trained: false }))).toBe(
      'training_required',
    );
    expect(await decides({ ...guard, store: (await testStore(ctx)).id })).toBe('not_found');
    expect(await decides(guard, false)).toBe('done');
    expect(await decides(guard)).toBe('conflict');
    expect(await idState(officer)).toBe('approval_required');
  });

  it('is asked only for fields that it could open to the role, with evidence that holds', async () => {
    expect(await told(asks(support, { evidence: { case: 't-ana' } }))).toBe('forbidden');
    expect(await told(asks(officer, { fields: ['contact.phone'] }))).toBe('forbidden');
    expect(await told(asks(officer, { evidence: { case: 'invented' } }))).toBe('evidence_mismatch');
    expect(await told(asks(officer, { evidence: null }))).toBe('evidence_required');
    expect(await told(asks(await personOf(ctx, store.id, 'privacy-officer', { trained: false })))).toBe(
      'training_required',
    );
  });

  it('is a delay of a day and an alert where nobody else could approve, and then opens once', async () => {
    const alone = await personOf(ctx, store.id, 'privacy-officer');
    const { state, opensAt } = await asks(alone, { approvers: nobodyElse });
    expect(state).toBe('delayed');
    expect(Date.parse(opensAt!)).toBe(ctx.clock.now() + 24 * HOUR);
    expect(await alertsOf(alone)).toMatchObject([{ kind: 'approval-alone', customer: ana }]);
    ctx.clock.advance(24 * HOUR - 1);
    expect(await idState(alone)).toBe('approval_required');
    ctx.clock.advance(1);
    expect(await idState(alone)).toBe('revealed');
    expect(await idState(alone)).toBe('approval_required');
  });

  it('keeps the reason sealed, shows it to those who decide, and records every step', async () => {
    const before = await entries('approval');
    const { id } = await asks(officer);
    expect(await openText(ctx)).not.toContain('planted-secret');
    expect(await readApprovalReason(ctx, { actor: guard, id })).toBe('A planted-secret copy arrived.');
    expect(await told(readApprovalReason(ctx, { actor: support, id }))).toBe('not_found');
    await decideApproval(ctx, { actor: guard, id, approve: true });
    expect((await entries('approval')) - before).toBe(3);
  });
});

describe('break-glass', () => {
  const breaks = (actor: Person, more: Partial<Parameters<typeof breakGlass>[1]> = {}) =>
    breakGlass(ctx, {
      actor,
      whom: { customer: ana },
      purpose: 'customer-service',
      reason: 'planted-secret medicine is on its way',
      ...more,
    });
  const evidence = { reason: 'emergency' };

  it('opens at the role’s ceiling without a case for half an hour, and nothing before', async () => {
    const agent = await personOf(ctx, store.id, 'support');
    expect(await told(look(agent, { evidence }))).toBe('evidence_required');
    await breaks(agent);
    const { fields } = await look(agent, { evidence });
    expect(fields['identity.name']?.state).toBe('revealed');
    expect(fields['contact.phone']?.state).toBe('masked');
    const reveal = { reason: 'x' };
    const revealed = await look(agent, { evidence, fields: ['contact.phone'], reveal });
    expect(revealed.fields['contact.phone']?.state).toBe('masked');
    expect(
      (await timeline(ctx, { actor: agent, customer: ana, purpose: 'customer-service', evidence })).items,
    ).not.toEqual([]);
    expect(await told(look(agent, { evidence, customer: await customer('cleo') }))).toBe('evidence_required');
    ctx.clock.advance(30 * MINUTE);
    expect(await told(look(agent, { evidence }))).toBe('evidence_required');
  });

  it('raises an alert at once, by name or by id, found or not', async () => {
    const agent = await personOf(ctx, store.id, 'support');
    const { id } = await breaks(agent);
    expect(await alertsOf(agent)).toMatchObject([{ kind: 'break-glass', customer: ana, subject: id }]);
    await breaks(agent, { whom: { identifier: { kind: 'email', value: 'ANA@example.com' } } });
    const nobody = { identifier: { kind: 'email', value: 'nobody@example.com' } } as const;
    expect(await told(breaks(agent, { whom: nobody }))).toBe('not_found');
    expect(await alertsOf(agent)).toHaveLength(3);
    const { rows } = await ctx.db.query<{ n: string }>({
      text: `SELECT count(*) AS n FROM bailee.outbox WHERE kind = 'alert'`,
    });
    expect(Number(rows[0]!.n)).toBeGreaterThanOrEqual(3);
  });

  it('is for roles that serve customers, in their own purposes, trained and signed in', async () => {
    expect(
      await told(breaks(await personOf(ctx, store.id, 'marketing'), { purpose: 'marketing-email' })),
    ).toBe('forbidden');
    expect(await told(breaks(await personOf(ctx, store.id, 'administrator')))).toBe('forbidden');
    expect(await told(breaks(support, { purpose: 'fraud-prevention' }))).toBe('forbidden');
    expect(await told(breaks({ ...support, strength: 'one-factor' }))).toBe('forbidden');
    expect(await told(breaks(await personOf(ctx, store.id, 'support', { trained: false })))).toBe(
      'training_required',
    );
    const key = store.actor('support') as unknown as Person;
    expect(await told(breaks(key))).toBe('forbidden');
  });

  it('is reviewed by another person, and blocks the next one after 72 hours without a review', async () => {
    const agent = await personOf(ctx, store.id, 'security');
    const purpose = 'fraud-prevention';
    const { id } = await breaks(agent, { purpose });
    const reviews = (actor: Person, justified = true) =>
      told(reviewBreakGlass(ctx, { actor, id, justified, approvers: others }));
    expect(await reviews(agent)).toBe('forbidden');
    expect(await reviews(support)).toBe('forbidden');
    ctx.clock.advance(72 * HOUR - 1);
    expect(await told(breaks(agent, { purpose }))).toBe('done');
    ctx.clock.advance(1);
    expect(await told(breaks(agent, { purpose }))).toBe('conflict');
    expect(await reviews(officer, false)).toBe('done');
    expect(await reviews(officer)).toBe('conflict');
    expect(await told(breaks(agent, { purpose }))).toBe('done');
    expect((await listBreakGlass(ctx, officer)).find((each) => each.id === id)).toMatchObject({
      state: 'not-justified',
      reviewedBy: officer.id,
    });
  });

  it('is reviewed by who broke it only where nobody else could, and a day later', async () => {
    const alone = await personOf(ctx, store.id, 'security');
    const { id } = await breaks(alone, { purpose: 'fraud-prevention' });
    const own = (approvers: () => Promise<number>) =>
      told(reviewBreakGlass(ctx, { actor: alone, id, justified: true, approvers }));
    expect(await own(nobodyElse)).toBe('forbidden');
    ctx.clock.advance(24 * HOUR);
    expect(await own(others)).toBe('forbidden');
    expect(await own(nobodyElse)).toBe('done');
  });

  it('keeps its reason sealed, and shows it to those who review', async () => {
    const agent = await personOf(ctx, store.id, 'support');
    const { id } = await breaks(agent);
    expect(await openText(ctx)).not.toContain('planted-secret');
    expect(await readGlassReason(ctx, { actor: officer, id })).toContain('planted-secret medicine');
    expect(await told(readGlassReason(ctx, { actor: support, id }))).toBe('not_found');
    expect((await listBreakGlass(ctx, agent)).map((each) => each.id)).toContain(id);
    expect((await listBreakGlass(ctx, support)).map((each) => each.id)).not.toContain(id);
  });
});

describe('people one knows', () => {
  const declares = (person: Person, value: string, relation: 'self' | 'declared' = 'declared') =>
    declareKnown(ctx, { person: person.id, store: store.id, relation, identifier: { kind: 'email', value } });

  it('are not found, not opened and not shown on a timeline, and each attempt is an alert', async () => {
    const agent = await personOf(ctx, store.id, 'support');
    const asked = { actor: agent, purpose: 'customer-service', evidence: { case: 't-ana' } } as const;
    const ways = [
      () => find(ctx, { ...asked, identifier: { kind: 'case', value: 't-ana' } }),
      () => find(ctx, { ...asked, identifier: { kind: 'email', value: 'ana@example.com' } }),
      () => open(ctx, { ...asked, customer: ana }),
      () => open(ctx, { ...asked, customer: ana, evidence: null }),
      () => timeline(ctx, { ...asked, customer: ana }),
      () =>
        breakGlass(ctx, { actor: agent, whom: { customer: ana }, purpose: 'customer-service', reason: 'x' }),
    ];
    expect(await told(ways[2]!())).toBe('done');
    await declares(agent, ' ANA@example.com');
    const before = await entries('opening-refused');
    for (const way of ways) expect(await told(way())).toBe('person_known');
    expect(await alertsOf(agent)).toHaveLength(ways.length);
    expect((await entries('opening-refused')) - before).toBe(ways.length);
    expect(await told(look(support))).toBe('done');
  });

  it('are refused whether or not they are customers', async () => {
    const agent = await personOf(ctx, store.id, 'support');
    await declares(agent, 'sister@example.com');
    const asked = { actor: agent, purpose: 'customer-service', evidence: { case: 't-ana' } } as const;
    const finds = (value: string) => told(find(ctx, { ...asked, identifier: { kind: 'email', value } }));
    expect(await finds('sister@example.com')).toBe('person_known');
    expect(await finds('stranger@example.com')).toBe('done');
    expect(await alertsOf(agent)).toMatchObject([{ kind: 'person-known', customer: null }]);
  });

  it('are kept as tokens that name nobody, and are nobody else’s', async () => {
    const agent = await personOf(ctx, store.id, 'support');
    await declares(agent, 'ana@example.com', 'self');
    await declares(agent, 'ana@example.com');
    expect(await listKnown(ctx, { person: agent.id, store: store.id })).toMatchObject([
      { relation: 'self', kind: 'email' },
    ]);
    const { rows } = await ctx.db.query({
      text: 'SELECT 1 FROM bailee.known_person k JOIN bailee.identifier i USING (token)',
    });
    expect(rows).toEqual([]);
    expect(await told(declares(agent, 'not an address'))).toBe('invalid_identifier');
    expect(await told(look(support))).toBe('done');
  });
});

describe('alerts', () => {
  it('are seen by the privacy officer and security alone, and never set aside by who raised them', async () => {
    const own = await personOf(ctx, store.id, 'security');
    await declareKnown(ctx, {
      person: own.id,
      store: store.id,
      relation: 'declared',
      identifier: { kind: 'userId', value: 'ana' },
    });
    await told(look(own, { purpose: 'fraud-prevention' }));
    const [alert] = await alertsOf(own);
    expect(await told(listAlerts(ctx, support))).toBe('forbidden');
    expect(await told(markSeen(ctx, { actor: own, id: alert!.id }))).toBe('forbidden');
    expect(await told(markSeen(ctx, { actor: officer, id: alert!.id }))).toBe('done');
    await markSeen(ctx, { actor: guard, id: alert!.id });
    expect(await alertsOf(own)).toMatchObject([{ seenBy: officer.id }]);
  });
});

describe('an erasure', () => {
  it('takes approvals and reasons with it, and keeps of broken glass what the person did', async () => {
    const gone = await customer('gone');
    const agent = await personOf(ctx, store.id, 'support');
    const purpose = 'customer-service';
    const { id } = await breakGlass(ctx, { actor: agent, whom: { customer: gone }, purpose, reason: 'now' });
    await askApproval(ctx, {
      actor: officer,
      customer: gone,
      fields: [NATIONAL_ID],
      purpose: 'legal-duty',
      evidence: { reason: 'x' },
      reason: 'why',
      approvers: others,
    });
    const { erasure } = await erase(ctx, {
      actor: OPERATOR,
      customer: gone,
      evidence: { reason: 'asked' },
    });
    await sweep(ctx, erasure);
    expect((await listApprovals(ctx, officer)).some((each) => each.customer === gone)).toBe(false);
    expect((await listBreakGlass(ctx, officer)).find((each) => each.id === id)).toMatchObject({
      customer: null,
    });
    expect((await alertsOf(agent)).every((alert) => alert.customer === null)).toBe(true);
    expect(await readGlassReason(ctx, { actor: officer, id })).toBeNull();
    expect(
      await told(reviewBreakGlass(ctx, { actor: officer, id, justified: true, approvers: others })),
    ).toBe('done');
  });
});
