/** Backing up: two files of one moment, the sealed data and the wrapped keys. Neither tells anything without the root. */
import { epochsInUse, installationMark, KEY_TABLES, sealTokens } from '../keys/dump.ts';
import { headNow } from '../ledger/integrate.ts';
import { rootOf } from '../ledger/tree.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Ctx, Tx } from '../platform/ports.ts';
import { readRows, type TableShape } from '../platform/table-rows.ts';
import {
  DATA_TABLES,
  KNOWN_PEOPLE,
  monthsOf,
  newestMigration,
  QUARANTINE_TOKENS,
  TOMBSTONES,
} from '../vault/dump.ts';
import { type BackupHeader, BackupWriter } from './backup-file.ts';

export interface BackupInput {
  /** Paths of the files to write; null leaves one out. At least one. */
  readonly data: string | null;
  readonly keys: string | null;
}

export interface Backup {
  readonly id: string;
  /** UTC, ISO 8601. */
  readonly createdAt: string;
  readonly dataRows: number | null;
  readonly keyRows: number | null;
  readonly ledgerSize: number;
  /** Epochs with which the keys file dies. */
  readonly epochs: readonly number[];
}

type Progress = (rows: number) => void;

/**
 * Writes a backup. All of it is one moment's (a snapshot), whatever is collected meanwhile, and memory does
 * not grow with the data. Throws `conflict` when a file is there already; then, and after any other failure,
 * no file is left.
 */
export async function backup(
  ctx: Ctx,
  input: BackupInput,
  onProgress: Progress = () => undefined,
): Promise<Backup> {
  if (input.data !== null && input.data === input.keys)
    throw new BaileeError('bad_request', 'Data and keys go into two files, kept in two places.');
  const writers: BackupWriter[] = [];
  try {
    const data = input.data === null ? null : await BackupWriter.create(input.data);
    if (data !== null) writers.push(data);
    const keys = input.keys === null ? null : await BackupWriter.create(input.keys);
    if (keys !== null) writers.push(keys);
    const header = await writeBoth(ctx, data, keys, onProgress);
    for (const writer of writers) await writer.end();
    for (const writer of writers) await writer.place();
    return {
      id: header.id,
      createdAt: header.createdAt,
      dataRows: data?.rows ?? null,
      keyRows: keys?.rows ?? null,
      ledgerSize: header.ledger.size,
      epochs: header.epochs.map((each) => each.epoch),
    };
  } catch (error) {
    for (const writer of writers) await writer.discard();
    throw error;
  }
}

/** A transaction that is retried would write twice; a snapshot that only reads never has to be. */
async function writeBoth(
  ctx: Ctx,
  data: BackupWriter | null,
  keys: BackupWriter | null,
  onProgress: Progress,
): Promise<BackupHeader> {
  return ctx.db.transaction(async (tx) => {
    await tx.query({ text: 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY' });
    const header = await describe(ctx, tx);
    const count = () => onProgress((data?.rows ?? 0) + (keys?.rows ?? 0));
    // Keys first: they are what a backup is worth nothing without.
    if (keys !== null) {
      await keys.header({ ...header, kind: 'keys' });
      for (const shape of KEY_TABLES) await writeTable(tx, keys, shape, count);
      for (const shape of [TOMBSTONES, KNOWN_PEOPLE, QUARANTINE_TOKENS])
        await writeTokens(ctx, tx, keys, shape, header.id);
    }
    if (data !== null) {
      await data.header({ ...header, kind: 'data' });
      for (const shape of DATA_TABLES) await writeTable(tx, data, shape, count);
    }
    return header;
  });
}

async function describe(ctx: Ctx, tx: Tx): Promise<BackupHeader> {
  const head = await headNow(tx);
  const installation = await installationMark(tx);
  if (installation === null)
    throw new BaileeError('conflict', 'There is nothing to back up: this installation was never started.');
  return {
    format: 'bailee-backup/1',
    kind: 'data',
    id: ctx.random.id(),
    migration: await newestMigration(tx),
    installation,
    createdAt: new Date(ctx.clock.now()).toISOString(),
    ledger: { size: head.size, root: rootOf(head.size, head.frontier).toString('base64') },
    epochs: await epochsInUse(tx),
    tokenEpoch: ctx.root.currentEpoch(),
    months: await monthsOf(tx),
  };
}

async function writeTable(tx: Tx, writer: BackupWriter, shape: TableShape, count: () => void): Promise<void> {
  await writer.table(shape.table, Object.keys(shape.columns));
  for await (const page of readRows(tx, shape)) {
    await writer.page(page);
    count();
  }
}

/** Tokens go in sealed: one row is one sealed page of them. */
async function writeTokens(
  ctx: Ctx,
  tx: Tx,
  writer: BackupWriter,
  shape: TableShape,
  id: string,
): Promise<void> {
  await writer.table(`sealed ${shape.table}`, Object.keys(shape.columns));
  for await (const page of readRows(tx, shape)) await writer.page([[sealTokens(ctx, id, shape.table, page)]]);
}
