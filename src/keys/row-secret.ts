/** What others gave a store to keep, and what waits to be told them: each value under a key of its own row, gone with that key. */
import type { Ctx, Tx } from '../platform/ports.ts';
import { INSTALLATION } from './ring.ts';
import { makeRowKey, openRowKeys } from './row-key.ts';
import { seal, unseal } from './seal.ts';

export interface SecretRow {
  readonly id: string;
  readonly store_id: string;
}

/** Seals a JSON value under a new key. A row is sealed once: what replaces it is another row. */
export async function sealRow(
  ctx: Ctx,
  tx: Tx,
  row: SecretRow,
  column: number,
  value: unknown,
): Promise<Buffer> {
  return seal(ctx.cipher, await makeRowKey(ctx, tx, row.id), placeOf(row, column), value);
}

/** The value; null when its key is gone. */
export async function openRow(
  ctx: Ctx,
  tx: Tx,
  row: SecretRow & { readonly sealed: Buffer },
  column: number,
): Promise<unknown> {
  const key = (await openRowKeys(ctx, tx, [row.id])).get(row.id);
  return key === undefined ? null : unseal(ctx.cipher, key, placeOf(row, column), row.sealed);
}

function placeOf({ id, store_id: store }: SecretRow, field: number) {
  return { store, customer: INSTALLATION, row: id, rowVersion: 1, field };
}
