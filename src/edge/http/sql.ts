/** Keys and stores, as the server needs them to know who calls. */
import type { Role } from '../../../contract/names.ts';
import type { Tx } from '../../platform/ports.ts';

export interface KeyRow {
  readonly id: string;
  readonly kind: 'server' | 'browser' | 'api';
  readonly role: Role | null;
  readonly used_at: Date | null;
  readonly store_id: string;
  readonly country: string | null;
  readonly origins: string[];
  readonly demo: boolean;
}

const USED_EVERY_MS = 3_600_000;

/** The key with this SHA-256, unless it was revoked or is over. That it was used is noted, at most once an hour. */
export async function readKey(tx: Tx, hash: Buffer, now: Date): Promise<KeyRow | null> {
  const { rows } = await tx.query<KeyRow>({
    name: 'http_key',
    text: `SELECT k.id, k.kind, k.role, k.used_at, k.store_id, s.country, s.origins, s.demo
           FROM bailee.api_key k JOIN bailee.store s ON s.id = k.store_id
           WHERE k.hash = $1 AND k.revoked_at IS NULL AND (k.until IS NULL OR k.until > $2)`,
    values: [hash, now],
  });
  const [row] = rows;
  if (row === undefined) return null;
  if (row.used_at === null || now.getTime() - row.used_at.getTime() > USED_EVERY_MS)
    await tx.query({
      name: 'http_key_used',
      text: 'UPDATE bailee.api_key SET used_at = $2 WHERE id = $1',
      values: [row.id, now],
    });
  return row;
}

/** Whether any store lets this origin use its browser keys; a preflight does not say which store it is for. */
export async function originIsKnown(tx: Tx, origin: string): Promise<boolean> {
  const { rows } = await tx.query<{ known: boolean }>({
    name: 'http_origin',
    text: `SELECT EXISTS (SELECT FROM bailee.store
             WHERE $1 = ANY(origins) OR (demo AND origins = '{}')) AS known`,
    values: [origin],
  });
  return rows[0]?.known ?? false;
}
