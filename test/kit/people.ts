/** People of a shop, as the gate sees them: signed in, and trained unless a test says otherwise. */
import type { Role } from '../../contract/names.ts';
import type { Person } from '../../src/gate/actor.ts';
import type { Ctx } from '../../src/platform/ports.ts';
import { trainingPlan } from '../../src/staff/training/catalog.ts';
import { writeAttempt } from '../../src/staff/training/sql.ts';

const YEAR = 365 * 86_400_000;

/** Passes every course that the role asks for. */
export async function train(ctx: Ctx, person: string, role: Role): Promise<void> {
  const { courses, roles } = trainingPlan();
  const now = ctx.clock.now();
  for (const course of roles[role] ?? [])
    await writeAttempt(ctx.db, person, course, new Date(now), {
      version: courses.get(course)!.version,
      until: new Date(now + YEAR),
    });
}

/** Somebody of this store; `stepped-up` and trained. */
export async function personOf(
  ctx: Ctx,
  store: string,
  role: Role,
  { trained = true, strength = 'stepped-up' as Person['strength'] } = {},
): Promise<Person> {
  const id = ctx.random.id();
  if (trained) await train(ctx, id, role);
  const person = { type: 'person', id, store, role, session: ctx.random.id() } as const;
  return strength === undefined ? person : { ...person, strength };
}
