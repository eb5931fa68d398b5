/** Queries for sealed rows. */
import type { Tx } from '../platform/ports.ts';
import type { AttachmentRow, MessageRow } from './case-rows.ts';
import type { CaseRow, EventRow, IdentifierRow, LineRow, OrderRow } from './rows.ts';

/** Orders of customers: those named, or the newest `limit` before `before`. */
export async function readOrders(
  tx: Tx,
  customers: readonly string[],
  which: { readonly ids: readonly string[] } | { readonly before: Date; readonly limit: number },
): Promise<OrderRow[]> {
  const columns = 'customer_id, id, state, row_version, sealed, party, occurred_at';
  if ('ids' in which) {
    if (which.ids.length === 0) return [];
    const { rows } = await tx.query<OrderRow>({
      name: 'read_orders_named',
      text: `SELECT ${columns} FROM bailee.orders WHERE customer_id = ANY($1) AND id = ANY($2)`,
      values: [customers, which.ids],
    });
    return rows;
  }
  const { rows } = await tx.query<OrderRow>({
    name: 'read_orders',
    text: `SELECT ${columns} FROM bailee.orders WHERE customer_id = ANY($1) AND occurred_at < $2
           ORDER BY occurred_at DESC, id DESC LIMIT $3`,
    values: [customers, which.before, which.limit],
  });
  return rows;
}

export async function readLines(
  tx: Tx,
  customers: readonly string[],
  orders: readonly string[],
): Promise<LineRow[]> {
  if (orders.length === 0) return [];
  const { rows } = await tx.query<LineRow>({
    name: 'read_lines',
    text: `SELECT customer_id, order_id, line_key, sealed, occurred_at FROM bailee.order_line
           WHERE customer_id = ANY($1) AND order_id = ANY($2) ORDER BY order_id, line_key`,
    values: [customers, orders],
  });
  return rows;
}

export async function readCases(
  tx: Tx,
  customers: readonly string[],
  ids: readonly string[] | null,
): Promise<CaseRow[]> {
  const { rows } = await tx.query<CaseRow>({
    name: 'read_cases',
    text: `SELECT customer_id, id, order_id, state, row_version, sealed, occurred_at FROM bailee.cases
           WHERE customer_id = ANY($1) AND ($2::uuid[] IS NULL OR id = ANY($2)) ORDER BY occurred_at DESC LIMIT 500`,
    values: [customers, ids],
  });
  return rows;
}

/** What was said in a case, oldest first; of more than a thousand the newest, which nobody may bury under many others. */
export async function readMessages(tx: Tx, customer: string, id: string): Promise<MessageRow[]> {
  const { rows } = await tx.query<MessageRow>({
    name: 'read_messages',
    text: `SELECT * FROM (SELECT customer_id, case_id, id, kind, by, sent, sealed, change, occurred_at FROM bailee.case_message
             WHERE customer_id = $1 AND case_id = $2 ORDER BY occurred_at DESC, id DESC LIMIT 1000) AS newest
           ORDER BY occurred_at, id`,
    values: [customer, id],
  });
  return rows;
}

/** What came with the messages of a case, without the content. */
export async function readAttachments(tx: Tx, customer: string, id: string): Promise<AttachmentRow[]> {
  const { rows } = await tx.query<AttachmentRow>({
    name: 'read_attachments',
    text: `SELECT * FROM (SELECT customer_id, case_id, message_id, id, type, bytes, unsafe, name FROM bailee.case_attachment
             WHERE customer_id = $1 AND case_id = $2 ORDER BY id DESC LIMIT 1000) AS newest
           ORDER BY id`,
    values: [customer, id],
  });
  return rows;
}

