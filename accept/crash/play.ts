/** Plays a schedule on an empty installation: everyone is made known, then the clients go on together until the fault has struck, and to the end. */
import type { GateCtx } from '../../src/gate/context.ts';
import { isBaileeError } from '../../src/platform/errors.ts';
import { idsOf } from '../../src/rights/ids.ts';
import { Dice } from './dice.ts';
import type { Answer, Line } from './history.ts';
import { type Installation, type SteppingClock, startNode, steppingClock } from './installation.ts';
import { entryAt, perform, type Surroundings } from './perform.ts';
import { device, email, NAME_MARK, NODES, PEOPLE, type Plan, planOf, type Step, user } from './plan.ts';
import { type Fault, Injector, isInjected, KINDS, type Kind, operation } from './ports.ts';
import { Scheduler } from './scheduler.ts';

/** When schedules begin. */
export const BEGIN = Date.UTC(2026, 10, 22, 9, 0, 0);

export interface Played {
  readonly nodes: readonly GateCtx[];
  /** The nodes are gone; what they would still say does not count. */
  readonly dead: boolean;
}

/** The kind that a fault is for. */
export function kindOf(fault: Fault | null): Kind | null {
  return KINDS.find((kind) => fault?.site.startsWith(`${kind} `)) ?? null;
}

interface Playing {
  readonly plan: Plan;
  readonly nodes: readonly GateCtx[];
  readonly around: Surroundings;
  readonly scheduler: Scheduler;
  readonly clock: SteppingClock;
  readonly note: (line: Line) => void;
}

export async function play(
  installation: Installation,
  seed: number,
  fault: Fault | null,
  note: (line: Line) => void,
): Promise<Played> {
  const plan = planOf(seed, kindOf(fault));
  const scheduler = new Scheduler(new Dice(`turns/${seed}`), installation.waitingForLocks);
  const injector = new Injector(fault, scheduler);
  const clock = steppingClock(BEGIN);
  const nodes: GateCtx[] = [];
  for (let at = 0; at < NODES; at += 1)
    nodes.push(
      await startNode(installation, { name: `${seed}/node-${at}`, clock, faults: { scheduler, injector } }),
    );
  const around = await makeKnown(installation, nodes[0] as GateCtx, plan, scheduler);
  note({ type: 'setup', store: around.store, people: around.people });
  const playing = { plan, nodes, around, scheduler, clock, note };
  injector.arm();
  await scheduler.run(async () => {
    await Promise.all(plan.clients.map((_, client) => runClient(playing, client)));
  });
  injector.disarm();
  note({ type: 'end', struck: injector.struck, sites: [...injector.sites] });
  return { nodes, dead: scheduler.dead };
}

/** The store, and everyone's account and device. */
async function makeKnown(
  installation: Installation,
  ctx: GateCtx,
  plan: Plan,
  scheduler: Scheduler,
): Promise<Surroundings> {
  const store = ctx.random.id();
  await installation.look.query({
    text: 'INSERT INTO bailee.store (id, name, country, created_at) VALUES ($1, $2, $3, $4)',
    values: [store, 'Teahouse', 'DE', new Date(ctx.clock.now())],
  });
  const look = (index: number) => scheduler.track(entryAt(installation.look, index));
  const nobody: Surroundings = { store, people: [], look };
  await perform(ctx, nobody, { kind: 'collect', events: plan.first });
  const everyone = Array.from({ length: PEOPLE }, (_, person) => person);
  for (const person of everyone)
    await perform(ctx, nobody, {
      kind: 'choose',
      person,
      choices: { analytics: true, 'marketing-email': true },
    });
  const users = await idsOf(ctx, store, 'userId', everyone.map(user));
  const devices = await idsOf(ctx, store, 'anonymousId', everyone.map(device));
  const people = everyone.map((person) => ({
    user: users.get(user(person)) ?? '',
    device: devices.get(device(person)) ?? '',
  }));
  return { store, people, look };
}

/** After an erasure its client looks whether anything can still be opened, on the node that answered. */
const LOOK_AFTER_ERASURE = (person: number): Step[] =>
  (['open', 'timeline'] as const).map((how) => ({
    kind: 'open',
    how,
    role: 'privacy-officer',
    purpose: 'legal-duty',
    person,
    evidence: { reason: 'to see that nothing is left' },
  }));

async function runClient(playing: Playing, client: number): Promise<void> {
  const { plan, nodes, scheduler } = playing;
  for (const [at, { step, again, node }] of (plan.clients[client] ?? []).entries()) {
    const ctx = nodes[node] as GateCtx;
    let done = await attempt(playing, ctx, client, at, step);
    if (!done && again && !scheduler.dead) done = await attempt(playing, ctx, client, at, step);
    if (!done || step.kind !== 'erase') continue;
    for (const look of LOOK_AFTER_ERASURE(step.person)) await attempt(playing, ctx, client, at, look);
  }
}

async function attempt(
  playing: Playing,
  ctx: GateCtx,
  client: number,
  at: number,
  step: Step,
): Promise<boolean> {
  const { around, scheduler, clock, note } = playing;
  if (scheduler.dead) return false;
  clock.step();
  note({ type: 'start', client, at });
  try {
    const answer: Answer = await operation.run(step.kind, () => perform(ctx, around, step));
    if (scheduler.dead) return false;
    note({ type: 'answer', client, at, answer });
    return true;
  } catch (error) {
    if (!scheduler.dead) note({ type: 'error', client, at, ...described(error) });
    return false;
  }
}

export function described(error: unknown): { what: string; injected: boolean; leaked: boolean } {
  const { message, stack, code, details } = error as Error & { code?: string; details?: unknown };
  const text = `${message} ${stack} ${JSON.stringify(details ?? null)}`;
  return {
    what: isBaileeError(error) ? error.code : `${code ?? ''} ${message}`,
    injected: isInjected(error),
    leaked: text.includes(NAME_MARK) || text.includes(email(0).slice(-12)),
  };
}
