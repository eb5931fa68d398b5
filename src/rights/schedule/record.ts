/** A page of a run, and the entry that tells of it in the ledger. */
import { RETENTION_CLASSES } from '../../../contract/names.ts';
import type { GateCtx } from '../../gate/context.ts';
import { INSTALLATION, makeMissing, readRing } from '../../keys/ring.ts';
import type { CanonicalEntry } from '../../ledger/leaf.ts';
import type { Transaction } from '../../platform/ports.ts';
import { type Recorded, recordNow } from '../../vault/record.ts';
import type { Task } from './plan.ts';
import type { StepName } from './sql.ts';

export interface Page {
  readonly gone: number;
  readonly more: boolean;
  /** What follows the commit, and is done again by a job if the process ends before. */
  readonly after?: () => Promise<void>;
}

/** One entry for a page: what kind, how many and up to when, and no word of whose. */
export async function recordRetention(
  ctx: GateCtx,
  tx: Transaction,
  { store, kind, before, run }: Pick<StepName, 'store' | 'run'> & Pick<Task, 'kind' | 'before'>,
  more: CanonicalEntry,
): Promise<Recorded> {
  return recordHere(ctx, tx, store, {
    v: 1,
    kind: 'retention',
    at: ctx.clock.now(),
    store,
    run,
    records: kind,
    before: before.toISOString().slice(0, 10),
    ...more,
  });
}

/** An entry under the installation's own key, since the customer's may be gone. */
export async function recordHere(
  ctx: GateCtx,
  tx: Transaction,
  store: string,
  entry: CanonicalEntry & { readonly kind: string },
): Promise<Recorded> {
  const ring = await readRing(ctx, tx, [INSTALLATION]);
  await makeMissing(ctx, tx, ring, [{ customer: INSTALLATION, class: RETENTION_CLASSES.service }]);
  const [recorded] = await recordNow(ctx, tx, store, ring, [
    { customer: INSTALLATION, kind: entry.kind, entry },
  ]);
  return recorded!;
}
