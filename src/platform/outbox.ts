/** The outbox: what must happen above after a change below, written in the change's own transaction. Ids only. */
import type { Ctx, Transaction, Tx } from './ports.ts';

/**
 * `alert`: people with the task must see it at once; the payload names the row in `bailee.alert`.
 * `partner.refused`: a customer took back that recipients may have data; the payload names store and customer, and `recipient`,
 * where it is one alone, by name.
 * `case.answer`: an answer to a customer waits to be sent; the payload names customer, case and message.
 */
export type OutboxKind = 'customer.erased' | 'alert' | 'person.left' | 'case.answer' | 'partner.refused';

export interface OutboxMessage {
  readonly id: string;
  readonly kind: OutboxKind;
  readonly payload: Record<string, string>;
}

/** Leaves a message for the rooms above; it is handed over at least once after the commit. */
export async function leave(
  ctx: Ctx,
  tx: Tx,
  kind: OutboxKind,
  payload: Record<string, string>,
): Promise<void> {
  await tx.query({
    name: 'outbox_leave',
    text: 'INSERT INTO bailee.outbox (id, kind, payload, created_at) VALUES ($1, $2, $3, $4)',
    values: [ctx.random.id(), kind, JSON.stringify(payload), new Date(ctx.clock.now())],
  });
}

/** Hands waiting messages to `handle`, oldest first, each in the transaction that marks it done. Resolves with how many. */
export async function drain(
  ctx: Ctx,
  handle: (tx: Transaction, message: OutboxMessage) => Promise<void>,
): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const { rows } = await tx.query<OutboxMessage>({
      name: 'outbox_take',
      text: `SELECT id, kind, payload FROM bailee.outbox WHERE done_at IS NULL
             ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED`,
    });
    for (const message of rows) {
      await handle(tx, message);
      await tx.query({
        name: 'outbox_done',
        text: 'UPDATE bailee.outbox SET done_at = $2 WHERE id = $1',
        values: [message.id, new Date(ctx.clock.now())],
      });
    }
    return rows.length;
  });
}
