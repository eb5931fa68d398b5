import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../src/gate/actor.ts';
import { type LookedInput, looked } from '../../src/gate/looked.ts';
import { open } from '../../src/gate/open.ts';
import { type ShowProfile, showProfile } from '../../src/profile/show.ts';
import { defineTag } from '../../src/profile/tags/define.ts';
import { giveTag } from '../../src/profile/tags/give.ts';
import { erase } from '../../src/rights/erase.ts';
import { retire } from '../../src/rights/retention.ts';
import { declareKnown } from '../../src/staff/known/declare.ts';
import { OPERATOR } from '../kit/erase.ts';
import { type TestGate, testGate, testStore } from '../kit/gate.ts';
import { personOf } from '../kit/people.ts';
import { testServer } from '../kit/server.ts';
import { bought, chose, count, identify, opened, said, shop, viewed } from '../kit/shop.ts';
import { gateContext, makeStore } from '../kit/store.ts';

const DAY = 86_400_000;
let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let server: ReturnType<typeof shop>;
let support: Person;
let officer: Person;
let auditor: Person;
beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
  server = shop(ctx, store.server);
  support = await personOf(ctx, store.id, 'support');
  officer = await personOf(ctx, store.id, 'privacy-officer');
  auditor = await personOf(ctx, store.id, 'auditor');
});

/** A customer with a case `t-<name>` about the order `o-<name>`, and another order. */
async function customer(name: string): Promise<string> {
  const who = { userId: name };
  const traits = { name: `${name} Souza`, email: `${name}@example.com`, phone: '+4915112345678' };
  await server.send(
    { ...identify(name, { traits }), ...said({ analytics: true }) },
    bought(who, `o-${name}`),
    bought(who, `p-${name}`),
    opened(who, `t-${name}`, { order_id: `o-${name}`, body: 'It arrived broken.' }),
    viewed(who),
  );
  return server.idOf('userId', name);
}

const profile = (actor: ShowProfile['actor'], of: string, name: string) =>
  showProfile(ctx, {
    actor,
    customer: of,
    purpose: 'customer-service',
    evidence: { case: `t-${name}` },
  });
const looks = (actor: LookedInput['actor'], of: string, more: Partial<LookedInput> = {}) =>
  looked(ctx, { actor, customer: of, evidence: null, ...more });
const told = (done: Promise<unknown>) =>
  done.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );

