/** Months of events that are over for everybody: dropped whole, which costs the same for a thousand rows and a billion. */
import type { GateCtx } from '../../gate/context.ts';
import { monthsOf } from '../../vault/dump.ts';
import { dropMonth } from '../../vault/partitions.ts';
import { countRegions } from '../../vault/retain-read.ts';
import type { Task } from './plan.ts';
import { recordRetention } from './record.ts';
import { keepStep } from './sql.ts';

/** A lock that did not come in time: the rows are deleted instead. */
const LOCK_TIMEOUT = '55P03';

/** Drops the months that ended before everybody's browsing is over, where no row stays; answers how many rows went. */
export async function dropMonths(ctx: GateCtx, run: string, tasks: readonly Task[]): Promise<number> {
  const browsing = tasks.filter(({ kind }) => kind === 'behavior');
  // A region that came since, or one without an end, keeps what it may.
  if (browsing.length === 0 || (await countRegions(ctx.db)) !== browsing.length) return 0;
  const before = new Date(Math.min(...browsing.map((task) => task.before.getTime())));
  let gone = 0;
  for (const name of await monthsOf(ctx.db)) {
    const [year, month] = name.split('-').map(Number) as [number, number];
    if (Date.UTC(year, month, 1) > before.getTime()) continue;
    gone += await dropOne(ctx, run, { year, month }, before);
  }
  return gone;
}

async function dropOne(
  ctx: GateCtx,
  run: string,
  month: { readonly year: number; readonly month: number },
  before: Date,
): Promise<number> {
  try {
    return await ctx.db.transaction(async (tx) => {
      const stores = await dropMonth(tx, month);
      for (const { store, count } of stores ?? []) {
        const step = { run, store, kind: 'behavior', region: 'whole-months' } as const;
        await keepStep(tx, step, { gone: count, done: true });
        await recordRetention(ctx, tx, { ...step, before }, { count });
      }
      return (stores ?? []).reduce((sum, { count }) => sum + count, 0);
    });
  } catch (error) {
    if ((error as { code?: string }).code === LOCK_TIMEOUT) return 0;
    throw error;
  }
}
