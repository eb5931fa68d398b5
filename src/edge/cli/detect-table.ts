/** `bailee detect table`: which columns of a file hold personal data. */
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { DetectError } from '../../detect/failure.ts';
import { type Column, type ColumnReport, detectTable } from '../../detect/table.ts';
import { linesOf } from '../../platform/lines.ts';
import { CommandError, EXIT } from './exit.ts';

/** Rows that are looked at; the rest of the file is not read. */
const MOST_ROWS = 1000;

type Cell = string | number | boolean | null;

/** Reads the beginning of a CSV or JSON Lines file and reports its columns. Throws `CommandError`. */
export async function tableReport(
  path: string,
  delimiter: string | undefined,
): Promise<readonly ColumnReport[]> {
  try {
    const columns = /\.(?:jsonl|ndjson|json)$/i.test(path)
      ? await jsonColumns(path)
      : await csvColumns(path, delimiter);
    return detectTable(columns);
  } catch (error) {
    if (error instanceof DetectError) throw new CommandError(EXIT.failed, error.message);
    const { code } = error as { readonly code?: unknown };
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'EACCES')
      throw new CommandError(EXIT.usage, 'There is no file of this name that can be read.');
    if (typeof code === 'string' && code.startsWith('CSV_')) {
      const { lines } = error as { readonly lines?: number };
      throw new CommandError(
        EXIT.failed,
        `The file is not CSV${lines === undefined ? '' : `: see line ${lines}`} (${code}).`,
      );
    }
    throw error;
  }
}

async function csvColumns(path: string, delimiter: string | undefined): Promise<Column[]> {
  const rows: string[][] = [];
  const options = {
    bom: true,
    to: MOST_ROWS + 1,
    ...(delimiter === undefined ? { delimiter: [',', ';', '\t'] } : { delimiter }),
  };
  const parser = parse(options);
  // A pipe does not pass errors on.
  createReadStream(path)
    .on('error', (error) => parser.destroy(error))
    .pipe(parser);
  for await (const row of parser) rows.push(row as string[]);
  const [header, ...body] = rows;
  if (header === undefined) throw new CommandError(EXIT.failed, 'The file is empty.');
  return header.map((name, at) => ({ name, values: body.map((row) => row[at] ?? null) }));
}

async function jsonColumns(path: string): Promise<Column[]> {
  const columns = new Map<string, Cell[]>();
  let number = 0;
  for await (const line of linesOf(createReadStream(path))) {
    number += 1;
    if (line.trim() === '') continue;
    for (const [name, value] of Object.entries(objectOf(line, number))) {
      const values = columns.get(name) ?? [];
      columns.set(name, values);
      values.push(
        typeof value === 'object' ? (value === null ? null : JSON.stringify(value)) : (value as Cell),
      );
    }
    if (number >= MOST_ROWS) break;
  }
  return [...columns].map(([name, values]) => ({ name, values }));
}

function objectOf(line: string, number: number): object {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Falls through to the same sentence.
  }
  throw new CommandError(
    EXIT.failed,
    `Line ${number} is not a JSON object. The file must be JSON Lines or CSV.`,
  );
}

/** One line for each column. */
export function describeTable(reports: readonly ColumnReport[]): string[] {
  const width = Math.max(...reports.map(({ column }) => column.length));
  return reports.map(({ column, type, confidence, suggestion }) => {
    const what = type === null ? 'nothing personal' : type;
    const field = suggestion === null ? '' : `, could be ${suggestion.field}`;
    return `${column.padEnd(width)}  ${what} (${Math.round(confidence * 100)} %)${field}`;
  });
}
