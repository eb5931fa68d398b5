/** Clocks of requests warn a week and a day before their last day, and when it is over: once each. */
import { raiseDue } from '../../gate/alert.ts';
import type { GateCtx } from '../../gate/context.ts';
import { warnRequests } from '../../vault/requests.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const OVER = 3;

/** Raises an alert for each; resolves with how many. Safe to run as often as one likes. */
export async function remindRequests(ctx: GateCtx, page = 200): Promise<number> {
  const now = ctx.clock.now();
  const at = { now: new Date(now), day: new Date(now + DAY_MS), week: new Date(now + WEEK_MS), page };
  for (let raised = 0; ; ) {
    const found = await ctx.db.transaction(async (tx) => {
      const rows = await warnRequests(tx, at);
      for (const { id, store_id, customer_id, warned } of rows)
        await raiseDue(ctx, tx, {
          ...{ kind: warned === OVER ? 'request-overdue' : 'request-due', store: store_id },
          ...{ customer: customer_id, subject: id },
        });
      return rows.length;
    });
    raised += found;
    if (found < page) return raised;
  }
}
