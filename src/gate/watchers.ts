/** Who may approve, review and watch, and what must hold of them. */
import type { Role } from '../../contract/names.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Ctx, Tx } from '../platform/ports.ts';
import { trainingMissing } from '../staff/training/missing.ts';
import type { Actor, Caller, Person } from './actor.ts';
import { type Conditions, standing } from './conditions.ts';

/** The privacy officer answers for the data, security for who uses it. */
export const WATCHERS: readonly Role[] = ['privacy-officer', 'security'];

/** They answer for how data is used, or examine it: they are told which person did something. */
export const OVERSEERS: readonly Role[] = [...WATCHERS, 'auditor'];

export function oversees({ role }: Caller): boolean {
  return OVERSEERS.includes(role);
}

/** A person in a session. Throws `forbidden` for keys and jobs: each of these steps needs somebody who answers for it. */
export function personOf(actor: Actor, roles?: readonly Role[]): Person {
  if (actor.type !== 'person')
    throw new BaileeError('forbidden', 'This needs a person in a session; a key answers for nothing.');
  if (roles !== undefined && !roles.includes(actor.role))
    throw new BaileeError('forbidden', 'Your role may not do this.', { roles });
  if (roles !== undefined) needTwoFactors(actor);
  return actor;
}

/** True for those who see what all people of the store did, and not only their own. */
export function watches({ role }: Person): boolean {
  return WATCHERS.includes(role);
}

/** What is not said counts as the weakest. */
function needTwoFactors({ strength = 'one-factor' }: Pick<Person, 'strength'>): void {
  if (strength === 'one-factor')
    throw new BaileeError('forbidden', 'A sign-in by one factor opens no data of customers.');
}

/** Throws `forbidden` for a weak sign-in, `training_required` when a course is missing. */
export function needStanding({ caller, courses }: Pick<Conditions, 'caller' | 'courses'>): void {
  needTwoFactors(caller);
  if (courses.length > 0)
    throw new BaileeError('training_required', 'Pass these courses first; your role asks for them.', {
      courses,
    });
}

/** The same for what concerns no single customer. Keys need no training. */
export async function needTrained(ctx: Ctx, tx: Tx, actor: Caller): Promise<void> {
  if (actor.type !== 'person') return;
  const courses = await trainingMissing(ctx, tx, actor.id, actor.role);
  needStanding({ caller: standing(actor, courses), courses });
}
