/** Writing sealed rows. The customers must be locked (FOR SHARE at least) and their keys read in the same transaction. */
import {
  IDENTIFIER_KINDS,
  type IdentifierKind,
  RETENTION_CLASSES,
  type RetentionClass,
} from '../../contract/names.ts';
import { COLUMNS } from '../keys/columns.ts';
import type { KeyRing } from '../keys/ring.ts';
import { seal } from '../keys/seal.ts';
import { byteaArray, int2Array, int4Array, timeArray, uuidArray } from '../platform/binary-array.ts';
import { BaileeError, RetryTransaction } from '../platform/errors.ts';
import type { Ctx, Transaction, Tx } from '../platform/ports.ts';
import { tokenName } from './identify.ts';
import { fieldRow } from './place.ts';

/** What every write needs. */
export interface Writer {
  readonly ctx: Ctx;
  readonly tx: Transaction;
  readonly store: string;
  readonly ring: KeyRing;
  /** UTC milliseconds. */
  readonly receivedAt: number;
  readonly catalogVersion: number;
}

/** Seals under the newest key of a class. Throws `key_shredded` when it is gone: callers leave erased customers out before. */
export function sealFor(
  writer: Pick<Writer, 'ctx' | 'store' | 'ring'>,
  item: { customer: string; retention: RetentionClass; row: string; rowVersion: number; field: number },
  value: unknown,
): Buffer {
  const key = writer.ring.newest(item.customer, RETENTION_CLASSES[item.retention]);
  if (key === null) throw new BaileeError('key_shredded', 'The key of this customer and class is gone.');
  const place = {
    store: writer.store,
    customer: item.customer,
    row: item.row,
    rowVersion: item.rowVersion,
    field: item.field,
  };
  return seal(writer.ctx.cipher, key, place, value);
}

export interface NewCustomer {
  readonly id: string;
  readonly kind: 'visitor' | 'customer' | 'guest';
}

export function addCustomers(
  tx: Transaction,
  store: string,
  customers: readonly NewCustomer[],
  at: number,
): void {
  if (customers.length === 0) return;
  tx.later({
    name: 'write_customers',
    text: `INSERT INTO bailee.customer (id, store_id, kind, created_at)
           SELECT i, $3, k, $4 FROM unnest($1::uuid[], $2::text[]) AS t (i, k)`,
    values: [customers.map((each) => each.id), customers.map((each) => each.kind), store, new Date(at)],
  });
}

export interface NewIdentifier {
  readonly kind: IdentifierKind;
  readonly token: Buffer;
  readonly customer: string;
  readonly target: string | null;
  readonly verified: boolean;
}

/** Takes identifiers for customers, in token order; answers the `tokenName`s that were free. */
export async function takeIdentifiers(
  tx: Tx,
  store: string,
  wanted: readonly NewIdentifier[],
  at: number,
): Promise<Set<string>> {
  if (wanted.length === 0) return new Set();
  const sorted = [...wanted].sort(
    (a, b) => IDENTIFIER_KINDS[a.kind] - IDENTIFIER_KINDS[b.kind] || Buffer.compare(a.token, b.token),
  );
  const { rows } = await tx.query<{ kind: number; token: Buffer }>({
    name: 'write_identifiers',
    text: `INSERT INTO bailee.identifier (store_id, kind, token, customer_id, target_id, verified, created_at)
           SELECT $6, k, t, c, g, v, $7 FROM unnest($1::smallint[], $2::bytea[], $3::uuid[], $4::uuid[], $5::boolean[]) AS u (k, t, c, g, v)
           ON CONFLICT DO NOTHING RETURNING kind, token`,
    values: [
      sorted.map((each) => IDENTIFIER_KINDS[each.kind]),
      byteaArray(sorted.map((each) => each.token)),
      sorted.map((each) => each.customer),
      sorted.map((each) => each.target),
      sorted.map((each) => each.verified),
      store,
      new Date(at),
    ],
  });
  return new Set(rows.map((row) => tokenName(row.kind, row.token)));
}

