import { beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../contract/names.ts';
import { choose } from '../../src/collect/choose.ts';
import type { Evidence } from '../../src/gate/evidence.ts';
import { find } from '../../src/gate/find.ts';
import { open } from '../../src/gate/open.ts';
import { timeline } from '../../src/gate/timeline.ts';
import { erase } from '../../src/rights/erase.ts';
import { OPERATOR } from '../kit/erase.ts';
import { type TestGate, testGate, testStore } from '../kit/gate.ts';
import { bought, chose, count, identify, opened, shop, track } from '../kit/shop.ts';

let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let server: ReturnType<typeof shop>;
let ana: string;
beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
  server = shop(ctx, store.server);
  const person = (userId: string, language: string, name = 'Ana Souza') =>
    identify(userId, {
      traits: {
        name,
        email: `${userId}@example.com`,
        phone: '+4915112345678',
        birthday: '1990-05-17',
        nationalId: '123.456.789-00',
        language,
        health: 'asthma',
        description: 'likes tea',
      },
    });
  await server.send(
    person('ana', 'en'),
    person('jp', 'ja', '西門太郎'),
    person('cn', 'zh', '西門太郎'),
    person('other', 'en'),
  );
  await server.send(
    ...['ana', 'jp', 'other'].flatMap((userId) => [
      bought({ userId }, `o-${userId}`, { billing: { name: 'Ana Souza Ltd', vat_number: 'PT123456789' } }),
      bought({ userId }, `o2-${userId}`),
      opened({ userId }, `t-${userId}`, { order_id: `o-${userId}`, body: 'It arrived broken.' }),
    ]),
  );
  ana = await server.idOf('userId', 'ana');
});

const look = (role: Role, evidence: Evidence | null, more: { customer?: string; fields?: string[] } = {}) =>
  open(ctx, { actor: store.actor(role), customer: ana, purpose: 'customer-service', evidence, ...more });
const size = () => count(ctx, 'bailee.ledger_entry');

describe('evidence', () => {
  it('is a case that is open and of this customer, or an order of theirs', async () => {
    expect((await look('support', { case: 't-ana' })).fields['identity.name']?.state).toBe('revealed');
    expect((await look('support', { order: 'o-ana' })).fields['identity.name']?.state).toBe('revealed');
    for (const evidence of [
      { case: 't-other' },
      { order: 'o-other' },
      { case: 'none' },
      { order: 't-ana' },
      { case: 'o-ana' },
    ])
      await expect(look('support', evidence)).rejects.toMatchObject({ code: 'evidence_mismatch' });
  });

  it('no longer holds once the case is closed, and holds again only when it is opened later', async () => {
    const told = (event: string, minutes: number) =>
      track(
        event,
        { userId: 'ana' },
        { ticket_id: 't-late' },
        { timestamp: ctx.clock.now() + minutes * 60_000 },
      );
    ctx.clock.advance(3_600_000);
    await server.send(told('Support Ticket Opened', -30), told('Support Ticket Closed', -10));
    await expect(look('support', { case: 't-late' })).rejects.toMatchObject({ code: 'evidence_mismatch' });
    await server.send(told('Support Ticket Replied', -20));
    await expect(look('support', { case: 't-late' })).rejects.toMatchObject({ code: 'evidence_mismatch' });
    await server.send(told('Support Ticket Replied', -5));
    expect((await look('support', { case: 't-late' })).fields['identity.name']?.state).toBe('revealed');
  });

  it('of another person does not become theirs by their own event about it', async () => {
    await server.send(
      track('Support Ticket Replied', { userId: 'ana' }, { ticket_id: 't-other', order_id: 'o-other' }),
      bought({ userId: 'ana' }, 'o-other'),
    );
    for (const evidence of [{ case: 't-other' }, { order: 'o-other' }])
      await expect(look('support', evidence)).rejects.toMatchObject({ code: 'evidence_mismatch' });
    expect(await server.counted('order-of-another')).toBe(2);
  });

  it('is needed: without it, with a mere reason, or with the wrong role nothing opens and nothing is recorded', async () => {
    const before = await size();
    await expect(look('support', null)).rejects.toMatchObject({ code: 'evidence_required' });
    await expect(look('support', { reason: 'curious' })).rejects.toMatchObject({ code: 'evidence_required' });
    await expect(look('support', { request: 'r-1' })).rejects.toMatchObject({ code: 'evidence_mismatch' });
    for (const role of ['analyst', 'marketing', 'administrator', 'auditor', 'security'] as const)
      await expect(look(role, { case: 't-ana' })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await size()).toBe(before);
  });
});

