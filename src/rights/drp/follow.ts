/** An agent follows what it asked (§2.02), or takes it back (§2.04). */
import type { GateCtx } from '../../gate/context.ts';
import { BaileeError, isBaileeError } from '../../platform/errors.ts';
import { readRequestRow } from '../../vault/requests.ts';
import { stepRequest } from '../requests/step.ts';
import { recordingRefusals } from './agents.ts';
import { openSigned, refusal } from './signed.ts';
import { type AgentRow, type DrpRequestRow, readDrpRequest, revokeDrpRequest } from './sql.ts';
import { statusOf } from './status.ts';

/** Throws `forbidden` for what is another agent's, and for what does not exist. */
export async function followRequest(ctx: GateCtx, agent: AgentRow, id: string) {
  const row = await ownRequest(ctx, agent, id);
  return statusOf(ctx, row, await requestOf(ctx, row));
}

/**
 * Only what this agent began is taken back: a request of the customer's own that it joined, or that the customer proved
 * themselves, goes on. Throws `forbidden`, `bad_request`, `conflict` when it is ended.
 */
export async function revokeRequest(ctx: GateCtx, agent: AgentRow, id: string, body: string) {
  return recordingRefusals(ctx, agent, async () => {
    const row = await ownRequest(ctx, agent, id);
    openSigned(body, agent.verify_key);
    const request = await requestOf(ctx, row);
    if (row.revoked_at === null && statusOf(ctx, row, request).status !== 'in_progress')
      throw new BaileeError('conflict', 'This request is ended.');
    const own = request !== null && !row.joined && (request.proof === null || request.proof === 'agent');
    if (own && request.ended_at === null) {
      const author = { type: 'agent', id: agent.id, store: agent.store_id } as const;
      await stepRequest(ctx, { author, id: request.id, step: 'withdraw' }).catch((error: unknown) => {
        // Somebody ended it meanwhile.
        if (!isBaileeError(error, 'conflict')) throw error;
      });
    }
    const revoked_at = new Date(ctx.clock.now());
    await revokeDrpRequest(ctx.db, row.id, revoked_at);
    return statusOf(ctx, { ...row, revoked_at }, request);
  });
}

async function ownRequest(ctx: GateCtx, agent: AgentRow, id: string): Promise<DrpRequestRow> {
  const row = await readDrpRequest(ctx.db, id);
  if (row === null || row.agent !== agent.id)
    throw refusal('forbidden', 'agent', 'This agent has no such request.');
  return row;
}

function requestOf(ctx: GateCtx, { request, store_id }: DrpRequestRow) {
  return request === null ? null : readRequestRow(ctx.db, store_id, request);
}