describe('the page of a customer', () => {
  it('shows a support agent the phone masked, and the order and the case at hand alone', async () => {
    const ana = await customer('ana');
    const page = await profile(support, ana, 'ana');
    expect(page.fields['identity.name']).toMatchObject({ state: 'revealed', value: 'ana Souza' });
    expect(page.fields['contact.phone']?.state).toBe('masked');
    expect(page.fields['contact.phone']?.because).not.toEqual([]);
    expect(page.timeline.map(({ kind }) => kind).toSorted()).toEqual(['case', 'order']);
    expect(JSON.stringify(page)).not.toMatch(/p-ana|4915112345678/);
    expect(page.customer).toMatchObject({ id: ana, kind: 'customer', restricted: false, erased: false });
    expect(page.choices).toMatchObject([{ purpose: 'analytics', channel: null, state: 'granted' }]);
    expect(page.because).toEqual([]);
    for (const { ledgerIndex } of page.openings) expect(ledgerIndex).toBeGreaterThanOrEqual(0);
  });

  it('shows a key of that role the same', async () => {
    const bea = await customer('bea');
    const key = store.actor('support') as ShowProfile['actor'];
    expect((await profile(key, bea, 'bea')).fields).toEqual((await profile(support, bea, 'bea')).fields);
  });

  it('shows nothing without evidence, without training, to an auditor, or to somebody who knows them', async () => {
    const cleo = await customer('cleo');
    const asks = (actor: Person, evidence: ShowProfile['evidence']) =>
      told(showProfile(ctx, { actor, customer: cleo, purpose: 'customer-service', evidence }));
    expect(await asks(support, null)).toBe('evidence_required');
    expect(await asks(support, { case: 't-ana' })).toBe('evidence_mismatch');
    expect(await asks(auditor, { case: 't-cleo' })).toBe('forbidden');
    const untrained = await personOf(ctx, store.id, 'support', { trained: false });
    expect(await asks(untrained, { case: 't-cleo' })).toBe('training_required');
    const friend = await personOf(ctx, store.id, 'support');
    await declareKnown(ctx, {
      person: friend.id,
      store: store.id,
      relation: 'declared',
      identifier: { kind: 'email', value: 'cleo@example.com' },
    });
    expect(await asks(friend, { case: 't-cleo' })).toBe('person_known');
  });

  it('says why where something of the timeline is kept back', async () => {
    const dora = await customer('dora');
    await server.send(chose({ userId: 'dora' }, { analytics: false }));
    const page = await showProfile(ctx, {
      actor: officer,
      customer: dora,
      purpose: 'customer-service',
      evidence: { reason: 'asked by the customer' },
    });
    expect(JSON.stringify(page.timeline)).not.toContain('Product Viewed');
    expect(page.withheld).toMatchObject([{ kind: 'event', because: [{ rule: expect.any(String) }] }]);
    expect(page.choices).toMatchObject([{ purpose: 'analytics', state: 'refused' }]);
  });

  it('tells a marketer of no order and no case whether there is one', async () => {
    const marketer = await personOf(ctx, store.id, 'marketing');
    const asks = async (name: string) =>
      showProfile(ctx, {
        actor: marketer,
        customer: await server.idOf('userId', name),
        purpose: 'marketing-email',
        evidence: null,
      });
    await server.send(
      ...['noa', 'ola'].map((name) => ({ ...identify(name), ...said({ 'marketing-email': true }) })),
      bought({ userId: 'noa' }, 'o-noa'),
      opened({ userId: 'noa' }, 't-noa', { order_id: 'o-noa' }),
      viewed({ userId: 'noa' }),
    );
    const [some, none] = [await asks('noa'), await asks('ola')];
    expect(some.timeline).toEqual([]);
    expect(some.withheld.map(({ kind }) => kind)).toEqual(['order', 'case']);
    expect(some.withheld).toEqual(none.withheld);
  });

  it('of a restricted customer says that it is, and shows no field and no choice', async () => {
    const eva = await customer('eva');
    await ctx.db.query({
      text: 'UPDATE bailee.customer SET restricted_at = $2 WHERE id = $1',
      values: [eva, new Date(ctx.clock.now())],
    });
    const page = await profile(support, eva, 'eva');
    expect(page.customer.restricted).toBe(true);
    expect(page.because).not.toEqual([]);
    expect(new Set(Object.values(page.fields).map(({ state }) => state))).toEqual(new Set(['withheld']));
    expect(page.timeline).toEqual([]);
    expect(page.choices).toEqual([]);
  });
});

describe('who looked', () => {
  it('names no colleague to an agent, and names them to the privacy officer, security and the auditor', async () => {
    const fay = await customer('fay');
    const colleague = await personOf(ctx, store.id, 'order-desk');
    await open(ctx, {
      actor: colleague,
      customer: fay,
      purpose: 'order-fulfilment',
      evidence: { order: 'o-fay' },
      fields: ['identity.name', 'contact.phone'],
    });
    const mine = await looks(support, fay, { purpose: 'customer-service', evidence: { case: 't-fay' } });
    expect(mine.looks).toMatchObject([
      {
        kind: 'opening',
        actor: { type: 'person', id: null, role: 'order-desk' },
        purpose: 'order-fulfilment',
        evidence: 'order',
        revealed: expect.arrayContaining(['identity.name']),
      },
    ]);
    expect(JSON.stringify(mine)).not.toContain(colleague.id);
    for (const actor of [officer, auditor, await personOf(ctx, store.id, 'security')]) {
      const { looks: all } = await looks(actor, fay);
      expect(all.at(-1)).toMatchObject({ actor: { id: colleague.id, role: 'order-desk' } });
    }
  });

  it('records every reading, with a place in the ledger', async () => {
    const gus = await customer('gus');
    await looks(auditor, gus);
    const { looks: all } = await looks(officer, gus);
    expect(all).toMatchObject([{ kind: 'looked', actor: { id: auditor.id, role: 'auditor' } }]);
    expect(all[0]!.ledgerIndex).toBeGreaterThanOrEqual(0);
    expect(await count(ctx, "bailee.opening WHERE kind = 'looked' AND customer_id = $1", [gus])).toBe(2);
  });

  it('shows an agent nothing without a case or order of this customer, and a marketer nothing at all', async () => {
    const hal = await customer('hal');
    expect(await told(looks(support, hal))).toBe('evidence_required');
    const purpose = 'customer-service';
    expect(await told(looks(support, hal, { purpose }))).toBe('evidence_required');
    expect(await told(looks(support, hal, { purpose, evidence: { case: 't-ana' } }))).toBe(
      'evidence_mismatch',
    );
    expect(await told(looks(await personOf(ctx, store.id, 'marketing'), hal))).toBe('forbidden');
    expect(await told(looks({ ...officer, strength: 'one-factor' }, hal))).toBe('forbidden');
    expect(await told(looks({ ...officer, store: (await testStore(ctx)).id }, hal))).toBe('not_found');
  });

  it('is read page by page, each look once', async () => {
    const ida = await customer('ida');
    for (let at = 0; at < 5; at += 1) await profile(support, ida, 'ida');
    const ids: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof looked>> = await looks(officer, ida, {
        limit: 3,
        ...(after === null ? {} : { after }),
      });
      ids.push(...page.looks.filter(({ kind }) => kind === 'opening').map(({ id }) => id));
      after = page.after;
    } while (after !== null);
    expect(ids).toHaveLength(10);
    expect(new Set(ids).size).toBe(10);
  });

  it('keeps of an erased customer only what a legal duty keeps', async () => {
    const jon = await customer('jon');
    await profile(support, jon, 'jon');
    await erase(ctx, { actor: OPERATOR, customer: jon, evidence: { reason: 'asked' } });
    const { looks: left } = await looks(officer, jon);
    expect(left.filter(({ kind }) => kind === 'opening')).toEqual([]);
  });
});

