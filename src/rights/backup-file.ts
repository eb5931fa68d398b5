/**
 * The file of a backup: gzipped lines of JSON. First the header, then for each table an object that names it
 * and its columns, followed by its rows as arrays; last the trailer with the number of rows and the SHA-256 of
 * all lines before it. It is read whole, and checked, before anything is restored from it. The hash tells
 * damage, not malice: keep backups where only you can write.
 */
import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createGunzip, createGzip, type Gzip } from 'node:zlib';
import type { EpochUse } from '../keys/dump.ts';
import { BaileeError, isBaileeError } from '../platform/errors.ts';
import { linesOf } from '../platform/lines.ts';
import type { JsonRow } from '../platform/table-rows.ts';

export type BackupKind = 'data' | 'keys';

export interface BackupHeader {
  readonly format: 'bailee-backup/1';
  readonly kind: BackupKind;
  /** The same in the two files of one backup. */
  readonly id: string;
  /** The newest migration of the installation. */
  readonly migration: string;
  /** Tells installations apart; see `installationMark`. */
  readonly installation: string;
  /** UTC, ISO 8601. */
  readonly createdAt: string;
  readonly ledger: { readonly size: number; readonly root: string };
  /** Epochs that the keys are wrapped under; the backup is dead when one of them is destroyed. */
  readonly epochs: readonly EpochUse[];
  /** The epoch that the tokens in the keys file are sealed under. */
  readonly tokenEpoch: number;
  /** Months (`YYYY-MM`, UTC) whose events have a partition of their own. */
  readonly months: readonly string[];
}

export interface BackupTrailer {
  readonly end: true;
  readonly rows: number;
  /** Hex. */
  readonly sha256: string;
}

const CHUNK_CHARACTERS = 256 * 1024;

