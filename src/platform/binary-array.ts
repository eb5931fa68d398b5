/** Arrays in PostgreSQL's binary form. The driver would spell every byte as two hex digits and the server read them back. */
import { writeUuid } from './random.ts';

const OID_BYTEA = 17;
const OID_UUID = 2950;
const OID_INT2 = 21;
const OID_INT4 = 23;
const OID_TIMESTAMPTZ = 1184;
/** PostgreSQL counts microseconds from 2000-01-01. */
const EPOCH_2000_MS = 946_684_800_000;
const HEADER_BYTES = 20;

function array(oid: number, items: readonly Buffer[]): Buffer {
  if (items.length === 0) return Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, oid >> 8, oid & 0xff]);
  let length = HEADER_BYTES;
  for (const item of items) length += 4 + item.length;
  const bytes = Buffer.allocUnsafe(length);
  let at = 0;
  for (const word of [1, 0, oid, items.length, 1]) at = bytes.writeInt32BE(word, at);
  for (const item of items) {
    at = bytes.writeInt32BE(item.length, at);
    at += item.copy(bytes, at);
  }
  return bytes;
}

/** A `bytea[]` parameter. */
export function byteaArray(items: readonly Buffer[]): Buffer {
  return array(OID_BYTEA, items);
}

/** Numbers of `width` bytes, written by `put` at their place. */
function numbers(
  oid: number,
  width: number,
  count: number,
  put: (bytes: Buffer, at: number, nth: number) => void,
): Buffer {
  if (count === 0) return array(oid, []);
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + count * (4 + width));
  let at = 0;
  for (const word of [1, 0, oid, count, 1]) at = bytes.writeInt32BE(word, at);
  for (let nth = 0; nth < count; nth += 1) {
    at = bytes.writeInt32BE(width, at);
    put(bytes, at, nth);
    at += width;
  }
  return bytes;
}

/** A `smallint[]` parameter. */
export function int2Array(values: readonly number[]): Buffer {
  return numbers(OID_INT2, 2, values.length, (bytes, at, nth) => bytes.writeInt16BE(values[nth]!, at));
}

/** An `integer[]` parameter. */
export function int4Array(values: readonly number[]): Buffer {
  return numbers(OID_INT4, 4, values.length, (bytes, at, nth) => bytes.writeInt32BE(values[nth]!, at));
}

/** A `timestamptz[]` parameter, from UTC milliseconds. */
export function timeArray(milliseconds: readonly number[]): Buffer {
  return numbers(OID_TIMESTAMPTZ, 8, milliseconds.length, (bytes, at, nth) => {
    bytes.writeBigInt64BE(BigInt(Math.trunc(milliseconds[nth]! - EPOCH_2000_MS)) * 1000n, at);
  });
}

/** A `uuid[]` parameter. */
export function uuidArray(ids: readonly string[]): Buffer {
  return numbers(OID_UUID, 16, ids.length, (bytes, at, nth) => {
    writeUuid(ids[nth]!, bytes, at);
  });
}
