/** What a person does with their own sessions and account. */
import type { Static } from 'typebox';
import type { Role } from '../../../contract/names.ts';
import type { SessionAnswer, SessionList } from '../../../contract/staff.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Ctx } from '../../platform/ports.ts';
import { openNamed, staffRing } from '../people/sealed.ts';
import { readPerson, updatePerson } from '../people/sql.ts';
import { recordStaff } from '../record.ts';
import { hashPassword, needStrong, passwordHolds } from '../sign-in/password.ts';
import { recordRefusal } from '../sign-in/refusal.ts';
import { countTry, forgiveTry } from '../sign-in/tries.ts';
import { trainingMissing } from '../training/missing.ts';
import { aliveSession, type Session } from './read.ts';
import { endOthers, endSessions, sessionsOf, setSessionRole } from './sql.ts';

/** Who is signed in, as the console shows it. */
export async function describeSession(ctx: Ctx, session: Session): Promise<Static<typeof SessionAnswer>> {
  const now = new Date(ctx.clock.now());
  const person = await readPerson(ctx.db, session.id);
  const rows = await sessionsOf(ctx.db, session.id, now);
  const row = rows.find(({ id }) => id === session.session);
  if (person === null || row === undefined)
    throw new BaileeError('sign_in_required', 'Your session is over. Sign in again.');
  const ring = await staffRing(ctx, ctx.db, [person.id]);
  const owner = { id: person.id, store: person.store_id };
  const missing = await Promise.all(
    session.roles.map((role) => trainingMissing(ctx, ctx.db, person.id, role)),
  );
  return {
    person: {
      id: person.id,
      ...openNamed(ctx, ring, owner, person.row_version, person.sealed),
      language: person.language,
    },
    store: { id: session.store.id, name: session.store.name },
    role: session.role,
    roles: session.roles,
    factors: row.factors,
    steppedUpUntil: session.strength === 'stepped-up' ? row.stepped_up_until!.toISOString() : null,
    trainingMissing: [...new Set(missing.flat())],
    expiresAt: row.expires_at.toISOString(),
  };
}

export async function listSessions(ctx: Ctx, session: Session): Promise<Static<typeof SessionList>> {
  const rows = await sessionsOf(ctx.db, session.id, new Date(ctx.clock.now()));
  return {
    sessions: rows.map((row) => ({
      id: row.id,
      current: row.id === session.session,
      startedAt: row.started_at.toISOString(),
      seenAt: row.seen_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      device: row.device,
      factors: row.factors,
    })),
  };
}

/** Ends one's own session: this one, or another by its id. Throws `not_found`. */
export async function endSession(ctx: Ctx, session: Session, id: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const ended = await endSessions(tx, session.id, new Date(ctx.clock.now()), id);
    if (ended === 0) throw new BaileeError('not_found', 'You have no such session.');
    await recordStaff(ctx, tx, {
      store: session.store.id,
      person: session.id,
      step: 'signed-out',
      details: { session: id },
    });
  });
}

/**
 * The session whose value a browser had until it was sent another one: nobody can sign out of it any more.
 * @param value null: it had none
 */
export async function endReplaced(ctx: Ctx, value: string | null): Promise<void> {
  const before = value === null ? null : await aliveSession(ctx, value);
  if (before === null) return;
  const { id: session, person_id: person, store_id: store, whole } = before;
  await ctx.db.transaction(async (tx) => {
    await endSessions(tx, person, new Date(ctx.clock.now()), session);
    if (whole) await recordStaff(ctx, tx, { store, person, step: 'signed-out', details: { session } });
  });
}

/** Acts in another of the roles that the person holds. Throws `forbidden`. */
export async function switchRole(ctx: Ctx, session: Session, role: Role): Promise<void> {
  if (!session.roles.includes(role)) throw new BaileeError('forbidden', 'You do not hold this role.');
  await setSessionRole(ctx.db, session.session, role);
}

export async function setLanguage(ctx: Ctx, session: Session, language: 'en' | 'zh-CN'): Promise<void> {
  await updatePerson(ctx.db, session.id, { language });
}

export interface NewPassword {
  readonly current: string;
  readonly password: string;
  readonly network: string;
}

/** Every other session ends. Throws `sign_in_refused` for a wrong current password, `weak_password`, `too_many_tries`. */
export async function changePassword(
  ctx: Ctx,
  session: Session,
  { current, password, network }: NewPassword,
): Promise<void> {
  const trying = { account: session.id, network };
  await countTry(ctx, trying);
  const before = await readPerson(ctx.db, session.id);
  if (before === null || !(await passwordHolds(before.password, current))) {
    await recordRefusal(ctx, before, { factor: 'password' });
    throw new BaileeError('sign_in_refused', 'Your current password is wrong.');
  }
  const ring = await staffRing(ctx, ctx.db, [before.id]);
  const owner = { id: before.id, store: before.store_id };
  const named = openNamed(ctx, ring, owner, before.row_version, before.sealed);
  needStrong(password, [named.name, named.email, session.store.name]);
  const hash = await hashPassword(password);
  await ctx.db.transaction(async (tx) => {
    // The account may have been begun anew, or have ended, while the password was being checked.
    const person = await readPerson(tx, session.id, true);
    if (person?.state !== 'active' || person.password !== before.password)
      throw new BaileeError('sign_in_required', 'Your session is over. Sign in again.');
    await forgiveTry(ctx, tx, trying);
    await updatePerson(tx, session.id, { password: hash });
    await endOthers(tx, session.id, new Date(ctx.clock.now()), session.session);
    await recordStaff(ctx, tx, { store: session.store.id, person: session.id, step: 'password-changed' });
  });
}