/** Writes a backup beside its place; nothing is at the path itself before `place`. */
export class BackupWriter {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #gzip: Gzip;
  readonly #written: Promise<void>;
  readonly #hash: Hash = createHash('sha256');
  #chunk = '';
  rows = 0;

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
    this.#gzip = createGzip({ level: 4 });
    this.#written = drain(this.#gzip, file);
    this.#written.catch(() => undefined); // told to whoever writes next, or ends
  }

  /** Throws `conflict` when something is at the path already: an older backup is never written over. */
  static async create(path: string): Promise<BackupWriter> {
    if ((await stat(path).catch(() => null)) !== null)
      throw new BaileeError('conflict', 'A file of that name is there already. Choose another name.');
    try {
      return new BackupWriter(path, await open(partOf(path), 'w', 0o600));
    } catch (error) {
      throw new BaileeError('bad_request', 'The backup cannot be written there.', undefined, error);
    }
  }

  async header(header: BackupHeader): Promise<void> {
    await this.#line(JSON.stringify(header));
  }

  async table(table: string, columns: readonly string[]): Promise<void> {
    await this.#line(JSON.stringify({ table, columns }));
  }

  async page(rows: readonly JsonRow[]): Promise<void> {
    for (const row of rows) await this.#line(JSON.stringify(row));
    this.rows += rows.length;
  }

  /** Ends the file and syncs it; it is not in its place yet. */
  async end(): Promise<void> {
    await this.#flush();
    const trailer: BackupTrailer = { end: true, rows: this.rows, sha256: this.#hash.digest('hex') };
    this.#gzip.end(`${JSON.stringify(trailer)}\n`);
    await this.#written;
    await this.#file.sync();
    await this.#file.close();
  }

  /** Puts the ended file in its place, durably. */
  async place(): Promise<void> {
    await rename(partOf(this.#path), this.#path);
    const folder = await open(dirname(this.#path), 'r');
    await folder.sync();
    await folder.close();
  }

  /** Gives up: nothing is left behind. */
  async discard(): Promise<void> {
    this.#gzip.destroy();
    await this.#written.catch(() => undefined);
    await this.#file.close().catch(() => undefined);
    await rm(partOf(this.#path), { force: true });
  }

  async #line(line: string): Promise<void> {
    this.#chunk += `${line}\n`;
    if (this.#chunk.length >= CHUNK_CHARACTERS) await this.#flush();
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.from(this.#chunk);
    this.#chunk = '';
    this.#hash.update(bytes);
    // Either there is room again, or writing failed and `#written` says how.
    if (!this.#gzip.write(bytes)) await Promise.race([once(this.#gzip, 'drain'), this.#written]);
  }
}

function partOf(path: string): string {
  return `${path}.part`;
}

async function drain(gzip: Gzip, file: FileHandle): Promise<void> {
  for await (const bytes of gzip) await file.writeFile(bytes as Buffer);
}

/** What a file holds, once it was read whole and found sound. */
export interface CheckedBackup {
  readonly path: string;
  readonly header: BackupHeader;
  readonly trailer: BackupTrailer;
}

/** A line of a backup that is neither header nor trailer. */
export type BackupItem =
  | { readonly table: string; readonly columns: readonly string[] }
  | { readonly row: JsonRow };

/** Reads a backup to its end and checks header, counts and hash. Throws `invalid_backup`. */
export async function checkBackup(path: string, kind: BackupKind): Promise<CheckedBackup> {
  const reading = readBackup(path);
  let item = await reading.next();
  while (item.done !== true) item = await reading.next();
  const { header, trailer } = item.value;
  if (header.kind !== kind)
    throw invalid(
      `This is the ${header.kind === 'data' ? 'data' : 'keys'} file; the ${kind} file was asked for.`,
    );
  return { path, header, trailer };
}

/** The items of a backup in order; at its end, which is checked, its header and trailer. Throws `invalid_backup`. */
export async function* readBackup(
  path: string,
): AsyncGenerator<BackupItem, { header: BackupHeader; trailer: BackupTrailer }> {
  const hash = createHash('sha256');
  let header: BackupHeader | undefined;
  let trailer: BackupTrailer | undefined;
  let rows = 0;
  for await (const line of lines(path)) {
    if (trailer !== undefined) throw invalid('Something follows its end.');
    const value = parse(line);
    if (isTrailer(value)) {
      trailer = value;
      continue;
    }
    hash.update(line).update('\n');
    if (header === undefined) {
      header = readHeader(value);
    } else if (Array.isArray(value)) {
      rows += 1;
      yield { row: value };
    } else {
      yield readTable(value);
    }
  }
  if (header === undefined) throw invalid('It is empty.');
  if (trailer === undefined) throw invalid('It is cut short: its end is missing.');
  if (trailer.rows !== rows || trailer.sha256 !== hash.digest('hex'))
    throw invalid('It was changed or damaged after it was written.');
  return { header, trailer };
}

async function* lines(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const gunzip = createGunzip();
  file.on('error', (error) => gunzip.destroy(error));
  try {
    yield* linesOf(file.pipe(gunzip));
  } catch (error) {
    if (isBaileeError(error)) throw error;
    const missing = (error as { code?: string }).code === 'ENOENT';
    throw invalid(missing ? 'There is no such file.' : 'It is no backup, or it is cut short.', error);
  } finally {
    file.destroy();
    gunzip.destroy();
  }
}

export function invalid(why: string, cause?: unknown): BaileeError {
  return new BaileeError('invalid_backup', `The backup cannot be used. ${why}`, undefined, cause);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw invalid('It holds a line that is not JSON.', error);
  }
}

function isTrailer(value: unknown): value is BackupTrailer {
  return typeof value === 'object' && value !== null && (value as Partial<BackupTrailer>).end === true;
}

function readHeader(value: unknown): BackupHeader {
  const header = value as Partial<BackupHeader> | null;
  const sound =
    header?.format === 'bailee-backup/1' &&
    (header.kind === 'data' || header.kind === 'keys') &&
    [header.id, header.migration, header.installation, header.createdAt, header.ledger?.root].every(
      (each) => typeof each === 'string',
    ) &&
    Number.isSafeInteger(header.ledger?.size) &&
    Number.isSafeInteger(header.tokenEpoch) &&
    Array.isArray(header.epochs) &&
    Array.isArray(header.months);
  if (!sound) throw invalid('Its first line is not the header of a backup that this version knows.');
  return header as BackupHeader;
}

function readTable(value: unknown): BackupItem {
  const { table, columns } = value as { table?: unknown; columns?: unknown };
  if (typeof table !== 'string' || !Array.isArray(columns))
    throw invalid('It holds a line of no known kind.');
  return { table, columns: columns as string[] };
}
