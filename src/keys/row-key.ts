/** Keys of single rows (quarantine): a row can be forgotten without touching any customer. */
import { RetryTransaction } from '../platform/errors.ts';
import type { Ctx, Tx } from '../platform/ports.ts';
import { type DataKey, unwrap, wrap } from './hierarchy.ts';
import { insertRowKey, readRowKeys } from './sql.ts';

function place(id: string) {
  return { family: 'row', owner: id, class: 0, version: 1 };
}

/** Makes and stores the key of row `id`. */
export async function makeRowKey(ctx: Ctx, tx: Tx, id: string): Promise<DataKey> {
  const bytes = ctx.random.bytes(32);
  if (!(await insertRowKey(tx, { id, ...wrap(ctx, bytes, place(id)) }))) {
    await ctx.root.refresh();
    throw new RetryTransaction('the epoch was retired meanwhile');
  }
  return { bytes, version: 1 };
}

/** The keys of rows that still have one. */
export async function openRowKeys(ctx: Ctx, tx: Tx, ids: readonly string[]): Promise<Map<string, DataKey>> {
  const keys = new Map<string, DataKey>();
  for (const row of await readRowKeys(tx, ids))
    keys.set(row.id, { bytes: unwrap(ctx, row, place(row.id)), version: 1 });
  return keys;
}
