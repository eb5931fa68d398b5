/** Dictionary encoding: rows of texts become small integers, once, on the way in. */
import { BaileeError } from '../../platform/errors.ts';
import type { CodedColumn } from './types.ts';

/** More rows than typed arrays and row numbers of 31 bits carry safely. */
const MOST_ROWS = 200_000_000;
const FIRST_ROWS = 1024;

/** Takes rows one by one and answers coded columns. */
export interface Encoder {
  /** Cells of one row, in the order of the file. Throws `invalid_table` for a row of another width. */
  readonly add: (row: readonly string[]) => void;
  /** Rows taken so far. */
  readonly rows: () => number;
  /** The columns asked for, in that order. */
  readonly columns: () => CodedColumn[];
}

/**
 * An encoder for the columns `wanted` of a table with this `header`.
 * Throws `invalid_table` when a column is missing, stands twice or is asked for twice.
 */
export function makeEncoder(header: readonly string[], wanted: readonly string[]): Encoder {
  const places = wanted.map((name, at) => placeOf(header, wanted, name, at));
  const dictionaries = wanted.map(() => new Map<string, number>());
  let codes = wanted.map(() => new Uint32Array(FIRST_ROWS));
  let capacity = FIRST_ROWS;
  let rows = 0;
  return {
    add(row) {
      if (row.length !== header.length) throw wrongWidth(rows + 1, row.length, header.length);
      if (rows === capacity) {
        if (capacity >= MOST_ROWS) throw new BaileeError('invalid_table', 'The table has too many rows.');
        capacity *= 2;
        codes = codes.map((old) => grown(old, capacity));
      }
      for (let at = 0; at < places.length; at++) {
        const dictionary = dictionaries[at]!;
        const value = row[places[at]!]!;
        let code = dictionary.get(value);
        if (code === undefined) {
          code = dictionary.size;
          dictionary.set(value, code);
        }
        codes[at]![rows] = code;
      }
      rows += 1;
    },
    rows: () => rows,
    columns: () =>
      wanted.map((name, at) => ({
        name,
        values: [...dictionaries[at]!.keys()],
        codes: codes[at]!.subarray(0, rows),
      })),
  };
}

function placeOf(header: readonly string[], wanted: readonly string[], name: string, at: number): number {
  const place = header.indexOf(name);
  const fault =
    place < 0
      ? `The table has no column ${JSON.stringify(name)}.`
      : header.indexOf(name, place + 1) >= 0
        ? `The table has two columns called ${JSON.stringify(name)}.`
        : wanted.indexOf(name) !== at
          ? `The column ${JSON.stringify(name)} is named twice.`
          : null;
  if (fault !== null) throw new BaileeError('invalid_table', fault, { column: name });
  return place;
}

function wrongWidth(row: number, cells: number, width: number): BaileeError {
  return new BaileeError('invalid_table', `Row ${row} has ${cells} cells, the header has ${width}.`, { row });
}

function grown(old: Uint32Array, capacity: number): Uint32Array<ArrayBuffer> {
  const next = new Uint32Array(capacity);
  next.set(old);
  return next;
}
