/** Which courses stand between a person and the data that their role opens. */
import type { Role } from '../../../contract/names.ts';
import type { Ctx, Tx } from '../../platform/ports.ts';
import { type TrainingPlan, trainingPlan } from './catalog.ts';
import { passState } from './passes.ts';
import { readPasses } from './sql.ts';

/** Courses that `role` asks for and that this person has not passed, or whose pass is over; none for a role that asks for none. */
export async function trainingMissing(
  ctx: Pick<Ctx, 'clock'>,
  tx: Tx,
  person: string,
  role: Role,
  plan: TrainingPlan = trainingPlan(),
): Promise<string[]> {
  const asked = plan.roles[role] ?? [];
  if (asked.length === 0) return [];
  const passes = await readPasses(tx, person);
  const now = ctx.clock.now();
  return asked.filter((id) => passState(plan.courses.get(id)!, passes.get(id), now) !== 'valid');
}
