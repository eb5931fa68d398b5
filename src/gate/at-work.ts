/** Work of a person or a key on one customer, besides opening: locked, weighed as an opening is, and recorded. */
import { type Purpose, RETENTION_CLASSES } from '../../contract/names.ts';
import { type KeyRing, makeMissing } from '../keys/ring.ts';
import { decide } from '../law/decide.ts';
import type { Decision, FieldFacts } from '../law/types.ts';
import type { CanonicalEntry } from '../ledger/leaf.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Transaction } from '../platform/ports.ts';
import { lookUpEvidence } from '../vault/identify.ts';
import { recordNow, recordSoon } from '../vault/record.ts';
import { type Actor, actorEntry, type Caller, roleOf } from './actor.ts';
import { recordRefusal } from './alert.ts';
import { type Conditions, conditionsOf, personKnown, underGlass } from './conditions.ts';
import type { GateCtx } from './context.ts';
import { type Evidence, evidenceToken, type Weighed, weigh } from './evidence.ts';
import { type Cluster, clusterOf, customerFacts, type Gathered, gather } from './gather.ts';
import { refuse } from './refuse.ts';
import { rulesFor } from './rules-for.ts';

export interface Work {
  readonly actor: Caller;
  readonly customer: string;
  readonly purpose: Purpose;
  /** `update` where what is counted must stand still. */
  readonly mode?: 'share' | 'update';
  /** Numbers of the fields to read; none when absent. */
  readonly fields?: readonly number[];
}

export interface AtWork {
  readonly tx: Transaction;
  readonly cluster: Cluster;
  readonly gathered: Gathered;
  /** Null for a key. */
  readonly conditions: Conditions | null;
}

/**
 * Runs `step` in a transaction in which the customer is locked and whoever asks does not know them. A look at
 * somebody one knows is refused, and the refusal stays. Throws `not_found`, `person_known`, and what `step` throws.
 */
export async function atWork<T>(ctx: GateCtx, work: Work, step: (at: AtWork) => Promise<T>): Promise<T> {
  const { actor, customer, purpose, mode = 'share', fields = [] } = work;
  const done = await ctx.db.transaction(async (tx) => {
    const gathered = await gather(ctx, tx, [customer], fields, mode);
    const cluster = clusterOf(gathered, customer, actor.store);
    const conditions = await conditionsOf(ctx, tx, actor, { purpose, customers: [...cluster.members] });
    if (actor.type !== 'person' || (conditions?.caller.relation ?? null) === null)
      return { result: await step({ tx, cluster, gathered, conditions }) };
    await recordRefusal(ctx, tx, gathered.ring, { person: actor, purpose, customer: cluster.root });
    return null;
  });
  // The refusal is committed before it is told.
  if (done === null) throw personKnown();
  return done.result;
}

/** Nothing new begins about somebody who was erased. Throws `already_erased`. */
export function needPresent({ cluster }: Pick<AtWork, 'cluster'>): void {
  if (cluster.rows.some((row) => row.erased))
    throw new BaileeError('already_erased', 'This customer was erased.');
}

export interface Asked {
  readonly actor: Caller;
  readonly purpose: Purpose;
  readonly evidence: Evidence | null;
  readonly fields?: readonly FieldFacts[];
}

/** Weighs role, training, evidence and purpose as for an opening. Throws what an opening throws of the caller. */
export async function weighWork(
  ctx: GateCtx,
  at: AtWork,
  { actor, purpose, evidence, fields = [] }: Asked,
): Promise<{ readonly decision: Decision; readonly weighed: Weighed }> {
  const { cluster, gathered, conditions } = at;
  const weighed = await weighEvidence(ctx, at, actor.store, evidence);
  const decision = decide({
    role: roleOf(actor),
    purpose,
    evidence: weighed.found,
    customer: customerFacts(cluster, gathered.ring),
    fields,
    policy: ctx.policy,
    ...rulesFor(ctx, cluster.rows),
    ...(conditions === null ? {} : { caller: conditions.caller }),
  });
  refuse(decision, conditions?.courses);
  return { decision, weighed };
}

/** What the evidence turns out to be for this customer. */
export async function weighEvidence(
  ctx: GateCtx,
  { tx, cluster, conditions }: AtWork,
  store: string,
  evidence: Evidence | null,
): Promise<Weighed> {
  const token = evidenceToken(ctx, store, evidence);
  const targets = await lookUpEvidence(tx, token === null ? [] : [token]);
  return underGlass(weigh(evidence, token, targets, cluster.members), evidence, conditions);
}

/** Throws `forbidden`, with the rules, when the purpose is not open for the customer: restricted, erased, refused. */
export function needOpen({ allowed, because }: Decision): void {
  if (!allowed)
    throw new BaileeError('forbidden', 'This purpose is not open for this customer now.', { because });
}

export interface WorkDone {
  readonly kind: 'approval' | 'break-glass' | 'looked' | 'tag' | 'caller-check';
  readonly actor: Caller;
  readonly details?: CanonicalEntry;
}

/** Adds what was done to the customer's ledger. Locks its head: call it last. Resolves with the index. */
export async function recordWork(
  ctx: GateCtx,
  tx: Transaction,
  ring: KeyRing,
  customer: string,
  { kind, actor, details }: WorkDone,
): Promise<number> {
  await makeMissing(ctx, tx, ring, [{ customer, class: RETENTION_CLASSES.service }]);
  const { store } = actor;
  const entry = { v: 1, kind, at: ctx.clock.now(), store, customer, actor: actorEntry(actor), ...details };
  const [recorded] = await recordNow(ctx, tx, store, ring, [{ customer, kind, entry }]);
  return recorded!.index!;
}

export interface SoonDone {
  readonly customer: string;
  readonly kind: 'tag';
  readonly details: CanonicalEntry;
}

/** The same of many customers at once, by a job; the entries wait for their place in the ledger, at most a second. */
export async function recordWorkSoon(
  ctx: GateCtx,
  tx: Transaction,
  ring: KeyRing,
  job: Extract<Actor, { readonly type: 'job' }>,
  done: readonly SoonDone[],
): Promise<void> {
  const { store } = job;
  await makeMissing(
    ctx,
    tx,
    ring,
    done.map(({ customer }) => ({ customer, class: RETENTION_CLASSES.service })),
  );
  const items = done.map(({ customer, kind, details }) => ({
    customer,
    kind,
    entry: { v: 1, kind, at: ctx.clock.now(), store, customer, actor: actorEntry(job), ...details },
  }));
  await recordSoon(ctx, tx, store, ring, items);
}
