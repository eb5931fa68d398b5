/** All SQL of the ledger. */
import { byteaArray, int2Array, uuidArray } from '../platform/binary-array.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Statement, Transaction, Tx } from '../platform/ports.ts';
import type { TileRoot } from './tree.ts';

export interface Head {
  readonly size: number;
  readonly frontier: Buffer;
}

interface HeadRow {
  readonly size: string;
  readonly frontier: Buffer;
}

/**
 * Locks the head and puts the leaves behind it in one statement, so that the caller can hash them
 * while the database writes. Returns the head as it was before them.
 */
export async function insertAtHead(tx: Tx, leaves: readonly Buffer[]): Promise<Head> {
  const { rows } = await tx.query<HeadRow>({
    name: 'ledger.insert-at-head',
    text: `
      WITH head AS (SELECT size, frontier FROM bailee.ledger_head FOR UPDATE),
      entry AS (
        INSERT INTO bailee.ledger_entry (index, leaf)
        SELECT head.size + leaf.nth - 1, leaf.bytes
        FROM head, unnest($1::bytea[]) WITH ORDINALITY AS leaf (bytes, nth)
      )
      SELECT size, frontier FROM head`,
    values: [byteaArray(leaves)],
  });
  return headOf(rows);
}

/** Openings that are written beside their entries, in the order of the leaves. */
export interface OpeningRows {
  readonly customers: readonly string[];
  readonly ids: readonly string[];
  readonly kinds: readonly string[];
  readonly classes: readonly number[];
  readonly sealed: readonly Buffer[];
  readonly at: Date;
}

/** The same, and each opening with the index of its entry: one statement, since this runs before every answer. */
export async function insertOpeningsAtHead(
  tx: Tx,
  leaves: readonly Buffer[],
  openings: OpeningRows,
): Promise<Head> {
  const { rows } = await tx.query<HeadRow>({
    name: 'ledger.insert-openings-at-head',
    text: `
      WITH head AS (SELECT size, frontier FROM bailee.ledger_head FOR UPDATE),
      row AS (
        SELECT * FROM unnest($1::bytea[], $2::uuid[], $3::uuid[], $4::text[], $5::smallint[], $6::bytea[])
          WITH ORDINALITY AS r (leaf, customer_id, id, kind, class, sealed, nth)
      ),
      entry AS (
        INSERT INTO bailee.ledger_entry (index, leaf) SELECT head.size + row.nth - 1, row.leaf FROM head, row
      ),
      opening AS (
        INSERT INTO bailee.opening (customer_id, id, kind, ledger_index, class, sealed, occurred_at)
        SELECT row.customer_id, row.id, row.kind, head.size + row.nth - 1, row.class, row.sealed, $7 FROM head, row
      )
      SELECT size, frontier FROM head`,
    values: [
      byteaArray(leaves),
      uuidArray(openings.customers),
      uuidArray(openings.ids),
      openings.kinds,
      int2Array(openings.classes),
      byteaArray(openings.sealed),
      openings.at,
    ],
  });
  return headOf(rows);
}

/** Moves the head, which this transaction has locked, and keeps the roots of the tiles completed on the way. */
export function moveHead(tx: Transaction, head: Head, nodes: readonly TileRoot[]): void {
  const move = 'UPDATE bailee.ledger_head SET size = $1, frontier = $2';
  const statement: Statement =
    nodes.length === 0
      ? { name: 'ledger.move-head', text: move, values: [head.size, head.frontier] }
      : {
          name: 'ledger.move-head-with-nodes',
          text: `
            WITH head AS (${move})
            INSERT INTO bailee.ledger_node (level, n, hash)
            SELECT * FROM unnest($3::smallint[], $4::bigint[], $5::bytea[])`,
          values: [
            head.size,
            head.frontier,
            nodes.map((node) => node.level),
            nodes.map((node) => node.n),
            byteaArray(nodes.map((node) => node.hash)),
          ],
        };
  tx.later(statement);
}

/** The head, without a lock. `unsaved`: this very transaction moved it and may yet roll back. */
export async function readHead(tx: Tx): Promise<Head & { readonly unsaved: boolean }> {
  const { rows } = await tx.query<HeadRow & { unsaved: boolean }>({
    name: 'ledger.head',
    text: `
      SELECT size, frontier, coalesce(xmin = pg_current_xact_id_if_assigned()::xid, false) AS unsaved
      FROM bailee.ledger_head`,
  });
  return { ...headOf(rows), unsaved: rows[0]?.unsaved === true };
}

/** The leaves at these indices that exist, by index. */
export async function readLeaves(tx: Tx, indices: readonly number[]): Promise<Map<number, Buffer>> {
  const { rows } = await tx.query<{ index: string; leaf: Buffer }>({
    name: 'ledger.leaves',
    // Listed one by one: of a range the planner must guess the width, and may read the whole table.
    text: 'SELECT index, leaf FROM bailee.ledger_entry WHERE index = ANY ($1::bigint[])',
    values: [indices],
  });
  return new Map(rows.map((row) => [Number(row.index), row.leaf]));
}

