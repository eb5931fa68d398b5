/** Records choices: append-only rows and an entry in the ledger, in the caller's transaction. */
import type { Purpose } from '../../contract/names.ts';
import type { KeyRing } from '../keys/ring.ts';
import type { ChoiceState } from '../law/types.ts';
import type { Ctx, Transaction } from '../platform/ports.ts';
import { addChoices } from '../vault/choices.ts';
import { type Recorded, recordNow, recordSoon } from '../vault/record.ts';

export interface ChoiceSet {
  readonly customer: string;
  readonly changes: readonly { readonly purpose: Purpose; readonly state: ChoiceState }[];
  /** `chosen` by the person; `asserted` by a sender, which never widens what stands. */
  readonly how: 'asserted' | 'chosen';
  /** UTC milliseconds. */
  readonly occurredAt: number;
}

/**
 * Adds choices of customers that are locked FOR UPDATE (or were made in this transaction) and whose
 * `service` key exists. A refusal is indexed here and now, so that every opening at a higher index knows it;
 * what only widens may wait for the sequencer.
 */
export async function recordChoices(
  ctx: Ctx,
  tx: Transaction,
  store: string,
  ring: KeyRing,
  sets: readonly ChoiceSet[],
): Promise<Recorded[]> {
  if (sets.length === 0) return [];
  const now = ctx.clock.now();
  await addChoices(
    tx,
    sets.flatMap((set) =>
      set.changes.map((change) => ({
        customer_id: set.customer,
        id: ctx.random.id(),
        purpose: change.purpose,
        channel: null,
        state: change.state,
        how: set.how,
        notice: null,
        occurredAt: set.occurredAt,
      })),
    ),
    now,
  );
  const entries = sets.map((set) => ({
    customer: set.customer,
    kind: 'choice',
    entry: {
      v: 1,
      kind: 'choice',
      at: now,
      store,
      customer: set.customer,
      how: set.how,
      choices: Object.fromEntries(set.changes.map((change) => [change.purpose, change.state])),
    },
  }));
  const atOnce = sets.some(
    (set) => set.how === 'chosen' || set.changes.some((change) => change.state === 'refused'),
  );
  return atOnce ? recordNow(ctx, tx, store, ring, entries) : recordSoon(ctx, tx, store, ring, entries);
}
