import { beforeAll, describe, expect, it } from 'vitest';
import { type TestGate, testGate, testStore } from '../../../test/kit/gate.ts';
import { personOf } from '../../../test/kit/people.ts';
import { listCannedAnswers } from '../../cases/canned/list.ts';
import { type CasesPage, listCases } from '../../cases/list.ts';
import { summarizeCases } from '../../cases/summary.ts';
import { collect } from '../../collect/collect.ts';
import type { Person } from '../../gate/actor.ts';
import { fillCases } from './cases.ts';
import { demoMessages } from './messages.ts';
import { makeDemoStaff } from './staff.ts';

let ctx: TestGate;
let support: Person;
let all: CasesPage;
beforeAll(async () => {
  ctx = await testGate();
  const store = await testStore(ctx);
  const messages = [...demoMessages({ seed: 1, now: ctx.clock.now(), customers: 600 })];
  for (let from = 0; from < messages.length; from += 500)
    await collect(ctx, store.server, { events: messages.slice(from, from + 500) });
  const staff = await makeDemoStaff(ctx, store.id);
  await fillCases(ctx, store.id, staff);
  await fillCases(ctx, store.id, staff);
  support = await personOf(ctx, store.id, 'support');
  all = await listCases(ctx, { actor: support, status: 'new,open,waiting,solved,closed', limit: 500 });
}, 120_000);

describe('the cases of the demo shop', () => {
  it('are inquiries, complaints and feedback, of every priority and in every state', () => {
    const seen = (name: 'kind' | 'priority' | 'status' | 'channel') =>
      new Set(all.cases.map((item) => item[name])).size;
    expect(seen('kind')).toBe(3);
    expect(seen('priority')).toBe(4);
    expect(seen('status')).toBe(5);
    expect(seen('channel')).toBe(4);
  });

  it('leave something to do today: some overdue, some that nobody has, some that wait', async () => {
    const sum = await summarizeCases(ctx, support);
    for (const name of ['unassigned', 'overdue', 'complaints', 'waiting'] as const)
      expect(sum[name]).toBeGreaterThan(0);
    expect(sum.overdue).toBeLessThan(sum.waiting);
    expect(all.cases.some((item) => item.assignee !== null && item.status === 'open')).toBe(true);
    expect(all.cases.some((item) => item.satisfaction !== null)).toBe(true);
  });

  it('have canned answers in both languages of the console, once', async () => {
    const canned = await listCannedAnswers(ctx, support);
    expect(canned.map(({ language }) => language).sort()).toEqual(['en', 'en', 'zh-CN', 'zh-CN']);
  });
});
