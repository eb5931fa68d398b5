/** Writing orders and their lines: rows of their own, so that totals can be asked and a case can point to its order. */
import { COLUMNS } from '../keys/columns.ts';
import { byteaArray } from '../platform/binary-array.ts';
import { RetryTransaction } from '../platform/errors.ts';
import type { Tx } from '../platform/ports.ts';
import { lineRow, PARTY_VERSION } from './place.ts';
import type { OrderState } from './rows.ts';
import { sealFor, type Writer } from './write.ts';

export interface OrderWrite {
  readonly customer: string;
  readonly id: string;
  readonly state: OrderState;
  /** Absent: only the state changes. */
  readonly details?: unknown;
  /** Invoice party, open to `legal-duty` alone; absent: the one that is there stays. */
  readonly party?: unknown;
  /** They take the place of those that are there; absent: those stay. */
  readonly lines?: readonly { readonly key: Buffer; readonly value: unknown }[];
  /** UTC milliseconds. */
  readonly occurredAt: number;
}

interface StandingOrder {
  readonly id: string;
  /** 0: nothing but its state is known yet. */
  readonly row_version: number;
  readonly occurred_at: Date;
}

/**
 * Writes orders one after the other as they occurred, in whatever order they came: older details never replace
 * newer ones, and what was refunded or cancelled stays so.
 */
export async function writeOrders(writer: Writer, orders: readonly OrderWrite[]): Promise<void> {
  if (orders.length === 0) return;
  const standing = new Map((await readStanding(writer.tx, orders)).map((row) => [row.id, row]));
  const inOrder = [...orders].sort((a, b) =>
    a.id === b.id ? a.occurredAt - b.occurredAt : a.id < b.id ? -1 : 1,
  );
  const changed = new Map<string, OrderWrite>();
  for (const order of inOrder) {
    const known = standing.get(order.id);
    const version = known?.row_version ?? 0;
    if (order.details === undefined) {
      await moveState(writer, order);
      if (known === undefined) standing.set(order.id, rowOf(order, 0));
      continue;
    }
    if (known !== undefined && version > 0 && known.occurred_at.getTime() > order.occurredAt) {
      await fillParty(writer, order);
      continue;
    }
    await writeOrder(writer, order, version + 1);
    standing.set(order.id, rowOf(order, version + 1));
    if (order.lines !== undefined) changed.set(order.id, order);
  }
  await writeLines(writer, [...changed.values()]);
}

function rowOf({ id, occurredAt }: OrderWrite, version: number): StandingOrder {
  return { id, row_version: version, occurred_at: new Date(occurredAt) };
}

async function readStanding(tx: Tx, orders: readonly OrderWrite[]): Promise<StandingOrder[]> {
  const { rows } = await tx.query<StandingOrder>({
    name: 'write_orders_standing',
    text: `SELECT o.id, o.row_version, o.occurred_at FROM unnest($1::uuid[], $2::uuid[]) AS t (c, i)
           JOIN bailee.orders o ON o.customer_id = t.c AND o.id = t.i`,
    values: [orders.map((each) => each.customer), orders.map((each) => each.id)],
  });
  return rows;
}

/** The state of an order; one that is not known yet waits for its details. */
async function moveState(writer: Writer, order: OrderWrite): Promise<void> {
  const place = { customer: order.customer, retention: 'commerce', row: order.id, rowVersion: 0 } as const;
  await writer.tx.query({
    name: 'write_order_state',
    text: `INSERT INTO bailee.orders AS o (customer_id, id, state, row_version, sealed, occurred_at, received_at)
           VALUES ($1, $2, $3, 0, $4, $5, $6)
           ON CONFLICT (customer_id, id) DO UPDATE SET state = excluded.state`,
    values: [
      order.customer,
      order.id,
      order.state,
      sealFor(writer, { ...place, field: COLUMNS.order }, {}),
      new Date(order.occurredAt),
      new Date(writer.receivedAt),
    ],
  });
}

