/** SQL of the keys schema. Only this room touches it. */
import { byteaArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/ports.ts';

export interface DataKeyRow {
  readonly customer_id: string;
  readonly class: number;
  readonly version: number;
  readonly epoch: number;
  readonly wrapped: Buffer | null;
  readonly commitment: Buffer | null;
}

const COLUMNS = 'customer_id, class, version, epoch, wrapped, commitment';

/** Key rows of customers, locked FOR SHARE in id order: a shred waits for this transaction, or is seen by it. */
export async function readKeys(tx: Tx, customers: readonly string[]): Promise<DataKeyRow[]> {
  const { rows } = await tx.query<DataKeyRow>({
    name: 'keys_read',
    text: `SELECT ${COLUMNS} FROM keys.data_key WHERE customer_id = ANY($1)
           ORDER BY customer_id, class, version FOR SHARE`,
    values: [customers],
  });
  return rows;
}

export interface NewKeyRow {
  readonly customer: string;
  readonly class: number;
  readonly epoch: number;
  readonly wrapped: Buffer;
  readonly commitment: Buffer;
}

/** Inserts first versions; returns which were taken (another transaction may have made the key). */
export async function insertKeys(tx: Tx, rows: readonly NewKeyRow[], at: Date): Promise<Set<string>> {
  const { rows: made } = await tx.query<{ customer_id: string; class: number }>({
    name: 'keys_insert',
    text: `INSERT INTO keys.data_key (customer_id, class, version, epoch, wrapped, commitment, created_at)
           SELECT c, k, 1, e, w, m, $6 FROM unnest($1::uuid[], $2::smallint[], $3::integer[], $4::bytea[], $5::bytea[])
             AS t (c, k, e, w, m)
           WHERE NOT EXISTS (SELECT FROM keys.epoch WHERE epoch = e AND retired_at IS NOT NULL)
           ORDER BY c, k
           ON CONFLICT DO NOTHING RETURNING customer_id, class`,
    values: [
      rows.map((row) => row.customer),
      rows.map((row) => row.class),
      rows.map((row) => row.epoch),
      byteaArray(rows.map((row) => row.wrapped)),
      byteaArray(rows.map((row) => row.commitment)),
      at,
    ],
  });
  return new Set(made.map((row) => `${row.customer_id}/${row.class}`));
}

/** Destroys keys: the wrapped bytes and the commitment go, the row stays so that no one makes it again. */
export async function shredKeys(
  tx: Tx,
  customers: readonly string[],
  classes: readonly number[],
  at: Date,
): Promise<number> {
  const { rowCount } = await tx.query({
    name: 'keys_shred',
    text: `UPDATE keys.data_key SET wrapped = NULL, commitment = NULL, shredded_at = $3
           WHERE customer_id = ANY($1) AND class = ANY($2) AND shredded_at IS NULL`,
    values: [customers, classes, at],
  });
  return rowCount;
}

export interface SecretRow {
  readonly name: string;
  readonly epoch: number;
  readonly wrapped: Buffer;
  readonly commitment: Buffer;
}

export async function readSecrets(tx: Tx): Promise<SecretRow[]> {
  const { rows } = await tx.query<SecretRow>({
    text: 'SELECT name, epoch, wrapped, commitment FROM keys.secret',
  });
  return rows;
}

export async function insertSecret(tx: Tx, row: SecretRow): Promise<void> {
  await tx.query({
    text: 'INSERT INTO keys.secret (name, epoch, wrapped, commitment) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    values: [row.name, row.epoch, row.wrapped, row.commitment],
  });
}

export interface EpochRow {
  readonly epoch: number;
  readonly proof: Buffer;
  readonly retired_at: Date | null;
  readonly destroyed_at: Date | null;
}

export async function readEpochs(tx: Tx): Promise<EpochRow[]> {
  const { rows } = await tx.query<EpochRow>({
    text: 'SELECT epoch, proof, retired_at, destroyed_at FROM keys.epoch ORDER BY created_at, epoch',
  });
  return rows;
}

export async function insertEpoch(tx: Tx, epoch: number, proof: Buffer, at: Date): Promise<void> {
  await tx.query({
    text: 'INSERT INTO keys.epoch (epoch, proof, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    values: [epoch, proof, at],
  });
}

/** One transaction at a time, on any number of nodes, changes which epochs there are. */
export async function lockEpochs(tx: Tx): Promise<void> {
  await tx.query({ text: 'LOCK TABLE keys.epoch IN SHARE ROW EXCLUSIVE MODE' });
}

/** True when nothing new may be wrapped under `epoch`; holds until the end of the transaction. */
export async function isRetired(tx: Tx, epoch: number): Promise<boolean> {
  const { rows } = await tx.query<Pick<EpochRow, 'retired_at'>>({
    name: 'epoch_retired',
    text: 'SELECT retired_at FROM keys.epoch WHERE epoch = $1 FOR SHARE',
    values: [epoch],
  });
  return rows.some((row) => row.retired_at !== null);
}

/**
 * Closes all epochs but one to new keys. The table locks wait for every transaction that is still
 * inserting; whoever comes later sees the epoch retired and wraps again.
 */
export async function retireOthers(tx: Tx, epoch: number, at: Date): Promise<void> {
  await tx.query({ text: 'LOCK TABLE keys.data_key, keys.row_key IN SHARE ROW EXCLUSIVE MODE' });
  await tx.query({
    text: 'UPDATE keys.epoch SET retired_at = $2 WHERE epoch <> $1 AND retired_at IS NULL',
    values: [epoch, at],
  });
}

export async function markEpochDestroyed(tx: Tx, epoch: number, at: Date): Promise<void> {
  await tx.query({ text: 'UPDATE keys.epoch SET destroyed_at = $2 WHERE epoch = $1', values: [epoch, at] });
}

/** Keys still wrapped under another epoch, a page in key order, locked against each other and against shreds. */
export async function staleKeys(
  tx: Tx,
  epoch: number,
  page: number,
): Promise<(DataKeyRow & { wrapped: Buffer; commitment: Buffer })[]> {
  const { rows } = await tx.query<DataKeyRow & { wrapped: Buffer; commitment: Buffer }>({
    name: 'keys_stale',
    text: `SELECT ${COLUMNS} FROM keys.data_key WHERE epoch <> $1 AND wrapped IS NOT NULL
           ORDER BY customer_id, class, version LIMIT $2 FOR UPDATE`,
    values: [epoch, page],
  });
  return rows;
}

export interface Rewrapped {
  readonly customer: string;
  readonly class: number;
  readonly version: number;
  readonly wrapped: Buffer;
  readonly commitment: Buffer;
}

export async function storeRewrapped(tx: Tx, epoch: number, rows: readonly Rewrapped[]): Promise<void> {
  await tx.query({
    name: 'keys_rewrap',
    text: `UPDATE keys.data_key AS k SET epoch = $1, wrapped = t.w, commitment = t.m
           FROM unnest($2::uuid[], $3::smallint[], $4::integer[], $5::bytea[], $6::bytea[]) AS t (c, k, v, w, m)
           WHERE k.customer_id = t.c AND k.class = t.k AND k.version = t.v`,
    values: [
      epoch,
      rows.map((row) => row.customer),
      rows.map((row) => row.class),
      rows.map((row) => row.version),
      byteaArray(rows.map((row) => row.wrapped)),
      byteaArray(rows.map((row) => row.commitment)),
    ],
  });
}

export interface RowKeyRow {
  readonly id: string;
  readonly epoch: number;
  readonly wrapped: Buffer;
  readonly commitment: Buffer;
}

/** False when the row's epoch was retired meanwhile: wrap again. */
export async function insertRowKey(tx: Tx, row: RowKeyRow): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'row_key_insert',
    text: `INSERT INTO keys.row_key (id, epoch, wrapped, commitment) SELECT $1, $2, $3, $4
           WHERE NOT EXISTS (SELECT FROM keys.epoch WHERE epoch = $2 AND retired_at IS NOT NULL)`,
    values: [row.id, row.epoch, row.wrapped, row.commitment],
  });
  return rowCount === 1;
}

