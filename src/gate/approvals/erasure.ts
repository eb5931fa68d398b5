/** A second person's word for an erasure: asked by a privacy officer, given by another person, used once. */
import type { Transaction } from '../../platform/ports.ts';
import type { CountApprovers } from '../../staff/people/approvers.ts';
import { lockUsable, useUp } from '../../vault/approvals.ts';
import type { Actor } from '../actor.ts';
import { atCustomer } from '../at-customer.ts';
import { needPresent } from '../at-work.ts';
import type { GateCtx } from '../context.ts';
import { needStanding, personOf } from '../watchers.ts';
import { type Asked, keepAsked } from './keep.ts';

export interface AskErasure {
  readonly actor: Actor;
  readonly customer: string;
  /** In the person's own words; sealed for the customer, and gone with them. */
  readonly reason: string;
  readonly approvers: CountApprovers;
}

const PURPOSE = 'legal-duty';

/**
 * Asks another privacy officer, or security. Where nobody else in the store could approve, the erasure is open after 24
 * hours, with an alert. Throws `forbidden` for keys and other roles, `not_found`, `training_required`, `person_known`.
 */
export async function askErasure(
  ctx: GateCtx,
  { actor, customer, reason, approvers }: AskErasure,
): Promise<Asked> {
  const person = personOf(actor, ['privacy-officer']);
  return atCustomer(ctx, { person, purpose: PURPOSE, customer }, (at) => {
    needStanding(at.conditions);
    needPresent(at);
    return keepAsked(ctx, at, {
      ...{ person, act: 'erasure', fields: [], purpose: PURPOSE, evidence: 'reason', reason, approvers },
      details: {},
    });
  });
}

/** Uses up an approval of erasing one of these customers, who are locked. False: there is none that holds now. */
export async function useErasure(
  ctx: GateCtx,
  tx: Transaction,
  actor: Actor,
  customers: readonly string[],
): Promise<boolean> {
  if (actor.type !== 'person') return false;
  const now = new Date(ctx.clock.now());
  const { id: person, role } = actor;
  const found = await lockUsable(tx, { person, role, purpose: PURPOSE, customers, now, act: 'erasure' });
  useUp(
    tx,
    found.map(({ id }) => id),
    now,
  );
  return found.length > 0;
}
