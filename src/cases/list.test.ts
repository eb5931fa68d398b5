import { beforeAll, describe, expect, it } from 'vitest';
import { CASE_STATUSES } from '../../contract/cases.ts';
import { type TestGate, testGate, testStore } from '../../test/kit/gate.ts';
import { personOf } from '../../test/kit/people.ts';
import type { Person } from '../gate/actor.ts';
import { type CaseSort, pageStatement } from '../vault/case-queue.ts';
import { type CasesPage, type ListCases, listCases } from './list.ts';
import { summarizeCases } from './summary.ts';

const MANY = 100_000;
const WORDS = ['planted-subject', 'planted-body'];

let ctx: TestGate;
let support: Person;
let other: Person;
beforeAll(async () => {
  ctx = await testGate();
  support = await personOf(ctx, (await testStore(ctx)).id, 'support');
  other = await personOf(ctx, (await testStore(ctx)).id, 'support');
  await queue(support.store, MANY);
  await queue(other.store, 30);
  await ctx.db.query({ text: 'ANALYZE bailee.cases' });
}, 240_000);

/** A store's cases, one customer each: four of five open, due over six days around now. */
async function queue(store: string, many: number): Promise<void> {
  await ctx.db.query({
    text: `INSERT INTO bailee.cases (customer_id, id, state, row_version, sealed, occurred_at, received_at, store_id, number, kind,
             topic, status, priority, assignee, waits_since, due_at, created_at, updated_at)
           SELECT gen_random_uuid(), gen_random_uuid(), CASE WHEN n % 5 = 4 THEN 'closed' ELSE 'open' END, 1, 'sealed', at, at, $1, n,
             CASE WHEN n % 10 = 0 THEN 'complaint' ELSE 'inquiry' END, CASE WHEN n % 7 = 0 THEN 'privacy' ELSE 'delivery' END,
             s, 'normal', CASE WHEN n % 50 = 0 THEN $3::uuid END, CASE WHEN s IN ('new', 'open') THEN at END,
             CASE WHEN s IN ('new', 'open') THEN at + interval '24 hours' END, at, at
           FROM (SELECT n, $2::timestamptz + (n * 7919 % 518400 - 345600) * interval '1 second' AS at,
             CASE WHEN n % 5 = 4 THEN 'solved' WHEN n % 5 = 3 THEN 'waiting' WHEN n % 5 = 2 THEN 'new' ELSE 'open' END AS s
             FROM generate_series(1, $4::integer) AS n) AS made`,
    values: [store, new Date(ctx.clock.now()), support.id, many],
  });
}

async function pages(asked: Partial<ListCases>, most: number): Promise<CasesPage[]> {
  const all: CasesPage[] = [];
  let after: string | null | undefined;
  while (after !== null && all.length < most) {
    const page: CasesPage = await listCases(ctx, {
      actor: support,
      ...asked,
      ...(after === undefined ? {} : { after }),
    });
    all.push(page);
    after = page.after;
  }
  return all;
}