async function writeOrder(writer: Writer, order: OrderWrite, version: number): Promise<void> {
  const place = { customer: order.customer, retention: 'commerce', row: order.id } as const;
  const details = { ...place, rowVersion: version, field: COLUMNS.order };
  const party = { ...place, rowVersion: PARTY_VERSION, field: COLUMNS.orderParty };
  const { rowCount } = await writer.tx.query({
    name: 'write_order',
    text: `INSERT INTO bailee.orders AS o (customer_id, id, state, row_version, sealed, party, occurred_at, received_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
           ON CONFLICT (customer_id, id) DO UPDATE
             SET state = CASE WHEN o.state IN ('refunded', 'cancelled') THEN o.state ELSE excluded.state END,
                 row_version = excluded.row_version, sealed = excluded.sealed,
                 party = COALESCE(excluded.party, o.party), occurred_at = excluded.occurred_at
             WHERE o.row_version = excluded.row_version - 1`,
    values: [
      order.customer,
      order.id,
      order.state,
      version,
      sealFor(writer, details, order.details),
      order.party === undefined ? null : sealFor(writer, party, order.party),
      new Date(order.occurredAt),
      new Date(writer.receivedAt),
    ],
  });
  if (rowCount !== 1) throw new RetryTransaction('another transaction wrote the same order');
}

/** Older than the order stands, but nobody has told the party since. */
async function fillParty(writer: Writer, order: OrderWrite): Promise<void> {
  if (order.party === undefined) return;
  const place = { customer: order.customer, retention: 'commerce', row: order.id } as const;
  await writer.tx.query({
    name: 'write_order_party',
    text: 'UPDATE bailee.orders SET party = $3 WHERE customer_id = $1 AND id = $2 AND party IS NULL',
    values: [
      order.customer,
      order.id,
      sealFor(writer, { ...place, rowVersion: PARTY_VERSION, field: COLUMNS.orderParty }, order.party),
    ],
  });
}

async function writeLines(writer: Writer, orders: readonly OrderWrite[]): Promise<void> {
  if (orders.length === 0) return;
  await writer.tx.query({
    name: 'write_lines_replaced',
    text: 'DELETE FROM bailee.order_line WHERE customer_id = ANY($1) AND order_id = ANY($2)',
    values: [orders.map((each) => each.customer), orders.map((each) => each.id)],
  });
  await addLines(
    writer,
    orders.flatMap((order) =>
      (order.lines ?? []).map((line) => ({
        customer: order.customer,
        order: order.id,
        key: line.key,
        value: line.value,
        occurredAt: order.occurredAt,
      })),
    ),
  );
}

export type NewOrder = Pick<OrderWrite, 'customer' | 'id' | 'state' | 'details' | 'occurredAt'>;

/** Adds orders whose numbers were taken in this transaction, all in one statement. */
export function addOrders(writer: Writer, orders: readonly NewOrder[]): void {
  if (orders.length === 0) return;
  const sealed = orders.map(({ customer, id, details }) =>
    sealFor(
      writer,
      { customer, retention: 'commerce', row: id, rowVersion: 1, field: COLUMNS.order },
      details ?? {},
    ),
  );
  writer.tx.later({
    name: 'write_orders_added',
    text: `INSERT INTO bailee.orders (customer_id, id, state, row_version, sealed, occurred_at, received_at)
           SELECT c, i, s, 1, b, a, $6 FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[], $5::timestamptz[]) AS t (c, i, s, b, a)`,
    values: [
      orders.map((each) => each.customer),
      orders.map((each) => each.id),
      orders.map((each) => each.state),
      byteaArray(sealed),
      orders.map((each) => new Date(each.occurredAt)),
      new Date(writer.receivedAt),
    ],
  });
}

export interface NewLine {
  readonly customer: string;
  readonly order: string;
  /** 16 bytes. */
  readonly key: Buffer;
  readonly value: unknown;
  /** UTC milliseconds. */
  readonly occurredAt: number;
}

/** Adds order lines; answers how many were not there yet. */
export async function addLines(writer: Writer, lines: readonly NewLine[]): Promise<number> {
  if (lines.length === 0) return 0;
  const { rowCount } = await writer.tx.query({
    name: 'write_lines',
    text: `INSERT INTO bailee.order_line (customer_id, order_id, line_key, sealed, occurred_at, received_at)
           SELECT c, o, k, s, a, $6 FROM unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::bytea[], $5::timestamptz[]) AS t (c, o, k, s, a)
           ON CONFLICT DO NOTHING`,
    values: [
      lines.map((each) => each.customer),
      lines.map((each) => each.order),
      byteaArray(lines.map((each) => each.key)),
      byteaArray(
        lines.map((each) =>
          sealFor(
            writer,
            {
              customer: each.customer,
              retention: 'commerce',
              field: COLUMNS.orderLine,
              ...lineRow(each.key),
            },
            each.value,
          ),
        ),
      ),
      lines.map((each) => new Date(each.occurredAt)),
      new Date(writer.receivedAt),
    ],
  });
  return rowCount;
}
