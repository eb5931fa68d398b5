import { beforeAll, describe, expect, it } from 'vitest';
import { POSTGRES_REASON, postgres } from '../../test/kit/context.ts';
import { type TestGate, testGate, testStore } from '../../test/kit/gate.ts';
import { bought, chose, count, identify, said, shop } from '../../test/kit/shop.ts';
import type { Actor } from '../gate/actor.ts';
import { isBaileeError } from '../platform/errors.ts';
import type { Database } from '../platform/ports.ts';
import { fetchRelease, listBudgets, listReleases } from './fetch.ts';
import type { Question } from './question.ts';
import { type ReleaseInput, release } from './release.ts';
import { setBudget } from './set-budget.ts';

type Person = Actor & { type: 'api-key' };
type Shop = Awaited<ReturnType<typeof makeShop>>;

const DAY_MS = 86_400_000;
const agreed = said({ analytics: true });
/** So little noise that it is zero but for once in e^1000: shows whom the question was asked of. */
const BARE = { epsilon: '100000000' } as const;

/** Eight customers who agreed to analytics, two who did not, two orders each. */
async function makeShop(ctx: TestGate) {
  const store = await testStore(ctx);
  const own = shop(ctx, store.server);
  for (let at = 0; at < 10; at += 1) {
    const who = { userId: `u${at}` };
    const country = at % 2 === 0 ? 'DE' : 'FR';
    await own.send(identify(who.userId, at < 8 ? agreed : {}));
    for (const order of [1, 2])
      await own.send(bought(who, `o${at}-${order}`, { total: 10.25 * (at + 1), country }));
  }
  const officer = store.actor('privacy-officer') as Person;
  const analyst = store.actor('analyst') as Person;
  const ask = (question: Question, more: Partial<ReleaseInput> = {}) =>
    release(
      ctx,
      {
        actor: analyst,
        name: 'a figure',
        dataset: 'orders',
        purpose: 'analytics',
        question,
        privacy: BARE,
        roles: ['analyst'],
        until: ctx.clock.now() + DAY_MS,
        ...more,
      },
      () => undefined,
    );
  const allow = (epsilon: string, actor: Person = officer) =>
    setBudget(ctx, { actor, dataset: 'orders', purpose: 'analytics', epsilon, delta: '1e-6' });
  return { ...own, store, officer, analyst, ask, allow };
}

const customers: Question = { kind: 'count', of: 'customers' };
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (isBaileeError(error) ? error.code : String(error)),
  );

let ctx: TestGate;
let one: Shop;
beforeAll(async () => {
  ctx = await testGate();
  one = await makeShop(ctx);
});

const entries = () => count(ctx, 'bailee.opening WHERE ledger_index IS NOT NULL');
const spent = async () => (await listBudgets(ctx, one.officer))[0]?.rho_spent;

