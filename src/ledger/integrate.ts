/** The second step of an entry: from its index into the tree. */
import { BaileeError } from '../platform/errors.ts';
import type { Tx } from '../platform/ports.ts';
import { type Head, moveHead, readEnds, readLeaves } from './sql.ts';
import { type Appended, appendHashes, leafHash } from './tree.ts';

/** Leaves that are hashed at a time. */
const BATCH = 4_096;

export interface Integrated extends Head {
  /** This very transaction appended and may yet roll back. */
  readonly unsaved: boolean;
}

/**
 * Hashes every entry that has an index into the tree, and returns its head. Takes no lock: whoever moves the
 * head first wins, and the other goes on from there; both would have written the same. An entry is readable
 * as soon as the end of the log has passed it, since both are committed at once.
 * Throws `ledger_damaged` when an entry is missing or the head does not belong to its size.
 */
export async function integrate(tx: Tx): Promise<Integrated> {
  for (;;) {
    const { next, unsaved, ...head } = await readEnds(tx);
    if (head.size === next) return { ...head, unsaved };
    const { nodes, ...grown } = await grow(tx, head, next);
    await moveHead(tx, head, grown, nodes);
  }
}

/** The same head, for a transaction that may only read: nothing is kept of the hashing. */
export async function headNow(tx: Tx): Promise<Head> {
  const { next, ...ends } = await readEnds(tx);
  let head: Head = ends;
  while (head.size !== next) head = await grow(tx, head, next);
  return head;
}

async function grow(tx: Tx, { size, frontier }: Head, next: number): Promise<Appended> {
  if (size > next) throw damaged();
  const indices = Array.from({ length: Math.min(next - size, BATCH) }, (_, at) => size + at);
  const leaves = await readLeaves(tx, indices);
  const hashes = indices.map((index) => {
    const leaf = leaves.get(index);
    if (leaf === undefined) throw damaged();
    return leafHash(leaf);
  });
  return appendHashes(size, frontier, hashes);
}

function damaged(): BaileeError {
  return new BaileeError('ledger_damaged', 'The head of the ledger does not follow from its entries.');
}
