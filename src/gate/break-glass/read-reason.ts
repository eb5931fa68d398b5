/** Why the glass was broken, in the words of who broke it. It may tell of the customer, so the reading is recorded. */
import type { Purpose } from '../../../contract/names.ts';
import { COLUMNS } from '../../keys/columns.ts';
import { BaileeError } from '../../platform/errors.ts';
import { openGlassReason, readGlass } from '../../vault/alerts.ts';
import type { Actor } from '../actor.ts';
import { openerFor } from '../answer.ts';
import { atCustomer, recordStep } from '../at-customer.ts';
import type { GateCtx } from '../context.ts';
import { needStanding, personOf, watches } from '../watchers.ts';

/**
 * For who broke it, the privacy officer and security; null once the customer is erased.
 * Throws `not_found`, `forbidden`, `training_required`, `person_known`.
 */
export async function readGlassReason(
  ctx: GateCtx,
  { actor, id }: { readonly actor: Actor; readonly id: string },
): Promise<string | null> {
  const person = personOf(actor);
  const row = await readGlass(ctx.db, person.store, id);
  if (row === null || (row.person_id !== person.id && !watches(person)))
    throw new BaileeError('not_found', 'There is no such break-glass in this store.');
  if (row.customer_id === null) return null;
  const asked = { person, purpose: row.purpose as Purpose, customer: row.customer_id };
  const { cluster, gathered } = await atCustomer(ctx, asked, async (at) => {
    needStanding(at.conditions);
    await recordStep(ctx, at.tx, at.gathered.ring, at.cluster.root, {
      kind: 'break-glass',
      step: 'read',
      person,
      subject: id,
    });
    return at;
  });
  return openGlassReason(openerFor(ctx, person.store, { cluster, gathered }, [COLUMNS.breakGlass]), row);
}
