/** A customer takes tags away that the shop gave them: one, or all. What a rule gave does not come back before its time. */
import type { Strength } from '../../../contract/center.ts';
import { needPresent } from '../../gate/at-work.ts';
import type { GateCtx } from '../../gate/context.ts';
import { clusterOf, gather } from '../../gate/gather.ts';
import { recordOwn } from '../../gate/own/record-own.ts';
import { BaileeError } from '../../platform/errors.ts';
import { readGiven, removeGiven } from '../../vault/tags.ts';

export interface RemoveOwn {
  readonly store: string;
  readonly customer: string;
  readonly strength: Strength;
  /** Null: all of them. */
  readonly tag: string | null;
}

/** Resolves with how many went. Throws `not_found` for a tag that the customer does not have, `already_erased`. */
export async function removeOwnTags(
  ctx: GateCtx,
  { store, customer, strength, tag }: RemoveOwn,
): Promise<{ readonly removed: number }> {
  return ctx.db.transaction(async (tx) => {
    const gathered = await gather(ctx, tx, [customer], [], 'update');
    const cluster = clusterOf(gathered, customer, store);
    needPresent({ cluster });
    const members = [...cluster.members];
    const now = new Date(ctx.clock.now());
    const given = (await readGiven(tx, members, now)).filter(({ id }) => tag === null || id === tag);
    if (tag !== null && given.length === 0) throw new BaileeError('not_found', 'You do not have this tag.');
    for (const { id } of given) await removeGiven(tx, members, id, now);
    if (given.length === 0) return { removed: 0 };
    const details = { step: 'removed', subjects: given.map(({ id }) => id), evidence: { kind: 'session' } };
    await recordOwn(ctx, tx, { cluster, gathered }, { store, strength, kind: 'tag', details });
    return { removed: given.length };
  });
}
