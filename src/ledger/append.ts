import { BaileeError } from '../platform/errors.ts';
import type { Ctx, Tx } from '../platform/ports.ts';
import { insertAtEnd, insertOpeningsAtEnd, type OpeningRows } from './sql.ts';

/** An entry bundle prefixes each leaf with its length in 16 bits (c2sp.org/tlog-tiles). */
const MAX_LEAF_BYTES = 65_535;

/**
 * Appends leaves (1 to 65,535 bytes each, at least one) and returns the index of the first.
 *
 * `openings`, one a leaf, are written beside with the index of their entry.
 *
 * The entries are sequenced: they have their index, and are durable with the transaction. `integrate` hashes
 * them into the tree. Locks the end of the ledger until the transaction ends: take every other lock before,
 * and send nothing after that can wait. Any database error is thrown on, so that nothing is released without
 * its entry. One statement.
 */
export async function append(
  _ctx: Ctx,
  tx: Tx,
  leaves: readonly Buffer[],
  openings?: OpeningRows,
): Promise<number> {
  if (leaves.length === 0 || leaves.some((leaf) => leaf.length === 0 || leaf.length > MAX_LEAF_BYTES)) {
    throw new BaileeError('internal', 'The ledger takes one or more leaves of 1 to 65,535 bytes.');
  }
  return openings === undefined ? insertAtEnd(tx, leaves) : insertOpeningsAtEnd(tx, leaves, openings);
}