/** The roots of full tiles (`level` from 1) that exist among these, by `level/n`. */
export async function readNodes(
  tx: Tx,
  wanted: readonly { readonly level: number; readonly n: number }[],
): Promise<Map<string, Buffer>> {
  const { rows } = await tx.query<{ level: number; n: string; hash: Buffer }>({
    name: 'ledger.nodes',
    text: `
      SELECT level, n, hash
      FROM unnest($1::smallint[], $2::bigint[]) AS wanted (level, n)
      JOIN bailee.ledger_node USING (level, n)`,
    values: [wanted.map((node) => node.level), wanted.map((node) => node.n)],
  });
  return new Map(rows.map((row) => [`${row.level}/${row.n}`, row.hash]));
}

export interface Queued {
  readonly customerId: string;
  readonly openingId: string;
  readonly leaf: Buffer;
}

export async function insertQueued(tx: Tx, ids: readonly string[], queued: readonly Queued[]): Promise<void> {
  await tx.query({
    name: 'ledger.enqueue',
    text: `
      INSERT INTO bailee.ledger_queue (id, customer_id, opening_id, leaf)
      SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bytea[])`,
    values: [
      ids,
      queued.map((each) => each.customerId),
      queued.map((each) => each.openingId),
      byteaArray(queued.map((each) => each.leaf)),
    ],
  });
}

/** Takes the oldest waiting leaves out of the queue, in order of arrival. */
export async function takeQueued(tx: Tx, limit: number): Promise<Queued[]> {
  const { rows } = await tx.query<{ customer_id: string; opening_id: string; leaf: Buffer }>({
    name: 'ledger.take-queued',
    text: `
      WITH oldest AS MATERIALIZED (
        SELECT id FROM bailee.ledger_queue ORDER BY id LIMIT $1 FOR UPDATE
      ),
      taken AS (
        DELETE FROM bailee.ledger_queue AS queued USING oldest WHERE queued.id = oldest.id
        RETURNING queued.id, queued.customer_id, queued.opening_id, queued.leaf
      )
      SELECT customer_id, opening_id, leaf FROM taken ORDER BY id`,
    values: [limit],
  });
  return rows.map((row) => ({ customerId: row.customer_id, openingId: row.opening_id, leaf: row.leaf }));
}

/** Locks the openings that wait for an index; those already deleted are passed over. */
export function lockOpenings(tx: Transaction, queued: readonly Queued[]): void {
  tx.later({
    name: 'ledger.lock-openings',
    text: `
      SELECT count(*) FROM (
        SELECT opening.id
        FROM unnest($1::uuid[], $2::uuid[]) AS waiting (customer_id, id)
        JOIN bailee.opening AS opening USING (customer_id, id)
        ORDER BY opening.customer_id, opening.id
        FOR NO KEY UPDATE OF opening
      ) AS locked`,
    values: [queued.map((each) => each.customerId), queued.map((each) => each.openingId)],
  });
}

export function placeOpenings(tx: Transaction, queued: readonly Queued[], first: number): void {
  tx.later({
    name: 'ledger.place-openings',
    text: `
      UPDATE bailee.opening AS opening SET ledger_index = $3::bigint + waiting.nth - 1
      FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS waiting (customer_id, id, nth)
      WHERE opening.customer_id = waiting.customer_id AND opening.id = waiting.id`,
    values: [queued.map((each) => each.customerId), queued.map((each) => each.openingId), first],
  });
}

export interface SigningKeyRow {
  readonly vkey: string;
  readonly purpose: 'ledger' | 'receipt';
  readonly created_at: Date;
  readonly retired_at: Date | null;
}

export async function readSigningKeys(tx: Tx): Promise<SigningKeyRow[]> {
  const { rows } = await tx.query<SigningKeyRow>({
    name: 'ledger.signing-keys',
    text: `
      SELECT vkey, purpose, created_at, retired_at FROM bailee.signing_key
      ORDER BY purpose, created_at, vkey`,
  });
  return rows;
}

/** Makes `vkey` the one key in use for its purpose, and retires the others. */
export async function useSigningKey(tx: Tx, purpose: string, vkey: string, now: Date): Promise<void> {
  await tx.query({
    name: 'ledger.retire-signing-keys',
    text: `
      UPDATE bailee.signing_key SET retired_at = $3
      WHERE purpose = $1 AND vkey <> $2 AND retired_at IS NULL`,
    values: [purpose, vkey, now],
  });
  await tx.query({
    name: 'ledger.use-signing-key',
    text: `
      INSERT INTO bailee.signing_key (vkey, purpose, created_at) VALUES ($2, $1, $3)
      ON CONFLICT (vkey) DO UPDATE SET retired_at = NULL WHERE signing_key.retired_at IS NOT NULL`,
    values: [purpose, vkey, now],
  });
}

function headOf(rows: readonly HeadRow[]): Head {
  const row = rows[0];
  if (row === undefined) throw new BaileeError('ledger_damaged', 'The head of the ledger is missing.');
  return { size: Number(row.size), frontier: row.frontier };
}
