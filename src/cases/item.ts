/** A case as lists show it. */
import type { CaseMeta } from '../vault/case-rows.ts';

export function itemOf(row: CaseMeta) {
  const { id, number, kind, channel, topic, status, priority, assignee, team, satisfaction, version } = row;
  return {
    ...{ id, number, kind, channel, topic, status, priority, assignee, team, satisfaction, version },
    customer: row.customer_id,
    dueAt: row.due_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export type CaseItem = ReturnType<typeof itemOf>;
