/** Reads a file of any size row by row: CSV or JSON Lines, plain or gzip, told by its bytes and its name. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import type { Mapping } from '../../collect/import-mapping.ts';
import type { Cell } from '../../collect/import-read.ts';
import { BaileeError } from '../../platform/errors.ts';
import { linesOf } from '../../platform/lines.ts';
import { CommandError, EXIT } from './exit.ts';

export interface FileRow {
  /** 16 bytes: SHA-256 of the whole row, cut. */
  readonly hash: Buffer;
  readonly values: readonly Cell[];
  readonly fault: string | null;
}

export interface SourceFile {
  readonly path: string;
  readonly kind: 'csv' | 'json';
  readonly packed: boolean;
  readonly delimiter: string;
  readonly encoding: 'utf8' | 'latin1';
  /** Bytes on disk. */
  readonly size: number;
}

/** A row larger than this is no row: most likely a quote that is never closed. */
const MOST_ROW_CHARACTERS = 64 * 1024;
const ROWS_BETWEEN_NEWS = 1_000;

/** Looks at a file. Throws `CommandError` when it cannot be read, or nothing tells what it is. */
export async function lookAt(path: string, { file }: Mapping): Promise<SourceFile> {
  const { size, head } = await headOf(path);
  const name = basename(path).toLowerCase().replace(/\.gz$/, '');
  const told = /\.(jsonl|ndjson|json)$/.test(name) ? 'json' : /\.(csv|tsv|txt)$/.test(name) ? 'csv' : null;
  const kind = file.kind ?? told;
  if (kind === null)
    throw new CommandError(
      EXIT.usage,
      'Nothing tells whether the file is CSV or JSON Lines: say file.kind in the mapping.',
    );
  return {
    path,
    kind,
    packed: head[0] === 0x1f && head[1] === 0x8b,
    delimiter: file.delimiter ?? (name.endsWith('.tsv') ? '\t' : ','),
    encoding: file.encoding,
    size,
  };
}

async function headOf(path: string): Promise<{ size: number; head: Buffer }> {
  try {
    const { size } = await stat(path);
    const file = await open(path);
    const head = Buffer.alloc(2);
    await file.read(head, 0, 2, 0).finally(() => file.close());
    return { size, head };
  } catch {
    throw new CommandError(EXIT.usage, `The file ${path} cannot be read.`);
  }
}

/** SHA-256 (hex) of the file's bytes. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/**
 * The rows of a file, in order. `onBytes` gets the bytes read so far. Throws `invalid_mapping` when the file
 * lacks a column of the mapping, `CommandError` when the file is damaged.
 */
export async function* rowsOf(
  file: SourceFile,
  { columns }: Pick<Mapping, 'columns'>,
  onBytes: (bytes: number) => void = () => undefined,
): AsyncGenerator<FileRow> {
  const source = createReadStream(file.path, { highWaterMark: 256 * 1024 });
  try {
    // An error of the file destroys what reads it, which then throws it.
    const stream = file.packed ? pipeline(source, createGunzip(), () => undefined) : source;
    const names = columns.map((column) => column.name);
    const rows = file.kind === 'json' ? jsonRows(stream, names) : csvRows(file, stream, columns);
    let count = 0;
    for await (const row of rows) {
      if (count % ROWS_BETWEEN_NEWS === 0) onBytes(source.bytesRead);
      count += 1;
      yield row;
    }
  } catch (error) {
    throw damaged(error);
  } finally {
    source.destroy();
  }
}

function damaged(error: unknown): unknown {
  const { code = '', lines } = error as { code?: string; lines?: number };
  if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE')
    return new CommandError(
      EXIT.failed,
      `A quote is not closed at or before line ${lines ?? '?'} of the file. Mend it, then import again: what is stored stays stored once.`,
    );
  if (code.startsWith('Z_'))
    return new CommandError(
      EXIT.failed,
      'The gzip file is damaged or cut off. What came before is imported.',
    );
  if (code === 'EISDIR' || code === 'EIO' || code === 'EACCES')
    return new CommandError(EXIT.failed, 'The file cannot be read to its end.');
  return error;
}

