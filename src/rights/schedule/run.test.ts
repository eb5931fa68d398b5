import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestGate, testGate, testStore } from '../../../test/kit/gate.ts';
import { lawOfPacks } from '../../../test/kit/law.ts';
import { bought, chose, count, identify, opened, shop, viewed } from '../../../test/kit/shop.ts';
import type { GateCtx } from '../../gate/context.ts';
import { INSTALLATION } from '../../keys/ring.ts';
import { sequence } from '../../ledger/sequence.ts';
import type { Database } from '../../platform/ports.ts';
import { makeMonths } from '../months.ts';
import { sweep } from '../sweep.ts';
import { runSchedule } from './run.ts';
import { showSchedule } from './show.ts';
import { readRuns } from './sql.ts';
import { calendar, dryRun } from './survey.ts';
import { listWarnings, tell } from './warn.ts';

const DAY_MS = 86_400_000;
const law = lawOfPacks();
const SMALL = { rows: 2, customers: 2 };

interface World {
  readonly ctx: TestGate;
  readonly store: string;
  readonly server: ReturnType<typeof shop>;
}

/** One database for all: what a test left behind is emptied, and time only goes on. */
let ctx: TestGate;
beforeAll(async () => {
  ctx = { ...(await testGate()), law };
});

async function world(): Promise<World> {
  await ctx.db.query({
    text: `TRUNCATE bailee.customer, bailee.customer_link, bailee.customer_identifier, bailee.field_value, bailee.orders,
             bailee.order_line, bailee.cases, bailee.event, bailee.choice, bailee.identifier, bailee.message,
             bailee.tombstone, bailee.erasure, bailee.retention_run, bailee.retention_step, bailee.retention_warning`,
  });
  await ctx.db.query({ text: 'DELETE FROM keys.data_key WHERE customer_id <> $1', values: [INSTALLATION] });
  await makeMonths(ctx);
  const store = await testStore(ctx);
  return { ctx, store: store.id, server: shop(ctx, store.server) };
}

const names = ['ada', 'bo', 'cy', 'dee', 'eve'];

/** Five customers with everything: browsing, an order, a case; all on one day. */
async function fill({ server }: World): Promise<void> {
  for (const name of names)
    await server.send(
      identify(name, { traits: { name, email: `${name}@example.com`, nationalId: 'C01X00T47' } }),
      chose({ userId: name }, { analytics: true }),
      viewed({ userId: name }),
      bought({ userId: name }, `o-${name}`),
      opened({ userId: name }, `t-${name}`, { body: 'It broke.' }),
    );
}

async function closeCases({ ctx }: World, except: readonly string[] = []): Promise<void> {
  await ctx.db.query({
    text: `UPDATE bailee.cases SET state = 'closed', status = 'closed', waits_since = NULL, due_at = NULL
           WHERE customer_id <> ALL($1)`,
    values: [except],
  });
}

function days({ ctx }: World, count: number): void {
  ctx.clock.advance(count * DAY_MS);
}

const rows = ({ ctx }: World, from: string) => count(ctx, `bailee.${from}`);

/** What is left, without ids and times: the same after a run that was cut off as after one that was not. */
async function left(at: World): Promise<Record<string, number>> {
  const tables = [
    'event',
    'orders',
    'order_line',
    'cases',
    'identifier',
    'field_value',
    'tombstone',
    'erasure',
  ];
  const counts: Record<string, number> = {};
  for (const table of tables) counts[table] = await rows(at, table);
  counts.keys = await count(at.ctx, 'keys.data_key WHERE wrapped IS NOT NULL');
  counts.erased = await rows(at, 'customer WHERE erased_at IS NOT NULL');
  const [run] = await readRuns(at.ctx.db, at.store, 1);
  for (const { kind, gone } of run!.steps) counts[`gone ${kind}`] = (counts[`gone ${kind}`] ?? 0) + gone;
  return counts;
}

