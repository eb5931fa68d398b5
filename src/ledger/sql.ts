/** All SQL of the ledger. */
import { byteaArray, int2Array, uuidArray } from '../platform/binary-array.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Transaction, Tx } from '../platform/ports.ts';
import type { TileRoot } from './tree.ts';

/** The tree as far as it is integrated. */
export interface Head {
  readonly size: number;
  readonly frontier: Buffer;
}

interface FirstRow {
  readonly first: string;
}

/** Gives the leaves the next indices, in one statement; answers the first. Whoever appends next waits for the commit. */
export async function insertAtEnd(tx: Tx, leaves: readonly Buffer[]): Promise<number> {
  const { rows } = await tx.query<FirstRow>({
    name: 'ledger.insert-at-end',
    text: `
      WITH taken AS (UPDATE bailee.ledger_sequence SET next = next + $2 RETURNING next - $2 AS first),
      entry AS (
        INSERT INTO bailee.ledger_entry (index, leaf)
        SELECT taken.first + leaf.nth - 1, leaf.bytes
        FROM taken, unnest($1::bytea[]) WITH ORDINALITY AS leaf (bytes, nth)
      )
      SELECT first FROM taken`,
    values: [byteaArray(leaves), leaves.length],
  });
  return firstOf(rows);
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
export async function insertOpeningsAtEnd(
  tx: Tx,
  leaves: readonly Buffer[],
  openings: OpeningRows,
): Promise<number> {
  const { rows } = await tx.query<FirstRow>({
    name: 'ledger.insert-openings-at-end',
    text: `
      WITH taken AS (UPDATE bailee.ledger_sequence SET next = next + $8 RETURNING next - $8 AS first),
      row AS (
        SELECT * FROM unnest($1::bytea[], $2::uuid[], $3::uuid[], $4::text[], $5::smallint[], $6::bytea[])
          WITH ORDINALITY AS r (leaf, customer_id, id, kind, class, sealed, nth)
      ),
      entry AS (
        INSERT INTO bailee.ledger_entry (index, leaf) SELECT taken.first + row.nth - 1, row.leaf FROM taken, row
      ),
      opening AS (
        INSERT INTO bailee.opening (customer_id, id, kind, ledger_index, class, sealed, occurred_at)
        SELECT row.customer_id, row.id, row.kind, taken.first + row.nth - 1, row.class, row.sealed, $7 FROM taken, row
      )
      SELECT first FROM taken`,
    values: [
      byteaArray(leaves),
      uuidArray(openings.customers),
      uuidArray(openings.ids),
      openings.kinds,
      int2Array(openings.classes),
      byteaArray(openings.sealed),
      openings.at,
      leaves.length,
    ],
  });
  return firstOf(rows);
}

/**
 * Moves the head from `from` to `to` and keeps the roots of the tiles completed on the way, in one statement.
 * False when someone else moved it meanwhile: then nothing was written.
 */
export async function moveHead(tx: Tx, from: Head, to: Head, nodes: readonly TileRoot[]): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'ledger.move-head',
    text: `
      WITH head AS (
        UPDATE bailee.ledger_head SET size = $1, frontier = $2 WHERE size = $3 AND frontier = $4 RETURNING one
      ),
      node AS (
        INSERT INTO bailee.ledger_node (level, n, hash)
        SELECT node.* FROM head, unnest($5::smallint[], $6::bigint[], $7::bytea[]) AS node
      )
      SELECT one FROM head`,
    values: [
      to.size,
      to.frontier,
      from.size,
      from.frontier,
      nodes.map((node) => node.level),
      nodes.map((node) => node.n),
      byteaArray(nodes.map((node) => node.hash)),
    ],
  });
  return rowCount === 1;
}

interface Ends extends Head {
  /** How many entries have their index. */
  readonly next: number;
  /** This very transaction appended and may yet roll back. */
  readonly unsaved: boolean;
}

/** The head and how far the log goes beyond it, without a lock. */
export async function readEnds(tx: Tx): Promise<Ends> {
  const { rows } = await tx.query<{ size: string; frontier: Buffer; next: string; unsaved: boolean }>({
    name: 'ledger.ends',
    text: `
      SELECT head.size, head.frontier, sequence.next,
        coalesce(sequence.xmin = pg_current_xact_id_if_assigned()::xid, false) AS unsaved
      FROM bailee.ledger_head AS head, bailee.ledger_sequence AS sequence`,
  });
  const row = rows[0];
  if (row === undefined) throw new BaileeError('ledger_damaged', 'The head of the ledger is missing.');
  return { ...row, size: Number(row.size), next: Number(row.next) };
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

function firstOf(rows: readonly FirstRow[]): number {
  const row = rows[0];
  if (row === undefined) throw new BaileeError('ledger_damaged', 'The ledger does not say where it ends.');
  return Number(row.first);
}
