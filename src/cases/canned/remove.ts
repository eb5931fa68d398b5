/** A canned answer that nobody needs any more. */
import type { Actor } from '../../gate/actor.ts';
import type { GateCtx } from '../../gate/context.ts';
import { BaileeError } from '../../platform/errors.ts';
import { recordStaff } from '../../staff/record.ts';
import { workingPerson } from '../roles.ts';
import { removeCanned } from '../sql.ts';

/** What was sent with it stays as it was sent. Throws `not_found`, `forbidden`. */
export async function removeCannedAnswer(
  ctx: GateCtx,
  { actor, id }: { readonly actor: Actor; readonly id: string },
): Promise<void> {
  const { id: by, store } = workingPerson(actor);
  await ctx.db.transaction(async (tx) => {
    if (!(await removeCanned(tx, store, id)))
      throw new BaileeError('not_found', 'There is no such answer in this store.');
    await recordStaff(ctx, tx, { store, person: by, step: 'canned-removed', details: { answer: id } });
  });
}
