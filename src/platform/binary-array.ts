/** Arrays in PostgreSQL's binary form. The driver would spell every byte as two hex digits and the server read them back. */
const OID_BYTEA = 17;
const OID_UUID = 2950;
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

/** A `uuid[]` parameter. */
export function uuidArray(ids: readonly string[]): Buffer {
  return array(
    OID_UUID,
    ids.map((id) => Buffer.from(id.replaceAll('-', ''), 'hex')),
  );
}
