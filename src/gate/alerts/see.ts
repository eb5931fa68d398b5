/** Noting that an alert was seen. */
import { BaileeError } from '../../platform/errors.ts';
import { seeAlert } from '../../vault/alerts.ts';
import type { Actor } from '../actor.ts';
import type { GateCtx } from '../context.ts';
import { personOf, WATCHERS } from '../watchers.ts';

/** By the privacy officer or security, not by whoever it is about. Who saw it first stays. Throws `forbidden`, `not_found`. */
export async function markSeen(
  ctx: GateCtx,
  { actor, id }: { readonly actor: Actor; readonly id: string },
): Promise<void> {
  const person = personOf(actor, WATCHERS);
  const done = await ctx.db.transaction((tx) =>
    seeAlert(tx, person.store, id, person.id, new Date(ctx.clock.now())),
  );
  if (done === 'none') throw new BaileeError('not_found', 'There is no such alert in this store.');
  if (done === 'own')
    throw new BaileeError('forbidden', 'An alert about oneself is for somebody else to see.');
}
