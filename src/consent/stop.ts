/** A no that comes from outside a page: a link in a mail, or a mail service that tells of it. It is the person's own. */
import type { Purpose } from '../../contract/names.ts';
import { RETENTION_CLASSES } from '../../contract/names.ts';
import { makeMissing, readRing } from '../keys/ring.ts';
import type { Ctx, Transaction } from '../platform/ports.ts';
import { newestState } from '../vault/choices.ts';
import { lockWhole } from '../vault/lock.ts';
import { recordChoices } from './record.ts';

export interface StopInput {
  readonly store: string;
  readonly customer: string;
  readonly purpose: Purpose;
  /** `unsubscribe`: the person's click; `mail-service`: told by one. */
  readonly place: 'unsubscribe' | 'mail-service';
}

/** Refuses a purpose for a customer; true when that was news. Of someone erased or unknown there is nothing to stop. */
export function stop(ctx: Ctx, input: StopInput): Promise<boolean> {
  return ctx.db.transaction((tx) => stopIn(ctx, tx, input));
}

async function stopIn(
  ctx: Ctx,
  tx: Transaction,
  { store, customer, purpose, place }: StopInput,
): Promise<boolean> {
  const locked = await lockWhole(tx, customer);
  if (locked === null || [...locked.rows.values()].some((row) => row.erased || row.store_id !== store))
    return false;
  const before = await newestState(tx, [...locked.rows.keys()], purpose);
  if (before === 'refused') return false;
  const ring = await readRing(ctx, tx, [customer]);
  await makeMissing(ctx, tx, ring, [{ customer, class: RETENTION_CLASSES.service }]);
  const context = { place, ...(before === 'granted' ? { withdraws: [purpose] } : {}) };
  const changes = [{ purpose, state: 'refused' as const }];
  const set = { customer, changes, how: 'chosen' as const, occurredAt: ctx.clock.now(), context };
  await recordChoices(ctx, tx, store, ring, [set]);
  return true;
}