/** Keeps the identifiers as given, sealed, so that the blind indexes can be built again. */
export function keepIdentifiers(
  writer: Writer,
  items: readonly {
    customer: string;
    kind: IdentifierKind;
    verified: boolean;
    retention: RetentionClass;
    value: string;
    target: string | null;
  }[],
): void {
  if (items.length === 0) return;
  const ids = items.map(() => writer.ctx.random.id());
  const sealed = items.map((item, at) =>
    sealFor(
      writer,
      {
        customer: item.customer,
        retention: item.retention,
        row: ids[at]!,
        rowVersion: 1,
        field: COLUMNS.identifier,
      },
      {
        value: item.value,
        target: item.target,
      },
    ),
  );
  writer.tx.later({
    name: 'write_identifier_values',
    text: `INSERT INTO bailee.customer_identifier (customer_id, id, kind, verified, row_version, sealed, created_at)
           SELECT c, i, k, v, 1, s, $6 FROM unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::boolean[], $5::bytea[]) AS u (c, i, k, v, s)`,
    values: [
      items.map((each) => each.customer),
      ids,
      items.map((each) => IDENTIFIER_KINDS[each.kind]),
      items.map((each) => each.verified),
      byteaArray(sealed),
      new Date(writer.receivedAt),
    ],
  });
}

export interface NewValue {
  readonly customer: string;
  readonly field: number;
  readonly retention: RetentionClass;
  /** 0 the shop's server, 1 a device. */
  readonly source: 0 | 1;
  readonly value: unknown;
  /** UTC milliseconds. */
  readonly occurredAt: number;
}

interface Standing {
  readonly row_version: number;
  readonly occurred_at: Date;
}

/** Writes field values; of two, the one that occurred later stays. Starts over when another transaction wrote the same field. */
export async function writeValues(writer: Writer, values: readonly NewValue[]): Promise<void> {
  const newest = new Map<string, NewValue>();
  for (const value of values) {
    const name = `${value.customer}/${String(value.field).padStart(8, '0')}/${value.source}`;
    const other = newest.get(name);
    if (other === undefined || other.occurredAt <= value.occurredAt) newest.set(name, value);
  }
  if (newest.size === 0) return;
  const standing = await readStanding(writer.tx, [...newest.values()]);
  const rows = [...newest.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, value]) => {
      const known = standing.get(`${value.customer}/${value.field}/${value.source}`);
      if (known !== undefined && known.occurred_at.getTime() > value.occurredAt) return [];
      const version = (known?.row_version ?? 0) + 1;
      const place = {
        customer: value.customer,
        retention: value.retention,
        field: value.field,
        ...fieldRow(value.customer, version, value.source),
      };
      return [{ value, version, sealed: sealFor(writer, place, value.value) }];
    });
  if (rows.length > 0) await upsertValues(writer, rows);
}

async function readStanding(tx: Tx, values: readonly NewValue[]): Promise<Map<string, Standing>> {
  const { rows } = await tx.query<Standing & { customer_id: string; field_id: number; source: number }>({
    name: 'write_values_standing',
    text: `SELECT f.customer_id, f.field_id, f.source, f.row_version, f.occurred_at
           FROM unnest($1::uuid[], $2::integer[], $3::smallint[]) AS t (c, f, s)
           JOIN bailee.field_value f ON f.customer_id = t.c AND f.field_id = t.f AND f.source = t.s`,
    values: [
      values.map((each) => each.customer),
      values.map((each) => each.field),
      values.map((each) => each.source),
    ],
  });
  return new Map(rows.map((row) => [`${row.customer_id}/${row.field_id}/${row.source}`, row]));
}

