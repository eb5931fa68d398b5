/** Entries about what a store defines for itself. No customer is named. */
import { RETENTION_CLASSES } from '../../contract/names.ts';
import { INSTALLATION, makeMissing, readRing } from '../keys/ring.ts';
import type { CanonicalEntry } from '../ledger/leaf.ts';
import type { Transaction } from '../platform/ports.ts';
import { recordNow } from '../vault/record.ts';
import { actorEntry, type Caller } from './actor.ts';
import type { GateCtx } from './context.ts';

/** A recipient that signed what it says. */
export interface PartyOutside {
  readonly type: 'recipient';
  readonly id: string;
  readonly store: string;
}

export interface Definition {
  readonly kind: 'tag-definition' | 'partner';
  readonly actor: Caller | PartyOutside;
  readonly details: CanonicalEntry;
}

/** Appends the entry in this transaction. Every other lock must be held before. */
export async function recordDefinition(
  ctx: GateCtx,
  tx: Transaction,
  { kind, actor, details }: Definition,
): Promise<void> {
  const ring = await readRing(ctx, tx, [INSTALLATION]);
  await makeMissing(ctx, tx, ring, [{ customer: INSTALLATION, class: RETENTION_CLASSES.service }]);
  const { store } = actor;
  const named = actor.type === 'recipient' ? { type: actor.type, id: actor.id } : actorEntry(actor);
  const entry = { v: 1, kind, at: ctx.clock.now(), store, actor: named, ...details };
  await recordNow(ctx, tx, store, ring, [{ customer: INSTALLATION, kind, entry }]);
}
