/** Merging: a link with a life. Rows keep their customer and their key; closing the link undoes the merge. */
import type { Ctx, Tx } from '../platform/ports.ts';

/** Links `child` below `root`. Both must be roots, locked FOR UPDATE. */
export async function openLink(
  ctx: Ctx,
  tx: Tx,
  child: string,
  root: string,
  because: string,
): Promise<void> {
  await tx.query({
    name: 'merge_open',
    text: `INSERT INTO bailee.customer_link (child, root, id, because, valid_from) VALUES ($1, $2, $3, $4, $5)`,
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
