/** Why an approval was asked, in the words of who asked. It may tell of the customer, so the reading is recorded. */
import type { Purpose } from '../../../contract/names.ts';
import { COLUMNS } from '../../keys/columns.ts';
import { BaileeError } from '../../platform/errors.ts';
import { aboutApproval, lockApproval, openApproval } from '../../vault/approvals.ts';
import type { Actor } from '../actor.ts';
import { openerFor } from '../answer.ts';
import { atCustomer, recordStep } from '../at-customer.ts';
import type { GateCtx } from '../context.ts';
import { needStanding, personOf, watches } from '../watchers.ts';

/** For who asked, the privacy officer and security. Throws `not_found`, `forbidden`, `training_required`, `person_known`. */
export async function readApprovalReason(
  ctx: GateCtx,
  { actor, id }: { readonly actor: Actor; readonly id: string },
): Promise<string | null> {
  const person = personOf(actor);
  const found = await aboutApproval(ctx.db, person.store, id);
  const asked = { person, purpose: found?.purpose as Purpose, customer: found?.customer_id ?? '' };
  if (found === null || (found.asked_by !== person.id && !watches(person)))
    throw new BaileeError('not_found', 'There is no such question in this store.');
  const { row, cluster, gathered } = await atCustomer(ctx, asked, async (at) => {
    needStanding(at.conditions);
    const locked = await lockApproval(at.tx, person.store, id);
    await recordStep(ctx, at.tx, at.gathered.ring, at.cluster.root, {
      kind: 'approval',
      step: 'read',
      person,
      subject: id,
    });
    return { row: locked, cluster: at.cluster, gathered: at.gathered };
  });
  if (row === null) return null;
  return openApproval(openerFor(ctx, person.store, { cluster, gathered }, [COLUMNS.approval]), row);
}
