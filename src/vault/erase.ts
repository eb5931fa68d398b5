/** Erasing: the SQL that destroys. For the rights room alone. */
import { RETENTION_CLASSES, type RetentionClass } from '../../contract/names.ts';
import { tombstoneToken } from '../keys/blind.ts';
import { deleteRowKeys, shredKeys } from '../keys/sql.ts';
import { byteaArray } from '../platform/binary-array.ts';
import type { Ctx, Tx } from '../platform/ports.ts';
import { erasedBy } from './subject-map.ts';

const ORDER_KIND = 5;
const DAY = 86_400_000;

export interface Destroyed {
  readonly erasure: string;
  readonly tombstones: Buffer[];
  /** What the shop still needs for a legal duty; empty when there never was an order. */
  readonly kept: RetentionClass[];
  readonly erased: RetentionClass[];
}

/**
 * Destroys what may be destroyed of `customers` (a whole cluster, locked FOR UPDATE): keys, identifiers,
 * links, quarantined rows that name them; leaves tombstones. Orders keep their class and their numbers.
 * `erasure`: its id, where it was named before. `silent`: nobody asked for it, so whoever comes back is welcome as somebody new, and no tombstone stands in the way.
 */
export async function destroy(
  ctx: Ctx,
  tx: Tx,
  store: string,
  customers: readonly string[],
  {
    silent = false,
    erasure = ctx.random.id(),
  }: { readonly silent?: boolean; readonly erasure?: string } = {},
): Promise<Destroyed> {
  const at = new Date(ctx.clock.now());
  const { rows: orders } = await tx.query<{ any: boolean }>({
    name: 'erase_has_orders',
    text: 'SELECT EXISTS (SELECT FROM bailee.orders WHERE customer_id = ANY($1)) AS any',
    values: [customers],
  });
  const kept: RetentionClass[] = orders[0]?.any || silent ? ['commerce'] : [];
  const erased = (Object.keys(RETENTION_CLASSES) as RetentionClass[]).filter((each) => !kept.includes(each));
  await shredKeys(
    tx,
    customers,
    erased.map((each) => RETENTION_CLASSES[each]),
    at,
  );
  const { tokens, tombstones } = await bury(ctx, tx, { store, customers, erasure, at, silent });
  await dropQuarantined(tx, tokens);
  await tx.query({
    name: 'erase_links',
    text: 'UPDATE bailee.customer_link SET valid_to = $2 WHERE (child = ANY($1) OR root = ANY($1)) AND valid_to IS NULL',
    values: [customers, at],
  });
  await deleteOpen(tx, customers);
  await tx.query({
    name: 'erase_mark',
    text: 'UPDATE bailee.customer SET erased_at = $2 WHERE id = ANY($1)',
    values: [customers, at],
  });
  return { erasure, tombstones, kept, erased };
}

interface Burial {
  readonly store: string;
  readonly customers: readonly string[];
  readonly erasure: string;
  readonly at: Date;
  readonly silent: boolean;
}

/** Identifiers go, tombstones come. Order numbers stay with the orders and stop no one. */
async function bury(ctx: Ctx, tx: Tx, burial: Burial) {
  const { store, customers, erasure, at, silent } = burial;
  const { rows } = await tx.query<{ kind: number; token: Buffer }>({
    name: 'erase_identifiers',
    text: 'DELETE FROM bailee.identifier WHERE customer_id = ANY($1) AND kind <> $2 RETURNING kind, token',
    values: [customers, ORDER_KIND],
  });
  const tombstones = silent ? [] : rows.map((row) => tombstoneToken(ctx, row.kind, row.token));
  const { rows: orders } = await tx.query<{ token: Buffer }>({
    name: 'erase_order_numbers',
    text: 'SELECT token FROM bailee.identifier WHERE customer_id = ANY($1)',
    values: [customers],
  });
  await tx.query({
    name: 'erase_tombstones',
    text: `INSERT INTO bailee.tombstone (store_id, token, erasure_id, created_at, expires_at)
           SELECT $1, t, $3, $4, $5 FROM unnest($2::bytea[]) AS t ORDER BY t
           ON CONFLICT (store_id, token) DO UPDATE
             SET erasure_id = excluded.erasure_id, created_at = excluded.created_at, expires_at = excluded.expires_at`,
    values: [
      store,
      byteaArray(tombstones),
      erasure,
      at,
      new Date(at.getTime() + ctx.config.tombstoneDays * DAY),
    ],
  });
  return { tokens: [...rows, ...orders].map((row) => row.token), tombstones };
}

async function dropQuarantined(tx: Tx, tokens: readonly Buffer[]): Promise<void> {
  if (tokens.length === 0) return;
  const { rows } = await tx.query<{ id: string }>({
    name: 'erase_quarantined',
    text: 'DELETE FROM bailee.quarantine WHERE tokens && $1::bytea[] RETURNING id',
    values: [byteaArray(tokens)],
  });
  if (rows.length > 0)
    await deleteRowKeys(
      tx,
      rows.map((row) => row.id),
    );
}