export async function readRowKeys(tx: Tx, ids: readonly string[]): Promise<RowKeyRow[]> {
  const { rows } = await tx.query<RowKeyRow>({
    name: 'row_key_read',
    text: 'SELECT id, epoch, wrapped, commitment FROM keys.row_key WHERE id = ANY($1) FOR SHARE',
    values: [ids],
  });
  return rows;
}

export async function deleteRowKeys(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query({
    name: 'row_key_delete',
    text: 'DELETE FROM keys.row_key WHERE id = ANY($1)',
    values: [ids],
  });
}

export async function staleRowKeys(tx: Tx, epoch: number, page: number): Promise<RowKeyRow[]> {
  const { rows } = await tx.query<RowKeyRow>({
    text: 'SELECT id, epoch, wrapped, commitment FROM keys.row_key WHERE epoch <> $1 ORDER BY id LIMIT $2 FOR UPDATE',
    values: [epoch, page],
  });
  return rows;
}

export async function updateRowKeys(tx: Tx, epoch: number, rows: readonly RowKeyRow[]): Promise<void> {
  await tx.query({
    name: 'row_key_rewrap',
    text: `UPDATE keys.row_key AS k SET epoch = $1, wrapped = t.w, commitment = t.m
           FROM unnest($2::uuid[], $3::bytea[], $4::bytea[]) AS t (i, w, m) WHERE k.id = t.i`,
    values: [
      epoch,
      rows.map((row) => row.id),
      byteaArray(rows.map((row) => row.wrapped)),
      byteaArray(rows.map((row) => row.commitment)),
    ],
  });
}

export async function updateSecret(tx: Tx, row: SecretRow): Promise<void> {
  await tx.query({
    text: 'UPDATE keys.secret SET epoch = $2, wrapped = $3, commitment = $4 WHERE name = $1',
    values: [row.name, row.epoch, row.wrapped, row.commitment],
  });
}
