/** Cases in flight: what the demo's people did with the newest ones, by the verbs that everybody uses. */
import { addMessage } from '../../cases/add-message.ts';
import { addCannedAnswer } from '../../cases/canned/add.ts';
import { listCannedAnswers } from '../../cases/canned/list.ts';
import { changeCaseBy } from '../../cases/change.ts';
import { createCase } from '../../cases/create.ts';
import type { CaseItem } from '../../cases/item.ts';
import { listCases } from '../../cases/list.ts';
import { rateCase } from '../../cases/rate.ts';
import type { Person } from '../../gate/actor.ts';
import type { GateCtx } from '../../gate/context.ts';
import type { DemoStaff } from './file.ts';

/** Of each kind of step so many: a start should not wait for them. */
const TAKEN = 18;
const SOLVED = 8;

const CANNED = [
  {
    title: 'Parcel is late',
    language: 'en',
    words:
      'We are sorry that your parcel is late. We asked the carrier and tell you as soon as we know more.',
  },
  {
    title: 'Refund is on its way',
    language: 'en',
    words: 'Your money is on its way. Your bank needs up to five days.',
  },
  {
    title: '包裹延误',
    language: 'zh-CN',
    words: '很抱歉，您的包裹晚到了。我们已经联系快递，一有消息就告诉您。',
  },
  { title: '退款已发出', language: 'zh-CN', words: '退款已经发出，银行最多需要五天。' },
] as const;

/** For a new demo shop, once its customers and its people are there. */
export async function fillCases(ctx: GateCtx, store: string, staff: readonly DemoStaff[]): Promise<void> {
  const people = staff
    .filter(({ role }) => role === 'support' || role === 'order-desk')
    .map(({ id, role }): Person => {
      return { type: 'person', id, store, role, session: ctx.random.id(), strength: 'two-factor' };
    });
  const [first] = people;
  // What comes last is there: a start before this one did all of it.
  if (first === undefined || (await listCannedAnswers(ctx, first)).length > 0) return;
  const page = { actor: first, sort: 'created' } as const;
  const fresh = await listCases(ctx, { ...page, status: 'new', limit: TAKEN * 2 });
  // Every other one stays for whoever looks first.
  for (const [at, item] of fresh.cases.entries())
    if (at % 2 === 0) await take(ctx, people[(at / 2) % people.length]!, item, at / 2);
  const waiting = await listCases(ctx, { ...page, status: 'waiting', limit: SOLVED });
  for (const [at, item] of waiting.cases.entries()) await solve(ctx, people[at % people.length]!, item, at);
  const about = fresh.cases.find((_, at) => at % 2 === 1);
  if (about !== undefined)
    await createCase(ctx, {
      ...{ actor: first, customer: about.customer, kind: 'inquiry', channel: 'phone', topic: 'privacy' },
      subject: 'Asks what we know',
      text: 'Called and wants to know what we have stored, and for how long.',
    });
  for (const canned of CANNED) await addCannedAnswer(ctx, { actor: first, ...canned });
}

async function take(ctx: GateCtx, actor: Person, item: CaseItem, at: number): Promise<void> {
  const { id, version } = item;
  await changeCaseBy(ctx, { actor, id, version, assignee: actor.id });
  if (at % 3 === 1)
    await addMessage(ctx, { actor, id, kind: 'note', text: 'Asked the warehouse. They look today.' });
  if (at % 3 === 2)
    await addMessage(ctx, { actor, id, kind: 'answer', text: 'We are on it, and write again tomorrow.' });
}

async function solve(ctx: GateCtx, actor: Person, item: CaseItem, at: number): Promise<void> {
  const { id, version } = item;
  await changeCaseBy(ctx, { actor, id, version, status: 'solved', assignee: actor.id });
  if (at % 2 === 0) await rateCase(ctx, { actor, id, satisfaction: 5 - (at % 4) });
}