describe('a tag', () => {
  const define = async (name: string) =>
    (
      await defineTag(ctx, {
        actor: officer,
        name,
        meaning: 'Waits for a parcel that was sent again.',
        rule: null,
        purposes: ['customer-service'],
        days: 2,
      })
    ).id;
  const give = (tag: string, of: string, name: string) =>
    giveTag(ctx, { actor: support, customer: of, tag, evidence: { case: `t-${name}` } });

  it('that is over is neither shown nor kept', async () => {
    const leo = await customer('leo');
    const tag = await define('Parcel sent again');
    await give(tag, leo, 'leo');
    ctx.clock.advance(2 * DAY - 1);
    expect((await profile(support, leo, 'leo')).tags).toMatchObject([{ id: tag }]);
    ctx.clock.advance(1);
    expect((await profile(support, leo, 'leo')).tags).toEqual([]);
    await retire(ctx);
    expect(await count(ctx, 'bailee.customer_tag WHERE tag_id = $1', [tag])).toBe(0);
  });

  it('is gone the moment the customer is erased, and nobody gives it again', async () => {
    const mia = await customer('mia');
    const tag = await define('Parcel on its way');
    await give(tag, mia, 'mia');
    await erase(ctx, { actor: OPERATOR, customer: mia, evidence: { reason: 'asked' } });
    expect(await count(ctx, 'bailee.customer_tag WHERE customer_id = $1', [mia])).toBe(0);
    expect(await told(give(tag, mia, 'mia'))).not.toBe('done');
  });
});

describe('over HTTP', () => {
  it('the page, who looked, and the proof of a look for those who audit', async () => {
    const http = await gateContext();
    const keys = await makeStore(http);
    const { post, get } = await testServer(http);
    const own = shop(http, {
      kind: 'server',
      store: keys.store,
      key: keys.ids.get(keys.serverKey)!,
      country: 'DE',
    });
    await own.send(identify('kim'), bought({ userId: 'kim' }, 'o-kim'));
    const id = await own.idOf('userId', 'kim');
    const body = { purpose: 'customer-service', evidence: { order: 'o-kim' } };
    const page = await post(`/api/customers/${id}/profile`, keys.apiKeys.support, body);
    expect(page.statusCode).toBe(200);
    expect(page.json()).toMatchObject({ customer: { id }, timeline: [{ kind: 'order' }], choices: [] });
    const audit = await post(`/api/customers/${id}/looked`, keys.apiKeys.auditor, {});
    expect(audit.json()).toMatchObject({ after: null, looks: [{ kind: 'opening' }, { kind: 'opening' }] });
    const { ledgerIndex, actor } = audit.json().looks[0];
    expect(actor).toEqual({
      type: 'api-key',
      id: keys.ids.get(keys.apiKeys.support),
      role: 'support',
    });
    for (const role of ['auditor', 'privacy-officer'] as const) {
      const proof = await get(`/api/ledger/entries/${ledgerIndex}`, keys.apiKeys[role]);
      expect(proof.json()).toMatchObject({ index: ledgerIndex, proof: expect.any(Array) });
    }
    const agent = await post(`/api/customers/${id}/looked`, keys.apiKeys.support, body);
    expect(agent.json().looks[0]).toMatchObject({ kind: 'looked', actor: { id: null, role: 'auditor' } });
    const refused = await post(`/api/customers/${id}/looked`, keys.apiKeys.marketing, {});
    expect(refused.json().error.code).toBe('forbidden');
  });
});
