/**
 * Restoring: data and keys of a backup take the place of what is here, in one transaction. Before it commits,
 * every erasure that is known anywhere is replayed and the blind indexes are built again, so that at no moment
 * a half-restored installation can be asked.
 */
import { normalizeIdentifier } from '../catalog/identifiers.ts';
import { bulkIdentifiers } from '../gate/bulk-identifiers.ts';
import type { GateCtx } from '../gate/context.ts';
import { identifierToken } from '../keys/blind.ts';
import { carryShreds, checkEpochs, emptyKeys, installationMark, rememberShreds } from '../keys/dump.ts';
import { rootView } from '../keys/root-view.ts';
import { openSecrets } from '../keys/secrets.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Database, Transaction } from '../platform/ports.ts';
import { rebuildStaffTokens } from '../staff/people/rebuild.ts';
import { carryPresent, rememberPresent } from '../vault/carry.ts';
import { isEmpty, newestMigration, storeIds } from '../vault/dump.ts';
import { sweepPage } from '../vault/erase.ts';
import { makeMonth } from '../vault/partitions.ts';
import {
  dropStopped,
  emptyData,
  type IndexRow,
  indexIdentifiers,
  lockData,
  unsweptErasures,
} from '../vault/rebuild.ts';
import { type CheckedBackup, checkBackup, invalid } from './backup-file.ts';
import { journalFiles } from './journal.ts';
import { recordInstallation } from './record-installation.ts';
import { type Replayed, replay } from './replay.ts';
import { beginsWith, checkLoaded, type LogOutcome, logOf, logState } from './restore-ledger.ts';
import { loadData, loadKeys } from './restore-load.ts';

export interface RestoreInput {
  /** Path of the data file. */
  readonly data: string;
  /** Path of the keys file: of the same backup, or a later one of the same installation. */
  readonly keys: string;
  /** Erasure journals besides those in the data folder. */
  readonly journals?: readonly string[];
  /** Replace what is here. */
  readonly force?: boolean;
}

export interface Restored extends Replayed {
  /** Id of the data backup, and when it was taken (UTC, ISO 8601). */
  readonly backup: string;
  readonly takenAt: string;
  readonly rows: number;
  /** Identifiers that can be found again. */
  readonly identifiers: number;
  readonly log: LogOutcome;
  /** The database that was here is the one that the backup was taken of: what it knew since was carried over. */
  readonly carriedOver: boolean;
  readonly ledgerIndex: number;
}

export interface RestoreProgress {
  readonly step: 'check' | 'load' | 'index' | 'sweep';
  readonly done: number;
}

type OnProgress = (progress: RestoreProgress) => void;

/**
 * Restores. Both files are read whole before anything is written, and after any failure all is as it was.
 * Throws `invalid_backup`, `epoch_destroyed`, `wrong_root_key`, and `conflict` when something is here and
 * `force` is not set. No other node may be running.
 */
export async function restore(
  ctx: GateCtx,
  input: RestoreInput,
  onProgress: OnProgress = () => undefined,
): Promise<Restored> {
  onProgress({ step: 'check', done: 0 });
  const data = await checkBackup(input.data, 'data');
  const keys = await checkBackup(input.keys, 'keys');
  checkPair(data, keys);
  await ctx.root.refresh();
  checkEpochs(ctx.root, keys.header.epochs, new Date(keys.header.createdAt));
  const journals = [...(await journalFiles(ctx)), ...(input.journals ?? [])];
  const restored = await ctx.db.transaction((tx) =>
    replaceAll(ctx, tx, { data, keys, journals, force: input.force === true }, onProgress),
  );
  await openSecrets(ctx);
  await sweepAll(ctx, onProgress);
  return restored;
}

function checkPair(data: CheckedBackup, keys: CheckedBackup): void {
  if (data.header.installation !== keys.header.installation)
    throw invalid('The two files are of different installations.');
  if (keys.header.createdAt < data.header.createdAt)
    throw invalid(
      'The keys file is older than the data file: keys of the newest customers would be missing.',
    );
}

interface Checked {
  readonly data: CheckedBackup;
  readonly keys: CheckedBackup;
  readonly journals: readonly string[];
  readonly force: boolean;
}

