/** The second person's word. */
import type { Purpose } from '../../../contract/names.ts';
import { BaileeError } from '../../platform/errors.ts';
import { aboutApproval, decideRow, lockApproval } from '../../vault/approvals.ts';
import type { Actor } from '../actor.ts';
import { atCustomer, recordStep } from '../at-customer.ts';
import { needPresent } from '../at-work.ts';
import type { GateCtx } from '../context.ts';
import { needStanding, personOf, WATCHERS } from '../watchers.ts';

/** How long an approved opening may be made, once. */
const OPENS = 15 * 60_000;

export interface DecideApproval {
  readonly actor: Actor;
  readonly id: string;
  readonly approve: boolean;
}

/**
 * Approves or refuses: another person, in the role of privacy officer or security. Approved, the one who asked may
 * open these fields, or erase, once within 15 minutes.
 * Throws `forbidden` (also for one's own question), `not_found`, `conflict` when it was decided or has lapsed,
 * `training_required`, `person_known`.
 */
export async function decideApproval(
  ctx: GateCtx,
  { actor, id, approve }: DecideApproval,
): Promise<{ readonly until: string | null }> {
  const person = personOf(actor, WATCHERS);
  const found = await aboutApproval(ctx.db, person.store, id);
  if (found === null) throw notThere();
  return atCustomer(
    ctx,
    { person, purpose: found.purpose as Purpose, customer: found.customer_id },
    async (at) => {
      needStanding(at.conditions);
      needPresent(at);
      const row = await lockApproval(at.tx, person.store, id);
      if (row === null) throw notThere();
      if (row.asked_by === person.id)
        throw new BaileeError('forbidden', 'Nobody approves their own question. Ask another person.');
      const now = ctx.clock.now();
      if (row.state !== 'asked' || row.until.getTime() <= now)
        throw new BaileeError('conflict', 'This question was decided before, or has waited too long.');
      const state = approve ? 'approved' : 'refused';
      const until = new Date(now + OPENS);
      await decideRow(at.tx, { id, state, by: person.id, at: new Date(now), until });
      await recordStep(ctx, at.tx, at.gathered.ring, at.cluster.root, {
        kind: 'approval',
        step: state,
        person,
        subject: id,
        details: {
          ...{ fields: row.fields, askedBy: row.asked_by },
          ...(row.act === 'opening' ? {} : { act: row.act }),
        },
      });
      return { until: approve ? until.toISOString() : null };
    },
  );
}

function notThere(): BaileeError {
  return new BaileeError('not_found', 'There is no such question in this store.');
}
