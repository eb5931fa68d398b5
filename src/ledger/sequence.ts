import type { Ctx } from '../platform/ports.ts';
import { append } from './append.ts';
import { lockOpenings, placeOpenings, takeQueued } from './sql.ts';

const BATCH = 1_024;

/**
 * Gives up to `limit` queued leaves their index, oldest first, and returns how many. Run it again
 * while it returns `limit`.
 *
 * Locks: queued rows, then their openings in (customer, id) order, then the head, last like
 * everyone. Nobody who holds an opening or the head ever waits for a queued row (others only insert
 * new ones), so no circle can close. Two nodes at once: the second waits at the first queued row;
 * when the first commits that row is gone, and the second goes on to those still there. A leaf
 * leaves the queue in the transaction that indexes it, so it is indexed once or, after a rollback, later.
 */
export function sequence(ctx: Ctx, limit: number = BATCH): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const queued = await takeQueued(tx, limit);
    if (queued.length === 0) return 0;
    lockOpenings(tx, queued);
    const first = await append(
      ctx,
      tx,
      queued.map((each) => each.leaf),
    );
    placeOpenings(tx, queued, first);
    return queued.length;
  });
}
