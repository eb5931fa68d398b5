/** A step in a case: its customer locked, the person weighed, the change recorded. A case of somebody one knows is for others. */
import { RETENTION_CLASSES } from '../../contract/names.ts';
import { type Actor, actorEntry } from '../gate/actor.ts';
import { atCustomer } from '../gate/at-customer.ts';
import type { GateCtx } from '../gate/context.ts';
import { type Cluster, clusterOf, type Gathered, gather } from '../gate/gather.ts';
import { needStanding } from '../gate/watchers.ts';
import { makeMissing } from '../keys/ring.ts';
import type { CanonicalEntry } from '../ledger/leaf.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Transaction } from '../platform/ports.ts';
import { caseById } from '../vault/case-queue.ts';
import type { CaseMeta } from '../vault/case-rows.ts';
import { lockCase } from '../vault/case-work.ts';
import { recordSoon } from '../vault/record.ts';
import type { Writer } from '../vault/write.ts';

export interface AtCustomer {
  readonly tx: Transaction;
  readonly cluster: Cluster;
  readonly gathered: Gathered;
}

export interface AtCase extends AtCustomer {
  /** Locked. */
  readonly row: CaseMeta;
}

/**
 * Runs `step` with the customer locked, and their service key made.
 * Throws `not_found`, `already_erased`; for persons also `training_required`, `forbidden`, `person_known`.
 */
export async function withCustomer<T>(
  ctx: GateCtx,
  actor: Actor,
  customer: string,
  step: (at: AtCustomer) => Promise<T>,
): Promise<T> {
  if (actor.type === 'person')
    return atCustomer(ctx, { person: actor, purpose: 'customer-service', customer }, async (at) => {
      needStanding(at.conditions);
      await makeReady(ctx, at, customer);
      return step(at);
    });
  return ctx.db.transaction(async (tx) => step(await customerIn(ctx, tx, actor.store, customer)));
}

/** The same for a job, in its own transaction. Throws `not_found`, `already_erased`. */
export async function customerIn(
  ctx: GateCtx,
  tx: Transaction,
  store: string,
  customer: string,
): Promise<AtCustomer> {
  const gathered = await gather(ctx, tx, [customer], []);
  const at = { tx, gathered, cluster: clusterOf(gathered, customer, store) };
  await makeReady(ctx, at, customer);
  return at;
}

async function makeReady(ctx: GateCtx, at: AtCustomer, customer: string): Promise<void> {
  if (at.cluster.rows.some((row) => row.erased))
    throw new BaileeError('already_erased', 'This customer was erased.');
  const own = new Set([customer, at.cluster.root]);
  const wanted = [...own].map((id) => ({ customer: id, class: RETENTION_CLASSES.service }));
  await makeMissing(ctx, at.tx, at.gathered.ring, wanted);
}

/** The same at a case of this store, which is locked after its customer. Throws also `not_found` for an unknown case. */
export async function atCase<T>(
  ctx: GateCtx,
  actor: Actor,
  id: string,
  step: (at: AtCase) => Promise<T>,
): Promise<T> {
  const found = await caseById(ctx.db, actor.store, id);
  if (found === null) throw unknownCase();
  return withCustomer(ctx, actor, found.customer_id, async (at) => {
    const row = await lockCase(at.tx, actor.store, id);
    if (row === null) throw unknownCase();
    return step({ ...at, row });
  });
}

function unknownCase(): BaileeError {
  return new BaileeError('not_found', 'There is no such case in this store.');
}

/** What writing sealed rows in a case needs. */
export function writerAt(ctx: GateCtx, store: string, { tx, gathered }: AtCustomer): Writer {
  const { catalogVersion, clock } = ctx;
  return { ctx, tx, store, ring: gathered.ring, receivedAt: clock.now(), catalogVersion };
}

export interface CaseStep {
  readonly actor: Actor;
  readonly id: string;
  /** `created`, `changed`, `answered`, `noted`, `rated`. */
  readonly step: string;
  readonly details?: CanonicalEntry;
}

/** Leaves an entry for the customer's ledger: ids and names of states, never a word. */
export async function recordCase(
  ctx: GateCtx,
  { tx, cluster, gathered }: AtCustomer,
  { actor, id, step, details }: CaseStep,
): Promise<void> {
  const customer = cluster.root;
  const entry = {
    v: 1,
    kind: 'case',
    step,
    at: ctx.clock.now(),
    store: actor.store,
    customer,
    actor: actorEntry(actor),
    case: id,
    ...details,
  };
  await recordSoon(ctx, tx, actor.store, gathered.ring, [{ customer, kind: 'case', entry }]);
}
