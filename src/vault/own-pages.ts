/** A customer's orders, cases and events page by page, newest first, sealed as they lie. For the gate. */
import type { Tx } from '../platform/ports.ts';
import { type AttachmentRow, CASE_META, type MessageRow } from './case-rows.ts';
import type { EventRow, LineRow, OrderRow } from './rows.ts';
import type { EntryRow } from './sql.ts';
import type { WholeAttachment, WholeCase, WholeChoice } from './whole.ts';

/** The last row of the page before; null for the first page. */
export interface PageAfter {
  readonly at: Date;
  readonly id: string;
}

interface Page {
  readonly customers: readonly string[];
  readonly after: PageAfter | null;
  readonly limit: number;
}

async function page<Row>(
  tx: Tx,
  name: string,
  text: string,
  { customers, after, limit }: Page,
): Promise<Row[]> {
  const { rows } = await tx.query<Row>({
    name,
    text,
    values: [customers, after?.at ?? null, after?.id ?? null, limit],
  });
  return rows;
}

const before = (at: string, id: string) =>
  `($2::timestamptz IS NULL OR (${at}, ${id}) < ($2, $3::uuid)) ORDER BY ${at} DESC, ${id} DESC LIMIT $4`;

export async function pageOfOrders(
  tx: Tx,
  asked: Page,
): Promise<{ readonly orders: OrderRow[]; readonly lines: LineRow[] }> {
  const orders = await page<OrderRow>(
    tx,
    'own_orders',
    `SELECT customer_id, id, state, row_version, sealed, party, occurred_at FROM bailee.orders
     WHERE customer_id = ANY($1) AND ${before('occurred_at', 'id')}`,
    asked,
  );
  const { rows: lines } = await tx.query<LineRow>({
    name: 'own_lines',
    text: `SELECT customer_id, order_id, line_key, sealed, occurred_at FROM bailee.order_line
           WHERE customer_id = ANY($1) AND order_id = ANY($2) ORDER BY order_id, line_key`,
    values: [asked.customers, orders.map(({ id }) => id)],
  });
  return { orders, lines };
}

/** With what was said in them, and what was attached: names and sizes, no content. */
export async function pageOfCases(
  tx: Tx,
  asked: Page,
): Promise<{
  readonly cases: WholeCase[];
  readonly messages: MessageRow[];
  readonly attachments: WholeAttachment[];
}> {
  const cases = await page<WholeCase>(
    tx,
    'own_cases',
    `SELECT ${CASE_META}, c.state, c.row_version, c.sealed, c.occurred_at, c.received_at FROM bailee.cases c
     WHERE c.customer_id = ANY($1) AND ${before('c.created_at', 'c.id')}`,
    asked,
  );
  const ids = cases.map(({ id }) => id);
  const { rows: messages } = await tx.query<MessageRow>({
    name: 'own_messages',
    text: `SELECT customer_id, case_id, id, kind, by, sent, sealed, change, occurred_at FROM bailee.case_message
           WHERE customer_id = ANY($1) AND case_id = ANY($2) ORDER BY occurred_at, id LIMIT 2000`,
    values: [asked.customers, ids],
  });
  const { rows: attachments } = await tx.query<AttachmentRow & { readonly received_at: Date }>({
    name: 'own_attachments',
    text: `SELECT customer_id, case_id, message_id, id, type, bytes, true AS unsafe, name, received_at FROM bailee.case_attachment
           WHERE customer_id = ANY($1) AND case_id = ANY($2) ORDER BY id LIMIT 500`,
    values: [asked.customers, ids],
  });
  return { cases, messages, attachments: attachments.map((each) => ({ ...each, sealed: Buffer.alloc(0) })) };
}

export async function pageOfEvents(tx: Tx, asked: Page): Promise<EventRow[]> {
  return page<EventRow>(
    tx,
    'own_events',
    `SELECT customer_id, id, event_id, class, sealed, occurred_at, received_at FROM bailee.event
     WHERE customer_id = ANY($1) AND ${before('received_at', 'id')}`,
    asked,
  );
}

export interface OwnCounts {
  readonly orders: number;
  readonly cases: number;
  readonly events: number;
  readonly choices: number;
  readonly looks: number;
}

/** How many there are. `looks`: kinds of entries that count as one. */
export async function countOwn(
  tx: Tx,
  customers: readonly string[],
  looks: readonly string[],
): Promise<OwnCounts> {
  const { rows } = await tx.query<Record<keyof OwnCounts, string>>({
    name: 'own_counts',
    text: `SELECT (SELECT count(*) FROM bailee.orders WHERE customer_id = ANY($1)) AS orders,
             (SELECT count(*) FROM bailee.cases WHERE customer_id = ANY($1)) AS cases,
             (SELECT count(*) FROM bailee.event WHERE customer_id = ANY($1)) AS events,
             (SELECT count(*) FROM bailee.choice WHERE customer_id = ANY($1)) AS choices,
             (SELECT count(*) FROM bailee.opening WHERE customer_id = ANY($1) AND kind = ANY($2)) AS looks`,
    values: [customers, looks],
  });
  const { orders, cases, events, choices, looks: seen } = rows[0]!;
  return {
    orders: Number(orders),
    cases: Number(cases),
    events: Number(events),
    choices: Number(choices),
    looks: Number(seen),
  };
}

export async function pageOfChoices(tx: Tx, asked: Page): Promise<WholeChoice[]> {
  return page<WholeChoice>(
    tx,
    'own_choices',
    `SELECT c.id, c.purpose, c.channel, c.recipient, c.state, c.how, c.notice, c.notice_language, c.place, c.region,
       c.guardian IS NOT NULL AS by_guardian, c.request, c.received_at, c.expires_at, o.ledger_index
     FROM bailee.choice c LEFT JOIN bailee.opening o ON o.customer_id = c.customer_id AND o.id = c.entry
     WHERE c.customer_id = ANY($1) AND ${before('c.received_at', 'c.id')}`,
    asked,
  );
}

/** The sealed entry of a choice of one of these customers; null when there is none. */
export async function readChoiceEntry(
  tx: Tx,
  customers: readonly string[],
  choice: string,
): Promise<EntryRow | null> {
  const { rows } = await tx.query<EntryRow>({
    name: 'own_choice_entry',
    text: `SELECT o.customer_id, o.id, o.kind, o.ledger_index, o.class, o.sealed, o.occurred_at
           FROM bailee.choice c JOIN bailee.opening o ON o.customer_id = c.customer_id AND o.id = c.entry
           WHERE c.customer_id = ANY($1) AND c.id = $2`,
    values: [customers, choice],
  });
  return rows[0] ?? null;
}
