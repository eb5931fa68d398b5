/**
 * The daily run: what is over by the schedule goes, a page in a transaction with its entry in the ledger. One that
 * was cut off is taken up again where it stood; the same day is run once.
 */
import type { GateCtx } from '../../gate/context.ts';
import type { Transaction } from '../../platform/ports.ts';
import { endBehavior, endCases, endOrders } from '../../vault/retain.ts';
import { countHeld } from '../../vault/retain-read.ts';
import { dropMonths } from './months-over.ts';
import { type Task, tasksOf, today } from './plan.ts';
import { type Page, recordRetention } from './record.ts';
import { endSilent } from './silent.ts';
import { beginRun, endRun, keepStep, lockStep } from './sql.ts';
import { warnSilent } from './warn.ts';

export interface RunOptions {
  /** Rows of one transaction. */
  readonly rows?: number;
  /** Customers of one transaction. */
  readonly customers?: number;
}

/** What went, by kind. Empty when the day's run was finished before. */
export type Ran = Readonly<Record<string, number>>;

/** Runs the day of the clock. Safe to run again, and on several nodes at once. */
export async function runSchedule(ctx: GateCtx, options: RunOptions = {}): Promise<Ran> {
  const { rows = 5_000, customers = 100 } = options;
  const at = new Date(ctx.clock.now());
  const run = await ctx.db.transaction((tx) => beginRun(tx, ctx.random.id(), today(ctx), at));
  if (run === null) return {};
  const tasks = await tasksOf(ctx, ctx.db);
  const ran: Record<string, number> = {};
  const add = (kind: string, count: number) => {
    ran[kind] = (ran[kind] ?? 0) + count;
  };
  add('behavior', await dropMonths(ctx, run, tasks));
  for (const task of tasks) {
    const silent = task.line.anchor === 'last-activity';
    if (task.line.warnHours !== null) await warnSilent(ctx, task, task.line.warnHours, customers);
    for (let more = true; more; ) {
      const page = await ctx.db.transaction((tx) =>
        lockPage(ctx, tx, { ...task, run }, silent ? customers : rows),
      );
      if (page.after !== undefined) await page.after();
      add(task.kind, page.gone);
      more = page.more;
    }
  }
  await ctx.db.transaction((tx) => endRun(tx, run, new Date(ctx.clock.now())));
  return ran;
}

async function lockPage(
  ctx: GateCtx,
  tx: Transaction,
  task: Task & { readonly run: string },
  page: number,
): Promise<Page> {
  const state = await lockStep(tx, task);
  if (state.done) return { gone: 0, more: false };
  if (task.line.anchor === 'last-activity') return endSilent(ctx, tx, task, { page, after: state.after });
  const over = { ...task, page };
  const gone =
    task.kind === 'behavior'
      ? await endBehavior(tx, over)
      : task.kind === 'cases'
        ? await endCases(tx, over)
        : await endOrders(tx, over, new Date(ctx.clock.now()));
  if (gone > 0) await recordRetention(ctx, tx, task, { count: gone });
  // A page of orders or cases may be short although their events are still there: only nothing is the end.
  const passed = gone === 0 ? await countHeld(tx, task) : {};
  await keepStep(tx, task, { gone, passed, done: gone === 0 });
  return { gone, more: gone > 0 };
}
