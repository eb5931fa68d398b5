/** Entries about the installation itself (a rotation, a restore): they concern no single customer. */
import { RETENTION_CLASSES } from '../../contract/names.ts';
import { INSTALLATION, makeMissing, readRing } from '../keys/ring.ts';
import type { CanonicalEntry } from '../ledger/leaf.ts';
import type { Ctx, Transaction } from '../platform/ports.ts';
import { type Recorded, recordNow } from '../vault/record.ts';

/** Appends an entry in the caller's transaction; every other lock must be held before. */
export async function recordInstallation(
  ctx: Ctx,
  tx: Transaction,
  kind: 'rotate' | 'restore',
  details: CanonicalEntry,
): Promise<Recorded> {
  const ring = await readRing(ctx, tx, [INSTALLATION]);
  await makeMissing(ctx, tx, ring, [{ customer: INSTALLATION, class: RETENTION_CLASSES.service }]);
  const entry = { v: 1, kind, at: ctx.clock.now(), ...details };
  const [recorded] = await recordNow(ctx, tx, INSTALLATION, ring, [{ customer: INSTALLATION, kind, entry }]);
  return recorded!;
}
