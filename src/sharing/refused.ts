/** A customer took back that partners may have data: those who have it must hear of it. */
import type { GateCtx } from '../gate/context.ts';
import { gather } from '../gate/gather.ts';
import { tellRecipients } from '../gate/tell-recipients.ts';
import type { Transaction } from '../platform/ports.ts';

/** From the outbox, in its transaction. Whoever was erased since had all of them told. */
export async function tellOfRefusal(
  ctx: GateCtx,
  tx: Transaction,
  { store, customer, recipient }: Readonly<Record<string, string>>,
): Promise<void> {
  if (store === undefined || customer === undefined) return;
  const cluster = (await gather(ctx, tx, [customer], [])).clusters.get(customer);
  if (cluster === undefined || cluster.rows.some((row) => row.erased || row.store_id !== store)) return;
  const only = recipient === undefined ? {} : { only: recipient };
  await tellRecipients(ctx, tx, { store, kind: 'objection', customers: [...cluster.members], ...only });
}
