/** Merging: a link with a life. Rows keep their customer and their key; closing the link undoes the merge. */
import type { Ctx, Transaction, Tx } from '../platform/ports.ts';

/**
 * Links `child` below `root`. Both must be roots, locked FOR UPDATE or made in this transaction, and their
 * choices of this transaction written: the merge comes after every choice that stands, by whatever clock it
 * was made, so that the stricter one holds until the person chooses again.
 */
export function openLink(ctx: Ctx, tx: Transaction, child: string, root: string, because: string): void {
  tx.later({
    name: 'merge_open',
    text: `INSERT INTO bailee.customer_link (child, root, id, because, valid_from)
           SELECT $1, $2, $3, $4, GREATEST($5, (SELECT max(received_at) FROM bailee.choice
             WHERE customer_id IN (SELECT member FROM bailee.cluster(ARRAY[$1, $2]::uuid[]))))`,
    values: [child, root, ctx.random.id(), because, new Date(ctx.clock.now())],
  });
}

/** Undoes a merge; false when there is no open link from `child` to `root`. Both must be locked FOR UPDATE. */
export async function closeLink(ctx: Ctx, tx: Tx, child: string, root: string): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'merge_close',
    text: 'UPDATE bailee.customer_link SET valid_to = $3 WHERE child = $1 AND root = $2 AND valid_to IS NULL',
    values: [child, root, new Date(ctx.clock.now())],
  });
  return rowCount === 1;
}

export interface ClosedLink {
  readonly child: string;
  readonly root: string;
}

/** Links of `children` that were closed. The children must be locked. */
export async function readClosedLinks(tx: Tx, children: readonly string[]): Promise<ClosedLink[]> {
  if (children.length === 0) return [];
  const { rows } = await tx.query<ClosedLink>({
    name: 'merge_closed',
    text: 'SELECT child, root FROM bailee.customer_link WHERE child = ANY($1) AND valid_to IS NOT NULL',
    values: [children],
  });
  return rows;
}
