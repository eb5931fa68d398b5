/** The schedule that is in force, and what the last runs did. */
import type { GateCtx } from '../../gate/context.ts';
import type { Store } from '../schedule/plan.ts';
import { showRuns, showSchedule } from '../schedule/show.ts';
import { headOf } from './head.ts';

export async function retentionReport(ctx: GateCtx, store: Store) {
  const { runs } = await showRuns(ctx, store);
  return { ...(await headOf(ctx, store.id)), schedule: await showSchedule(ctx, store), runs };
}
