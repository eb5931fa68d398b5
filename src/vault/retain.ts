/** What a run of retention looks at and deletes: rows whose time is over, a page in a transaction. For the rights room alone. */
import { RETENTION_CLASSES } from '../../contract/names.ts';
import { shredKeys } from '../keys/sql.ts';
import type { Tx } from '../platform/ports.ts';

const { behavior, commerce, service } = RETENTION_CLASSES;
const ORDER_KIND = 5;
const CASE_KIND = 6;

/** Records of one store's customers who live in one region, that began before a moment. */
export interface Over {
  readonly store: string;
  /** Null: not known. */
  readonly region: string | null;
  readonly before: Date;
  readonly page: number;
}

/** Customers of whom nothing holds the records; of them alone something goes. */
const FREE = `c.store_id = $1 AND c.region IS NOT DISTINCT FROM $2 AND bailee.held(ARRAY[c.id]) IS NULL`;

/** Deletes a page of events of a retention class; answers how many. */
async function deleteEvents(tx: Tx, { store, region, before, page }: Over, klass: number): Promise<number> {
  const { rowCount } = await tx.query({
    name: 'retain_events',
    text: `DELETE FROM bailee.event WHERE (customer_id, received_at, id) IN (
             SELECT e.customer_id, e.received_at, e.id FROM bailee.event e
             JOIN bailee.customer c ON c.id = e.customer_id
             WHERE e.class = $5 AND e.received_at < $3 AND ${FREE}
             LIMIT $4 FOR SHARE OF c SKIP LOCKED) AND received_at < $3`,
    values: [store, region, before, page, klass],
  });
  return rowCount;
}

/** Deletes a page of browsing events; answers how many. */
export async function endBehavior(tx: Tx, over: Over): Promise<number> {
  return deleteEvents(tx, over, behavior);
}

interface RowName {
  readonly customer_id: string;
  readonly id: string;
}

/** Deletes a page of orders with lines, numbers and events; the keys of those who were erased before go with their last order. */
export async function endOrders(tx: Tx, over: Over, at: Date): Promise<number> {
  const { rows } = await tx.query<RowName>({
    name: 'retain_orders',
    text: `DELETE FROM bailee.orders WHERE (customer_id, id) IN (
             SELECT o.customer_id, o.id FROM bailee.orders o JOIN bailee.customer c ON c.id = o.customer_id
             WHERE o.occurred_at < $3 AND ${FREE}
             LIMIT $4 FOR SHARE OF c SKIP LOCKED) RETURNING customer_id, id`,
    values: [over.store, over.region, over.before, over.page],
  });
  if (rows.length === 0) return deleteEvents(tx, over, commerce);
  const [customers, ids] = [rows.map((row) => row.customer_id), rows.map((row) => row.id)];
  await tx.query({
    name: 'retain_order_lines',
    text: 'DELETE FROM bailee.order_line WHERE customer_id = ANY($1) AND order_id = ANY($2)',
    values: [customers, ids],
  });
  await forgetNumbers(tx, customers, ids, ORDER_KIND);
  await shredEmptied(tx, customers, at);
  return rows.length;
}

/** The numbers by which rows were found; as they were written down, sealed, they go with a customer's last such row. */
async function forgetNumbers(
  tx: Tx,
  customers: readonly string[],
  ids: readonly string[],
  kind: typeof ORDER_KIND | typeof CASE_KIND,
): Promise<void> {
  await tx.query({
    name: 'retain_numbers',
    text: 'DELETE FROM bailee.identifier WHERE customer_id = ANY($1) AND target_id = ANY($2) AND kind = $3',
    values: [customers, ids, kind],
  });
  const table = kind === ORDER_KIND ? 'orders' : 'cases';
  await tx.query({
    name: `retain_numbers_of_${table}`,
    text: `DELETE FROM bailee.customer_identifier i WHERE i.customer_id = ANY($1) AND i.kind = $2
             AND NOT EXISTS (SELECT FROM bailee.${table} t WHERE t.customer_id = i.customer_id)`,
    values: [customers, kind],
  });
}

async function shredEmptied(tx: Tx, customers: readonly string[], at: Date): Promise<void> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'retain_emptied',
    text: `SELECT c.id FROM bailee.customer c WHERE c.id = ANY($1) AND c.erased_at IS NOT NULL
             AND NOT EXISTS (SELECT FROM bailee.orders o WHERE o.customer_id = c.id)`,
    values: [customers],
  });
  const emptied = rows.map((row) => row.id);
  if (emptied.length > 0) await shredKeys(tx, emptied, [commerce], at);
}