/** The sealed content of an attachment; null when the case has no such one. */
export async function readAttachmentContent(
  tx: Tx,
  { customer, case: of, id }: { readonly customer: string; readonly case: string; readonly id: string },
): Promise<Buffer | null> {
  const { rows } = await tx.query<{ sealed: Buffer }>({
    name: 'read_attachment_content',
    text: 'SELECT sealed FROM bailee.case_attachment WHERE customer_id = $1 AND case_id = $2 AND id = $3',
    values: [customer, of, id],
  });
  return rows[0]?.sealed ?? null;
}

export async function readEvents(
  tx: Tx,
  customers: readonly string[],
  before: Date,
  limit: number,
): Promise<EventRow[]> {
  const { rows } = await tx.query<EventRow>({
    name: 'read_events',
    text: `SELECT customer_id, id, event_id, class, sealed, occurred_at, received_at FROM bailee.event
           WHERE customer_id = ANY($1) AND occurred_at < $2 ORDER BY occurred_at DESC, id DESC LIMIT $3`,
    values: [customers, before, limit],
  });
  return rows;
}

/** Pages of a store's customers in id order, for jobs. */
export async function pageOfCustomers(
  tx: Tx,
  store: string,
  after: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'page_of_customers',
    text: 'SELECT id FROM bailee.customer WHERE store_id = $1 AND id > $2 ORDER BY id LIMIT $3',
    values: [store, after, limit],
  });
  return rows.map((row) => row.id);
}

/** All orders of customers with all their lines, for jobs. */
export async function readAllOrders(
  tx: Tx,
  customers: readonly string[],
): Promise<{ orders: OrderRow[]; lines: LineRow[] }> {
  const orders = await tx.query<OrderRow>({
    name: 'read_all_orders',
    text: 'SELECT customer_id, id, state, row_version, sealed, party, occurred_at FROM bailee.orders WHERE customer_id = ANY($1)',
    values: [customers],
  });
  const lines = await tx.query<LineRow>({
    name: 'read_all_lines',
    text: 'SELECT customer_id, order_id, line_key, sealed, occurred_at FROM bailee.order_line WHERE customer_id = ANY($1)',
    values: [customers],
  });
  return { orders: orders.rows, lines: lines.rows };
}

export async function readIdentifiers(tx: Tx, customers: readonly string[]): Promise<IdentifierRow[]> {
  const { rows } = await tx.query<IdentifierRow>({
    name: 'read_identifiers',
    text: `SELECT customer_id, id, kind, verified, row_version, sealed FROM bailee.customer_identifier
           WHERE customer_id = ANY($1)`,
    values: [customers],
  });
  return rows;
}

/** Since when the first of `customers` is known. */
export async function readSince(tx: Tx, customers: readonly string[]): Promise<Date> {
  const { rows } = await tx.query<{ since: Date }>({
    name: 'read_since',
    text: 'SELECT min(created_at) AS since FROM bailee.customer WHERE id = ANY($1)',
    values: [customers],
  });
  return rows[0]!.since;
}

/** An entry of a customer's ledger, sealed. */
export interface EntryRow {
  readonly customer_id: string;
  readonly id: string;
  readonly kind: string;
  /** A bigint as the driver gives it; null until it has its place. */
  readonly ledger_index: string | null;
  readonly class: number;
  readonly sealed: Buffer;
  readonly occurred_at: Date;
}

/** Entries of these kinds, newest first; with `after`, those older than that one. */
export async function readEntries(
  tx: Tx,
  customers: readonly string[],
  {
    kinds,
    after,
    limit,
  }: { readonly kinds: readonly string[]; readonly after: string | null; readonly limit: number },
): Promise<EntryRow[]> {
  const { rows } = await tx.query<EntryRow>({
    name: 'read_entries',
    // Ids are of the time at which they were made (UUIDv7), so they page without a gap.
    text: `SELECT customer_id, id, kind, ledger_index, class, sealed, occurred_at FROM bailee.opening
           WHERE customer_id = ANY($1) AND kind = ANY($2) AND ($3::uuid IS NULL OR id < $3)
           ORDER BY id DESC LIMIT $4`,
    values: [customers, kinds, after, limit],
  });
  return rows;
}
