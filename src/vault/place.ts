/** How rows without a UUID of their own are named in associated data, for writer and reader alike. */

/** A field's row is its customer; its version carries the source, so that a claim cannot be passed off as verified. */
export function fieldRow(
  customer: string,
  rowVersion: number,
  source: number,
): { row: string; rowVersion: number } {
  return { row: customer, rowVersion: rowVersion * 2 + source };
}

/** An order line's row is its key (16 bytes), written as a UUID. */
export function lineRow(lineKey: Buffer): { row: string; rowVersion: number } {
  const hex = lineKey.toString('hex');
  return {
    row: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`,
    rowVersion: 1,
  };
}

/** An invoice party outlives the versions of its order, so it is sealed as if there were one. */
export const PARTY_VERSION = 1;
