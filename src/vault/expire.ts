/** What goes by itself when its time is over: tombstones, quarantined events, taken messageIds, tags, checks of callers. For the rights room. */
import { deleteRowKeys } from '../keys/sql.ts';
import type { Tx } from '../platform/ports.ts';

/** Deletes up to `page` tombstones that expired at `now` or before; answers how many. */
export async function expireTombstones(tx: Tx, now: Date, page: number): Promise<number> {
  const { rowCount } = await tx.query({
    name: 'expire_tombstones',
    text: `DELETE FROM bailee.tombstone WHERE (store_id, token) IN (
             SELECT store_id, token FROM bailee.tombstone WHERE expires_at <= $1
             LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    values: [now, page],
  });
  return rowCount;
}

/** Deletes up to `page` quarantined events past their day, each with the key of its row; answers how many. */
export async function expireQuarantined(tx: Tx, now: Date, page: number): Promise<number> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'expire_quarantined',
    text: `DELETE FROM bailee.quarantine WHERE id IN (
             SELECT id FROM bailee.quarantine WHERE expires_at <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED)
           RETURNING id`,
    values: [now, page],
  });
  const ids = rows.map((row) => row.id);
  if (ids.length > 0) await deleteRowKeys(tx, ids);
  return ids.length;
}

/** Frees up to `page` messageIds that were taken before `before`; answers how many. */
export async function expireMessages(tx: Tx, before: Date, page: number): Promise<number> {
  const { rowCount } = await tx.query({
    name: 'expire_messages',
    text: `DELETE FROM bailee.message WHERE (store_id, token) IN (
             SELECT store_id, token FROM bailee.message WHERE received_at < $1
             LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    values: [before, page],
  });
  return rowCount;
}

/** Takes up to `page` tags that ended at `now` or before from their customers; answers how many. */
export async function expireTags(tx: Tx, now: Date, page: number): Promise<number> {
  const { rowCount } = await tx.query({
    name: 'expire_tags',
    text: `DELETE FROM bailee.customer_tag WHERE (customer_id, tag_id) IN (
             SELECT customer_id, tag_id FROM bailee.customer_tag WHERE until <= $1
             LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    values: [now, page],
  });
  return rowCount;
}

/** Right answers that nobody gave in time go at once, and up to `page` checks that ended at `before`; answers how many checks went. */
export async function expireCallerChecks(
  tx: Tx,
  { now, before, page }: { readonly now: Date; readonly before: Date; readonly page: number },
): Promise<number> {
  await tx.query({
    name: 'expire_caller_answers',
    text: `UPDATE bailee.caller_check SET state = 'lapsed', sealed = NULL WHERE state = 'asked' AND until <= $1`,
    values: [now],
  });
  const { rowCount } = await tx.query({
    name: 'expire_caller_checks',
    text: `DELETE FROM bailee.caller_check WHERE (customer_id, id) IN (
             SELECT customer_id, id FROM bailee.caller_check WHERE until <= $1
             LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    values: [before, page],
  });
  return rowCount;
}

/** Forgets up to `page` requests that ended before `before`, with their steps; answers how many. */
export async function expireRequests(tx: Tx, before: Date, page: number): Promise<number> {
  const { rows } = await tx.query<{ count: number }>({
    name: 'expire_requests',
    text: `WITH gone AS (
             DELETE FROM bailee.request WHERE (customer_id, id) IN (
               SELECT customer_id, id FROM bailee.request WHERE ended_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)
             RETURNING customer_id, id),
           steps AS (
             DELETE FROM bailee.request_step s USING gone g WHERE s.customer_id = g.customer_id AND s.request_id = g.id)
           SELECT count(*)::integer AS count FROM gone`,
    values: [before, page],
  });
  return rows[0]?.count ?? 0;
}
