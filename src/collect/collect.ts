/** Collecting: a batch of Segment messages in, one answer per message out. A bad event never fails its neighbors. */
import type { GateCtx } from '../gate/context.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Transaction } from '../platform/ports.ts';
import { readMessage } from './message.ts';
import { takeOut } from './quarantine.ts';
import { isFault, type Stored, type StoreInput, store } from './store.ts';
import type { Batch, Collected, Source } from './types.ts';
import { NeedsUpdateLocks } from './write-digest.ts';

/**
 * Collects a batch. When it resolves, everything that was accepted is durable (on PostgreSQL), each
 * messageId once in 90 days. Throws `database_unavailable` and `saturated` when nothing was stored; then the
 * batch may be sent again as it is.
 */
export async function collect(ctx: GateCtx, source: Source, batch: Batch): Promise<Collected> {
  const stored = await collectBatch(ctx, source, batch);
  return {
    accepted: stored.stored + stored.duplicates,
    notCollected: stored.notCollected,
    quarantined: stored.quarantined.map(({ index, messageId, code, message }) => ({
      index,
      messageId,
      code,
      message,
    })),
  };
}

/** The same, with what the rooms above may want to know of it. */
export async function collectBatch(ctx: GateCtx, source: Source, batch: Batch): Promise<Stored> {
  const receivedAt = ctx.clock.now();
  const sent = { sentAt: batch.sentAt, context: batch.context, receivedAt };
  const read = batch.events.map((raw, index) => readMessage(source, raw, index, sent));
  const stored = await withLocks(ctx, { source, read, receivedAt, deduplicate: true });
  count(ctx, source, read, stored);
  return stored;
}

/** Attempts with shared locks: whoever loses more races than that waits in line for the stronger ones. */
const SHARED_ATTEMPTS = 2;

/**
 * Most batches change no choice and no link: they get by with shared locks. Throws `saturated` when too many
 * change the same customers at once; then nothing was stored.
 */
async function withLocks(ctx: GateCtx, input: Omit<StoreInput, 'locks'>): Promise<Stored> {
  let attempts = 0;
  const attempt = (strong: boolean) =>
    ctx.db.transaction((tx) => {
      attempts += 1;
      const locks = strong || attempts > SHARED_ATTEMPTS ? 'update' : 'share';
      return store(ctx, tx, { ...input, locks });
    });
  try {
    return await attempt(false).catch((error: unknown) => {
      if (error instanceof NeedsUpdateLocks) return attempt(true);
      throw error;
    });
  } catch (error) {
    const lost = ['40001', '40P01'].includes(String((error as { code?: unknown }).code));
    if (!lost) throw error;
    throw new BaileeError('saturated', 'Many change the same customers at once. Try again in a second.');
  }
}

function count(ctx: GateCtx, source: Source, read: StoreInput['read'], stored: Stored): void {
  ctx.metrics.events.inc({ result: 'stored' }, stored.stored);
  ctx.metrics.events.inc({ result: 'duplicate' }, stored.duplicates);
  ctx.metrics.events.inc({ result: 'not-collected' }, stored.notCollected);
  ctx.metrics.events.inc({ result: 'quarantined' }, stored.quarantined.length);
  if (source.kind !== 'browser') return;
  for (const each of read)
    if (!isFault(each) && each.claimed) ctx.metrics.browserAttacks.inc({ kind: 'claimed-customer' });
    else if (isFault(each) && each.code === 'not_your_device')
      ctx.metrics.browserAttacks.inc({ kind: 'not-your-device' });
}

export interface Replayed {
  readonly replayed: number;
  readonly stillQuarantined: number;
}

/** Tries quarantined events again (all, or those named; at most 500 a call), after the catalog or the sender was mended. */
export async function replayQuarantine(
  ctx: GateCtx,
  source: Omit<Source, 'kind'>,
  which: { ids?: readonly string[] } = {},
): Promise<Replayed> {
  return ctx.db.transaction((tx: Transaction) => replay(ctx, tx, source, which.ids ?? null));
}

async function replay(
  ctx: GateCtx,
  tx: Transaction,
  source: Omit<Source, 'kind'>,
  ids: readonly string[] | null,
): Promise<Replayed> {
  const now = ctx.clock.now();
  const taken = await takeOut(ctx, tx, source.store, ids);
  let still = 0;
  for (const kind of ['server', 'browser', 'import'] as const) {
    const own = taken.filter((each) => each.source === kind);
    if (own.length === 0) continue;
    const from: Source = { ...source, kind };
    // By the clock of the day it came: the sender's clock is measured against that.
    const read = own.map(({ raw, receivedAt }, index) => {
      const again = readMessage(from, raw, index, { sentAt: undefined, context: undefined, receivedAt });
      return isFault(again) ? { ...again, receivedAt } : again;
    });
    await store(ctx, tx, { source: from, read, receivedAt: now, locks: 'update', deduplicate: false });
    still += read.filter(isFault).length;
  }
  return { replayed: taken.length - still, stillQuarantined: still };
}
