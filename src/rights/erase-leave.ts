/** Nobody erases alone: a request that another hand verified, or a second person's approval (docs/decisions/0020). */
import type { Proof } from '../../contract/requests.ts';
import type { Actor } from '../gate/actor.ts';
import { useErasure } from '../gate/approvals/erasure.ts';
import type { GateCtx } from '../gate/context.ts';
import { evidenceToken } from '../gate/evidence.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Transaction, Tx } from '../platform/ports.ts';
import { handOf } from '../staff/keys/hand.ts';
import { type ProofStep, proofOf, readRequestRow } from '../vault/requests.ts';
import { agentAdder } from './drp/sql.ts';
import { appSetter } from './shopify/sql.ts';
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

/** Proofs by which a customer says it themselves: the shop's account, or a code. Who knows an order may be anybody. */
const OWN_WORD: readonly Proof[] = ['signed-in', 'code'];

/** By the customer's own sign-in, or behind the proof stands another hand. A key is the hand of whoever made it. */
async function provedByAnother(
  tx: Tx,
  actor: Exclude<Actor, { readonly type: 'job' }>,
  request: { readonly customer_id: string; readonly id: string },
): Promise<boolean> {
  const step = await proofOf(tx, request);
  if (step === null) return false;
  if (step.by === null && OWN_WORD.includes(step.proof)) return true;
  const behind = await answersFor(tx, actor.store, step);
  return behind !== null && (await handOf(tx, behind)) !== (await handOf(tx, actor.id));
}

/** Who answers for a proof: who wrote it; of an agent and of the shop's platform, who made them known. Null: nobody can be told. */
async function answersFor(tx: Tx, store: string, { by, proof }: ProofStep): Promise<string | null> {
  if (proof === 'shop') return appSetter(tx, store);
  if (proof === 'agent') return by === null ? null : agentAdder(tx, store, by);
  return by;
}
