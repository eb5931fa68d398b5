/** Signing in by password, and then by a one-time code or a recovery code. */
import { setTimeout as sleep } from 'node:timers/promises';
import { normalizeIdentifier } from '../../catalog/identifiers.ts';
import { staffToken } from '../../keys/blind.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Ctx, Transaction } from '../../platform/ports.ts';
import { openNamed, staffRing } from '../people/sealed.ts';
import { findByEmail, readPerson } from '../people/sql.ts';
import { aliveSession } from '../sessions/read.ts';
import type { SessionRow } from '../sessions/sql.ts';
import { type Started, startPartial, startWhole } from '../sessions/start.ts';
import { beginEnrolment, codeHolds, type Enrolment } from './one-time-code.ts';
import { passwordHolds } from './password.ts';
import { makeRecoveryCodes, recoveryCodeHolds } from './recovery-codes.ts';
import { recordRefusal } from './refusal.ts';
import { countTry, forgiveTry } from './tries.ts';

/** Longer than it takes to record a refusal, which is done of those alone who have an account. */
const REFUSED_AFTER_MS = 150;

/** Where somebody signs in from. */
export interface Where {
  /** "Firefox on Windows". */
  readonly device: string;
  readonly network: string;
}

export interface SignInStep {
  readonly started: Started;
  readonly next: 'code' | 'enrol' | 'done';
  readonly enrol?: Enrolment;
  /** Shown once. */
  readonly recoveryCodes?: readonly string[];
}

/**
 * The first factor. Says the same, after the same time, whether the address, the password or the person's leave was
 * wrong. Throws `sign_in_refused`, `too_many_tries`.
 */
export async function signInByPassword(
  ctx: Ctx,
  { email, password, where }: { readonly email: string; readonly password: string; readonly where: Where },
): Promise<SignInStep> {
  const normalized = normalizeIdentifier('email', email);
  const account = normalized.ok ? normalized.value : '';
  const trying = { account, network: where.network };
  await countTry(ctx, trying);
  const found = account === '' ? null : await findByEmail(ctx.db, staffToken(ctx, account));
  const right = await passwordHolds(found?.state === 'active' ? found.password : null, password);
  if (found === null || !right) {
    await Promise.all([recordRefusal(ctx, found, { factor: 'password' }), sleep(REFUSED_AFTER_MS)]);
    throw refused('The address or the password is wrong.');
  }
  return ctx.db.transaction(async (tx) => {
    // The account may have been begun anew while the password was being checked: it opens nothing any more.
    const person = await readPerson(tx, found.id, true);
    if (person?.password !== found.password) throw refused('The address or the password is wrong.');
    await forgiveTry(ctx, tx, trying);
    return afterPassword(ctx, tx, found.id, where);
  });
}

/** What follows the first factor: the code, or an app to be set up. */
export async function afterPassword(
  ctx: Ctx,
  tx: Transaction,
  id: string,
  { device }: Pick<Where, 'device'>,
): Promise<SignInStep> {
  const person = await readPerson(tx, id, true);
  if (person === null || person.state !== 'active') throw refused('The address or the password is wrong.');
  const started = await startPartial(ctx, tx, { person, factors: ['password'], device });
  if (person.totp !== null && person.totp_step !== null) return { started, next: 'code' };
  const ring = await staffRing(ctx, tx, [id]);
  const { email } = openNamed(ctx, ring, { id, store: person.store_id }, person.row_version, person.sealed);
  const { rows } = await tx.query<{ name: string }>({
    text: 'SELECT name FROM bailee.store WHERE id = $1',
    values: [person.store_id],
  });
  const enrol = await beginEnrolment(ctx, tx, person, { email, store: rows[0]!.name });
  return { started, next: 'enrol', enrol };
}

/**
 * The second factor, for the session of the first. The first right code of a new app brings recovery codes.
 * Throws `sign_in_required` when the first factor is too long ago, `sign_in_refused`, `too_many_tries`.
 */
export async function signInByCode(
  ctx: Ctx,
  { value, code, where }: { readonly value: string; readonly code: string; readonly where: Where },
): Promise<SignInStep> {
  const session = await aliveSession(ctx, value);
  if (session === null || session.whole)
    throw new BaileeError('sign_in_required', 'That took too long. Start again with your password.');
  const trying = { account: session.person_id, network: where.network };
  await countTry(ctx, trying);
  const step = await ctx.db.transaction(async (tx) => {
    const judged = await judge(ctx, tx, session, code, where);
    if (judged !== null) await forgiveTry(ctx, tx, trying);
    return judged;
  });
  if (step !== null) return step;
  await recordRefusal(ctx, { id: session.person_id, store_id: session.store_id }, { factor: 'code' });
  throw refused('This code is wrong, or it was used before. Wait for the next one.');
}

async function judge(
  ctx: Ctx,
  tx: Transaction,
  session: SessionRow,
  code: string,
  { device }: Where,
): Promise<SignInStep | null> {
  const person = await readPerson(tx, session.person_id, true);
  if (person === null || person.state !== 'active') return null;
  const first = person.totp_step === null;
  const byApp = await codeHolds(ctx, tx, person, code.trim());
  const byRecovery = !byApp && !first && (await recoveryCodeHolds(ctx, tx, person.id, code));
  if (!byApp && !byRecovery) return null;
  const factors = [...session.factors, byApp ? ('code' as const) : ('recovery' as const)];
  const started = await startWhole(ctx, tx, { person, factors, device, after: session.id });
  return {
    started,
    next: 'done',
    ...(first ? { recoveryCodes: await makeRecoveryCodes(ctx, tx, person.id) } : {}),
  };
}

function refused(message: string): BaileeError {
  return new BaileeError('sign_in_refused', message);
}
