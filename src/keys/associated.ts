/**
 * Associated data: length-prefixed parts, so that no two lists of parts share an encoding
 * (after C2SP sequencehash.md). It stops a ciphertext from being moved to another place:
 * store, customer, row, row version, field and key version are all bound.
 */
import { writeUuid } from '../platform/random.ts';

/** uint32 big-endian length before each part. */
export function associated(parts: readonly Buffer[]): Buffer {
  let length = 0;
  for (const part of parts) length += 4 + part.length;
  const out = Buffer.allocUnsafe(length);
  let at = 0;
  for (const part of parts) {
    out.writeUInt32BE(part.length, at);
    part.copy(out, at + 4);
    at += 4 + part.length;
  }
  return out;
}

/** A whole number as 4 bytes, big-endian. */
export function uint32(value: number): Buffer {
  const out = Buffer.allocUnsafe(4);
  out.writeUInt32BE(value);
  return out;
}

/** Where a sealed value lives. `row` is the UUID of its row, or the customer's where there is one row each. */
export interface Place {
  readonly store: string;
  readonly customer: string;
  readonly row: string;
  readonly rowVersion: number;
  /** Immutable number of the field or column; see `columns.ts` and the catalog. */
  readonly field: number;
}

export const PLACE_BYTES = 4 * 6 + 4 + 16 * 3 + 4 + 4;

/**
 * [header, store, customer, row, rowVersion, field], one buffer, written in place: this runs for every value. The
 * header is the first four bytes of `header`. Whoever is done with it at once gives `out`, and it is used again.
 */
export function placeData(header: Buffer, place: Place, out = Buffer.allocUnsafe(PLACE_BYTES)): Buffer {
  out.writeUInt32BE(4, 0);
  header.copy(out, 4, 0, 4);
  let at = 8;
  for (const id of [place.store, place.customer, place.row]) {
    out.writeUInt32BE(16, at);
    at = writeUuid(id, out, at + 4);
  }
  out.writeUInt32BE(4, at);
  out.writeUInt32BE(place.rowVersion, at + 4);
  out.writeUInt32BE(4, at + 8);
  out.writeUInt32BE(place.field, at + 12);
  return out;
}
