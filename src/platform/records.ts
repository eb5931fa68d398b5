/**
 * Reads rows that PostgreSQL packed into one value: the columns of each row in its binary form (`uuid_send` …), one
 * row after the other. The driver's text form would spell every byte and every row apart. A column that may be
 * absent, or of any length, has its length before it, -1 when it is NULL (`bailee.pack`).
 */
import { BaileeError } from './errors.ts';

/** PostgreSQL counts microseconds from 2000-01-01. */
const EPOCH_2000_MS = 946_684_800_000;
const HALF = 2 ** 32;

/** A cursor over the columns of all rows; columns are taken in the order in which they were packed. */
export class RecordReader {
  readonly #bytes: Buffer;
  #at = 0;
  #lastUuid = '';
  #lastUuidAt = -1;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** Where a column of `width` bytes begins; moves behind it. */
  #take(width: number): number {
    const start = this.#at;
    this.#at = start + width;
    return start;
  }

  /** Where the bytes of a column with its length begin, or -1 when it is NULL; moves behind them. */
  #packed(): number {
    const length = this.#bytes.readInt32BE(this.#take(4));
    return length < 0 ? -1 : this.#take(length);
  }

  #needed(): number {
    const start = this.#packed();
    if (start < 0) throw new BaileeError('internal', 'A packed column is empty that may not be.');
    return start;
  }

  /** A uuid in its usual spelling. The same one row after row (a customer's) is spelled once. */
  uuid(): string {
    return this.#uuidAt(this.#take(16));
  }

  /** A uuid with its length. */
  uuidOrNull(): string | null {
    const start = this.#packed();
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
    return this.#bytes.readInt16BE(this.#take(2));
  }

  int4(): number {
    return this.#bytes.readInt32BE(this.#take(4));
  }

  bool(): boolean {
    return this.#bytes[this.#take(1)] === 1;
  }

  text(): string {
    const start = this.#needed();
    return this.#bytes.toString('utf8', start, this.#at);
  }

  textOrNull(): string | null {
    const start = this.#packed();
    return start < 0 ? null : this.#bytes.toString('utf8', start, this.#at);
  }

  bytea(): Buffer {
    const start = this.#needed();
    return this.#bytes.subarray(start, this.#at);
  }

  byteaOrNull(): Buffer | null {
    const start = this.#packed();
    return start < 0 ? null : this.#bytes.subarray(start, this.#at);
  }

  /** A timestamptz, cut to the millisecond. */
  time(): Date {
    const start = this.#take(8);
    const micros = this.#bytes.readInt32BE(start) * HALF + this.#bytes.readUInt32BE(start + 4);
    return new Date(EPOCH_2000_MS + Math.floor(micros / 1000));
  }
}

/** Reads each row of a packed value with `read`; an absent value (of no rows) reads as none. */
export function readRecords<Row>(bytes: Buffer | null, read: (columns: RecordReader) => Row): Row[] {
  const rows: Row[] = [];
  if (bytes === null) return rows;
  const columns = new RecordReader(bytes);
  while (!columns.isAtEnd) rows.push(read(columns));
  return rows;
}
