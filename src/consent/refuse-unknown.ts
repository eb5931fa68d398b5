/**
 * A refusal of everything by somebody of whom nothing is known. Nothing may be known of them afterwards
 * either: it is counted, and it has an entry and a receipt, but no identifier anywhere.
 */
import { RETENTION_CLASSES } from '../../contract/names.ts';
import { INSTALLATION, makeMissing, readRing } from '../keys/ring.ts';
import type { CanonicalEntry } from '../ledger/leaf.ts';
import type { Ctx, Transaction } from '../platform/ports.ts';
import { type Recorded, recordNow } from '../vault/record.ts';
import { type ChoiceChange, type ChoiceContext, entryOf } from './record.ts';
import { countRefusal } from './sql.ts';

/** Counts and records one refusal, in the caller's transaction; the ledger's head is locked last. */
export async function refuseUnknown(
  ctx: Ctx,
  tx: Transaction,
  store: string,
  changes: readonly ChoiceChange[],
  context: ChoiceContext,
): Promise<Recorded> {
  const now = ctx.clock.now();
  // The id of the request stays out: the sender could have made it of anything.
  const { request: _request, ...rest } = context;
  const said = entryOf({ how: 'chosen', changes, context: rest });
  const entry: CanonicalEntry = { v: 1, kind: 'refusal', at: now, store, ...said };
  const place = {
    store,
    notice: context.notice?.version ?? 0,
    language: context.notice?.language ?? '',
    region: context.region ?? '',
    day: new Date(now).toISOString().slice(0, 10),
  };
  await countRefusal(tx, place, ctx.random.bytes(1)[0]!);
  const ring = await readRing(ctx, tx, [INSTALLATION]);
  await makeMissing(ctx, tx, ring, [{ customer: INSTALLATION, class: RETENTION_CLASSES.service }]);
  const [recorded] = await recordNow(ctx, tx, store, ring, [
    { customer: INSTALLATION, kind: 'refusal', entry },
  ]);
  return recorded!;
}
