/** The public keys that ever signed: whoever holds an old receipt can still check it. */
import type { Ctx, Tx } from '../platform/ports.ts';
import { type SigningPurpose, signerOf } from './signer.ts';
import { readSigningKeys, useSigningKey } from './sql.ts';

export interface PublishedKey {
  readonly vkey: string;
  readonly purpose: SigningPurpose;
  readonly createdAt: Date;
  /** Null while it signs. */
  readonly retiredAt: Date | null;
}

/** All keys, retired ones too, oldest first within their purpose. */
export async function publishedKeys(_ctx: unknown, tx: Tx): Promise<PublishedKey[]> {
  const rows = await readSigningKeys(tx);
  return rows.map((row) => ({
    vkey: row.vkey,
    purpose: row.purpose,
    createdAt: row.created_at,
    retiredAt: row.retired_at,
  }));
}

/** Publishes the keys in use and retires the others of their purpose. Called at start, before anything is signed. */
export async function registerKeys(ctx: Pick<Ctx, 'clock' | 'config' | 'root'>, tx: Tx): Promise<void> {
  const now = new Date(ctx.clock.now());
  await useSigningKey(tx, 'ledger', signerOf(ctx, 'ledger').vkey, now);
  await useSigningKey(tx, 'receipt', signerOf(ctx, 'receipt').vkey, now);
}
