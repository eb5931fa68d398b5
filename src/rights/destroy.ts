/**
 * Destroying a whole installation: what was sealed can never be opened again, and what lies here goes. Safe to
 * run again after a crash: the tables go first and the keys last, so that a second run finds its way.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readdir, rm, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { GateCtx } from '../gate/context.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/ports.ts';
import { type Exported, exportReadable } from './export.ts';

export interface Destroyed {
  /** The export that was asked for, readable. */
  readonly exported: Exported | null;
  /** What is gone, one sentence each. */
  readonly gone: readonly string[];
  /** What remains, here or elsewhere, and is for a person to destroy. */
  readonly remains: readonly string[];
}

/**
 * Destroys the tables and the keys of an installation that is closed to everybody else. `exportTo`: path of a
 * readable export that is written first. Call `removeFiles` once the database is closed.
 */
export async function destroyInstallation(ctx: GateCtx, exportTo: string | null): Promise<Destroyed> {
  const exported = exportTo === null ? null : await exportReadable(ctx, exportTo);
  await dropTables(ctx.db);
  const keyFile = ctx.root.kind === 'file' ? ctx.config.keysFile : null;
  if (keyFile !== null) await shredFile(keyFile);
  return {
    exported,
    gone: [
      'The tables of Bailee: data, keys, ledger and jobs.',
      ...(keyFile === null
        ? []
        : ['The key file, overwritten and deleted: all epochs, and the keys that signed.']),
    ],
    remains: [
      ...(keyFile === null
        ? [
            'The root key in BAILEE_ROOT_KEY (and BAILEE_PREVIOUS_ROOT_KEY). Until it is destroyed wherever it is kept, backups can still be opened: destroy it now.',
          ]
        : [
            'Copies of the key file, if you made any. Until they are destroyed, backups can still be opened: destroy them now.',
          ]),
      'Backups, replicas, archived write-ahead logs and snapshots of the disk. Without the keys they tell ids, times and counts only.',
      'Checkpoints and proofs that others keep, and receipts that customers hold: they tell that entries existed, and of a receipt its own entry.',
      'Logs and metrics of the server and of what stands in front of it.',
      ...(exported === null
        ? []
        : [
            'The export. It is readable: keep it like the data it holds, and destroy it when its time is over.',
          ]),
    ],
  };
}

/** One transaction: either all tables are there, or none. */
async function dropTables(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query({ text: 'DROP SCHEMA IF EXISTS keys CASCADE' });
    await tx.query({ text: 'DROP SCHEMA IF EXISTS bailee CASCADE' });
    await tx.query({ text: 'DROP SCHEMA IF EXISTS pgboss CASCADE' });
  });
}

/** Files of the data folder that belong to an installation; the erasure journal stays, for backups that are left. */
const FILES = ['run.json', 'demo.json'];
const JOURNAL = /^erasures(-\d+)?\.jsonl$/;

/** Removes the trial database and the files beside it. The database must be closed. Resolves with sentences about what remains. */
export async function removeFiles(config: Config): Promise<string[]> {
  for (const name of FILES) await rm(join(config.data, name), { force: true });
  await rm(join(config.data, 'pg'), { recursive: true, force: true });
  const names = await readdir(config.data).catch(() => []);
  return names.some((name) => JOURNAL.test(name))
    ? [
        'The erasure journal in the data folder: ids and keyed hashes. Delete it when no backup is left that it would be replayed on.',
      ]
    : [];
}

/** Overwrites, syncs, deletes. What the disk itself remaps or a snapshot keeps is beyond reach, and is said to be. */
async function shredFile(path: string): Promise<void> {
  if (!existsSync(path)) return;
  const file = await open(path, 'r+');
  const { size } = await file.stat();
  await file.write(randomBytes(size), 0, size, 0);
  await file.sync();
  await file.write(Buffer.alloc(size), 0, size, 0);
  await file.sync();
  await file.close();
  await unlink(path);
  const folder = await open(dirname(path), 'r');
  await folder.sync();
  await folder.close();
}
