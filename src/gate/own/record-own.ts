/** What a customer does with their own data, in their own ledger. */
import type { Strength } from '../../../contract/center.ts';
import { RETENTION_CLASSES } from '../../../contract/names.ts';
import { makeMissing } from '../../keys/ring.ts';
import type { CanonicalEntry } from '../../ledger/leaf.ts';
import type { Transaction } from '../../platform/ports.ts';
import { type Recorded, recordNow } from '../../vault/record.ts';
import type { AtWork } from '../at-work.ts';
import type { GateCtx } from '../context.ts';

export interface OwnDone {
  readonly store: string;
  readonly strength: Strength;
  readonly kind: 'center' | 'opening' | 'looked' | 'tag' | 'correction';
  readonly details: CanonicalEntry;
}

/** Appends the entry in this transaction. Locks the ledger's head: call it last. */
export async function recordOwn(
  ctx: GateCtx,
  tx: Transaction,
  { cluster, gathered }: Pick<AtWork, 'cluster' | 'gathered'>,
  { store, strength, kind, details }: OwnDone,
): Promise<Recorded> {
  const customer = cluster.root;
  await makeMissing(ctx, tx, gathered.ring, [{ customer, class: RETENTION_CLASSES.service }]);
  const actor = { type: 'customer', strength };
  const entry = { v: 1, kind, at: ctx.clock.now(), store, customer, actor, ...details };
  const [recorded] = await recordNow(ctx, tx, store, gathered.ring, [{ customer, kind, entry }]);
  return recorded!;
}
