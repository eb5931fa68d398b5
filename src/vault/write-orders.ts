/** Writing orders, their lines and cases: rows of their own, so that totals can be asked and a case can point to its order. */
import { COLUMNS } from '../keys/columns.ts';
import { byteaArray } from '../platform/binary-array.ts';
import { BaileeError, RetryTransaction } from '../platform/errors.ts';
import type { Tx } from '../platform/ports.ts';
import { lineRow } from './place.ts';
import type { OrderState } from './rows.ts';
import { sealFor, type Writer } from './write.ts';

export interface OrderWrite {
  readonly customer: string;
  readonly id: string;
  readonly state: OrderState;
  /** Absent: only the state changes. */
  readonly details?: unknown;
  /** Invoice party, open to `legal-duty` alone. */
  readonly party?: unknown;
  readonly lines?: readonly { readonly key: Buffer; readonly value: unknown }[];
  /** True: `lines` replace those that are there. */
  readonly replaceLines: boolean;
  /** UTC milliseconds. */
  readonly occurredAt: number;
}

interface StandingOrder {
  readonly customer_id: string;
  readonly id: string;
  readonly row_version: number;
  readonly occurred_at: Date;
}

/** Writes orders one after the other as they occurred; an older state never replaces a newer one. */
export async function writeOrders(writer: Writer, orders: readonly OrderWrite[]): Promise<void> {
  if (orders.length === 0) return;
  const standing = new Map((await readStanding(writer.tx, orders)).map((row) => [row.id, row]));
  const inOrder = [...orders].sort((a, b) =>
    a.id === b.id ? a.occurredAt - b.occurredAt : a.id < b.id ? -1 : 1,
  );
  for (const order of inOrder) {
    const known = standing.get(order.id);
    if (known !== undefined && known.occurred_at.getTime() > order.occurredAt) continue;
    const version = (known?.row_version ?? 0) + 1;
    await writeOrder(writer, order, known !== undefined, version);
    standing.set(order.id, {
      customer_id: order.customer,
      id: order.id,
      row_version: version,
      occurred_at: new Date(order.occurredAt),
    });
  }
  await writeLines(writer, inOrder);
}

async function readStanding(tx: Tx, orders: readonly OrderWrite[]): Promise<StandingOrder[]> {
  const { rows } = await tx.query<StandingOrder>({
    name: 'write_orders_standing',
    text: `SELECT o.customer_id, o.id, o.row_version, o.occurred_at FROM unnest($1::uuid[], $2::uuid[]) AS t (c, i)
           JOIN bailee.orders o ON o.customer_id = t.c AND o.id = t.i`,
    values: [orders.map((each) => each.customer), orders.map((each) => each.id)],
  });
  return rows;
}

async function writeOrder(
  writer: Writer,
  order: OrderWrite,
  exists: boolean,
  version: number,
): Promise<void> {
  const place = {
    customer: order.customer,
    retention: 'commerce',
    row: order.id,
    rowVersion: version,
  } as const;
  if (exists && order.details === undefined) {
    await writer.tx.query({
      name: 'write_order_state',
      text: 'UPDATE bailee.orders SET state = $3 WHERE customer_id = $1 AND id = $2',
      values: [order.customer, order.id, order.state],
    });
    return;
  }
  const sealed = sealFor(writer, { ...place, field: COLUMNS.order }, order.details ?? {});
  const party =
    order.party === undefined ? null : sealFor(writer, { ...place, field: COLUMNS.orderParty }, order.party);
  const { rowCount } = await writer.tx.query({
    name: 'write_order',
    text: `INSERT INTO bailee.orders AS o (customer_id, id, state, row_version, sealed, party, occurred_at, received_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
           ON CONFLICT (customer_id, id) DO UPDATE
             SET state = excluded.state, row_version = excluded.row_version, sealed = excluded.sealed,
                 party = excluded.party, occurred_at = excluded.occurred_at
             WHERE o.row_version = excluded.row_version - 1`,
    values: [
      order.customer,
      order.id,
      order.state,
      version,
      sealed,
      party,
      new Date(order.occurredAt),
      new Date(writer.receivedAt),
    ],
  });
  if (rowCount !== 1) throw new RetryTransaction('another transaction wrote the same order');
}

/** A line that is there already (same key) is not written twice; answers how many were new. */
async function writeLines(writer: Writer, orders: readonly OrderWrite[]): Promise<number> {
  const replaced = orders.filter((order) => order.replaceLines && order.lines !== undefined);
  if (replaced.length > 0)
    await writer.tx.query({
      name: 'write_lines_replaced',
      text: 'DELETE FROM bailee.order_line WHERE customer_id = ANY($1) AND order_id = ANY($2)',
      values: [replaced.map((each) => each.customer), replaced.map((each) => each.id)],
    });
  return addLines(
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

export interface CaseWrite {
  readonly customer: string;
  readonly id: string;
  readonly order: string | null;
  readonly state: 'open' | 'closed';
  /** Absent: only the state changes. */
  readonly details?: unknown;
  /** UTC milliseconds. */
  readonly occurredAt: number;
}

/** Opens cases, or moves their state. */
export async function writeCases(writer: Writer, cases: readonly CaseWrite[]): Promise<void> {
  for (const item of cases) {
    const sealed = sealFor(
      writer,
      { customer: item.customer, retention: 'service', row: item.id, rowVersion: 1, field: COLUMNS.case },
      item.details ?? {},
    );
    const { rowCount } = await writer.tx.query({
      name: 'write_case',
      text: `INSERT INTO bailee.cases (customer_id, id, order_id, state, row_version, sealed, occurred_at, received_at)
             VALUES ($1, $2, $3, $4, 1, $5, $6, $7)
             ON CONFLICT (customer_id, id) DO UPDATE SET state = excluded.state`,
      values: [
        item.customer,
        item.id,
        item.order,
        item.state,
        sealed,
        new Date(item.occurredAt),
        new Date(writer.receivedAt),
      ],
    });
    if (rowCount !== 1) throw new BaileeError('internal', 'A case was not written.');
  }
}