describe('a release', () => {
  it('without a budget is refused, and opens nothing', async () => {
    const before = await entries();
    expect(await code(one.ask(customers))).toBe('budget_exceeded');
    expect(await entries()).toBe(before);
  });

  it('counts only customers who allow the purpose', async () => {
    await one.allow('1e18');
    const { release: made, again } = await one.ask(customers);
    expect(again).toBe(false);
    expect(made.answer).toEqual({ value: 8, noise: { kind: 'laplace', size: '1/1048576' }, threshold: null });
    expect(made.rho).toBe('5000000000000000');
  });

  it('of the same question again is the stored answer, for free, and opens nothing', async () => {
    const first = await one.ask({ kind: 'sum', currency: 'EUR', lower: 0, upper: 100_000 });
    const [cost, opened] = [await spent(), await entries()];
    const second = await one.ask(
      { upper: 100_000, lower: 0, currency: 'EUR', kind: 'sum' },
      { name: 'another name', roles: ['privacy-officer'] },
    );
    expect(second).toEqual({ release: first.release, again: true });
    expect(await spent()).toBe(cost);
    expect(await entries()).toBe(opened);
    expect(first.release.answer.value).toBe(2 * 1_025 * 36);
  });

  it.each<[string, Question, unknown]>([
    ['orders', { kind: 'count', of: 'orders', ordersEach: 5 }, 16],
    ['one order each', { kind: 'count', of: 'orders', ordersEach: 1 }, 8],
    ['a clamped sum', { kind: 'sum', currency: 'EUR', lower: 0, upper: 3_000 }, 2_050 + 7 * 3_000],
    ['no amount in another currency', { kind: 'sum', currency: 'USD', lower: 0, upper: 3_000 }, 0],
    [
      'a histogram',
      { kind: 'histogram', by: 'country', groups: ['FR', 'DE', 'IT'] },
      [
        { group: 'FR', count: 4 },
        { group: 'DE', count: 4 },
        { group: 'IT', count: 0 },
      ],
    ],
    [
      'the first groups',
      { kind: 'top-k', by: 'month', k: 1, delta: '1e-9' },
      [{ group: '2026-11', count: 8 }],
    ],
  ])('answers %s', async (_, question, value) => {
    expect((await one.ask(question)).release.answer.value).toEqual(value);
  });

  it('answers means and quantiles near the truth', async () => {
    const bounds = { currency: 'EUR', lower: 0, upper: 20_000 } as const;
    const mean = await one.ask({ kind: 'mean', ...bounds });
    expect(mean.release.answer.value).toBeCloseTo(9_225, -2);
    const quantiles = await one.ask({ kind: 'quantiles', ...bounds, quantiles: [0.5] });
    expect(quantiles.release.answer.value).toEqual([expect.closeTo(8_200, -2)]);
  });

  it('stands in the ledger with its cost, without a customer', async () => {
    const before = await entries();
    const { release: made } = await one.ask({ kind: 'count', of: 'orders', ordersEach: 7 });
    // One page of customers opened, one release.
    expect(await entries()).toBe(before + 2);
    expect(Number(made.ledger_index)).toBe(before + 1);
  });

  it('after a withdrawal does not count who withdrew', async () => {
    await one.send(chose({ userId: 'u0' }, { analytics: false }));
    const question: Question = { kind: 'count', of: 'orders', ordersEach: 9 };
    expect((await one.ask(question)).release.answer.value).toBe(14);
    await one.send(chose({ userId: 'u0' }, { analytics: true }));
  });

  it('may be fetched by the roles it was made for and the privacy officer, until its time is over', async () => {
    const { release: made } = await one.ask({ kind: 'count', of: 'orders', ordersEach: 3 });
    const support = one.store.actor('support') as Person;
    expect(await fetchRelease(ctx, one.analyst, made.id)).toEqual(made);
    expect(await fetchRelease(ctx, one.officer, made.id)).toEqual(made);
    expect(await code(fetchRelease(ctx, support, made.id))).toBe('not_found');
    expect(await listReleases(ctx, support)).toEqual([]);
    const other = await testStore(ctx);
    expect(await code(fetchRelease(ctx, other.actor('privacy-officer') as Person, made.id))).toBe(
      'not_found',
    );
    ctx.clock.advance(DAY_MS);
    expect(await code(fetchRelease(ctx, one.analyst, made.id))).toBe('not_found');
    expect((await one.ask({ kind: 'count', of: 'orders', ordersEach: 3 })).again).toBe(false);
  });
});

describe('a release is refused', () => {
  it('to a role that makes none, and for a purpose that the role has not', async () => {
    for (const role of ['support', 'marketing', 'administrator'] as const)
      expect(await code(one.ask(customers, { actor: one.store.actor(role) as Person }))).toBe('forbidden');
    expect(await code(one.ask(customers, { purpose: 'advertising' }))).toBe('forbidden');
    expect(await code(one.ask(customers, { purpose: 'research' }))).toBe('forbidden');
    expect(await code(one.allow('1', one.analyst))).toBe('forbidden');
  });

  it.each<[string, Question, Partial<ReleaseInput>]>([
    ['an ε of zero', customers, { privacy: { epsilon: '0' } }],
    ['bounds the wrong way', { kind: 'sum', currency: 'EUR', lower: 9, upper: 1 }, {}],
    ['groups neither named nor selected', { kind: 'histogram', by: 'country' }, {}],
    ['a time that is over', customers, { until: 1 }],
    ['a time that is none', customers, { until: Number.NaN }],
  ])('for %s, before anything is opened or spent', async (_, question, more) => {
    const before = [await entries(), await spent()];
    expect(await code(one.ask(question, more))).toBe('invalid_body');
    expect([await entries(), await spent()]).toEqual(before);
  });
});