describe('the daily run', () => {
  let at: World;
  beforeEach(async () => {
    at = await world();
    await fill(at);
  });

  it('lets nothing go a day before its time', async () => {
    await closeCases(at);
    days(at, 360);
    expect(await runSchedule(at.ctx, SMALL)).toEqual({
      behavior: 0,
      sensitive: 0,
      visitors: 0,
      inactive: 0,
      cases: 0,
      orders: 0,
    });
    expect(await rows(at, 'event')).toBeGreaterThan(5);
  });

  it('takes sensitive values after a year of silence, and leaves the rest', async () => {
    await closeCases(at);
    const before = await rows(at, 'field_value');
    days(at, 366);
    expect(await runSchedule(at.ctx, SMALL)).toMatchObject({ sensitive: 5, inactive: 0 });
    expect(await rows(at, 'field_value')).toBe(before - 5);
  });

  it('takes browsing after 25 months, a page at a time, but not of a restricted customer', async () => {
    await closeCases(at);
    const ada = await at.server.idOf('userId', 'ada');
    await at.ctx.db.query({
      text: 'UPDATE bailee.customer SET restricted_at = now() WHERE id = $1',
      values: [ada],
    });
    days(at, 762);
    expect(await runSchedule(at.ctx, SMALL)).toMatchObject({ behavior: 4 });
    expect(await count(at.ctx, 'bailee.event WHERE class = 3 AND customer_id = $1', [ada])).toBe(1);
    const [run] = await readRuns(at.ctx.db, at.store, 1);
    expect(run!.steps.find(({ kind }) => kind === 'behavior')!.passed).toEqual({ restricted: 1 });
  });

  it('drops a month whole when no row of it stays', async () => {
    await at.ctx.db.query({ text: 'DELETE FROM bailee.event WHERE class <> 3' });
    const month = new Date(at.ctx.clock.now()).toISOString().slice(0, 7).replace('-', '_');
    await closeCases(at);
    days(at, 800);
    expect(await runSchedule(at.ctx, SMALL)).toMatchObject({ behavior: 5 });
    const { rows: there } = await at.ctx.db.query({
      text: 'SELECT to_regclass($1) AS month',
      values: [`bailee.event_${month}`],
    });
    expect(there).toEqual([{ month: null }]);
    expect((await readRuns(at.ctx.db, at.store, 1))[0]!.steps).toContainEqual({
      kind: 'behavior',
      gone: 5,
      passed: {},
    });
  });

  it('erases who was silent for three years, but for orders, without a tombstone, and passes over who waits for an answer', async () => {
    const eve = await at.server.idOf('userId', 'eve');
    await closeCases(at, [eve!]);
    days(at, 36 * 31);
    expect(await runSchedule(at.ctx, SMALL)).toMatchObject({ inactive: 4, orders: 0 });
    expect(await at.server.find('email', 'ada@example.com')).toBeNull();
    expect(await at.server.find('email', 'eve@example.com')).toBe(eve);
    expect(await rows(at, 'tombstone')).toBe(0);
    expect(await rows(at, 'orders')).toBe(5);
    const [run] = await readRuns(at.ctx.db, at.store, 1);
    expect(run!.steps.find(({ kind }) => kind === 'inactive')!.passed).toEqual({ 'open-case': 1 });
    const { rows: erasures } = await at.ctx.db.query<{ id: string }>({
      text: 'SELECT id FROM bailee.erasure',
    });
    for (const { id } of erasures) await sweep(at.ctx, id);
    expect(await rows(at, `field_value WHERE customer_id <> '${eve}'`)).toBe(0);
    // Whoever comes back is somebody new.
    await at.server.send(identify('ada', { traits: { email: 'ada@example.com' } }));
    expect(await at.server.find('email', 'ada@example.com')).not.toBeNull();
  });

  it('takes orders after their duty, and then the last keys of those who are gone', async () => {
    await closeCases(at);
    days(at, 36 * 31);
    await runSchedule(at.ctx, SMALL);
    days(at, 10 * 366);
    expect(await runSchedule(at.ctx, SMALL)).toMatchObject({ orders: 5 + 5 });
    expect(await rows(at, 'orders')).toBe(0);
    expect(await rows(at, 'order_line')).toBe(0);
    expect(await rows(at, 'identifier')).toBe(0);
    expect(
      await count(at.ctx, `keys.data_key WHERE wrapped IS NOT NULL AND customer_id <> '${INSTALLATION}'`),
    ).toBe(0);
  });

  it('tells each page in the ledger by kind, number and day, and by no word of whose', async () => {
    await closeCases(at);
    days(at, 762);
    await runSchedule(at.ctx, SMALL);
    await sequence(at.ctx, 1000);
    expect(await rows(at, "opening WHERE kind = 'retention' AND ledger_index IS NOT NULL")).toBeGreaterThan(
      2,
    );
    expect(await rows(at, `opening WHERE kind = 'retention' AND customer_id <> '${INSTALLATION}'`)).toBe(0);
  });

  it('does a day once', async () => {
    await closeCases(at);
    days(at, 762);
    await runSchedule(at.ctx, SMALL);
    expect(await runSchedule(at.ctx, SMALL)).toEqual({});
  });
});

