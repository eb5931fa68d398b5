import type { Ctx, Tx } from '../platform/ports.ts';
import { insertQueued, type Queued } from './sql.ts';

/**
 * Leaves an entry for the sequencer, in the transaction of the rows it speaks of. For collecting
 * and jobs; what releases data must `append` instead. One statement, whatever the number.
 */
export async function enqueue(
  ctx: Pick<Ctx, 'random'>,
  tx: Tx,
  queued: Queued | readonly Queued[],
): Promise<void> {
  const entries = 'leaf' in queued ? [queued] : queued;
  if (entries.length === 0) return;
  await insertQueued(
    tx,
    entries.map(() => ctx.random.id()),
    entries,
  );
}