async function replaceAll(
  ctx: GateCtx,
  tx: Transaction,
  input: Checked,
  onProgress: OnProgress,
): Promise<Restored> {
  const { header } = input.data;
  await lockData(tx);
  await checkTarget(tx, input);
  const carriedOver = (await installationMark(tx)) === header.installation;
  const before = await logState(tx);
  const goesOn =
    before.size > 0 && before.size >= header.ledger.size && (await beginsWith(tx, logOf(header)));
  if (carriedOver) {
    await rememberPresent(tx);
    await rememberShreds(tx);
  }
  await emptyData(tx, goesOn);
  await emptyKeys(tx);

  // From here on keys are opened with a root that knows nothing of the secrets that were here before.
  const inside: GateCtx = { ...ctx, root: rootView(ctx.root), db: within(ctx.db, tx) };
  const rows = await loadAll(inside, tx, input, goesOn, onProgress);
  if (carriedOver) {
    await carryPresent(tx);
    await carryShreds(tx);
  }
  if (!goesOn) await checkLoaded(tx, header);
  const log: LogOutcome = goesOn ? 'continued' : (await beginsWith(tx, before)) ? 'loaded' : 'replaced';
  await openSecrets(inside);
  const replayed = await replay(inside, tx, input.journals);
  await dropStopped(inside, tx);
  const identifiers = await indexAll(inside, tx, onProgress);
  await rebuildStaffTokens(inside, tx);
  const recorded = await recordInstallation(inside, tx, 'restore', {
    backup: header.id,
    takenAt: header.createdAt,
    ledgerSize: header.ledger.size,
    log,
    carriedOver,
    erasures: replayed.erasures,
  });
  return {
    ...replayed,
    backup: header.id,
    takenAt: header.createdAt,
    rows,
    identifiers,
    log,
    carriedOver,
    ledgerIndex: recorded.index!,
  };
}

async function checkTarget(tx: Transaction, { data, keys, force }: Checked): Promise<void> {
  const migration = await newestMigration(tx);
  for (const { header } of [data, keys])
    if (header.migration !== migration)
      throw invalid(
        `It was taken at migration ${header.migration}, and this installation is at ${migration}. Restore it with the version of Bailee that took it, then update.`,
      );
  if (!force && !(await isEmpty(tx)))
    throw new BaileeError(
      'conflict',
      'This installation is not empty. Restore into an empty one, or say --force to replace what is here. Nothing was written.',
    );
}

async function loadAll(
  ctx: GateCtx,
  tx: Transaction,
  { data, keys }: Checked,
  goesOn: boolean,
  onProgress: OnProgress,
): Promise<number> {
  let rows = 0;
  const count = (more: number) => {
    rows += more;
    onProgress({ step: 'load', done: rows });
  };
  for (const month of data.header.months) {
    const [, year, number] = /^(\d{4})-(\d{2})$/.exec(month) ?? [];
    if (year === undefined) throw invalid('Its first line names a month that is none.');
    await makeMonth(ctx.db, { year: Number(year), month: Number(number) });
  }
  await loadData(tx, data, goesOn, count);
  await loadKeys(ctx, tx, keys, count);
  return rows;
}

/** The same database, seen from inside a transaction: what opens one of its own joins this one. */
function within(db: Database, tx: Transaction): Database {
  return {
    engine: db.engine,
    query: (statement) => tx.query(statement),
    transaction: (work) => work(tx),
    close: async () => undefined,
  };
}

async function indexAll(ctx: GateCtx, tx: Transaction, onProgress: OnProgress): Promise<number> {
  const at = new Date(ctx.clock.now());
  let indexed = 0;
  for (const store of await storeIds(tx))
    for await (const page of bulkIdentifiers(ctx, tx, { type: 'job', name: 'restore', store })) {
      const rows = page.flatMap(({ kind, value, ...rest }): IndexRow[] => {
        const normalized = normalizeIdentifier(kind, value);
        if (!normalized.ok) return [];
        return [{ ...rest, kind, token: identifierToken(ctx, store, kind, normalized.value) }];
      });
      indexed += await indexIdentifiers(tx, store, rows, at);
      onProgress({ step: 'index', done: indexed });
    }
  return indexed;
}

/** The rows of erased customers are dead already; here they go from the disk too. A crash leaves it to the job. */
async function sweepAll(ctx: GateCtx, onProgress: OnProgress): Promise<void> {
  let swept = 0;
  for (const erasure of await unsweptErasures(ctx.db)) {
    while (!(await ctx.db.transaction((tx) => sweepPage(ctx, tx, erasure))));
    swept += 1;
    onProgress({ step: 'sweep', done: swept });
  }
}
