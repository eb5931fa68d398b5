/** Nobody erases alone: a request that another hand verified, or a second person's approval (docs/decisions/0020). */
import type { Actor } from '../gate/actor.ts';
import { useErasure } from '../gate/approvals/erasure.ts';
import type { GateCtx } from '../gate/context.ts';
import { evidenceToken } from '../gate/evidence.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Transaction, Tx } from '../platform/ports.ts';
import { handOf } from '../staff/keys/hand.ts';
import { proofOf, readRequestRow } from '../vault/requests.ts';
import type { EraseInput } from './types.ts';

/**
 * Lets an erasure of these locked customers pass. What the operator orders on the machine of the server, and what the
 * schedule does, is recorded as theirs and needs no second person. Throws `evidence_mismatch`, `forbidden`.
 */
export async function needLeave(
  ctx: GateCtx,
  tx: Transaction,
  { actor, evidence }: EraseInput,
  customers: readonly string[],
): Promise<void> {
  if (actor.type === 'operator' || actor.type === 'job') return;
  if (evidence !== null && 'request' in evidence) {
    const request = await requestIn(ctx, tx, actor, evidence, customers);
    if (await provedByAnother(tx, actor, request)) return;
  }
  if (await useErasure(ctx, tx, actor, customers)) return;
  throw new BaileeError(
    'forbidden',
    'Nobody erases alone. Bring a request whose proof somebody else saw, or let a second person approve.',
    { needs: 'second-person' },
  );
}

/** A request is evidence when it asks for this, of these customers, by somebody who proved who they are. */
async function requestIn(
  ctx: GateCtx,
  tx: Tx,
  actor: Actor,
  evidence: { readonly request: string },
  customers: readonly string[],
) {
  const id = evidenceToken(ctx, actor.store, evidence)?.row;
  const row = id === undefined ? null : await readRequestRow(tx, actor.store, id, true);
  if (
    row === null ||
    row.kind !== 'erasure' ||
    row.proof === null ||
    row.ended_at !== null ||
    !customers.includes(row.customer_id)
  )
    throw new BaileeError('evidence_mismatch', 'There is no such verified request.');
  return row;
}

/** By the customer's own sign-in, or seen by another hand. A key is the hand of whoever made it. */
async function provedByAnother(
  tx: Tx,
  actor: Exclude<Actor, { readonly type: 'job' }>,
  request: { readonly customer_id: string; readonly id: string },
): Promise<boolean> {
  const proof = await proofOf(tx, request);
  if (proof === null) return false;
  return proof.by === null || (await handOf(tx, proof.by)) !== (await handOf(tx, actor.id));
}