async function upsertValues(
  writer: Writer,
  rows: readonly { value: NewValue; version: number; sealed: Buffer }[],
): Promise<void> {
  const { rowCount } = await writer.tx.query({
    name: 'write_values',
    text: `INSERT INTO bailee.field_value AS f (customer_id, field_id, source, row_version, sealed, occurred_at, received_at, catalog_version)
           SELECT c, d, s, v, b, o, $7, $8 FROM unnest($1::uuid[], $2::integer[], $3::smallint[], $4::integer[], $5::bytea[], $6::timestamptz[]) AS t (c, d, s, v, b, o)
           ON CONFLICT (customer_id, field_id, source) DO UPDATE
             SET row_version = excluded.row_version, sealed = excluded.sealed, occurred_at = excluded.occurred_at,
                 received_at = excluded.received_at, catalog_version = excluded.catalog_version
             WHERE f.row_version = excluded.row_version - 1`,
    values: [
      rows.map((row) => row.value.customer),
      rows.map((row) => row.value.field),
      rows.map((row) => row.value.source),
      rows.map((row) => row.version),
      byteaArray(rows.map((row) => row.sealed)),
      rows.map((row) => new Date(row.value.occurredAt)),
      new Date(writer.receivedAt),
      writer.catalogVersion,
    ],
  });
  if (rowCount !== rows.length) throw new RetryTransaction('another transaction wrote the same field');
}

export interface NewEvent {
  readonly customer: string;
  readonly id: string;
  readonly event: number;
  readonly retention: RetentionClass;
  readonly payload: unknown;
  /** UTC milliseconds. */
  readonly occurredAt: number;
}

export function writeEvents(writer: Writer, events: readonly NewEvent[]): void {
  if (events.length === 0) return;
  const sealed = events.map(({ customer, retention, id, payload }) =>
    sealFor(writer, { customer, retention, row: id, rowVersion: 1, field: COLUMNS.event }, payload),
  );
  writer.tx.later({
    name: 'write_events',
    text: `INSERT INTO bailee.event (customer_id, id, event_id, class, sealed, occurred_at, received_at, catalog_version)
           SELECT c, i, e, k, s, o, $7, $8 FROM unnest($1::uuid[], $2::uuid[], $3::integer[], $4::smallint[], $5::bytea[], $6::timestamptz[]) AS t (c, i, e, k, s, o)`,
    values: [
      uuidArray(events.map((each) => each.customer)),
      uuidArray(events.map((each) => each.id)),
      int4Array(events.map((each) => each.event)),
      int2Array(events.map((each) => RETENTION_CLASSES[each.retention])),
      byteaArray(sealed),
      timeArray(events.map((each) => each.occurredAt)),
      new Date(writer.receivedAt),
      writer.catalogVersion,
    ],
  });
}

/** Takes message tokens (as latin1 text, each once); answers those that were not taken in the last 90 days. */
export async function takeMessages(
  tx: Tx,
  store: string,
  tokens: readonly string[],
  at: number,
): Promise<Set<string>> {
  if (tokens.length === 0) return new Set();
  const sorted = [...tokens].sort();
  const { rows } = await tx.query<{ nth: string }>({
    name: 'write_messages',
    text: `WITH sent AS (SELECT t, nth FROM unnest($2::bytea[]) WITH ORDINALITY AS u (t, nth)),
           new AS (INSERT INTO bailee.message (store_id, token, received_at)
             SELECT $1, t, $3 FROM sent ORDER BY nth ON CONFLICT DO NOTHING RETURNING token)
           SELECT nth FROM sent WHERE (SELECT count(*) FROM new) < cardinality($2) AND t NOT IN (SELECT token FROM new)`,
    values: [store, byteaArray(sorted.map((token) => Buffer.from(token, 'latin1'))), new Date(at)],
  });
  // Most batches are all new, so the server only names the others.
  const fresh = new Set(sorted);
  for (const { nth } of rows) fresh.delete(sorted[Number(nth) - 1]!);
  return fresh;
}
