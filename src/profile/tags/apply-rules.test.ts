import { beforeAll, describe, expect, it } from 'vitest';
import { type TestGate, testGate, testStore } from '../../../test/kit/gate.ts';
import { personOf } from '../../../test/kit/people.ts';
import { bought, chose, count, identify, opened, said, shop } from '../../../test/kit/shop.ts';
import type { Person } from '../../gate/actor.ts';
import { showProfile } from '../show.ts';
import { removeTag } from '../tags/give.ts';
import { applyRules } from './apply-rules.ts';
import { type DefineTag, defineTag } from './define.ts';
import { giveTag } from './give.ts';

const DAY = 86_400_000;
let made = 0;
let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let server: ReturnType<typeof shop>;
let support: Person;
let officer: Person;
function fresh(): string {
  made += 1;
  return `Tag ${made}`;
}

beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
  server = shop(ctx, store.server);
  support = await personOf(ctx, store.id, 'support');
  officer = await personOf(ctx, store.id, 'privacy-officer');
});

async function customer(name: string, orders: number): Promise<string> {
  const who = { userId: name };
  await server.send(
    { ...identify(name), ...said({ 'marketing-email': true }) },
    ...Array.from({ length: orders }, (_, at) => bought(who, `o${at}-${name}`)),
    opened(who, `t-${name}`, { order_id: `o0-${name}` }),
  );
  return server.idOf('userId', name);
}
const define = async (more: Partial<DefineTag> = {}) =>
  (
    await defineTag(ctx, {
      actor: officer,
      name: fresh(),
      meaning: 'Ordered three times in ninety days.',
      rule: { counts: 'orders', atLeast: 3, withinDays: 90 },
      purposes: ['customer-service'],
      days: 30,
      ...more,
    })
  ).id;
const has = (of: string, tag: string) =>
  count(ctx, 'bailee.customer_tag WHERE customer_id = $1 AND tag_id = $2 AND removed_at IS NULL', [of, tag]);

describe('a tag that a rule gives', () => {
  it('goes to whom the rule names, says that the rule gave it, and is recorded', async () => {
    const [often, seldom] = [await customer('ana', 3), await customer('bea', 2)];
    const tag = await define();
    await applyRules(ctx);
    expect([await has(often, tag), await has(seldom, tag)]).toEqual([1, 0]);
    const page = await showProfile(ctx, {
      actor: support,
      customer: often,
      purpose: 'customer-service',
      evidence: { case: 't-ana' },
    });
    expect(page.tags).toMatchObject([
      { id: tag, by: { type: 'job', id: null, role: null }, evidence: 'rule' },
    ]);
    expect(await count(ctx, "bailee.opening WHERE kind = 'tag' AND customer_id = $1", [often])).toBe(1);
  });

  it('is given once, renewed while the rule holds, and over when it holds no more', async () => {
    const cleo = await customer('cleo', 3);
    const tag = await define();
    await applyRules(ctx);
    expect((await applyRules(ctx)).tagged).toBe(0);
    ctx.clock.advance(20 * DAY);
    expect((await applyRules(ctx)).tagged).toBeGreaterThan(0);
    ctx.clock.advance(90 * DAY);
    await applyRules(ctx);
    const page = await showProfile(ctx, {
      actor: support,
      customer: cleo,
      purpose: 'customer-service',
      evidence: { case: 't-cleo' },
    });
    expect(page.tags.filter(({ id }) => id === tag)).toEqual([]);
  });

  it('counts those who belong together as one, and nobody of another store', async () => {
    await server.send(
      identify('dora', { anonymousId: 'phone' }),
      bought({ userId: 'dora' }, 'o1-dora'),
      bought({ userId: 'dora' }, 'o2-dora'),
      bought({ anonymousId: 'phone' }, 'o3-dora'),
    );
    const other = await testStore(ctx);
    const foreign = shop(ctx, other.server);
    await foreign.send(
      identify('eva'),
      ...['1', '2', '3'].map((at) => bought({ userId: 'eva' }, `o${at}-eva`)),
    );
    const tag = await define();
    await applyRules(ctx);
    expect(await has(await server.idOf('userId', 'dora'), tag)).toBe(1);
    expect(await has(await foreign.idOf('userId', 'eva'), tag)).toBe(0);
  });

  it('of a purpose that needs a choice goes only to those who allow it', async () => {
    const [yes, no] = [await customer('fay', 3), await customer('gus', 3)];
    await server.send(chose({ userId: 'gus' }, { 'marketing-email': false }));
    const tag = await define({ purposes: ['marketing-email'] });
    await applyRules(ctx);
    expect([await has(yes, tag), await has(no, tag)]).toEqual([1, 0]);
  });

  it('that a person took does not come back the next night, and nobody gives it by hand', async () => {
    const hal = await customer('hal', 3);
    const tag = await define();
    await applyRules(ctx);
    const asked = { actor: support, customer: hal, tag, evidence: { case: 't-hal' } };
    await removeTag(ctx, asked);
    await applyRules(ctx);
    expect(await has(hal, tag)).toBe(0);
    await expect(giveTag(ctx, asked)).rejects.toMatchObject({ code: 'forbidden' });
  });
});
