/** Months for events are made ahead of time, so that whole months can be let go of later. */
import type { Ctx } from '../platform/ports.ts';
import { makeMonth } from '../vault/partitions.ts';

const MONTHS_AHEAD = 2;

/** Makes this month and the next two (UTC) where they are missing; answers how many were made. */
export async function makeMonths(ctx: Pick<Ctx, 'clock' | 'db'>): Promise<number> {
  const now = new Date(ctx.clock.now());
  let made = 0;
  for (let ahead = 0; ahead <= MONTHS_AHEAD; ahead += 1) {
    const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1));
    const month = { year: first.getUTCFullYear(), month: first.getUTCMonth() + 1 };
    if (await makeMonth(ctx.db, month)) made += 1;
  }
  return made;
}
