/**
 * Imports a file chunk by chunk. A chunk's lines and how far the import is stand in one transaction, so a
 * crash at any moment loses nothing and doubles nothing: whoever sends the file again is told where to go on.
 */
import { createHash } from 'node:crypto';
import type { GateCtx } from '../gate/context.ts';
import { rowToken } from '../keys/blind.ts';
import { INSTALLATION, makeMissing, readRing } from '../keys/ring.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Transaction } from '../platform/ports.ts';
import { recordSoon } from '../vault/record.ts';
import { Counts } from './counts.ts';
import { type Bound, type BoundMessages, bindMapping } from './import-bind.ts';
import { parseMapping } from './import-mapping.ts';
import { storeLines } from './import-orders.ts';
import { type ImportRow, readImportMessage } from './import-read.ts';
import {
  advanceImport,
  endImport,
  type ImportState,
  lockImport,
  rewindImport,
  takeImport,
} from './import-sql.ts';
import type { Chunk, Outcome } from './import-types.ts';
import { readMessage } from './message.ts';
import { store } from './store.ts';
import type { Source } from './types.ts';
import { NeedsUpdateLocks } from './write-digest.ts';

/** What names an import: the same file with the same mapping in the same store is the same import. */
export interface FileAndMapping {
  /** SHA-256 (hex) of the file's bytes. */
  readonly file: string;
  /** The mapping's YAML, and its name for messages. */
  readonly mapping: string;
  readonly mappingName: string;
}

/** How far an import is, since it was begun. */
export interface Progress {
  readonly id: string;
  readonly linesDone: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly notCollected: number;
  readonly finished: boolean;
}

/** Who imports: names the store that a key belongs to, or null for the operator, who may write to any. */
export interface Importer {
  readonly store: string | null;
  /** `operator` or the id of the API key, for the ledger. */
  readonly by: string;
}

/** Shorter chunks may well be faulty as a whole; in longer ones it is the mapping. */
const TELLING = 20;

/** Begins an import, or finds the one to go on with. `again`: from the first line. Throws `invalid_mapping`. */
export async function startImport(
  ctx: GateCtx,
  input: FileAndMapping & { readonly store: string; readonly again: boolean },
): Promise<Progress> {
  bind(ctx, input);
  return ctx.db.transaction(async (tx) => {
    const fingerprint = fingerprintOf(ctx, input.store, input);
    const at = new Date(ctx.clock.now());
    const state = await takeImport(tx, { id: ctx.random.id(), store: input.store, fingerprint, at });
    if (!input.again) return progressOf(state);
    await rewindImport(tx, state.id);
    return progressOf({
      ...state,
      linesDone: 0,
      stored: 0,
      duplicates: 0,
      quarantined: 0,
      notCollected: 0,
      finishedAt: null,
    });
  });
}

export interface RowsInput extends FileAndMapping {
  readonly importer: Importer;
  readonly import: string;
  /** Rows of the file that stand before these; must be the import's `linesDone`. */
  readonly from: number;
  readonly rows: readonly ImportRow[];
}

/**
 * Stores the next rows. Throws `not_found`; `conflict` with `{linesDone}` when they are not the next ones;
 * `invalid_mapping` when not a single row of the file's beginning can be read by it.
 */
export async function importRows(ctx: GateCtx, input: RowsInput): Promise<Outcome & { linesDone: number }> {
  const bound = bind(ctx, input);
  const attempt = (locks: 'share' | 'update') =>
    ctx.db.transaction((tx) => storeChunk(ctx, tx, input, bound, locks));
  try {
    return await attempt('share');
  } catch (error) {
    if (!(error instanceof NeedsUpdateLocks)) throw error;
    return attempt('update');
  }
}

async function storeChunk(
  ctx: GateCtx,
  tx: Transaction,
  input: RowsInput,
  bound: Bound,
  locks: 'share' | 'update',
): Promise<Outcome & { linesDone: number }> {
  const state = await standing(tx, input.importer, input.import);
  if (!fingerprintOf(ctx, state.store, input).equals(state.fingerprint))
    throw new BaileeError(
      'conflict',
      'These rows are of another file, or of another mapping, than the import.',
    );
  if (state.finishedAt !== null || state.linesDone !== input.from)
    throw new BaileeError('conflict', 'These are not the next rows of the import.', {
      linesDone: state.linesDone,
    });
  const source: Source = { kind: 'import', store: state.store, key: state.id, country: state.country };
  const receivedAt = ctx.clock.now();
  const counts = new Counts();
  const chunk: Chunk = { source, bound, rows: input.rows, first: input.from + 1, receivedAt, counts };
  const outcome =
    bound.target.rows === 'order-line'
      ? await storeLines(ctx, tx, chunk, bound.target)
      : await storeMessages(ctx, tx, chunk, bound.target, locks);
  refuseMisfit(input, outcome);
  counts.save(tx, state.store, receivedAt);
  const quarantined = sum(outcome.quarantined);
  const notCollected = sum(outcome.notCollected);
  const { stored, duplicates } = outcome;
  const by = { lines: input.rows.length, stored, duplicates, quarantined, notCollected };
  advanceImport(tx, state.id, by);
  await record(ctx, tx, state, input.importer, { from: input.from, ...by });
  for (const [result, count] of Object.entries({
    stored,
    duplicate: duplicates,
    quarantined,
    'not-collected': notCollected,
  }))
    ctx.metrics.events.inc({ result }, count);
  return { ...outcome, linesDone: input.from + input.rows.length };
}

