/** Taking a passkey away: of a device that is lost, or given on. */
import { BaileeError } from '../../platform/errors.ts';
import type { Ctx, Transaction } from '../../platform/ports.ts';
import { hasOpenidLink } from '../openid/sql.ts';
import { readPerson } from '../people/sql.ts';
import { recordStaff } from '../record.ts';
import type { Session } from '../sessions/read.ts';
import { endSessions, sessionsOf } from '../sessions/sql.ts';
import { needSteppedUp } from '../sign-in/step-up.ts';
import { passkeyName } from './name.ts';
import { deletePasskey, passkeysOf } from './sql.ts';

/**
 * The other sessions that a passkey opened end with it: one of them may be on that device.
 * Throws `step_up_required`, `not_found`, `conflict` when nothing would be left to sign in by.
 */
export async function removePasskey(ctx: Ctx, session: Session, name: string): Promise<void> {
  needSteppedUp(session);
  await ctx.db.transaction(async (tx) => {
    const person = await readPerson(tx, session.id, true);
    const own = await passkeysOf(tx, session.id);
    const passkey = own.find(({ id }) => passkeyName(id) === name);
    if (person === null || passkey === undefined)
      throw new BaileeError('not_found', 'You have no such passkey.');
    if (own.length === 1 && person.password === null && !(await hasOpenidLink(tx, person.id)))
      throw new BaileeError('conflict', 'Nothing else lets you sign in. Add another passkey first.');
    await deletePasskey(tx, passkey.id);
    await endOthers(ctx, tx, session);
    await recordStaff(ctx, tx, {
      store: session.store.id,
      person: session.id,
      step: 'passkey-removed',
      details: { passkey: name },
    });
  });
}

async function endOthers(ctx: Ctx, tx: Transaction, session: Session): Promise<void> {
  const now = new Date(ctx.clock.now());
  for (const { id, factors } of await sessionsOf(tx, session.id, now))
    if (id !== session.session && factors.includes('passkey')) await endSessions(tx, session.id, now, id);
}
