/** A customer's choices as they came about, newest first. Nothing in them is sealed, so nothing is opened. */
import { type PageAfter, pageOfChoices } from '../../vault/own-pages.ts';
import type { WholeChoice } from '../../vault/whole.ts';
import { needPresent } from '../at-work.ts';
import type { GateCtx } from '../context.ts';
import { type Cluster, clusterOf, gather } from '../gather.ts';

export interface OwnChoicesInput {
  readonly store: string;
  readonly customer: string;
  readonly after: PageAfter | null;
  /** 1 to 100. */
  readonly limit: number;
}

/** Throws `not_found`, `already_erased`. */
export async function ownChoices(
  ctx: GateCtx,
  { store, customer, after, limit }: OwnChoicesInput,
): Promise<{ readonly cluster: Cluster; readonly rows: WholeChoice[]; readonly after: PageAfter | null }> {
  return ctx.db.transaction(async (tx) => {
    const cluster = clusterOf(await gather(ctx, tx, [customer], []), customer, store);
    needPresent({ cluster });
    const found = await pageOfChoices(tx, { customers: [...cluster.members], after, limit: limit + 1 });
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    const more = found.length > limit && last !== undefined;
    return { cluster, rows, after: more ? { at: last.received_at, id: last.id } : null };
  });
}