describe('a queue of 100,000 cases', () => {
  it('comes soonest due first, page after page, nothing twice and nothing left out', async () => {
    const found = await pages({ status: 'new', topic: 'privacy', limit: 500 }, 100);
    const items = found.flatMap((page) => page.cases);
    expect(new Set(items.map((item) => item.id)).size).toBe(items.length);
    expect(found[0]!.total).toBe(items.length);
    // Every fifth is new, every seventh about privacy: 7, 42, 77 …
    expect(items.length).toBe(Math.floor((MANY - 7) / 35) + 1);
    const due = items.map((item) => item.dueAt!);
    expect(due).toEqual([...due].sort());
    expect(found.every((page) => page.total === items.length)).toBe(true);
  });

  it('shows what waits for the customer after what is due, and newest first where asked', async () => {
    const waiting = await pages({ status: 'new,waiting', customer: ctx.random.id() }, 1);
    expect(waiting[0]).toEqual({ cases: [], after: null, total: 0 });
    const small = await listCases(ctx, { actor: other, limit: 30 });
    const due = small.cases.map((item) => item.dueAt ?? 'z');
    expect(due).toEqual([...due].sort());
    expect(due.filter((each) => each === 'z').length).toBe(6);
    const [first] = await pages({ sort: 'updated', status: CASE_STATUSES.join(','), limit: 100 }, 1);
    const updated = first!.cases.map((item) => item.updatedAt);
    expect(updated).toEqual([...updated].sort().reverse());
    expect(first!.total).toBe(MANY);
  });

  it('is read along an index, however far one has paged: no page looks at more rows than it shows, by status', async () => {
    for (const sort of ['due', 'updated', 'created'] as const satisfies readonly CaseSort[])
      for (const after of [null, { at: new Date(ctx.clock.now()).toISOString(), id: support.id }]) {
        const page = { sort, after, limit: 50 };
        const filter = { store: support.store, statuses: ['new', 'open', 'waiting'] } as const;
        const { text, values } = pageStatement(filter, page);
        const { rows } = await ctx.db.query<{ 'QUERY PLAN': unknown }>({
          text: `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
          values,
        });
        const plan = JSON.stringify(rows[0]!['QUERY PLAN']);
        expect(plan).toContain(`"cases_${sort}"`);
        expect(plan).not.toContain('"Seq Scan"');
        const read = [...plan.matchAll(/"Actual Rows":\s*([\d.]+)/g)].map(([, many]) => Number(many));
        expect(Math.max(...read)).toBeLessThanOrEqual(150);
      }
  });

  it('shows numbers, states and ids, and no other store’s', async () => {
    const page = await listCases(ctx, { actor: other, status: CASE_STATUSES.join(',') });
    expect(page.total).toBe(30);
    const fields = Object.keys(page.cases[0]!).sort();
    expect(fields).toEqual(
      [
        ...['assignee', 'channel', 'createdAt', 'customer', 'dueAt', 'id', 'kind', 'number', 'priority'],
        ...['satisfaction', 'status', 'team', 'topic', 'updatedAt', 'version'],
      ].sort(),
    );
    expect(WORDS.some((word) => JSON.stringify(page).includes(word))).toBe(false);
  });

  it('is narrowed to one’s own and to nobody’s', async () => {
    const mine = await listCases(ctx, { actor: support, assignee: 'me', limit: 500 });
    expect(new Set(mine.cases.map((item) => item.assignee))).toEqual(new Set([support.id]));
    const free = await listCases(ctx, { actor: support, assignee: 'none', status: 'new' });
    expect(free.cases.every((item) => item.assignee === null)).toBe(true);
  });

  it('is summed up as what needs somebody today', async () => {
    const now = ctx.clock.now();
    const { rows } = await ctx.db.query<{ due: Date | null; assignee: string | null; status: string }>({
      text: 'SELECT due_at AS due, assignee, status FROM bailee.cases WHERE store_id = $1',
      values: [support.store],
    });
    const due = (from: number, to: number) =>
      rows.filter((row) => row.due !== null && +row.due > from && +row.due <= to).length;
    const midnight = Math.floor(now / 86_400_000) * 86_400_000 + 86_400_000;
    const sum = await summarizeCases(ctx, support);
    expect(sum).toMatchObject({
      overdue: due(0, now),
      dueToday: due(now, midnight - 1),
      waiting: MANY / 5,
      complaints: MANY / 10,
    });
    expect(sum.mine).toBe(rows.filter((row) => row.assignee !== null && row.status !== 'solved').length);
  });

  it('takes no page, status or filter that is none', async () => {
    const { after } = await listCases(ctx, { actor: support, limit: 1 });
    for (const wrong of [
      { after: 'x' },
      { after: Buffer.from(`due now ${support.id} 1`).toString('base64url') },
      { after: after!, sort: 'created' as const },
      { status: 'new,nothing' },
      { assignee: 'somebody' },
      { customer: '1' },
      { limit: 501 },
    ])
      await expect(listCases(ctx, { actor: support, ...wrong })).rejects.toMatchObject({
        code: 'bad_request',
      });
  });
});
