/**
 * Reads rows that PostgreSQL packed as `array_send(array_agg(ROW(…)))`: its binary form of an array of records.
 * One value for many rows: the driver's text form would spell every byte and every row apart.
 */
import { BaileeError } from './errors.ts';

const ARRAY_HEADER_BYTES = 20;
const COUNT_AT = 12;
/** PostgreSQL counts microseconds from 2000-01-01. */
const EPOCH_2000_MS = 946_684_800_000;
const HALF = 2 ** 32;

/** A cursor over the columns of one row, then of the next; columns are taken in the order of the ROW(…). */
export class RecordReader {
  readonly #bytes: Buffer;
  #at = 0;
  #lastUuid = '';
  #lastUuidAt = -1;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Moves to the first column of the row at `at`. */
  enter(at: number): void {
    this.#at = at;
  }

  /** Where the next column's bytes begin, or -1 when it is NULL; moves behind them. */
  #next(): number {
    const length = this.#bytes.readInt32BE(this.#at + 4);
    const start = this.#at + 8;
    this.#at = start + Math.max(length, 0);
    return length < 0 ? -1 : start;
  }

  #needed(): number {
    const start = this.#next();
    if (start < 0) throw new BaileeError('internal', 'A packed column is empty that may not be.');
    return start;
  }

  /** A uuid in its usual spelling. The same one row after row (a customer's) is spelled once. */
  uuid(): string {
    return this.#uuidAt(this.#needed());
  }

  uuidOrNull(): string | null {
    const start = this.#next();
    return start < 0 ? null : this.#uuidAt(start);
  }

  #uuidAt(start: number): string {
    const bytes = this.#bytes;
    const last = this.#lastUuidAt;
    if (last >= 0 && bytes.compare(bytes, last, last + 16, start, start + 16) === 0) return this.#lastUuid;
    const hex = bytes.toString('hex', start, start + 16);
    this.#lastUuidAt = start;
    this.#lastUuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    return this.#lastUuid;
  }

  int2(): number {
    return this.#bytes.readInt16BE(this.#needed());
  }

  int4(): number {
    return this.#bytes.readInt32BE(this.#needed());
  }

  bool(): boolean {
    return this.#bytes[this.#needed()] === 1;
  }

  text(): string {
    const start = this.#needed();
    return this.#bytes.toString('utf8', start, this.#at);
  }

  textOrNull(): string | null {
    const start = this.#next();
    return start < 0 ? null : this.#bytes.toString('utf8', start, this.#at);
  }

  bytea(): Buffer {
    const start = this.#needed();
    return this.#bytes.subarray(start, this.#at);
  }

  byteaOrNull(): Buffer | null {
    const start = this.#next();
    return start < 0 ? null : this.#bytes.subarray(start, this.#at);
  }

  /** A timestamptz, cut to the millisecond. */
  time(): Date {
    const start = this.#needed();
    const micros = this.#bytes.readInt32BE(start) * HALF + this.#bytes.readUInt32BE(start + 4);
    return new Date(EPOCH_2000_MS + Math.floor(micros / 1000));
  }
}

/** Reads each row of a packed array with `read`; an absent array (of no rows) reads as none. */
export function readRecords<Row>(bytes: Buffer | null, read: (columns: RecordReader) => Row): Row[] {
  if (bytes === null || bytes.length < ARRAY_HEADER_BYTES) return [];
  const columns = new RecordReader(bytes);
  const rows = new Array<Row>(bytes.readInt32BE(COUNT_AT));
  let at = ARRAY_HEADER_BYTES;
  for (let nth = 0; nth < rows.length; nth += 1) {
    // Before each record its length, in it first the number of columns.
    columns.enter(at + 8);
    rows[nth] = read(columns);
    at += 4 + bytes.readInt32BE(at);
  }
  return rows;
}
