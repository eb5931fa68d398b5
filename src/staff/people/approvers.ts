/** Who else could be the second person, as they stand now. */
import type { Ctx } from '../../platform/ports.ts';
import type { CountApprovers } from '../approvers.ts';

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
