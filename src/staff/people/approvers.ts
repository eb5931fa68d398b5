/** Who else could be the second person. */
import type { Ctx, Tx } from '../../platform/ports.ts';

/** How many people of the store besides `person` may approve and review now: active, as privacy officer or security. */
export type CountApprovers = (tx: Tx, store: string, person: string) => Promise<number>;

/** Counted in the caller's transaction, by the clock of `ctx`. */
export function approversNow({ clock }: Pick<Ctx, 'clock'>): CountApprovers {
  return async (tx, store, person) => {
    const { rows } = await tx.query<{ count: string }>({
      name: 'person_approvers',
      text: `SELECT count(DISTINCT p.id) FROM bailee.person p JOIN bailee.person_role r ON r.person_id = p.id
             WHERE p.store_id = $1 AND p.id <> $2 AND p.state = 'active'
               AND r.role IN ('privacy-officer', 'security') AND (r.until IS NULL OR r.until > $3)`,
      values: [store, person, new Date(clock.now())],
    });
    return Number(rows[0]?.count ?? 0);
  };
}
