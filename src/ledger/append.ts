import { BaileeError } from '../platform/errors.ts';
import type { Ctx, Transaction } from '../platform/ports.ts';
import { insertAtHead, insertOpeningsAtHead, moveHead, type OpeningRows } from './sql.ts';
import { appendHashes, leafHash } from './tree.ts';

/** An entry bundle prefixes each leaf with its length in 16 bits (c2sp.org/tlog-tiles). */
const MAX_LEAF_BYTES = 65_535;

/**
 * Appends leaves (1 to 65,535 bytes each, at least one) and returns the index of the first.
 *
 * `openings`, one a leaf, are written beside with the index of their entry.
 *
 * Locks the head of the ledger until the transaction ends: take every other lock before, and send
 * nothing after that can wait. Any database error is thrown on, so that nothing is released
 * without its entry; one from moving the head may come with the commit. One round trip, during
 * which the leaves are hashed.
 */
export async function append(
  _ctx: Ctx,
  tx: Transaction,
  leaves: readonly Buffer[],
  openings?: OpeningRows,
): Promise<number> {
  if (leaves.length === 0 || leaves.some((leaf) => leaf.length === 0 || leaf.length > MAX_LEAF_BYTES)) {
    throw new BaileeError('internal', 'The ledger takes one or more leaves of 1 to 65,535 bytes.');
  }
  const inserted =
    openings === undefined ? insertAtHead(tx, leaves) : insertOpeningsAtHead(tx, leaves, openings);
  const hashes = leaves.map(leafHash);
  const head = await inserted;
  const { nodes, ...grown } = appendHashes(head.size, head.frontier, hashes);
  moveHead(tx, grown, nodes);
  return head.size;
}
