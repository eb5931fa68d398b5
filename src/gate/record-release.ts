/** Entries about figures that leave: a release, or the budget that releases are paid from. No customer is named. */
import type { Purpose } from '../../contract/names.ts';
import { INSTALLATION, makeMissing, readRing } from '../keys/ring.ts';
import type { CanonicalEntry } from '../ledger/leaf.ts';
import type { Transaction } from '../platform/ports.ts';
import { recordNow } from '../vault/record.ts';
import { type Actor, actorEntry } from './actor.ts';
import type { GateCtx } from './context.ts';

export interface ReleaseEntry {
  readonly kind: 'release' | 'privacy-budget';
  readonly actor: Actor;
  readonly purpose: Purpose;
  readonly details: CanonicalEntry;
}

/** Appends the entry in this transaction, and resolves with its index. Every other lock must be held before. */
export async function recordRelease(
  ctx: GateCtx,
  tx: Transaction,
  { kind, actor, purpose, details }: ReleaseEntry,
): Promise<number> {
  const ring = await readRing(ctx, tx, [INSTALLATION]);
  await makeMissing(ctx, tx, ring, [{ customer: INSTALLATION, class: 4 }]);
  const entry = {
    v: 1,
    kind,
    at: ctx.clock.now(),
    store: actor.store,
    actor: actorEntry(actor),
    purpose,
    ...details,
    policy: ctx.policy.hash,
  };
  const [recorded] = await recordNow(ctx, tx, actor.store, ring, [{ customer: INSTALLATION, kind, entry }]);
  return recorded!.index!;
}
