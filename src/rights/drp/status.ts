/** How a request stands, as an agent is told (§3.02, §3.03). */
import type { DrpState } from '../../../contract/drp.ts';
import type { Refusal } from '../../../contract/requests.ts';
import type { GateCtx } from '../../gate/context.ts';
import type { RequestRow } from '../../vault/requests.ts';
import { needsProof } from '../requests/states.ts';
import { KIND_OF } from './kinds.ts';
import type { DrpRequestRow } from './sql.ts';

const DAY_MS = 86_400_000;

interface Stand {
  readonly status: DrpState;
  readonly reason?: string;
  readonly processing_details?: string;
}

const DENIED: Readonly<Record<Refusal, string>> = {
  'identity-not-proved': 'insuf_verification',
  'unfounded-or-excessive': 'too_many_requests',
  'rights-of-others': 'other',
  'legal-duty': 'other',
  'legal-claims': 'other',
  'no-such-right': 'claim_not_covered',
  'nothing-held': 'no_match',
};

/** `request`: its row, or null when nobody was found (or when it has just come). */
export function statusOf(ctx: Pick<GateCtx, 'clock'>, row: DrpRequestRow, request: RequestRow | null) {
  const { id, agent_request, received_at, expected_by } = row;
  const extended = request !== null && request.extended_at !== null;
  return {
    request_id: id,
    received_at: timeOf(received_at),
    expected_by: timeOf(extended ? request.due_at : expected_by),
    ...(agent_request === null ? {} : { agent_request_id: agent_request }),
    ...standOf(ctx, row, request),
  };
}

function standOf(ctx: Pick<GateCtx, 'clock'>, row: DrpRequestRow, request: RequestRow | null): Stand {
  if (row.revoked_at !== null) return { status: 'revoked' };
  const unproved = needsProof(KIND_OF[row.exercise]) && !row.vouched;
  const checking = unproved ? { processing_details: 'It is being checked who asks.' } : {};
  if (row.request === null) {
    // Whose address nobody vouched for is not told sooner than somebody who is known would be.
    const until = row.vouched ? row.received_at.getTime() + DAY_MS : row.expected_by.getTime();
    if (ctx.clock.now() < until) return { status: 'in_progress', ...checking };
    return { status: 'denied', reason: row.vouched ? 'no_match' : 'insuf_verification' };
  }
  if (request === null)
    return ctx.clock.now() > row.expected_by.getTime()
      ? { status: 'expired' }
      : { status: 'in_progress', ...checking };
  switch (request.state) {
    case 'fulfilled':
      return { status: 'fulfilled', processing_details: 'What was asked for went to the customer.' };
    case 'refused':
      return { status: 'denied', reason: DENIED[request.refused_because ?? 'legal-duty'] };
    case 'withdrawn':
      return { status: 'revoked' };
    case 'extended':
      return {
        status: 'in_progress',
        processing_details: `More time is needed: ${request.extended_because}.`,
      };
    case 'received':
      return { status: 'in_progress', ...checking };
    case 'identity-checked':
    case 'in-progress':
    case 'appealed':
      return { status: 'in_progress' };
  }
}

/** With an offset in digits: not every agent's library reads a Z. */
function timeOf(at: Date): string {
  return at.toISOString().replace('Z', '+00:00');
}
