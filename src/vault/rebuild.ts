/**
 * Putting the data back: emptying, filling, and erasing again. For the rights room alone; all of it in the restore's one
 * transaction.
 */
import { IDENTIFIER_KINDS, type IdentifierKind } from '../../contract/names.ts';
import { tombstoneToken } from '../keys/blind.ts';
import { deleteRowKeys } from '../keys/sql.ts';
import { byteaArray } from '../platform/binary-array.ts';
import type { Ctx, Tx } from '../platform/ports.ts';
import { DATA_TABLES } from './dump.ts';
import { deleteOpen } from './erase.ts';

const ORDER_KIND = IDENTIFIER_KINDS.order;
const DAY_MS = 86_400_000;

/** Tables of the log itself: commitments and hashes. They stay when the log must go on. */
export const LOG_TABLES: readonly string[] = [
  'bailee.ledger_head',
  'bailee.ledger_sequence',
  'bailee.ledger_entry',
  'bailee.ledger_node',
];

const TOKEN_TABLES = [
  'bailee.identifier',
  'bailee.tombstone',
  'bailee.known_person',
  'bailee.session',
  'bailee.invitation',
  'bailee.sign_in_question',
  'bailee.sign_in_try',
  'bailee.center_session',
  'bailee.center_code',
];

/** Keeps everyone else out until the transaction ends: nothing may be erased or chosen while the data is replaced. */
export async function lockData(tx: Tx): Promise<void> {
  const tables = [...DATA_TABLES.map((each) => each.table), ...TOKEN_TABLES];
  await tx.query({ text: `LOCK TABLE ${tables.join(', ')} IN ACCESS EXCLUSIVE MODE` });
}

/** Empties what a backup fills, the tokens, and whatever somebody is signed in by. */
export async function emptyData(tx: Tx, keepLog: boolean): Promise<void> {
  const tables = DATA_TABLES.map((each) => each.table).filter(
    (table) => !(keepLog && LOG_TABLES.includes(table)),
  );
  await tx.query({ text: `TRUNCATE ${[...tables, ...TOKEN_TABLES].join(', ')}` });
}

export interface ErasureRow {
  readonly id: string;
  readonly store_id: string;
  readonly customers: string[];
  readonly classes: number[];
}

/** Erasures in id order, a page at a time. */
export async function pageOfErasures(tx: Tx, after: string, limit: number): Promise<ErasureRow[]> {
  const { rows } = await tx.query<ErasureRow>({
    name: 'rebuild_erasures',
    text: 'SELECT id, store_id, customers, classes FROM bailee.erasure WHERE id > $1 ORDER BY id LIMIT $2',
    values: [after, limit],
  });
  return rows;
}

/** An erasure that only a journal knows. */
export interface ErasureToKeep {
  readonly id: string;
  readonly store: string;
  readonly customers: readonly string[];
  readonly classes: readonly number[];
  /** UTC milliseconds. */
  readonly at: number;
  readonly ledgerIndex: number;
}

/** Keeps an erasure; false when it is known already. */
export async function keepReplayed(tx: Tx, erasure: ErasureToKeep): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'rebuild_keep_erasure',
    text: `INSERT INTO bailee.erasure (id, store_id, customers, classes, tombstones, ledger_index, ordered_by, occurred_at)
           VALUES ($1, $2, $3, $4, '{}', $5, 'journal', $6) ON CONFLICT DO NOTHING`,
    values: [
      erasure.id,
      erasure.store,
      erasure.customers,
      erasure.classes,
      erasure.ledgerIndex,
      new Date(erasure.at),
    ],
  });
  return rowCount === 1;
}

/** Puts tombstones of one erasure back, unless their time is over. */
export async function putTombstones(
  ctx: Pick<Ctx, 'config' | 'clock'>,
  tx: Tx,
  erasure: { readonly id: string; readonly store: string; readonly at: number },
  tokens: readonly Buffer[],
): Promise<void> {
  const expires = erasure.at + ctx.config.tombstoneDays * DAY_MS;
  if (tokens.length === 0 || expires <= ctx.clock.now()) return;
  await tx.query({
    name: 'rebuild_tombstones',
    text: `INSERT INTO bailee.tombstone (store_id, token, erasure_id, created_at, expires_at)
           SELECT $1, t, $3, $4, $5 FROM unnest($2::bytea[]) AS t
           ON CONFLICT (store_id, token) DO UPDATE
             SET erasure_id = excluded.erasure_id, created_at = excluded.created_at, expires_at = excluded.expires_at
             WHERE tombstone.created_at < excluded.created_at`,
    values: [erasure.store, byteaArray(tokens), erasure.id, new Date(erasure.at), new Date(expires)],
  });
}

/** Takes the tombstones of the erasure that one belongs to back, as a lift at that time did. */
export async function liftAgain(tx: Tx, store: string, token: Buffer, at: Date): Promise<void> {
  await tx.query({
    text: `DELETE FROM bailee.tombstone WHERE store_id = $1 AND created_at <= $3 AND erasure_id IN (
             SELECT erasure_id FROM bailee.tombstone WHERE store_id = $1 AND token = $2)`,
    values: [store, token, at],
  });
}