/** Deletes a page of closed cases with what was written in them, and of the events that told of cases; answers how many. */
export async function endCases(tx: Tx, over: Over): Promise<number> {
  const { rows } = await tx.query<RowName>({
    name: 'retain_cases',
    text: `DELETE FROM bailee.cases WHERE (customer_id, id) IN (
             SELECT k.customer_id, k.id FROM bailee.cases k JOIN bailee.customer c ON c.id = k.customer_id
             WHERE k.state = 'closed' AND k.updated_at < $3 AND ${FREE}
             LIMIT $4 FOR SHARE OF c SKIP LOCKED) RETURNING customer_id, id`,
    values: [over.store, over.region, over.before, over.page],
  });
  if (rows.length === 0) return deleteEvents(tx, over, service);
  const [customers, ids] = [rows.map((row) => row.customer_id), rows.map((row) => row.id)];
  for (const table of ['case_message', 'case_attachment', 'case_mail', 'caller_check'])
    await tx.query({
      name: `retain_${table}`,
      text: `DELETE FROM bailee.${table} WHERE customer_id = ANY($1) AND case_id = ANY($2)`,
      values: [customers, ids],
    });
  await forgetNumbers(tx, customers, ids, CASE_KIND);
  return rows.length;
}

export type CustomerKind = 'visitor' | 'customer' | 'guest';

/** Roots of customers that were not heard of since then, in id order behind `after`. Neither locked nor checked for holds. */
export async function readSilent(
  tx: Tx,
  over: Over & { readonly after: string | null; readonly kinds: readonly CustomerKind[] },
): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'retain_silent',
    text: `SELECT c.id FROM bailee.customer c
           WHERE c.store_id = $1 AND c.region IS NOT DISTINCT FROM $2 AND c.created_at < $3
             AND ($5::uuid IS NULL OR c.id > $5) AND c.kind = ANY($6) AND c.erased_at IS NULL
             AND NOT EXISTS (SELECT FROM bailee.customer_link l WHERE l.child = c.id AND l.valid_to IS NULL)
             AND bailee.last_activity(ARRAY(SELECT member FROM bailee.cluster(ARRAY[c.id]))) < $3
           ORDER BY c.id LIMIT $4`,
    values: [over.store, over.region, over.before, over.page, over.after, over.kinds],
  });
  return rows.map((row) => row.id);
}

export interface Silent {
  readonly root: string;
  readonly members: readonly string[];
  /** Why their records stay; null: nothing holds them. */
  readonly held: string | null;
  /** When the shop told them that they will be erased; null: not told. */
  readonly told: Date | null;
}

/** Looks at whole clusters again under their locks: who spoke up meanwhile is not in the answer. */
export async function checkSilent(tx: Tx, roots: readonly string[], before: Date): Promise<Silent[]> {
  const { rows } = await tx.query<Silent>({
    name: 'retain_check',
    text: `SELECT t.root, t.members, bailee.held(t.members) AS held,
             (SELECT w.told_at FROM bailee.retention_warning w WHERE w.customer_id = t.root) AS told
           FROM (SELECT root, array_agg(DISTINCT member) AS members FROM bailee.cluster($1) GROUP BY root) AS t
           WHERE bailee.last_activity(t.members) < $2
             AND NOT EXISTS (SELECT FROM bailee.customer c WHERE c.id = ANY(t.members) AND c.erased_at IS NOT NULL)
           ORDER BY t.root`,
    values: [roots, before],
  });
  return rows;
}

/** Deletes the values of some fields; answers how many. The customers must be locked. */
export async function endFields(
  tx: Tx,
  customers: readonly string[],
  fields: readonly number[],
): Promise<number> {
  const { rowCount } = await tx.query({
    name: 'retain_fields',
    text: 'DELETE FROM bailee.field_value WHERE customer_id = ANY($1) AND field_id = ANY($2)',
    values: [customers, fields],
  });
  return rowCount;
}

/** Puts customers on the list of those to be warned, and takes off who spoke up since. */
export async function keepWarnings(
  tx: Tx,
  warned: {
    readonly store: string;
    readonly customers: readonly string[];
    readonly at: Date;
    readonly by: Date;
  },
): Promise<void> {
  await tx.query({
    name: 'retain_warn',
    text: `INSERT INTO bailee.retention_warning (customer_id, store_id, made_at, warn_by)
           SELECT c, $2, $3, $4 FROM unnest($1::uuid[]) AS c ON CONFLICT DO NOTHING`,
    values: [warned.customers, warned.store, warned.at, warned.by],
  });
  await tx.query({
    name: 'retain_unwarn',
    text: `DELETE FROM bailee.retention_warning w WHERE w.store_id = $1
             AND bailee.last_activity(ARRAY(SELECT member FROM bailee.cluster(ARRAY[w.customer_id]))) >= w.made_at`,
    values: [warned.store],
  });
}
