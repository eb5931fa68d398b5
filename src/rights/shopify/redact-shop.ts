/**
 * A whole shop shall go (`shop/redact`, sent when its app was removed). A forged or mistaken message would cost every
 * customer, so an administrator says first whether it is right; then a job erases one after the other.
 */
import type { Caller } from '../../gate/actor.ts';
import type { GateCtx } from '../../gate/context.ts';
import { recordDefinition } from '../../gate/record-definition.ts';
import { BaileeError, isBaileeError } from '../../platform/errors.ts';
import type { Tx } from '../../platform/ports.ts';
import { handOf } from '../../staff/keys/hand.ts';
import { presentCustomers } from '../../vault/requests.ts';
import { erase } from '../erase.ts';
import { needAdministrator } from './settings.ts';
import { appSetter, askRedaction, confirmedRedactions, decideRedaction, endRedaction } from './sql.ts';

const PAGE = 50;

/** Leaves it for an administrator. One that waits already stands for both. */
export async function askToRedact(ctx: GateCtx, store: string): Promise<void> {
  const asked = await askRedaction(ctx.db, ctx.random.id(), store, new Date(ctx.clock.now()));
  if (asked) ctx.log.warn({ store }, 'the platform asks that a whole shop goes; an administrator decides');
}

/** Throws `forbidden`, `conflict` when it does not wait (any more), or is not of this store. Whoever set the secrets may have written the message, so another says yes. */
export async function decideToRedact(
  ctx: GateCtx,
  { actor, id, confirm }: { readonly actor: Caller; readonly id: string; readonly confirm: boolean },
): Promise<void> {
  needAdministrator(actor);
  const state = confirm ? 'confirmed' : 'declined';
  await ctx.db.transaction(async (tx) => {
    if (confirm) await needAnotherHand(tx, actor);
    const at = new Date(ctx.clock.now());
    if (!(await decideRedaction(tx, { id, store_id: actor.store, state, by: actor.id, at })))
      throw new BaileeError('conflict', 'No such message waits for this store.');
    const details = { step: 'shop-redaction', subject: id, state };
    await recordDefinition(ctx, tx, { kind: 'partner', actor, details });
  });
}

async function needAnotherHand(tx: Tx, actor: Caller): Promise<void> {
  const setter = await appSetter(tx, actor.store);
  if (setter === null || (await handOf(tx, setter)) === (await handOf(tx, actor.id)))
    throw new BaileeError(
      'forbidden',
      'Whoever set the secrets of the app does not confirm alone that all customers go. Let another administrator do it.',
      { needs: 'second-person' },
    );
}

/** Erases customers of shops whose going is confirmed, until all are gone or the most for an hour. Resolves with how many. */
export async function redactShops(ctx: GateCtx): Promise<number> {
  let gone = 0;
  for (const { id, store_id: store } of await confirmedRedactions(ctx.db)) {
    const actor = { type: 'job', name: 'shop-redact', store } as const;
    for (;;) {
      const customers = await presentCustomers(ctx.db, store, PAGE);
      if (customers.length === 0) break;
      for (const customer of customers) {
        try {
          await erase(ctx, { actor, customer, evidence: null });
          gone += 1;
        } catch (error) {
          if (isBaileeError(error, 'erasure_cap')) return gone;
          // It went together with another.
          if (!isBaileeError(error, 'already_erased')) throw error;
        }
      }
    }
    await endRedaction(ctx.db, id, new Date(ctx.clock.now()));
  }
  return gone;
}
