import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { choose } from '../../src/collect/choose.ts';
import type { GateCtx } from '../../src/gate/context.ts';
import { open } from '../../src/gate/open.ts';
import { timeline } from '../../src/gate/timeline.ts';
import { openDatabase } from '../../src/platform/database.ts';
import type { Database } from '../../src/platform/ports.ts';
import { erase } from '../../src/rights/erase.ts';
import { POSTGRES_REASON, postgres } from '../kit/context.ts';
import { OPERATOR } from '../kit/erase.ts';
import { type TestGate, testGate, testStore } from '../kit/gate.ts';
import { bought, chose, identify, shop } from '../kit/shop.ts';

const title =
  postgres === null ? `races at the gate: ${POSTGRES_REASON}` : 'races at the gate, on PostgreSQL';
const PEOPLE = 8;
const OPENINGS = 64;

describe.skipIf(postgres === null)(title, () => {
  let ctx: TestGate;
  let nodes: GateCtx[];
  let other: Database;
  let store: Awaited<ReturnType<typeof testStore>>;
  let server: ReturnType<typeof shop>;
  beforeAll(async () => {
    ctx = await testGate({ engine: 'postgres', pool: 8, env: { BAILEE_ERASURES_PER_HOUR: '1000' } });
    other = openDatabase({ engine: 'postgres', connectionString: ctx.url!, pool: 8 });
    nodes = [ctx, { ...ctx, db: other }];
    store = await testStore(ctx);
    server = shop(ctx, store.server);
  });
  afterAll(() => other.close());

  /** People who agreed to newsletters. */
  async function people(round: string): Promise<{ userId: string; id: string }[]> {
    const users = Array.from({ length: PEOPLE }, (_, at) => `${round}-${at}`);
    await server.send(
      ...users.flatMap((userId) => [
        identify(userId, { anonymousId: `${userId}-device`, traits: { email: `${userId}@example.com` } }),
        chose({ userId }, { 'marketing-email': true }),
        bought({ userId }, `order-${userId}`),
      ]),
    );
    return Promise.all(users.map(async (userId) => ({ userId, id: await server.idOf('userId', userId) })));
  }

  interface Look {
    readonly id: string;
    readonly index: number;
    readonly saw: boolean;
  }

  const job = () => ({ type: 'job', name: 'newsletter', store: store.id }) as const;
  const node = (at: number) => nodes[at % nodes.length]!;

  async function look(at: number, id: string): Promise<Look | null> {
    const purpose = 'marketing-email';
    const asked = { actor: job(), customer: id, purpose, fields: ['contact.email'], evidence: null } as const;
    // Someone who was erased, and has nothing left, cannot even be written down: then nothing opens.
    const answer = await open(node(at), asked).catch((error: { code?: string }) => {
      if (error.code === 'key_shredded') return null;
      throw error;
    });
    if (answer === null) return null;
    const field = answer.fields['contact.email']!;
    const saw = field.state !== 'withheld' && field.value !== null;
    return { id, index: answer.opening.ledgerIndex, saw };
  }

  /** Looks for as long as the work goes on, 64 at once. */
  async function lookWhile(ids: readonly string[], work: () => Promise<void>): Promise<Look[]> {
    let going = true;
    const looks: Look[] = [];
    const lookers = Array.from({ length: OPENINGS }, async (_, at) => {
      for (let turn = 0; going || turn === 0; turn += 1) {
        const one = await look(at + turn, ids[(at + turn) % ids.length]!);
        if (one !== null) looks.push(one);
      }
    });
    await work();
    going = false;
    await Promise.all(lookers);
    return looks;
  }

  it('no opening for a purpose stands at an index above its withdrawal', async () => {
    const known = await people('withdraw');
    const withdrawn = new Map<string, number>();
    const looks = await lookWhile(
      known.map((each) => each.id),
      async () => {
        for (const [at, { userId, id }] of known.entries()) {
          const source = store.server;
          // One by the account, one by the device that belongs to it.
          const who =
            at % 2 === 0
              ? ({ kind: 'userId', value: userId } as const)
              : ({ kind: 'anonymousId', value: `${userId}-device` } as const);
          const answer = await choose(node(at), { source, who, choices: { 'marketing-email': false } });
          withdrawn.set(id, answer.ledgerIndex!);
        }
      },
    );
    expect(withdrawn.size).toBe(PEOPLE);
    expect(looks.filter((each) => each.saw).length).toBeGreaterThan(0);
    expect(looks.filter((each) => each.saw && each.index > withdrawn.get(each.id)!)).toEqual([]);
    for (const { id } of known) expect((await look(0, id))?.saw).toBe(false);
  });

  it('no opening stands at an index above an erasure, nor does a look at the timeline', async () => {
    const known = await people('erase');
    const erased = new Map<string, number>();
    const timelines: { id: string; index: number; events: number }[] = [];
    const looks = await lookWhile(
      known.map((each) => each.id),
      async () => {
        for (const [at, { userId, id }] of known.entries()) {
          const history = timeline(node(at + 1), {
            actor: store.actor('support'),
            customer: id,
            purpose: 'customer-service',
            evidence: { order: `order-${userId}` },
          });
          const gone = await erase(node(at), {
            actor: OPERATOR,
            customer: id,
            evidence: { reason: 'asked' },
          });
          const index = Number(/^index (\d+)$/m.exec(gone.receipt.proof)![1]);
          erased.set(id, index);
          const answer = await history;
          timelines.push({ id, index: answer.opening.ledgerIndex, events: answer.items.length });
        }
      },
    );
    expect(looks.filter((each) => each.saw && each.index > erased.get(each.id)!)).toEqual([]);
    expect(timelines.filter((each) => each.events > 0 && each.index > erased.get(each.id)!)).toEqual([]);
    for (const { id } of known) expect((await look(0, id))?.saw ?? false).toBe(false);
  });

  it('a sign-in that brings a refusal closes the account’s purpose at the index of the refusal', async () => {
    const known = await people('sign-in');
    const before = await head();
    const looks = await lookWhile(
      known.map((each) => each.id),
      async () => {
        await Promise.all(
          known.map(({ userId }, at) =>
            shop(node(at), store.server).send(
              chose({ anonymousId: `${userId}-new` }, { 'marketing-email': false }),
              identify(userId, { anonymousId: `${userId}-new` }),
            ),
          ),
        );
      },
    );
    for (const { id } of known) {
      const { rows } = await ctx.db.query<{ index: string }>({
        text: `SELECT max(o.ledger_index) AS index FROM bailee.opening o JOIN bailee.customer_link l ON l.child = o.customer_id
               WHERE l.root = $1 AND o.kind = 'choice'`,
        values: [id],
      });
      const refusal = Number(rows[0]!.index);
      expect(refusal).toBeGreaterThanOrEqual(before);
      expect(looks.filter((each) => each.id === id && each.saw && each.index > refusal)).toEqual([]);
    }
  });

  async function head(): Promise<number> {
    const { rows } = await ctx.db.query<{ next: string }>({
      text: 'SELECT next FROM bailee.ledger_sequence',
    });
    return Number(rows[0]!.next);
  }

  it('nobody orders more erasures in an hour than it may, however many at once', async () => {
    const known = await people('cap');
    const capped: GateCtx[] = nodes.map((each) => ({
      ...each,
      config: { ...each.config, erasuresPerHour: 3 },
    }));
    const actor = { type: 'job', name: 'capped', store: store.id } as const;
    const settled = await Promise.allSettled(
      known.map(({ id }, at) =>
        erase(capped[at % 2]!, { actor, customer: id, evidence: { reason: 'asked' } }),
      ),
    );
    expect(settled.filter((each) => each.status === 'fulfilled')).toHaveLength(3);
    for (const each of settled)
      if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'erasure_cap' });
  });

  it('erasing the same customer many times at once erases once', async () => {
    const [one] = await people('once');
    const settled = await Promise.allSettled(
      Array.from({ length: 8 }, (_, at) =>
        erase(node(at), { actor: OPERATOR, customer: one!.id, evidence: { reason: 'asked' } }),
      ),
    );
    expect(settled.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
  });
});
