/** A readable export of an installation, taken before it is destroyed: what a legal duty still needs, through the bulk door. */
import { open } from 'node:fs/promises';
import type { Actor } from '../gate/actor.ts';
import { bulkOrders } from '../gate/bulk.ts';
import { bulkProfiles } from '../gate/bulk-profiles.ts';
import type { GateCtx } from '../gate/context.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Tx } from '../platform/ports.ts';

export interface Exported {
  readonly customers: number;
  readonly orders: number;
}

/**
 * Writes JSON lines (`{kind: "customer" | "order", store, …}`) to a new file that only its owner may read,
 * synced before it resolves. Opened for `legal-duty`: fields that no duty needs stay sealed, and go.
 */
export async function exportReadable(ctx: GateCtx, path: string): Promise<Exported> {
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
    throw new BaileeError('conflict', 'The export file exists already. Name another; nothing was destroyed.');
  });
  const count = { customers: 0, orders: 0 };
  const write = (lines: readonly object[]) =>
    file.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  try {
    for (const store of await storeIds(ctx.db)) {
      const actor: Actor & { type: 'job' } = { type: 'job', name: 'export', store };
      for await (const page of bulkProfiles(ctx, { actor, purpose: 'legal-duty' })) {
        await write(page.map((each) => ({ kind: 'customer', store, ...each })));
        count.customers += page.length;
      }
      for await (const page of bulkOrders(ctx, { actor, purpose: 'legal-duty' })) {
        await write(page.map((each) => ({ kind: 'order', store, ...each })));
        count.orders += page.length;
      }
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return count;
}

async function storeIds(tx: Tx): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>({ text: 'SELECT id FROM bailee.store ORDER BY id' });
  return rows.map((row) => row.id);
}
