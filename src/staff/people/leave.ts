/** Leavers: nothing opens from the next request on. */
import { leave as leaveMessage } from '../../platform/outbox.ts';
import type { Ctx } from '../../platform/ports.ts';
import { forgetKnown } from '../known/sql.ts';
import { recordStaff } from '../record.ts';
import { endSessions } from '../sessions/sql.ts';
import type { By } from './by.ts';
import { needAdministratorLeft, needOther, workingPerson } from './change.ts';
import { forgetProofs, setRoles } from './sql.ts';

/**
 * Ends sessions, roles, proofs and what the person had declared; work that was theirs goes back to all. The name
 * stays readable for a time, since the ledger names ids alone. Throws `not_found`, `forbidden`, `conflict`.
 */
export async function letGo(
  ctx: Ctx,
  { by, person: id }: { readonly by: By; readonly person: string },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const person = await workingPerson(tx, by, id);
    needOther(by, person);
    const now = new Date(ctx.clock.now());
    await needAdministratorLeft(tx, person, now);
    await tx.query({
      text: `UPDATE bailee.person SET state = 'left', left_at = $2 WHERE id = $1`,
      values: [id, now],
    });
    await setRoles(tx, id, [], now);
    await tx.query({ text: 'DELETE FROM bailee.team_member WHERE person_id = $1', values: [id] });
    await endSessions(tx, id, now);
    await forgetProofs(tx, id);
    await forgetKnown(tx, id);
    await leaveMessage(ctx, tx, 'person.left', { person: id });
    await recordStaff(ctx, tx, { store: by.store, person: id, by: by.id, step: 'left' });
  });
}
