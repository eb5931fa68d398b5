/** A step of a person about a customer: locked, weighed, recorded. A look at somebody one knows is refused, and the refusal stays. */
import type { Purpose } from '../../contract/names.ts';
import type { KeyRing } from '../keys/ring.ts';
import type { CanonicalEntry } from '../ledger/leaf.ts';
import type { Transaction } from '../platform/ports.ts';
import type { Person } from './actor.ts';
import { type AtWork, atWork, recordWork } from './at-work.ts';
import type { Conditions } from './conditions.ts';
import type { GateCtx } from './context.ts';

export interface At extends AtWork {
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
  // A person always has conditions.
  return atWork(ctx, { actor: person, purpose, customer }, (at) =>
    step({ ...at, conditions: at.conditions! }),
  );
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
  return recordWork(ctx, tx, ring, customer, { kind, actor: person, details: { step, subject, ...details } });
}
