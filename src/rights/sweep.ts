/** The physical deletion after an erasure, by a job: page by page, safe to run twice. */
import type { Ctx } from '../platform/ports.ts';
import { readErasure, sweepPage } from '../vault/erase.ts';
import { journalErasure } from './journal.ts';

/** Journals the erasure once more (a crash may have come between its commit and the journal), then deletes its rows. */
export async function sweep(ctx: Ctx, erasureId: string): Promise<void> {
  const row = await readErasure(ctx.db, erasureId);
  if (row === null) return;
  await journalErasure(ctx, {
    id: row.id,
    store: row.store_id,
    customers: row.customers,
    classes: row.classes,
    tombstones: row.tombstones,
    at: row.occurred_at.getTime(),
    ledgerIndex: Number(row.ledger_index),
  });
  for (;;) {
    const done = await ctx.db.transaction((tx) => sweepPage(ctx, tx, erasureId));
    if (done) return;
  }
}