/** Keeps what a restore must replay. Ids only. */
export async function keepErasure(
  tx: Tx,
  row: {
    id: string;
    store: string;
    customers: readonly string[];
    classes: readonly RetentionClass[];
    tombstones: readonly Buffer[];
    index: number;
    orderedBy: string;
    at: number;
  },
): Promise<void> {
  await tx.query({
    name: 'erase_keep',
    text: `INSERT INTO bailee.erasure (id, store_id, customers, classes, tombstones, ledger_index, ordered_by, occurred_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [
      row.id,
      row.store,
      row.customers,
      row.classes.map((each) => RETENTION_CLASSES[each]),
      byteaArray(row.tombstones),
      row.index,
      row.orderedBy,
      new Date(row.at),
    ],
  });
}

const PAGE = 5000;

/** Deletes what an erasure made unreadable, a page at a time; resolves true when nothing is left. Safe to run twice. */
export async function sweepPage(ctx: Ctx, tx: Tx, erasure: string): Promise<boolean> {
  const { rows } = await tx.query<{ customers: string[]; classes: number[] }>({
    name: 'sweep_customers',
    text: 'SELECT customers, classes FROM bailee.erasure WHERE id = $1 AND swept_at IS NULL FOR UPDATE',
    values: [erasure],
  });
  const found = rows[0];
  if (found === undefined) return true;
  for (const { table, erased } of erasedBy('sweep', 'delete')) {
    const { row } = erased;
    const classed = erased.does === 'sweep' && erased.classed;
    const { rowCount } = await tx.query({
      name: `sweep_${table}`,
      text: `DELETE FROM bailee.${table} WHERE (${row}) IN (
               SELECT ${row} FROM bailee.${table} WHERE customer_id = ANY($1) ${classed ? 'AND class = ANY($2)' : 'AND $2::smallint[] IS NOT NULL'}
               LIMIT ${PAGE})`,
      values: [found.customers, found.classes],
    });
    if (rowCount > 0) return false;
  }
  await tx.query({
    name: 'sweep_identifier_values',
    text: 'DELETE FROM bailee.customer_identifier WHERE customer_id = ANY($1) AND kind <> $2',
    values: [found.customers, ORDER_KIND],
  });
  await forgetIn(tx, found.customers);
  await tx.query({
    name: 'sweep_done',
    text: 'UPDATE bailee.erasure SET swept_at = $2 WHERE id = $1',
    values: [erasure, new Date(ctx.clock.now())],
  });
  return true;
}

/** What people of the shop did stays, and is theirs: to whom it was done goes. */
async function forgetIn(tx: Tx, customers: readonly string[]): Promise<void> {
  for (const { table, erased } of erasedBy('forget'))
    await tx.query({
      name: `sweep_${table}`,
      text: `UPDATE bailee.${table} SET ${['customer_id', ...erased.also].map((each) => `${each} = NULL`).join(', ')} WHERE customer_id = ANY($1)`,
      values: [customers],
    });
}

/** What needs no key to be read goes at once. */
export async function deleteOpen(tx: Tx, customers: readonly string[]): Promise<void> {
  for (const { table } of erasedBy('delete'))
    await tx.query({
      name: `erase_${table}`,
      text: `DELETE FROM bailee.${table} WHERE customer_id = ANY($1)`,
      values: [customers],
    });
}

/** Takes back the tombstones of the erasure that a token belongs to; false when there is none. */
export async function liftTombstones(tx: Tx, store: string, token: Buffer): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'erase_lift',
    text: `DELETE FROM bailee.tombstone WHERE store_id = $1 AND erasure_id IN (
             SELECT erasure_id FROM bailee.tombstone WHERE store_id = $1 AND token = $2)`,
    values: [store, token],
  });
  return rowCount > 0;
}

/** Erasures that a key ordered since then. */
export async function countErasures(tx: Tx, orderedBy: string, since: Date): Promise<number> {
  const { rows } = await tx.query<{ count: string }>({
    name: 'erase_count',
    text: 'SELECT count(*) FROM bailee.erasure WHERE ordered_by = $1 AND occurred_at > $2',
    values: [orderedBy, since],
  });
  return Number(rows[0]?.count ?? 0);
}

/** An erasure as it was kept; null when there is none of this id. */
export async function readErasure(tx: Tx, id: string) {
  const { rows } = await tx.query<{
    id: string;
    store_id: string;
    customers: string[];
    classes: number[];
    tombstones: Buffer[];
    ledger_index: string;
    occurred_at: Date;
  }>({
    name: 'erase_read',
    text: `SELECT id, store_id, customers, classes, tombstones, ledger_index, occurred_at
           FROM bailee.erasure WHERE id = $1`,
    values: [id],
  });
  return rows[0] ?? null;
}
