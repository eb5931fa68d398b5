/** What needs somebody today, as counts. */
import type { Actor } from '../gate/actor.ts';
import type { GateCtx } from '../gate/context.ts';
import { countWork } from '../vault/case-queue.ts';
import { needReader } from './roles.ts';

const DAY = 86_400_000;

/** The day ends at midnight, UTC. A key has no cases of its own. Throws `forbidden`. */
export async function summarizeCases(ctx: GateCtx, actor: Actor) {
  needReader(actor);
  const now = ctx.clock.now();
  const midnight = new Date(Math.floor(now / DAY) * DAY + DAY);
  const person = actor.type === 'person' ? actor.id : null;
  const { due_today: dueToday, ...counts } = await countWork(ctx.db, actor.store, person, {
    now: new Date(now),
    midnight,
  });
  return { ...counts, dueToday };
}
