/** SQL on `bailee.passkey`. */
import type { Tx } from '../../platform/ports.ts';

export interface PasskeyRow {
  /** Credential id. */
  readonly id: Buffer;
  readonly person_id: string;
  readonly store_id: string;
  readonly public_key: Buffer;
  /** Uses, as the device counts them; 0 for those that do not count. */
  readonly counter: string;
  readonly transports: string[];
  readonly label: string;
  readonly created_at: Date;
  readonly used_at: Date | null;
}

const PASSKEY = `SELECT k.id, k.person_id, p.store_id, k.public_key, k.counter, k.transports, k.label, k.created_at, k.used_at
  FROM bailee.passkey k JOIN bailee.person p ON p.id = k.person_id`;

export async function findPasskey(tx: Tx, id: Buffer): Promise<PasskeyRow | null> {
  const { rows } = await tx.query<PasskeyRow>({
    name: 'passkey_find',
    text: `${PASSKEY} WHERE k.id = $1`,
    values: [id],
  });
  return rows[0] ?? null;
}

export async function passkeysOf(tx: Tx, person: string): Promise<PasskeyRow[]> {
  const { rows } = await tx.query<PasskeyRow>({
    name: 'passkey_list',
    text: `${PASSKEY} WHERE k.person_id = $1 ORDER BY k.created_at, k.id`,
    values: [person],
  });
  return rows;
}

export type NewPasskey = Omit<PasskeyRow, 'counter' | 'store_id' | 'used_at'> & { readonly counter: number };

/** False when somebody has this credential already. */
export async function insertPasskey(tx: Tx, row: NewPasskey): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'passkey_insert',
    text: `INSERT INTO bailee.passkey (id, person_id, public_key, counter, transports, label, created_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING`,
    values: [row.id, row.person_id, row.public_key, row.counter, row.transports, row.label, row.created_at],
  });
  return rowCount === 1;
}

export async function usePasskey(tx: Tx, id: Buffer, counter: number, now: Date): Promise<void> {
  await tx.query({
    name: 'passkey_use',
    text: 'UPDATE bailee.passkey SET counter = $2, used_at = $3 WHERE id = $1',
    values: [id, counter, now],
  });
}

export async function deletePasskey(tx: Tx, id: Buffer): Promise<void> {
  await tx.query({ name: 'passkey_delete', text: 'DELETE FROM bailee.passkey WHERE id = $1', values: [id] });
}

/** Ids of the store's people who have a passkey. */
export async function passkeyHolders(tx: Tx, store: string): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ person_id: string }>({
    name: 'passkey_holders',
    text: `SELECT DISTINCT k.person_id FROM bailee.passkey k JOIN bailee.person p ON p.id = k.person_id
           WHERE p.store_id = $1`,
    values: [store],
  });
  return new Set(rows.map(({ person_id }) => person_id));
}
