/** How satisfied customers were with their cases, by the week in which they came. */
import type { Actor } from '../gate/actor.ts';
import type { GateCtx } from '../gate/context.ts';
import { countRatings } from '../vault/case-queue.ts';
import { needReader } from './roles.ts';

const DAY = 86_400_000;
const WEEK = 7 * DAY;
const WEEKS = 12;
/** The first day of all was a Thursday: weeks begin three days before it. */
const FIRST_MONDAY = -3 * DAY;

export interface SatisfactionWeek {
  /** Its Monday, `2026-11-23`. */
  readonly week: string;
  readonly cases: number;
  /** How many customers gave 1, 2, 3, 4 and 5. */
  readonly given: readonly number[];
}

/** The last 12 weeks with this one, of UTC, the oldest first. Throws `forbidden`. */
export async function satisfaction(ctx: GateCtx, actor: Actor): Promise<SatisfactionWeek[]> {
  needReader(actor);
  const current = Math.floor((ctx.clock.now() - FIRST_MONDAY) / WEEK) * WEEK + FIRST_MONDAY;
  const first = current - (WEEKS - 1) * WEEK;
  const rows = await countRatings(ctx.db, actor.store, new Date(first));
  return Array.from({ length: WEEKS }, (_, at) => {
    const week = new Date(first + at * WEEK).toISOString().slice(0, 10);
    const own = rows.filter((row) => row.week === week);
    return {
      week,
      cases: own.reduce((sum, { cases }) => sum + cases, 0),
      given: [1, 2, 3, 4, 5].map((each) => own.find((row) => row.satisfaction === each)?.cases ?? 0),
    };
  });
}
