/** A step of a person about a customer: locked, weighed, recorded. A look at somebody one knows is refused, and the refusal stays. */
import { type Purpose, RETENTION_CLASSES } from '../../contract/names.ts';
import { type KeyRing, makeMissing } from '../keys/ring.ts';
import type { CanonicalEntry } from '../ledger/leaf.ts';
import type { Transaction } from '../platform/ports.ts';
import { recordNow } from '../vault/record.ts';
import { actorEntry, type Person } from './actor.ts';
import { recordRefusal } from './alert.ts';
import { type Conditions, conditionsOf, personKnown } from './conditions.ts';
import type { GateCtx } from './context.ts';
import { type Cluster, clusterOf, type Gathered, gather } from './gather.ts';

export interface At {
  readonly tx: Transaction;
  readonly cluster: Cluster;
  readonly gathered: Gathered;
  readonly conditions: Conditions;
}

/**
 * Runs `step` in a transaction in which the customer is locked and the person does not know them.
 * Throws `not_found`, `person_known`, and what `step` throws.
 */
export async function atCustomer<T>(
  ctx: GateCtx,
  {
    person,
    purpose,
    customer,
  }: { readonly person: Person; readonly purpose: Purpose; readonly customer: string },
  step: (at: At) => Promise<T>,
): Promise<T> {
  const done = await ctx.db.transaction(async (tx) => {
    const gathered = await gather(ctx, tx, [customer], []);
    const cluster = clusterOf(gathered, customer, person.store);
    const asked = { purpose, customers: [...cluster.members] };
    const conditions = (await conditionsOf(ctx, tx, person, asked))!;
    if ((conditions.caller.relation ?? null) === null)
      return { result: await step({ tx, cluster, gathered, conditions }) };
    await recordRefusal(ctx, tx, gathered.ring, { person, purpose, customer: cluster.root });
    return null;
  });
  // The refusal is committed before it is told.
  if (done === null) throw personKnown();
  return done.result;
}

export interface Step {
  readonly kind: 'approval' | 'break-glass';
  /** `asked`, `approved`, `read`, `reviewed` … */
  readonly step: string;
  readonly person: Person;
  /** Id of the approval or the break-glass. */
  readonly subject: string;
  readonly details?: CanonicalEntry;
}

/** Adds the step to the customer's ledger. Locks its head: call it last. Resolves with the index. */
export async function recordStep(
  ctx: GateCtx,
  tx: Transaction,
  ring: KeyRing,
  customer: string,
  { kind, step, person, subject, details }: Step,
): Promise<number> {
  await makeMissing(ctx, tx, ring, [{ customer, class: RETENTION_CLASSES.service }]);
  const entry = {
    v: 1,
    kind,
    step,
    at: ctx.clock.now(),
    store: person.store,
    customer,
    actor: actorEntry(person),
    subject,
    ...details,
  };
  const [recorded] = await recordNow(ctx, tx, person.store, ring, [{ customer, kind, entry }]);
  return recorded!.index!;
}
