/** After the crash: a new start, what was not acknowledged is sent again as a client would, the background catches up, and a last look at whoever was erased. */
import { collect, replayQuarantine } from '../../src/collect/collect.ts';
import { ask } from '../../src/gate/ask.ts';
import type { GateCtx } from '../../src/gate/context.ts';
import { find } from '../../src/gate/find.ts';
import { sequence } from '../../src/ledger/sequence.ts';
import { isBaileeError } from '../../src/platform/errors.ts';
import { idsOf } from '../../src/rights/ids.ts';
import { journalFiles, readJournal } from '../../src/rights/journal.ts';
import { type Line, nameOf, type Seen } from './history.ts';
import { actorOf, perform, type Surroundings, sourceOf, sweepAll } from './perform.ts';
import { email, type Plan, phone, type Step, user } from './plan.ts';

/** What may be answered to whoever asks again after an erasure. */
const ALREADY: Readonly<Partial<Record<Step['kind'], readonly string[]>>> = {
  erase: ['already_erased', 'not_found'],
  choose: ['not_found'],
};

/** Steps that were begun and never acknowledged, in order. Openings are not asked for again. */
function unfinished(plan: Plan, history: readonly Line[]): Step[] {
  const begun = new Set<string>();
  const answered = new Set<string>();
  for (const line of history) {
    if (line.type === 'start') begun.add(nameOf(line.client, line.at));
    if (line.type === 'answer') answered.add(nameOf(line.client, line.at));
  }
  return plan.clients.flatMap((steps, client) =>
    steps.flatMap(({ step }, at) => {
      const name = nameOf(client, at);
      return begun.has(name) && !answered.has(name) && step.kind !== 'open' ? [step] : [];
    }),
  );
}

export interface Recovered {
  readonly history: readonly Line[];
  readonly broken: readonly string[];
}

/** Sends the unfinished again and lets the background catch up; without faults all of it must go well. */
export async function recover(
  ctx: GateCtx,
  around: Surroundings,
  plan: Plan,
  history: readonly Line[],
): Promise<Recovered> {
  const more: Line[] = [];
  const broken: string[] = [];
  for (const step of unfinished(plan, history)) {
    const [client, at] = placeOf(plan, step);
    more.push({ type: 'start', client, at });
    try {
      more.push({ type: 'answer', client, at, answer: await perform(ctx, around, step) });
    } catch (error) {
      const code = isBaileeError(error) ? error.code : String(error);
      if (!ALREADY[step.kind]?.includes(code)) broken.push(`sent again, ${step.kind} failed: ${code}`);
    }
  }
  while ((await sequence(ctx)) > 0);
  return { history: [...history, ...more], broken };
}

function placeOf(plan: Plan, step: Step): [number, number] {
  const client = plan.clients.findIndex((steps) => steps.some((each) => each.step === step));
  return [client, plan.clients[client]?.findIndex((each) => each.step === step) ?? -1];
}

/** Promise 2 from outside: finding, opening, asking, sending late and replaying bring nothing back. */
export async function lookAtErased(
  ctx: GateCtx,
  around: Surroundings,
  erased: ReadonlySet<string>,
): Promise<{ seen: Seen[]; broken: string[] }> {
  const seen: Seen[] = [];
  const broken: string[] = [];
  await replayQuarantine(ctx, sourceOf(around.store));
  for (const [person, { user: id }] of around.people.entries()) {
    if (!erased.has(id)) continue;
    for (const how of ['open', 'timeline'] as const) {
      const answer = await perform(ctx, around, {
        kind: 'open',
        how,
        role: 'privacy-officer',
        purpose: 'legal-duty',
        person,
        evidence: { reason: 'to see that nothing is left' },
      });
      if (answer.kind === 'open') seen.push(...answer.seen);
    }
    broken.push(...(await lateEvent(ctx, around, person)));
    const [asked] = await ask(ctx, {
      actor: actorOf(around.store, 'marketing'),
      customers: [id],
      purpose: 'marketing-email',
    });
    if (asked?.allowed !== false) broken.push('P2: an erased customer may still be used for marketing');
  }
  return { seen, broken };
}

async function lateEvent(ctx: GateCtx, { store }: Surroundings, person: number): Promise<string[]> {
  const broken: string[] = [];
  const late = {
    type: 'identify',
    messageId: ctx.random.id(),
    userId: user(person),
    timestamp: '2026-01-01T00:00:00Z',
    traits: { email: email(person), phone: phone(person), name: 'Late' },
  };
  const answer = await collect(ctx, sourceOf(store), { events: [late] });
  if (answer.accepted > 0) broken.push('P2: a late event of an erased customer was accepted');
  for (const kind of ['userId', 'email', 'phone'] as const) {
    const value = { userId: user(person), email: email(person), phone: phone(person) }[kind];
    if ((await idsOf(ctx, store, kind, [value])).size > 0)
      broken.push(`P2: the ${kind} of an erased customer leads to somebody`);
  }
  const found = await find(ctx, {
    actor: actorOf(store, 'privacy-officer'),
    identifier: { kind: 'email', value: email(person) },
    purpose: 'legal-duty',
    evidence: { reason: 'to see that nothing is left' },
  });
  if (found.length > 0) broken.push('P2: an erased customer is found');
  return broken;
}

/** Sweeps what is left of the erased, and checks that the journal knows them all. */
export async function sweepAndCheck(ctx: GateCtx, erasures: readonly string[]): Promise<string[]> {
  await sweepAll(ctx);
  const known = new Set<string>();
  for (const file of await journalFiles(ctx))
    for await (const entry of readJournal(file)) if ('erasure' in entry) known.add(entry.erasure.id);
  return erasures.filter((id) => !known.has(id)).map(() => 'P2: the journal does not know an erasure');
}
