import { beforeAll, describe, expect, it } from 'vitest';
import type { Purpose } from '../../../contract/names.ts';
import { openText } from '../../../test/kit/everything.ts';
import { type TestGate, testGate, testStore } from '../../../test/kit/gate.ts';
import { personOf } from '../../../test/kit/people.ts';
import { bought, chose, identify, opened, said, shop } from '../../../test/kit/shop.ts';
import type { Caller, Person } from '../../gate/actor.ts';
import { looked } from '../../gate/looked.ts';
import { showProfile } from '../show.ts';
import { defineTag, retire } from './define.ts';
import { giveTag, removeTag } from './give.ts';

const DAY = 86_400_000;
let made = 0;
let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let support: Person;
let officer: Person;
function fresh(): string {
  made += 1;
  return `Tag ${made}`;
}

beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
  support = await personOf(ctx, store.id, 'support');
  officer = await personOf(ctx, store.id, 'privacy-officer');
});

async function customer(name: string): Promise<string> {
  const server = shop(ctx, store.server);
  const who = { userId: name };
  await server.send(
    { ...identify(name), ...said({ 'marketing-email': true }) },
    bought(who, `o-${name}`),
    opened(who, `t-${name}`, { order_id: `o-${name}` }),
  );
  return server.idOf('userId', name);
}

const define = async (purposes: Purpose[] = ['customer-service'], days = 30) =>
  (
    await defineTag(ctx, {
      actor: officer,
      name: fresh(),
      meaning: 'Waits for a parcel that was sent again.',
      rule: null,
      purposes,
      days,
    })
  ).id;
const give = (tag: string, of: string, name: string, actor: Caller = support) =>
  giveTag(ctx, { actor, customer: of, tag, evidence: { case: `t-${name}` } });
const page = (actor: Person, of: string, purpose: Purpose, evidence: object) =>
  showProfile(ctx, { actor, customer: of, purpose, evidence: evidence as { case: string } });
const tagsOf = async (of: string, name: string) =>
  (await page(support, of, 'customer-service', { case: `t-${name}` })).tags;
const told = (done: Promise<unknown>) =>
  done.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );

describe('a customer’s tag', () => {
  it('shows what it means, in which role it was given, why, and until when', async () => {
    const ana = await customer('ana');
    const tag = await define();
    const { until } = await give(tag, ana, 'ana');
    expect(Date.parse(until)).toBe(ctx.clock.now() + 30 * DAY);
    const [shown] = await tagsOf(ana, 'ana');
    expect(shown).toMatchObject({
      id: tag,
      meaning: 'Waits for a parcel that was sent again.',
      by: { type: 'person', id: null, role: 'support' },
      evidence: 'case',
      until,
    });
    const seen = await page(officer, ana, 'customer-service', { reason: 'asked' });
    expect(seen.tags[0]?.by.id).toBe(support.id);
  });

  it('needs evidence of this customer, and a purpose of the tag that the role acts for', async () => {
    const bea = await customer('bea');
    await customer('bo');
    const tag = await define();
    const asks = (actor: Caller, evidence: Parameters<typeof giveTag>[1]['evidence']) =>
      told(giveTag(ctx, { actor, customer: bea, tag, evidence }));
    expect(await asks(support, null)).toBe('evidence_required');
    expect(await asks(support, { case: 't-bo' })).toBe('evidence_mismatch');
    expect(await asks(support, { reason: 'I like them' })).toBe('evidence_required');
    for (const role of ['marketing', 'analyst', 'administrator', 'auditor', 'security'] as const)
      expect(await asks(store.actor(role) as Caller, { case: 't-bea' }), role).toBe('forbidden');
    expect(await asks(store.actor('order-desk') as Caller, { order: 'o-bea' })).toBe('done');
    const untrained = await personOf(ctx, store.id, 'support', { trained: false });
    expect(await asks(untrained, { case: 't-bea' })).toBe('training_required');
    const shipping = await define(['order-fulfilment']);
    expect(await told(give(shipping, bea, 'bea'))).toBe('forbidden');
    expect(await told(give(ctx.random.id(), bea, 'bea'))).toBe('not_found');
  });

  it('of a marketing purpose is given while the customer allows it, and is not shown for other purposes', async () => {
    const cleo = await customer('cleo');
    const tag = await define(['marketing-email']);
    const marketer = await personOf(ctx, store.id, 'marketing');
    const evidence = { reason: 'answered a letter' };
    const gives = () => told(giveTag(ctx, { actor: marketer, customer: cleo, tag, evidence }));
    expect(await gives()).toBe('done');
    expect((await page(marketer, cleo, 'marketing-email', evidence)).tags).toHaveLength(1);
    expect(await tagsOf(cleo, 'cleo')).toEqual([]);
    await shop(ctx, store.server).send(chose({ userId: 'cleo' }, { 'marketing-email': false }));
    expect(await gives()).toBe('forbidden');
    expect((await page(marketer, cleo, 'marketing-email', evidence)).tags).toEqual([]);
  });

  it('is taken with evidence, once, and goes with its definition', async () => {
    const eva = await customer('eva');
    const [one, other] = [await define(), await define()];
    await give(one, eva, 'eva');
    await give(other, eva, 'eva');
    const takes = (evidence: { case: string } | null) =>
      told(removeTag(ctx, { actor: support, customer: eva, tag: one, evidence }));
    expect(await takes(null)).toBe('evidence_required');
    expect(await takes({ case: 't-eva' })).toBe('done');
    expect(await takes({ case: 't-eva' })).toBe('not_found');
    expect((await tagsOf(eva, 'eva')).map(({ id }) => id)).toEqual([other]);
    await retire(ctx, { actor: officer, id: other });
    expect(await tagsOf(eva, 'eva')).toEqual([]);
  });

  it('is an entry of the customer’s ledger when it is given and when it is taken: ids alone', async () => {
    const fay = await customer('fay');
    const tag = await define();
    await give(tag, fay, 'fay');
    await removeTag(ctx, { actor: support, customer: fay, tag, evidence: { case: 't-fay' } });
    const { looks } = await looked(ctx, { actor: officer, customer: fay, evidence: null });
    expect(looks.map(({ kind, step, evidence }) => [kind, step, evidence])).toEqual([
      ['tag', 'removed', 'case'],
      ['tag', 'given', 'case'],
    ]);
    expect(looks[0]!.ledgerIndex).toBeGreaterThanOrEqual(0);
    expect(await openText(ctx)).not.toContain('t-fay');
  });
});
