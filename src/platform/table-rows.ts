/**
 * Rows of a table as plain JSON values and back, on either engine, with memory that does not grow with the
 * table. A table is described column by column: a column that nobody described is not carried along by chance.
 */
import type { Tx } from './ports.ts';

/** PostgreSQL types that rows are carried in. bytea travels as base64, times as ISO 8601, bigints as text. */
export type ColumnType =
  | 'uuid'
  | 'text'
  | 'boolean'
  | 'smallint'
  | 'integer'
  | 'bigint'
  | 'timestamptz'
  | 'jsonb'
  | 'bytea'
  | 'bytea[]'
  | 'uuid[]'
  | 'text[]'
  | 'smallint[]';

export interface TableShape {
  /** With its schema. */
  readonly table: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** Columns that are not carried: the SQL expression each gets when rows are put back. */
  readonly left?: Readonly<Record<string, string>>;
}

/** Columns as a table's definition spells them: `id uuid, name text`. */
export function columns(definition: string): Record<string, ColumnType> {
  return Object.fromEntries(definition.split(', ').map((each) => each.split(' ') as [string, ColumnType]));
}

/** A row as an array of JSON values, in the order of the columns. */
export type JsonRow = readonly unknown[];

const PAGE_ROWS = 500;

/**
 * Rows of a table, a page at a time, in no order. The transaction must stay open until the last page;
 * `REPEATABLE READ` makes all tables one moment's.
 */
export async function* readRows(tx: Tx, shape: TableShape): AsyncGenerator<JsonRow[]> {
  const names = Object.keys(shape.columns);
  await tx.query({
    text: `DECLARE bailee_rows NO SCROLL CURSOR FOR SELECT ${names.map(quoted).join(', ')} FROM ${shape.table}`,
  });
  for (;;) {
    const { rows } = await tx.query({ text: `FETCH ${PAGE_ROWS} FROM bailee_rows` });
    if (rows.length > 0) yield rows.map((row) => names.map((name) => toJson(row[name])));
    if (rows.length < PAGE_ROWS) break;
  }
  await tx.query({ text: 'CLOSE bailee_rows' });
}

function toJson(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(toJson);
  return value;
}

/** Puts rows back. */
export async function writeRows(tx: Tx, shape: TableShape, rows: readonly JsonRow[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.entries(shape.columns);
  const left = Object.entries(shape.left ?? {});
  const into = [...columns, ...left].map(([name]) => quoted(name)).join(', ');
  const from = [
    ...columns.map(([name, type]) => fromJson(quoted(name), type)),
    ...left.map(([, sql]) => sql),
  ];
  const typed = columns.map(([name, type]) => `${quoted(name)} ${carriedAs(type)}`).join(', ');
  await tx.query({
    name: `table_rows_${shape.table}`,
    text: `INSERT INTO ${shape.table} (${into}) SELECT ${from.join(', ')}
           FROM json_to_recordset($1::json) AS carried (${typed})`,
    values: [
      JSON.stringify(
        rows.map((row) => Object.fromEntries(columns.map(([name], at) => [name, row[at] ?? null]))),
      ),
    ],
  });
}

function quoted(name: string): string {
  return `"${name}"`;
}

function carriedAs(type: ColumnType): string {
  if (type === 'bytea') return 'text';
  return type === 'bytea[]' ? 'text[]' : type;
}

function fromJson(column: string, type: ColumnType): string {
  if (type === 'bytea') return `decode(${column}, 'base64')`;
  if (type === 'bytea[]') return `ARRAY(SELECT decode(each, 'base64') FROM unnest(${column}) AS each)`;
  return column;
}
