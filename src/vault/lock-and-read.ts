/** One round trip: locks customers and reads what a decision about them needs (`bailee.lock_and_read`). For the gate. */
import type { Purpose } from '../../contract/names.ts';
import type { DataKeyRow } from '../keys/sql.ts';
import { int2Array, int4Array, uuidArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/ports.ts';
import { type RecordReader, readRecords } from '../platform/records.ts';
import type { ChoiceRow, OpenLink } from './choices.ts';
import type { CustomerRow } from './lock.ts';
import type { FieldRow } from './rows.ts';

export interface Read {
  readonly customers: Map<string, CustomerRow>;
  readonly keys: DataKeyRow[];
  readonly choices: ChoiceRow[];
  readonly links: OpenLink[];
  readonly fields: FieldRow[];
}

interface Answer {
  readonly customers: Buffer | null;
  readonly data_keys: Buffer | null;
  readonly choices: Buffer | null;
  readonly links: Buffer | null;
  readonly field_values: Buffer | null;
}

/**
 * Locks `customers` and those who belong to them in id order (`update` for choices and merges), then reads
 * them and their keys. Someone whom a merge brought while it waited is in `links`, and not locked.
 * `fields`: numbers of the fields to read, null for all, empty for none. `classes`: of the keys, null for all.
 * Ids that do not exist are not in the answer.
 */
export async function lockAndRead(
  tx: Tx,
  customers: readonly string[],
  fields: readonly number[] | null,
  mode: 'share' | 'update',
  classes: readonly number[] | null,
): Promise<Read> {
  const { rows } = await tx.query<Answer>({
    name: 'lock_and_read',
    text: 'SELECT * FROM bailee.lock_and_read($1, $2, $3, $4)',
    values: [
      uuidArray(customers),
      fields === null ? null : int4Array(fields),
      mode === 'update',
      classes === null ? null : int2Array(classes),
    ],
  });
  const answer = rows[0]!;
  return {
    customers: new Map(readRecords(answer.customers, customerOf).map((row) => [row.id, row])),
    keys: readRecords(answer.data_keys, keyOf),
    choices: readRecords(answer.choices, choiceOf),
    links: readRecords(answer.links, linkOf),
    fields: readRecords(answer.field_values, fieldOf),
  };
}

// The columns stand in the order in which the function packs them.

function customerOf(row: RecordReader): CustomerRow {
  return {
    id: row.uuid(),
    store_id: row.uuid(),
    kind: row.text() as CustomerRow['kind'],
    restricted: row.bool(),
    erased: row.bool(),
    region: row.textOrNull(),
    country: row.textOrNull(),
    guarded: row.bool(),
  };
}

function keyOf(row: RecordReader): DataKeyRow {
  return {
    customer_id: row.uuid(),
    class: row.int2(),
    version: row.int4(),
    epoch: row.int4(),
    wrapped: row.byteaOrNull(),
    commitment: row.byteaOrNull(),
  };
}

function choiceOf(row: RecordReader): ChoiceRow {
  return {
    customer_id: row.uuid(),
    id: row.uuid(),
    purpose: row.text() as Purpose,
    channel: row.textOrNull(),
    state: row.text() as ChoiceRow['state'],
    how: row.text() as ChoiceRow['how'],
    received_at: row.time(),
    by_parent: row.bool(),
  };
}

function linkOf(row: RecordReader): OpenLink {
  return { child: row.uuid(), root: row.uuid(), valid_from: row.time() };
}

function fieldOf(row: RecordReader): FieldRow {
  return {
    customer_id: row.uuid(),
    field_id: row.int4(),
    source: row.int2(),
    row_version: row.int4(),
    sealed: row.bytea(),
    occurred_at: row.time(),
  };
}