describe('an opening', () => {
  it('shows support what the case needs: the phone masked, the order, and never a national id or an illness', async () => {
    const { fields } = await look('support', { case: 't-ana' });
    expect(fields['contact.phone']?.state).toBe('masked');
    expect(String(fields['contact.phone']?.value)).not.toContain('123456');
    expect(fields['transaction.order']?.value).toMatchObject({ orderId: 'o-ana' });
    for (const name of ['identity.nationalId', 'sensitive.health'])
      expect(fields[name] ?? { state: 'withheld' }).not.toHaveProperty('value');
    expect(fields).not.toHaveProperty('transaction.invoiceParty');
    expect(JSON.stringify(fields)).not.toContain('Ltd');
  });

  it('masks by the language of the customer', async () => {
    const masked = async (userId: string) => {
      await server.send(chose({ userId }, { 'marketing-email': true }));
      const { fields } = await open(ctx, {
        actor: store.actor('marketing'),
        customer: await server.idOf('userId', userId),
        purpose: 'marketing-email',
        evidence: null,
        fields: ['identity.name'],
      });
      return fields['identity.name'];
    };
    // Two characters are a family name in Chinese; in Japanese nobody can tell.
    expect(await masked('cn')).toMatchObject({ state: 'masked', value: '西門**' });
    expect(await masked('jp')).toMatchObject({ state: 'masked', value: '西**' });
  });

  it('of the invoice party is for legal duty alone', async () => {
    const officer = store.actor('privacy-officer');
    const fields = ['transaction.invoiceParty'];
    const legal = await open(ctx, {
      actor: officer,
      customer: ana,
      purpose: 'legal-duty',
      evidence: { order: 'o-ana' },
      fields,
    });
    expect(legal.fields['transaction.invoiceParty']?.value).toMatchObject({ vat_number: 'PT123456789' });
    const service = await look('support', { case: 't-ana' }, { fields });
    expect(service.fields['transaction.invoiceParty']?.state).toBe('withheld');
  });

  it('withholds names that nobody declared, and keeps none of them in its entry', async () => {
    const fields = ['contact.email=ana@example.com', '__proto__', 'constructor', '\ud800', 'identity.name'];
    const answer = await look('support', { case: 't-ana' }, { fields });
    expect(Object.keys(answer.fields)).toEqual(fields);
    for (const name of fields.slice(0, 4)) expect(answer.fields[name]?.state).toBe('withheld');
    expect(answer.fields['identity.name']?.value).toBe('Ana Souza');
  });

  it('of a customer of another store, or of none, does not exist', async () => {
    const foreign = await testStore(ctx);
    const actor = foreign.actor('privacy-officer');
    const asked = { actor, purpose: 'legal-duty', evidence: { reason: 'curious' } } as const;
    for (const customer of [ana, ctx.random.id()]) {
      await expect(open(ctx, { ...asked, customer })).rejects.toMatchObject({ code: 'not_found' });
      await expect(timeline(ctx, { ...asked, customer })).rejects.toMatchObject({ code: 'not_found' });
      await expect(erase(ctx, { actor, customer, evidence: asked.evidence })).rejects.toMatchObject({
        code: 'not_found',
      });
    }
  });

  it('of someone who was erased, and bought nothing, fails alone and not its neighbors', async () => {
    await server.send(identify('passer-by'));
    const customer = await server.idOf('userId', 'passer-by');
    const actor = store.actor('privacy-officer');
    await erase(ctx, { actor: OPERATOR, customer, evidence: { reason: 'asked' } });
    const legal = { actor, purpose: 'legal-duty', evidence: { reason: 'audit' } } as const;
    const settled = await Promise.allSettled([
      look('support', { case: 't-ana' }),
      open(ctx, { ...legal, customer }),
      open(ctx, { ...legal, customer: ana }),
    ]);
    expect(settled.map((each) => each.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((settled[1] as PromiseRejectedResult).reason).toMatchObject({ code: 'key_shredded' });
  });
});

describe('when the ledger cannot be written', () => {
  const break_ = async (table: string, when: string) => {
    await ctx.db.query({
      text: `CREATE FUNCTION bailee.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$`,
    });
    await ctx.db.query({
      text: `CREATE TRIGGER refuse BEFORE ${when} ON bailee.${table} FOR EACH ROW EXECUTE FUNCTION bailee.refuse()`,
    });
  };
  const mend = async () => {
    await ctx.db.query({ text: 'DROP FUNCTION bailee.refuse() CASCADE' });
  };

  it.each([
    ['an entry', 'ledger_entry', 'INSERT'],
    ['the end of the log', 'ledger_sequence', 'UPDATE'],
    ['the details', 'opening', 'INSERT'],
  ])('nothing opens, is found, chosen or erased: %s', async (_what, table, when) => {
    const before = await size();
    await break_(table, when);
    const evidence = { case: 't-ana' } as const;
    const actor = store.actor('support');
    const purpose = 'customer-service';
    const identifier = { kind: 'userId', value: 'ana' } as const;
    const who = { kind: 'userId', value: 'ana' } as const;
    const all = [
      () => look('support', evidence),
      () => Promise.all([look('support', evidence), look('support', { order: 'o-ana' })]),
      () => find(ctx, { actor, identifier, purpose, evidence }),
      () => timeline(ctx, { actor, customer: ana, purpose, evidence }),
      () => choose(ctx, { source: store.server, who, choices: { research: true } }),
      () => erase(ctx, { actor: OPERATOR, customer: ana, evidence: { reason: 'asked' } }),
    ];
    try {
      for (const each of all) {
        const error: unknown = await each().then(
          () => null,
          (failure: unknown) => failure,
        );
        expect(error).toBeInstanceOf(Error);
        expect(JSON.stringify(error)).not.toContain('Ana');
        if (table === 'ledger_entry') expect(error).toMatchObject({ code: 'ledger_unavailable' });
      }
    } finally {
      await mend();
    }
    expect(await size()).toBe(before);
    expect(await server.standing(ana)).not.toHaveProperty('research');
    expect((await look('support', evidence)).opening.ledgerIndex).toBe(before);
  });
});
