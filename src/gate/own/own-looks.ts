/** Who looked, for the customer who was looked at: when, for what and in which role; never who. */
import type { Strength } from '../../../contract/center.ts';
import { COLUMNS } from '../../keys/columns.ts';
import { readEntries } from '../../vault/sql.ts';
import { openerFor } from '../answer.ts';
import { needPresent } from '../at-work.ts';
import type { GateCtx } from '../context.ts';
import { clusterOf, gather } from '../gather.ts';
import { LOOKS, type Looked, lookOf } from '../looked.ts';
import { recordOwn } from './record-own.ts';

export interface OwnLooksInput {
  readonly store: string;
  readonly customer: string;
  readonly strength: Strength;
  /** Id of the last look of the page before. */
  readonly after: string | null;
  /** 1 to 100. */
  readonly limit: number;
}

/** Newest first. Reading them is an entry too, which is no look of anybody else and so not among them. */
export async function ownLooks(ctx: GateCtx, input: OwnLooksInput): Promise<Looked> {
  const { store, customer, strength, after, limit } = input;
  const { rows, cluster, gathered } = await ctx.db.transaction(async (tx) => {
    const gathered = await gather(ctx, tx, [customer], []);
    const cluster = clusterOf(gathered, customer, store);
    needPresent({ cluster });
    const found = await readEntries(tx, [...cluster.members], { kinds: LOOKS, after, limit: limit + 1 });
    const details = { purpose: 'legal-duty', evidence: { kind: 'session' } };
    await recordOwn(ctx, tx, { cluster, gathered }, { store, strength, kind: 'looked', details });
    return { rows: found, cluster, gathered };
  });
  const opener = openerFor(ctx, store, { cluster, gathered }, [COLUMNS.opening]);
  const page = rows.slice(0, limit);
  return {
    looks: page
      .flatMap((row) => lookOf(opener, row, false))
      .filter(({ kind, actor }) => kind !== 'looked' || actor.type !== 'customer'),
    after: rows.length > limit ? page.at(-1)!.id : null,
  };
}
