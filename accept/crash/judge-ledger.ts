/** Judges the ledger: no hole, no entry twice, the root that its leaves make, and never another past. */

import type { CanonicalEntry } from '../../src/ledger/leaf.ts';
import { opens } from '../../src/ledger/leaf.ts';
import { appendHashes, leafHash, rootOf } from '../../src/ledger/tree.ts';
import { type Case, erasedAt } from './judge.ts';

/** A size and root that the ledger had at some moment. */
export interface Mark {
  readonly size: number;
  readonly root: Buffer;
}

export function judgeLedger(judged: Case, marks: readonly Mark[]): string[] {
  const { tables } = judged.snapshot;
  const broken: string[] = [];
  const entries = [...(tables.get('bailee.ledger_entry') ?? [])].sort(
    (a, b) => Number(a.index) - Number(b.index),
  );
  entries.forEach((row, at) => {
    if (Number(row.index) !== at) broken.push(`the ledger has a hole before ${Number(row.index)}`);
  });
  const leaves = entries.map((row) => row.leaf as Buffer);
  if (new Set(leaves.map((leaf) => leaf.toString('latin1'))).size !== leaves.length)
    broken.push('the ledger holds an entry twice');
  const head = (tables.get('bailee.ledger_head') ?? [])[0];
  const frontiers: Buffer[] = [Buffer.alloc(0)];
  leaves.forEach((leaf, at) => {
    frontiers.push(appendHashes(at, frontiers[at] as Buffer, [leafHash(leaf)]).frontier);
  });
  const next = (tables.get('bailee.ledger_sequence') ?? [])[0]?.next;
  if (Number(next) !== leaves.length) broken.push('the ledger does not end where its entries end');
  if (!frontiers[Number(head?.size)]?.equals(head?.frontier as Buffer))
    broken.push('the head of the ledger is not the tree of its leaves');
  for (const { size, root } of marks) {
    const frontier = frontiers[size];
    if (frontier === undefined || !rootOf(size, frontier).equals(root))
      broken.push(`the ledger has another past than its checkpoint at ${size} told`);
  }
  if ((tables.get('bailee.ledger_queue') ?? []).length > 0)
    broken.push('the queue of the ledger was not drained');
  return [...broken, ...judgePlaces(judged, leaves)];
}

/** Every opening has one place, every place one opening, as far as an erasure left them. */
function judgePlaces(judged: Case, leaves: readonly Buffer[]): string[] {
  const broken: string[] = [];
  const taken = new Set<number>();
  for (const { row, state, value } of judged.snapshot.rows) {
    if (row.ledger_index === undefined) continue;
    if (row.ledger_index === null) {
      broken.push('an entry never found its place in the ledger');
      continue;
    }
    const index = Number(row.ledger_index);
    if (taken.has(index)) broken.push(`two openings share place ${index} in the ledger`);
    taken.add(index);
    if (state === 'gone') continue;
    const { entry, salt } = value as { entry: CanonicalEntry; salt: string };
    const leaf = leaves[index];
    if (leaf === undefined || !opens(leaf, entry, Buffer.from(salt, 'base64')))
      broken.push(`an opening does not open the leaf at ${index}`);
  }
  if (erasedAt(judged).size === 0 && taken.size !== leaves.length)
    broken.push('the ledger holds an entry that belongs to nothing');
  return broken;
}