describe('a question that was answered for others', () => {
  it('is not answered to a role that may not fetch it, and costs nothing', async () => {
    const question: Question = { kind: 'count', of: 'orders', ordersEach: 8 };
    await one.ask(question, { actor: one.officer, roles: [] });
    const before = await spent();
    expect(await code(one.ask(question))).toBe('forbidden');
    expect((await one.ask(question, { actor: one.officer })).again).toBe(true);
    expect(await spent()).toBe(before);
  });
});

describe('a budget', () => {
  it('is spent to its end and not beyond; what was answered stays free', async () => {
    const two = await makeShop(ctx);
    await two.allow('1');
    const half = { rho: '0.011' };
    const ask = (ordersEach: number) =>
      two.ask({ kind: 'count', of: 'orders', ordersEach }, { privacy: half });
    await ask(1);
    await ask(2);
    const [before] = await listBudgets(ctx, two.officer);
    expect(await code(ask(3))).toBe('budget_exceeded');
    expect(await listBudgets(ctx, two.officer)).toEqual([before]);
    expect((await ask(2)).again).toBe(true);
    expect(await code(two.ask(customers, { privacy: { rho: '1' } }))).toBe('budget_exceeded');
  });

  it('that is set again keeps what was spent', async () => {
    const before = await spent();
    await one.allow('2e18');
    expect(await spent()).toBe(before);
  });

  it('stays whole, and nothing is answered, when the ledger cannot be written', async () => {
    const before = [await spent(), await count(ctx, 'bailee.release')];
    const db: Database = {
      ...ctx.db,
      query: (statement) => ctx.db.query(statement),
      transaction: (work) =>
        ctx.db.transaction((tx) =>
          work({
            query: (statement) =>
              /INSERT INTO bailee\.release/.test(statement.text)
                ? Promise.reject(new Error('the disk is full'))
                : tx.query(statement),
            later: (statement) => tx.later(statement),
          }),
        ),
    };
    const question: Question = { kind: 'count', of: 'orders', ordersEach: 11 };
    const asked = release(
      { ...ctx, db },
      {
        actor: one.analyst,
        name: 'fails',
        dataset: 'orders',
        purpose: 'analytics',
        question,
        privacy: BARE,
        roles: [],
        until: ctx.clock.now() + DAY_MS,
      },
      () => undefined,
    );
    await expect(asked).rejects.toThrow('the disk is full');
    expect([await spent(), await count(ctx, 'bailee.release')]).toEqual(before);
  });
});

describe.skipIf(postgres === null)(`on PostgreSQL (${postgres === null ? POSTGRES_REASON : 'found'})`, () => {
  it('questions that race for the same budget never spend more than there is', async () => {
    const racing = await testGate({ engine: 'postgres' });
    const three = await makeShop(racing);
    await three.allow('1');
    const privacy = { rho: '0.008' };
    const questions = Array.from(
      { length: 8 },
      (_, at): Question => ({
        kind: 'count',
        of: 'orders',
        ordersEach: at + 1,
      }),
    );
    const told = await Promise.all(questions.map((question) => code(three.ask(question, { privacy }))));
    expect(told.filter((each) => each === 'done')).toHaveLength(2);
    expect(new Set(told)).toEqual(new Set(['done', 'budget_exceeded']));
    const [budget] = await listBudgets(racing, three.officer);
    expect(budget!.rho_spent).toBe('2/125');
  });

  it('one question that many ask at once is answered once, and paid once', async () => {
    const racing = await testGate({ engine: 'postgres' });
    const four = await makeShop(racing);
    await four.allow('1');
    const made = await Promise.all(
      Array.from({ length: 6 }, () => four.ask(customers, { privacy: { rho: '0.001' } })),
    );
    expect(new Set(made.map(({ release: each }) => each.id)).size).toBe(1);
    const [budget] = await listBudgets(racing, four.officer);
    expect(budget!.rho_spent).toBe('1/1000');
  });
});