/** Writes beside each erasure which tombstones it still has. */
export async function tellErasures(tx: Tx): Promise<void> {
  await tx.query({
    text: `UPDATE bailee.erasure e SET tombstones = t.tokens FROM (
             SELECT erasure_id, array_agg(token) AS tokens FROM bailee.tombstone GROUP BY erasure_id
           ) AS t WHERE t.erasure_id = e.id`,
  });
}

/** Marks customers as erased and takes their identifiers and links, all but the numbers of orders that are kept. */
export async function eraseAgain(tx: Tx, customers: readonly string[], at: Date): Promise<void> {
  await tx.query({
    name: 'rebuild_erased',
    text: 'UPDATE bailee.customer SET erased_at = $2 WHERE id = ANY($1) AND erased_at IS NULL',
    values: [customers, at],
  });
  await deleteOpen(tx, customers);
  await tx.query({
    name: 'rebuild_links',
    text: 'UPDATE bailee.customer_link SET valid_to = $2 WHERE (child = ANY($1) OR root = ANY($1)) AND valid_to IS NULL',
    values: [customers, at],
  });
  await tx.query({
    name: 'rebuild_identifier_values',
    text: 'DELETE FROM bailee.customer_identifier WHERE customer_id = ANY($1) AND kind <> $2',
    values: [customers, ORDER_KIND],
  });
}

/** Gives quarantined rows their tokens back. */
export async function tokenQuarantined(
  tx: Tx,
  rows: readonly { readonly id: string; readonly tokens: readonly Buffer[] }[],
): Promise<void> {
  for (const { id, tokens } of rows)
    await tx.query({
      name: 'rebuild_quarantine_tokens',
      text: 'UPDATE bailee.quarantine SET tokens = $2 WHERE id = $1',
      values: [id, byteaArray(tokens)],
    });
}

const PAGE = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Deletes quarantined rows that name someone whom a tombstone stops; resolves with how many. */
export async function dropStopped(ctx: Ctx, tx: Tx): Promise<number> {
  let after = FIRST;
  let dropped = 0;
  for (;;) {
    const { rows } = await tx.query<{ id: string; store_id: string; tokens: Buffer[] }>({
      text: 'SELECT id, store_id, tokens FROM bailee.quarantine WHERE id > $1 ORDER BY id LIMIT $2',
      values: [after, PAGE],
    });
    const last = rows.at(-1);
    if (last === undefined) return dropped;
    after = last.id;
    for (const row of rows) if (await isStopped(ctx, tx, row)) dropped += await dropRow(tx, row.id);
  }
}

/** A quarantined token does not tell its kind, so each kind is tried. */
async function isStopped(ctx: Ctx, tx: Tx, row: { store_id: string; tokens: Buffer[] }): Promise<boolean> {
  const stones = row.tokens.flatMap((token) =>
    Object.values(IDENTIFIER_KINDS).map((kind) => tombstoneToken(ctx, kind, token)),
  );
  if (stones.length === 0) return false;
  const { rows } = await tx.query<{ stopped: boolean }>({
    text: 'SELECT EXISTS (SELECT FROM bailee.tombstone WHERE store_id = $1 AND token = ANY($2)) AS stopped',
    values: [row.store_id, byteaArray(stones)],
  });
  return rows[0]?.stopped === true;
}

async function dropRow(tx: Tx, id: string): Promise<number> {
  await tx.query({ text: 'DELETE FROM bailee.quarantine WHERE id = $1', values: [id] });
  await deleteRowKeys(tx, [id]);
  return 1;
}

export interface IndexRow {
  readonly kind: IdentifierKind;
  readonly token: Buffer;
  readonly customer: string;
  readonly target: string | null;
  readonly verified: boolean;
}

/** Fills the blind indexes of a store; of two rows with one token the first stays. */
export async function indexIdentifiers(
  tx: Tx,
  store: string,
  rows: readonly IndexRow[],
  at: Date,
): Promise<number> {
  if (rows.length === 0) return 0;
  const { rowCount } = await tx.query({
    name: 'rebuild_index',
    text: `INSERT INTO bailee.identifier (store_id, kind, token, customer_id, target_id, verified, created_at)
           SELECT $6, k, t, c, g, v, $7 FROM unnest($1::smallint[], $2::bytea[], $3::uuid[], $4::uuid[], $5::boolean[]) AS u (k, t, c, g, v)
           ON CONFLICT DO NOTHING`,
    values: [
      rows.map((row) => IDENTIFIER_KINDS[row.kind]),
      byteaArray(rows.map((row) => row.token)),
      rows.map((row) => row.customer),
      rows.map((row) => row.target),
      rows.map((row) => row.verified),
      store,
      at,
    ],
  });
  return rowCount;
}

/** Erasures whose rows are not physically deleted yet. */
export async function unsweptErasures(tx: Tx): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>({
    text: 'SELECT id FROM bailee.erasure WHERE swept_at IS NULL ORDER BY id',
  });
  return rows.map((row) => row.id);
}