/** Ends an import whose rows are all done. `lines`: rows of the whole file. Throws `not_found`, `conflict`. */
export async function finishImport(
  ctx: GateCtx,
  input: { readonly importer: Importer; readonly import: string; readonly lines: number },
): Promise<Progress> {
  return ctx.db.transaction(async (tx) => {
    const state = await standing(tx, input.importer, input.import);
    if (state.linesDone !== input.lines)
      throw new BaileeError('conflict', 'The import is not at the end of the file.', {
        linesDone: state.linesDone,
      });
    const at = new Date(ctx.clock.now());
    await endImport(tx, state.id, at);
    return progressOf({ ...state, finishedAt: at });
  });
}

async function standing(tx: Transaction, importer: Importer, id: string): Promise<ImportState> {
  const state = await lockImport(tx, id);
  if (state === null || (importer.store !== null && importer.store !== state.store))
    throw new BaileeError('not_found', 'There is no such import.');
  return state;
}

function bind(ctx: GateCtx, { mapping, mappingName }: FileAndMapping): Bound {
  return bindMapping(parseMapping(mapping, mappingName), ctx.catalog);
}

/** Keyed, so that the table does not tell which file it was. */
function fingerprintOf(ctx: GateCtx, storeId: string, { file, mapping }: FileAndMapping): Buffer {
  const hash = createHash('sha256').update(mapping).digest('hex');
  return rowToken(ctx, storeId, `import\n${file}\n${hash}`);
}

function progressOf({
  finishedAt,
  store: _store,
  country: _country,
  fingerprint: _fingerprint,
  ...state
}: ImportState): Progress {
  return { ...state, finished: finishedAt !== null };
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

/** A mapping that fits nothing at all would quarantine a whole file: better nothing is done. */
function refuseMisfit({ from, rows, mappingName }: RowsInput, outcome: Outcome): void {
  if (from > 0 || rows.length < TELLING || sum(outcome.quarantined) < rows.length) return;
  const codes = Object.keys(outcome.quarantined);
  throw new BaileeError(
    'invalid_mapping',
    `${mappingName}: none of the first ${rows.length} rows can be read (${codes.join(', ')}).`,
    {
      codes,
    },
  );
}

/** Rows as messages take the way of all messages: choices, merges, guards and all. */
async function storeMessages(
  ctx: GateCtx,
  tx: Transaction,
  { source, bound, rows, receivedAt }: Chunk,
  target: BoundMessages,
  locks: 'share' | 'update',
): Promise<Outcome> {
  const read = rows.map((row, index) => {
    const { raw, fault } = readImportMessage(bound, target, row);
    if (fault === null)
      return readMessage(source, raw, index, { sentAt: undefined, context: undefined, receivedAt });
    return { index, messageId: String(raw.messageId), code: fault.code, message: fault.message, raw };
  });
  const { stored, duplicates, notCollected, quarantined } = await store(ctx, tx, {
    source,
    read,
    receivedAt,
    locks,
    deduplicate: true,
  });
  return {
    stored,
    duplicates,
    notCollected: notCollected === 0 ? {} : { 'not-collected': notCollected },
    quarantined: tally(quarantined),
  };
}

function tally(faults: readonly { readonly code: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of faults) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

/** One entry a chunk: who brought how much in. Nothing of what is in the rows. */
async function record(
  ctx: GateCtx,
  tx: Transaction,
  state: ImportState,
  importer: Importer,
  done: Readonly<Record<string, number>>,
): Promise<void> {
  const ring = await readRing(ctx, tx, [INSTALLATION]);
  await makeMissing(ctx, tx, ring, [{ customer: INSTALLATION, class: 4 }]);
  const entry = {
    v: 1,
    kind: 'import',
    at: ctx.clock.now(),
    store: state.store,
    import: state.id,
    by: importer.by,
    ...done,
  };
  await recordSoon(ctx, tx, state.store, ring, [{ customer: INSTALLATION, kind: 'import', entry }]);
}
