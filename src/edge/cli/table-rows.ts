/**
 * Reads a CSV table of any size in batches of rows. Three passes over a million rows took 15 s with csv-parse and take
 * 2 s here: a line without a quote is split and nothing else. Quoted cells follow RFC 4180.
 */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BaileeError } from '../../platform/errors.ts';
import { CommandError, EXIT } from './exit.ts';

/** A row larger than this is no row: most likely a quote that is never closed. */
const MOST_ROW_CHARACTERS = 1_000_000;
const CHUNK_BYTES = 1 << 20;

/** Rows in order, the header first. Plain or gzip, UTF-8. Throws `invalid_table`, naming the row, for broken text. */
export async function* tableRows(path: string, delimiter: string): AsyncGenerator<string[][]> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const records = makeRecords(path, delimiter);
  const stream = await openTable(path);
  try {
    for await (const chunk of stream) yield records.take(decoder.decode(chunk as Buffer, { stream: true }));
    yield records.end(decoder.decode());
  } catch (error) {
    if (error instanceof BaileeError) throw error;
    const fault = error instanceof TypeError ? 'is not UTF-8 text' : 'cannot be read to its end';
    throw records.broken(fault);
  } finally {
    stream.destroy();
  }
}

const USUAL_DELIMITERS = [',', ';', '\t', '|'];

/** The delimiter under which the header of a table has most of the columns `wanted`; a comma when all have none. */
export async function tellDelimiter(path: string, wanted: readonly string[]): Promise<string> {
  let best = { delimiter: ',', found: 0 };
  for (const delimiter of USUAL_DELIMITERS) {
    const header = await headerOf(path, delimiter);
    const found = wanted.filter((name) => header.includes(name)).length;
    if (found > best.found) best = { delimiter, found };
  }
  return best.delimiter;
}

/** The names in the header; none when it cannot be read. */
export async function headerOf(path: string, delimiter: string): Promise<string[]> {
  const { value } = await firstRows(path, delimiter);
  return value?.[0] ?? [];
}

async function firstRows(path: string, delimiter: string): Promise<{ value?: string[][] | undefined }> {
  const rows = tableRows(path, delimiter);
  try {
    return await rows.next();
  } catch (error) {
    // Under a wrong delimiter a quote may seem out of place; the right one has its say later.
    if (error instanceof BaileeError) return {};
    throw error;
  } finally {
    await rows.return(undefined);
  }
}

async function openTable(path: string): Promise<Readable> {
  try {
    const file = await open(path);
    const head = Buffer.alloc(2);
    await file.read(head, 0, 2, 0).finally(() => file.close());
    const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES });
    if (head[0] !== 0x1f || head[1] !== 0x8b) return stream;
    const unpacked = createGunzip({ chunkSize: CHUNK_BYTES });
    stream.on('error', (error) => unpacked.destroy(error));
    return stream.pipe(unpacked);
  } catch {
    throw new CommandError(EXIT.usage, `The file ${path} cannot be read.`);
  }
}

interface Records {
  /** Rows that are complete with this text. */
  readonly take: (text: string) => string[][];
  /** The rest. */
  readonly end: (text: string) => string[][];
  readonly broken: (fault: string) => BaileeError;
}

function makeRecords(path: string, delimiter: string): Records {
  let tail = '';
  /** Lines of a row with an open quote. */
  let open: string[] = [];
  let openCharacters = 0;
  let inside = false;
  let rows = -1;
  const broken = (fault: string) => {
    const row = rows + 1;
    const where = row === 0 ? 'The header' : `Row ${row}`;
    return new BaileeError('invalid_table', `${where} of ${path} ${fault}.`, { row });
  };
  const line = (text: string, into: string[][]) => {
    if (!inside && !text.includes('"')) {
      if (text.length > MOST_ROW_CHARACTERS) throw broken('is larger than a row can be');
      if (text === '' || text === '\r') return;
      into.push((text.endsWith('\r') ? text.slice(0, -1) : text).split(delimiter));
      rows += 1;
      return;
    }
    open.push(text);
    openCharacters += text.length + 1;
    for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) inside = !inside;
    if (openCharacters > MOST_ROW_CHARACTERS) throw broken('is larger than a row can be');
    if (inside) return;
    const cells = quotedCells(open.join('\n').replace(/\r$/, ''), delimiter);
    if (cells === null) throw broken('has a quote in the wrong place');
    into.push(cells);
    rows += 1;
    open = [];
    openCharacters = 0;
  };
  const take = (text: string) => {
    const lines = text.split('\n');
    lines[0] = tail + lines[0]!;
    tail = lines.pop()!;
    const into: string[][] = [];
    for (const each of lines) line(each, into);
    if (tail.length > MOST_ROW_CHARACTERS) throw broken('is larger than a row can be');
    return into;
  };
  const end = (text: string) => {
    const into = take(text);
    if (tail !== '') line(tail, into);
    if (inside) throw broken('has a quote that is never closed');
    return into;
  };
  return { take, end, broken };
}

/** The cells of a row with quotes; null when a quote stands where none may. */
function quotedCells(text: string, delimiter: string): string[] | null {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (text[at] === '"') {
      let close = text.indexOf('"', at + 1);
      while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
      if (close < 0) return null;
      cells.push(text.slice(at + 1, close).replaceAll('""', '"'));
      at = close + 1;
      if (at < text.length && text[at] !== delimiter) return null;
    } else {
      const next = text.indexOf(delimiter, at);
      const cell = text.slice(at, next < 0 ? text.length : next);
      if (cell.includes('"')) return null;
      cells.push(cell);
      at += cell.length;
    }
    if (at >= text.length) return cells;
    at += 1;
  }
}

/** A row as a line of CSV; cells are quoted only where they must be. */
export function csvLine(cells: readonly string[], delimiter: string): string {
  // A row of one empty cell would be an empty line, which is no row.
  if (cells.length === 1 && cells[0] === '') return '""\n';
  return `${cells.map((cell) => quoted(cell, delimiter)).join(delimiter)}\n`;
}

function quoted(cell: string, delimiter: string): string {
  return cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
