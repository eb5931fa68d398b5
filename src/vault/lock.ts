/** Locks on customers, always in id order, so that no two transactions wait for each other in a circle. */
import type { Tx } from '../platform/ports.ts';
import { members } from './identify.ts';

export interface CustomerRow {
  readonly id: string;
  readonly store_id: string;
  readonly kind: 'visitor' | 'customer' | 'guest';
  readonly restricted: boolean;
  readonly erased: boolean;
  /** Where the customer lives, ISO 3166-1 or -2; null: not known. */
  readonly region: string | null;
  /** ISO 3166-1 of the store's establishment. */
  readonly country: string | null;
  /** A parent chose for them, once. */
  readonly guarded: boolean;
}

const COLUMNS = `c.id, c.store_id, c.kind, c.restricted_at IS NOT NULL AS restricted, c.erased_at IS NOT NULL AS erased,
  c.region, (SELECT s.country FROM bailee.store s WHERE s.id = c.store_id) AS country,
  EXISTS (SELECT FROM bailee.choice p WHERE p.customer_id = c.id AND p.guardian IS NOT NULL) AS guarded`;

/**
 * Locks customers: `share` for reading and for adding rows, `update` for choices, restrictions, merges
 * and erasures. Ids that do not exist are not in the answer.
 */
export async function lockCustomers(
  tx: Tx,
  ids: readonly string[],
  mode: 'share' | 'update',
): Promise<Map<string, CustomerRow>> {
  if (ids.length === 0) return new Map();
  const { rows } = await tx.query<CustomerRow>({
    name: `lock_customers_${mode}`,
    text: `SELECT ${COLUMNS} FROM bailee.customer c WHERE c.id = ANY($1)
           ORDER BY c.id FOR ${mode === 'share' ? 'SHARE' : 'UPDATE'}`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Locks a whole cluster FOR UPDATE; looks again after waiting, since a merge may have come between. Root first in the answer's order of ids. */
export async function lockWhole(
  tx: Tx,
  id: string,
): Promise<{ root: string; rows: Map<string, CustomerRow> } | null> {
  for (;;) {
    const before = await members(tx, [id]);
    const rows = await lockCustomers(
      tx,
      before.map((each) => each.member),
      'update',
    );
    if (!rows.has(id)) return null;
    const after = await members(tx, [id]);
    const root = after[0]?.root ?? id;
    if (after.length === before.length && after.every((each) => rows.has(each.member))) return { root, rows };
  }
}
