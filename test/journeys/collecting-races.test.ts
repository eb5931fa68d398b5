import { beforeAll, describe, expect, it } from 'vitest';
import { erase } from '../../src/rights/erase.ts';
import { POSTGRES_REASON, postgres } from '../kit/context.ts';
import { OPERATOR } from '../kit/erase.ts';
import { type TestGate, testGate, testStore } from '../kit/gate.ts';
import { bought, chose, count, identify, shop, viewed } from '../kit/shop.ts';

const title =
  postgres === null ? `races of collecting: ${POSTGRES_REASON}` : 'races of collecting, on PostgreSQL';

describe.skipIf(postgres === null)(title, () => {
  let ctx: TestGate;
  let store: Awaited<ReturnType<typeof testStore>>;
  let server: ReturnType<typeof shop>;
  beforeAll(async () => {
    ctx = await testGate({ engine: 'postgres', pool: 12 });
    store = await testStore(ctx);
    server = shop(ctx, store.server);
  });

  const many = <T>(times: number, make: (at: number) => Promise<T>) =>
    Promise.all(Array.from({ length: times }, (_, at) => make(at)));
  const alias = (userId: string, previousId: string) => ({ type: 'alias', userId, previousId });

  /** Links that must never be: two open ones of a child, or a circle. */
  async function soundLinks(): Promise<void> {
    expect(
      await count(
        ctx,
        `(SELECT child FROM bailee.customer_link WHERE valid_to IS NULL GROUP BY child HAVING count(*) > 1) AS twice`,
      ),
    ).toBe(0);
    const { rows } = await ctx.db.query<{ child: string; root: string }>({
      text: 'SELECT child, root FROM bailee.customer_link WHERE valid_to IS NULL',
    });
    const up = new Map(rows.map((row) => [row.child, row.root]));
    for (const start of up.keys()) {
      let steps = 0;
      for (let at = up.get(start); at !== undefined; at = up.get(at)) {
        steps += 1;
        if (steps > up.size) throw new Error('the links close a circle');
      }
    }
  }

  it('a batch sent 20 times at once is stored once', async () => {
    const events = Array.from({ length: 40 }, (_, at) => ({
      ...(at % 2 === 0 ? identify(`b${at}`) : bought({ userId: `b${at - 1}` }, `b-${at}`)),
      messageId: `b-${at}`,
    }));
    const answers = await many(20, () => server.send(...events));
    for (const answer of answers) expect(answer).toEqual({ accepted: 40, notCollected: 0, quarantined: [] });
    expect(await count(ctx, 'bailee.message')).toBe(40);
    expect(await count(ctx, 'bailee.event')).toBe(20);
    expect(await count(ctx, 'bailee.orders')).toBe(20);
    expect(await count(ctx, 'bailee.customer')).toBe(20);
  });

  it('a customer who comes in many batches at once for the first time is one customer', async () => {
    const before = await count(ctx, 'bailee.customer');
    const traits = { email: 'one@example.com', phone: '+4915112345678' };
    const answers = await many(24, (at) =>
      server.send(
        identify('one', { traits }),
        bought({ userId: 'one', anonymousId: 'one-device' }, `one-${at}`),
      ),
    );
    for (const answer of answers) expect(answer.accepted).toBe(2);
    expect(await count(ctx, 'bailee.customer')).toBe(before + 2);
    expect(await server.areOne(['userId', 'one'], ['anonymousId', 'one-device'])).toBe(true);
    expect(await server.areOne(['userId', 'one'], ['email', 'one@example.com'])).toBe(true);
  });

  it('an identifier that many claim at once goes to one of them, and none of their events is lost', async () => {
    const answers = await many(16, (at) =>
      server.send(identify(`claim-${at}`, { traits: { email: 'claimed@example.com' } })),
    );
    for (const answer of answers) expect(answer.accepted).toBe(1);
    const owner = await server.idOf('email', 'claimed@example.com');
    const claimants = await many(16, (at) => server.idOf('userId', `claim-${at}`));
    expect(claimants.filter((id) => id === owner)).toHaveLength(1);
  });

  it('merges of the same people in both directions at once end, and leave one person', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [a, b, c] = ['a', 'b', 'c'].map((name) => `${name}${round}`) as [string, string, string];
      await server.send(identify(a), identify(b), identify(c));
      const pairs = [
        [a, b],
        [b, a],
        [b, c],
        [c, b],
        [c, a],
        [a, c],
      ] as const;
      await many(18, (at) => server.send(alias(...pairs[at % pairs.length]!)));
      expect((await server.together(await server.idOf('userId', a))).size).toBe(3);
      await soundLinks();
    }
  });

  it('devices that sign in while their accounts merge hang below what comes of it', async () => {
    await server.send(identify('p1'), identify('p2'));
    await many(20, (at) =>
      at % 4 === 0
        ? server.send(alias(at % 8 === 0 ? 'p1' : 'p2', at % 8 === 0 ? 'p2' : 'p1'))
        : server.send(identify(at % 2 === 0 ? 'p1' : 'p2', { anonymousId: `p-device-${at}` })),
    );
    expect((await server.together(await server.idOf('userId', 'p1'))).size).toBe(2 + 15);
    await soundLinks();
  });

  it('a storm of batches over the same people, in every order, ends with all accepted', async () => {
    const people = Array.from({ length: 12 }, (_, at) => `storm-${at}`);
    const answers = await many(48, (at) => {
      const turn = [...people.slice(at % 12), ...people.slice(0, at % 12)];
      const order = at % 2 === 0 ? turn : turn.reverse();
      return server.send(
        ...order.map((id) => identify(id, { traits: { name: `${id} ${at}`, email: `${id}@example.com` } })),
        ...order.map((id) => bought({ userId: id }, `storm-${id}`, { total: at })),
        ...(at % 5 === 0 ? order.map((id) => chose({ userId: id }, { analytics: at % 2 === 0 })) : []),
      );
    });
    for (const [at, answer] of answers.entries()) {
      expect(answer.quarantined).toEqual([]);
      expect(answer.accepted + answer.notCollected).toBe(at % 5 === 0 ? 36 : 24);
      expect(answer.accepted).toBeGreaterThanOrEqual(24);
    }
    expect(
      await count(ctx, `bailee.identifier WHERE kind = 5 AND token IN (SELECT token FROM bailee.identifier)`),
    ).toBeGreaterThan(12);
  });

  it('a refusal and the sign-in that brings it count for the account at once: nothing later is stored', async () => {
    await server.send(identify('r1'), chose({ userId: 'r1' }, { analytics: true }));
    await many(12, (at) =>
      server.send(
        chose({ anonymousId: `r-device-${at}` }, { analytics: false }),
        identify('r1', { anonymousId: `r-device-${at}` }),
      ),
    );
    expect((await server.standing(await server.idOf('userId', 'r1'))).analytics).toBe('refused');
    expect(await server.send(viewed({ userId: 'r1' }))).toMatchObject({ accepted: 0, notCollected: 1 });
  });

  it('an erasure that comes between events, merges and sign-ins brings nothing back, and no one hangs on the dead', async () => {
    for (let round = 0; round < 6; round += 1) {
      const id = `e${round}`;
      await server.send(
        identify(id, { anonymousId: `${id}-device`, traits: { email: `${id}@example.com` } }),
        identify(`${id}-other`),
      );
      const customer = await server.idOf('userId', id);
      const work = many(16, (at) =>
        server.send(
          identify(id, {
            anonymousId: `${id}-device-${at}`,
            traits: { email: `${id}@example.com`, name: 'Late' },
          }),
          at % 4 === 0
            ? alias(`${id}-other`, id)
            : bought({ userId: id, anonymousId: `${id}-device` }, `${id}-${at}`),
        ),
      );
      const erased = await erase(ctx, { actor: OPERATOR, customer, evidence: { reason: 'asked' } });
      const answers = await work;
      for (const answer of answers) {
        expect(answer.quarantined).toEqual([]);
        expect(answer.accepted + answer.notCollected).toBe(2);
      }
      for (const kind of ['userId', 'email'] as const)
        expect(await server.find(kind, kind === 'userId' ? id : `${id}@example.com`)).toBeNull();
      const gone = `customer_id = ANY($1)`;
      expect(await count(ctx, `bailee.identifier WHERE kind <> 5 AND ${gone}`, [erased.customers])).toBe(0);
      expect(
        await count(
          ctx,
          `bailee.customer_link WHERE valid_to IS NULL AND (child = ANY($1) OR root = ANY($1))`,
          [erased.customers],
        ),
      ).toBe(0);
      expect(
        await count(ctx, `keys.data_key WHERE class <> 2 AND wrapped IS NOT NULL AND ${gone}`, [
          erased.customers,
        ]),
      ).toBe(0);
      expect(await server.send(identify(id))).toMatchObject({ accepted: 0, notCollected: 1 });
    }
    await soundLinks();
  });
});