describe('what is shown before', () => {
  it('counts what tonight would take, what stays and why, and what goes in which month', async () => {
    const at = await world();
    await fill(at);
    const eve = await at.server.idOf('userId', 'eve');
    await closeCases(at, [eve]);
    const store = { id: at.store, country: 'DE' };
    expect(await dryRun(at.ctx, store)).toMatchObject({ goes: [], passed: [] });
    const { months } = await calendar(at.ctx, store, 25);
    expect(months).toHaveLength(26);
    expect(months.map(({ goes }) => goes.find(({ kind }) => kind === 'behavior')?.count ?? 0).at(-1)).toBe(4);
    days(at, 762);
    expect(await dryRun(at.ctx, store)).toMatchObject({
      goes: [
        { kind: 'behavior', count: 4 },
        { kind: 'sensitive', count: 4 },
      ],
      passed: [
        { kind: 'behavior', because: 'open-case', count: 1 },
        { kind: 'sensitive', because: 'open-case', count: 1 },
      ],
    });
    expect(await rows(at, 'event')).toBeGreaterThan(5);
    const { regions } = await showSchedule(at.ctx, store);
    expect(regions[0]!.lines.map(({ kind }) => kind)).toContain('openings');
  });
});

describe('a warning', () => {
  it('comes first where a law asks for it: nobody is erased unwarned, nor before its hours are over', async () => {
    const at = await world();
    await fill(at);
    await closeCases(at);
    await at.ctx.db.query({ text: "UPDATE bailee.customer SET region = 'IN'" });
    days(at, 36 * 31);
    expect(await runSchedule(at.ctx, SMALL)).toMatchObject({ inactive: 0 });
    const due = await listWarnings(at.ctx, at.store);
    expect(due).toHaveLength(5);
    const customer = due[0]!.customer_id;
    await tell(at.ctx, { store: at.store, customer, by: at.store });
    days(at, 1);
    expect(await runSchedule(at.ctx, SMALL)).toMatchObject({ inactive: 0 });
    days(at, 1);
    expect(await runSchedule(at.ctx, SMALL)).toMatchObject({ inactive: 1 });
    await expect(tell(at.ctx, { store: at.store, customer: at.store, by: at.store })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

/** Dies at its n-th statement or transaction, and answers nothing after. */
function mortal(inner: Database, n: number): Database {
  let calls = 0;
  const live = () => {
    calls += 1;
    if (calls >= n) throw new Error('killed');
  };
  return {
    engine: inner.engine,
    close: async () => undefined,
    query: async (statement) => {
      live();
      return inner.query(statement);
    },
    transaction: async (work) => {
      live();
      return inner.transaction((tx) =>
        work({
          query: async (statement) => {
            live();
            return tx.query(statement);
          },
          later(statement) {
            live();
            tx.later(statement);
          },
        }),
      );
    },
  };
}

describe('a run that is killed', () => {
  let whole: Record<string, number>;
  beforeAll(async () => {
    const at = await ready();
    await runSchedule(at.ctx, SMALL);
    whole = await left(at);
  });

  async function ready(): Promise<World> {
    const at = await world();
    await fill(at);
    await closeCases(at);
    days(at, 36 * 31);
    return at;
  }

  // Early, in the middle of each kind, and at its last steps.
  it.each([2, 17, 44, 75, 118])('at its statement %i ends as if it was not', async (n) => {
    const at = await ready();
    const dying: GateCtx = { ...at.ctx, db: mortal(at.ctx.db, n) };
    await expect(runSchedule(dying, SMALL)).rejects.toThrow('killed');
    await runSchedule(at.ctx, SMALL);
    expect(await left(at)).toEqual(whole);
  });
});