async function* csvRows(
  file: SourceFile,
  stream: Readable,
  columns: Mapping['columns'],
): AsyncGenerator<FileRow> {
  const parser = parse({
    bom: true,
    delimiter: file.delimiter,
    encoding: file.encoding,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MOST_ROW_CHARACTERS,
  });
  const records = pipeline(stream, parser, () => undefined) as AsyncIterable<string[]>;
  let header: CsvHeader | null = null;
  for await (const record of records) {
    if (header === null) header = readHeader(record, columns);
    else yield csvRow(header, record);
  }
  if (header === null) throw new CommandError(EXIT.failed, 'The file is empty.');
}

interface CsvHeader {
  readonly width: number;
  /** For each column of the mapping, where it stands in a record. */
  readonly picked: readonly number[];
  /** Positions in the order of the columns' names: the same row in another order of columns is the same row. */
  readonly sorted: readonly number[];
}

function readHeader(record: readonly string[], columns: Mapping['columns']): CsvHeader {
  const names = record.map((name) => name.trim());
  const picked = columns.map(({ name, spot }) => {
    const at = names.indexOf(name);
    if (at >= 0) return at;
    throw new BaileeError(
      'invalid_mapping',
      `${spot.file}:${spot.line}:${spot.column} ${spot.path}: the file has no column ${JSON.stringify(name)}. It has: ${names.slice(0, 50).join(', ')}.`,
      { file: spot.file, line: spot.line, column: spot.column, path: spot.path },
    );
  });
  const order = names
    .map((name, at) => ({ name, at }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.at - b.at));
  return { width: names.length, picked, sorted: order.map((each) => each.at) };
}

function csvRow(header: CsvHeader, record: readonly string[]): FileRow {
  const values = header.picked.map((at) => record[at] ?? null);
  const hash = hashRow(record.length === header.width ? header.sorted.map((at) => record[at]) : record);
  const fault =
    record.length === header.width
      ? null
      : `The row has ${record.length} columns, the first line of the file has ${header.width}.`;
  return { hash, values, fault };
}

async function* jsonRows(stream: Readable, names: readonly string[]): AsyncGenerator<FileRow> {
  for await (const line of linesOf(stream)) {
    const text = line.trim();
    if (text === '' || text === '\ufeff') continue;
    yield text.length > MOST_ROW_CHARACTERS
      ? { hash: hashRow(text), values: [], fault: 'The row is larger than 64 KB.' }
      : jsonRow(text, names);
  }
}

function jsonRow(text: string, names: readonly string[]): FileRow {
  const parsed = parsedObject(text);
  // What cannot be read is kept by its number alone: nobody could say whose it is.
  if (parsed === null) return { hash: hashRow(text), values: [], fault: 'The line is not a JSON object.' };
  const cells = names.map((name) => cellOf(parsed, name));
  const nested = cells.findIndex((cell) => typeof cell === 'object' && cell !== null);
  const sorted = Object.entries(parsed).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return {
    hash: hashRow(sorted),
    values: cells.map((cell) => (typeof cell === 'object' ? null : cell)) as Cell[],
    fault: nested < 0 ? null : `The column ${names[nested]} holds a list or an object.`,
  };
}

function parsedObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** A member by its name, or by a path with dots: `address.city`. */
function cellOf(row: Record<string, unknown>, name: string): unknown {
  if (Object.hasOwn(row, name)) return row[name] ?? null;
  let at: unknown = row;
  for (const part of name.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return null;
    at = (at as Record<string, unknown>)[part];
  }
  return at ?? null;
}

function hashRow(row: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(row)).digest().subarray(0, 16);
}
