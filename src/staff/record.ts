/** What is done about staff, as entries of the ledger: ids alone, sealed for the installation. */
import { RETENTION_CLASSES } from '../../contract/names.ts';
import { INSTALLATION, makeMissing, readRing } from '../keys/ring.ts';
import type { CanonicalEntry } from '../ledger/leaf.ts';
import type { Ctx, Transaction } from '../platform/ports.ts';
import { recordSoon } from '../vault/record.ts';

export interface StaffStep {
  readonly store: string;
  /** Whom it concerns; null: an account that does not exist. */
  readonly person: string | null;
  /** Who did it, where it was somebody else: a person, or `operator`. */
  readonly by?: string;
  readonly step: string;
  readonly details?: CanonicalEntry;
}

export async function recordStaff(ctx: Ctx, tx: Transaction, taken: StaffStep): Promise<void> {
  const { store, person, by, step, details } = taken;
  const ring = await readRing(ctx, tx, [INSTALLATION]);
  await makeMissing(ctx, tx, ring, [{ customer: INSTALLATION, class: RETENTION_CLASSES.service }]);
  const entry = {
    v: 1,
    kind: 'staff',
    at: ctx.clock.now(),
    store,
    person,
    step,
    ...(by === undefined ? {} : { by }),
    ...details,
  };
  await recordSoon(ctx, tx, store, ring, [{ customer: INSTALLATION, kind: 'staff', entry }]);
}
