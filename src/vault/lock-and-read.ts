/** One round trip: locks customers and reads what a decision about them needs (`bailee.lock_and_read`). For the gate. */
import type { Purpose } from '../../contract/names.ts';
import type { DataKeyRow } from '../keys/sql.ts';
import type { Tx } from '../platform/ports.ts';
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
  readonly customers: [string, string, CustomerRow['kind'], boolean, boolean][] | null;
  readonly data_keys: [string, number, number, number, string | null, string | null][] | null;
  readonly choices:
    | [string, string, Purpose, string | null, ChoiceRow['state'], ChoiceRow['how'], number][]
    | null;
  readonly links: [string, string, number][] | null;
  readonly field_values: [string, number, number, number, string, number][] | null;
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
    values: [customers, fields, mode === 'update', classes],
  });
  const answer = rows[0]!;
  return {
    customers: new Map((answer.customers ?? []).map((row) => [row[0], customerOf(row)])),
    keys: (answer.data_keys ?? []).map(([customer_id, klass, version, epoch, wrapped, commitment]) => ({
      customer_id,
      class: klass,
      version,
      epoch,
      wrapped: bytes(wrapped),
      commitment: bytes(commitment),
    })),
    choices: (answer.choices ?? []).map(([customer_id, id, purpose, channel, state, how, at]) => ({
      customer_id,
      id,
      purpose,
      channel,
      state,
      how,
      received_at: new Date(at),
    })),
    links: (answer.links ?? []).map(([child, root, at]) => ({ child, root, valid_from: new Date(at) })),
    fields: (answer.field_values ?? []).map(([customer_id, field_id, source, row_version, sealed, at]) => ({
      customer_id,
      field_id,
      source,
      row_version,
      sealed: Buffer.from(sealed, 'base64'),
      occurred_at: new Date(at),
    })),
  };
}

function customerOf([id, store_id, kind, restricted, erased]: NonNullable<
  Answer['customers']
>[number]): CustomerRow {
  return { id, store_id, kind, restricted, erased };
}

function bytes(text: string | null): Buffer | null {
  return text === null ? null : Buffer.from(text, 'base64');
}
