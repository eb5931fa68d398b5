/** SQL of imports: how far each file is. */
import type { Transaction, Tx } from '../platform/ports.ts';

export interface ImportState {
  readonly id: string;
  readonly store: string;
  /** ISO 3166-1 alpha-2 of the store; null when unknown. */
  readonly country: string | null;
  readonly fingerprint: Buffer;
  readonly linesDone: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly notCollected: number;
  readonly finishedAt: Date | null;
}

interface Row {
  readonly id: string;
  readonly store_id: string;
  readonly country: string | null;
  readonly fingerprint: Buffer;
  readonly lines_done: string;
  readonly stored: string;
  readonly duplicates: string;
  readonly quarantined: string;
  readonly uncollected: string;
  readonly finished_at: Date | null;
}

const SELECT = `SELECT i.id, i.store_id, s.country, i.fingerprint, i.lines_done, i.stored, i.duplicates, i.quarantined, i.uncollected, i.finished_at
           FROM bailee.import i JOIN bailee.store s ON s.id = i.store_id`;

function stateOf(row: Row | undefined): ImportState | null {
  if (row === undefined) return null;
  return {
    id: row.id,
    store: row.store_id,
    country: row.country,
    fingerprint: row.fingerprint,
    linesDone: Number(row.lines_done),
    stored: Number(row.stored),
    duplicates: Number(row.duplicates),
    quarantined: Number(row.quarantined),
    notCollected: Number(row.uncollected),
    finishedAt: row.finished_at,
  };
}

/** The import of a file into a store, made when there is none. */
export async function takeImport(
  tx: Tx,
  row: { readonly id: string; readonly store: string; readonly fingerprint: Buffer; readonly at: Date },
): Promise<ImportState> {
  await tx.query({
    name: 'import_take',
    text: `INSERT INTO bailee.import (id, store_id, fingerprint, started_at) VALUES ($1, $2, $3, $4)
           ON CONFLICT (store_id, fingerprint) DO NOTHING`,
    values: [row.id, row.store, row.fingerprint, row.at],
  });
  const { rows } = await tx.query<Row>({
    name: 'import_find',
    text: `${SELECT} WHERE i.store_id = $1 AND i.fingerprint = $2`,
    values: [row.store, row.fingerprint],
  });
  return stateOf(rows[0])!;
}

/** The import as it stands, locked until the end of the transaction: one chunk at a time. */
export async function lockImport(tx: Transaction, id: string): Promise<ImportState | null> {
  const { rows } = await tx.query<Row>({
    name: 'import_lock',
    text: `${SELECT} WHERE i.id = $1 FOR UPDATE OF i`,
    values: [id],
  });
  return stateOf(rows[0]);
}

/** Adds a chunk's counts, in the chunk's own transaction. */
export function advanceImport(
  tx: Transaction,
  id: string,
  by: {
    readonly lines: number;
    readonly stored: number;
    readonly duplicates: number;
    readonly quarantined: number;
    readonly notCollected: number;
  },
): void {
  tx.later({
    name: 'import_advance',
    text: `UPDATE bailee.import SET lines_done = lines_done + $2, stored = stored + $3, duplicates = duplicates + $4,
             quarantined = quarantined + $5, uncollected = uncollected + $6 WHERE id = $1`,
    values: [id, by.lines, by.stored, by.duplicates, by.quarantined, by.notCollected],
  });
}

/** Begins at the first line again; lines that are stored are then duplicates. */
export async function rewindImport(tx: Tx, id: string): Promise<void> {
  await tx.query({
    name: 'import_rewind',
    text: `UPDATE bailee.import SET lines_done = 0, stored = 0, duplicates = 0, quarantined = 0, uncollected = 0,
             finished_at = NULL WHERE id = $1`,
    values: [id],
  });
}

export async function endImport(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.query({
    name: 'import_end',
    text: 'UPDATE bailee.import SET finished_at = COALESCE(finished_at, $2) WHERE id = $1',
    values: [id, at],
  });
}
