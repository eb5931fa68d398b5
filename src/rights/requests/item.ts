/** A request as lists show it, and as the customer sees it. */
import type { RequestRow } from '../../vault/requests.ts';

export function itemOf(row: RequestRow) {
  const { id, number, kind, state, channel, proof, handler, version } = row;
  return {
    ...{ id, number, kind, state, channel, proof, handler, version },
    customer: row.customer_id,
    receivedAt: row.received_at.toISOString(),
    acknowledgeOn: row.acknowledged_at === null ? row.acknowledge_on : null,
    dueOn: row.due_on,
    dueAt: row.due_at.toISOString(),
    extended: row.extended_at !== null,
    waits: row.waits_since !== null,
    refusedBecause: row.refused_because,
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}
export type RequestItem = ReturnType<typeof itemOf>;

/** Without who of the shop works on it. */
export function ownItemOf(row: RequestRow) {
  const { id, number, kind, state, receivedAt, dueOn, waits, refusedBecause, endedAt } = itemOf(row);
  return { id, number, kind, state, receivedAt, dueOn, waits, refusedBecause, endedAt };
}
export type OwnRequest = ReturnType<typeof ownItemOf>;
