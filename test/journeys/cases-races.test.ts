import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { addMessage } from '../../src/cases/add-message.ts';
import { changeCaseBy } from '../../src/cases/change.ts';
import { createCase } from '../../src/cases/create.ts';
import { findCase } from '../../src/cases/find.ts';
import type { Person } from '../../src/gate/actor.ts';
import { readCase } from '../../src/gate/read-case.ts';
import { erase } from '../../src/rights/erase.ts';
import { POSTGRES_REASON, postgres } from '../kit/context.ts';
import { OPERATOR } from '../kit/erase.ts';
import { everything } from '../kit/everything.ts';
import { type TestGate, testGate, testStore } from '../kit/gate.ts';
import { personOf } from '../kit/people.ts';
import { identify, opened, shop } from '../kit/shop.ts';
import { joined } from '../kit/staff.ts';

const title = postgres === null ? `races of cases: ${POSTGRES_REASON}` : 'races of cases, on PostgreSQL';
const INQUIRY = { kind: 'inquiry', channel: 'phone', topic: 'other', subject: 'x' } as const;

describe.skipIf(postgres === null)(title, () => {
  let ctx: TestGate;
  let store: Awaited<ReturnType<typeof testStore>>;
  let server: ReturnType<typeof shop>;
  let support: Person;
  beforeAll(async () => {
    ctx = await testGate({ engine: 'postgres', pool: 12 });
    store = await testStore(ctx);
    server = shop(ctx, store.server);
    support = await personOf(ctx, store.id, 'support');
  });

  const many = <T>(times: number, make: (at: number) => Promise<T>) =>
    Promise.all(Array.from({ length: times }, (_, at) => make(at)));
  const customer = async (name: string) => {
    await server.send(identify(name));
    return server.idOf('userId', name);
  };

  it('numbers each case once, whether people or the shop’s events write them down', async () => {
    const ids = await many(8, (at) => customer(`n${at}`));
    await many(40, async (at) =>
      at % 2 === 0
        ? createCase(ctx, { actor: support, customer: ids[at % 8]!, ...INQUIRY, text: 'Hello.' })
        : server.send(opened({ userId: `n${at % 8}` }, `T-${at}`), opened({ userId: 'n0' }, `U-${at}`)),
    );
    const { rows } = await ctx.db.query<{ number: number }>({
      text: 'SELECT number FROM bailee.cases WHERE store_id = $1 ORDER BY number',
      values: [store.id],
    });
    expect(rows.map((row) => row.number)).toEqual(Array.from({ length: 60 }, (_, at) => at + 1));
  });

  it('lets one of many who change the same version do so, and loses no note', async () => {
    const of = await customer('busy');
    const { id, version } = await createCase(ctx, {
      ...{ actor: support, customer: of },
      ...{ ...INQUIRY, text: 'Hello.' },
    });
    const people = await many(6, () => personOf(ctx, store.id, 'support'));
    const changes = await Promise.allSettled(
      people.map((actor, at) =>
        changeCaseBy(ctx, { actor, id, version, priority: at % 2 === 0 ? 'low' : 'urgent' }),
      ),
    );
    expect(changes.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    const note = (at: number) => ({ id, kind: 'note', text: `note ${at}` }) as const;
    await Promise.all(people.map((actor, at) => addMessage(ctx, { actor, ...note(at) })));
    const { messages } = await readCase(ctx, { actor: support, id });
    expect(messages.filter(({ kind }) => kind === 'note').length).toBe(6);
  });

  it('leaves no case with somebody who leaves while they are given it', async () => {
    const of = await customer('handed');
    const { id, version } = await createCase(ctx, {
      ...{ actor: support, customer: of },
      ...{ ...INQUIRY, text: 'Hello.' },
    });
    const leaver = await joined(ctx, store.id, ['support']);
    const given = await ctx.db.transaction(async (tx) => {
      await tx.query({
        text: `UPDATE bailee.person SET state = 'left' WHERE id = $1`,
        values: [leaver.id],
      });
      const giving = changeCaseBy(ctx, { actor: support, id, version, assignee: leaver.id }).then(
        () => 'given',
        (error: { code?: string }) => error.code,
      );
      await sleep(500);
      return { giving };
    });
    expect(await given.giving).toBe('invalid_body');
  });

  it('keeps one case of a ticket that is told of many times at once, with what happened last', async () => {
    await customer('told');
    const say = (at: number) => server.send(opened({ userId: 'told' }, 'V-1', {}, { messageId: `v${at}` }));
    await many(8, say);
    const found = await findCase(ctx, { actor: support, number: 'V-1' });
    expect(found.length).toBe(1);
  });

  it('leaves nothing readable of a customer who is erased while people write in the case', async () => {
    const of = await customer('leaving');
    const asked = { actor: support, customer: of, ...INQUIRY, text: 'planted-secret 1' };
    const { id } = await createCase(ctx, asked);
    const evidence = { reason: 'asked by the customer' };
    const writing = many(10, (at) =>
      addMessage(ctx, { actor: support, id, kind: 'note', text: `planted-secret ${at}` }).catch(
        (error: { code: string }) => error.code,
      ),
    );
    const erasing = erase(ctx, { actor: OPERATOR, customer: of, evidence });
    const [answers] = await Promise.all([writing, erasing]);
    for (const answer of answers)
      if (typeof answer === 'string') expect(['not_found', 'already_erased']).toContain(answer);
    await expect(readCase(ctx, { actor: support, id })).rejects.toMatchObject({ code: 'not_found' });
    expect(JSON.stringify(await everything(ctx, store.id))).not.toContain('planted-secret');
  });
});
