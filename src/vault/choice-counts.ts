/** How many people chose, by purpose and time: counts alone, and no id leaves. */
import type { Purpose } from '../../contract/names.ts';
import type { Tx } from '../platform/ports.ts';

export interface ChoiceCount {
  /** First day of the period, `2026-11-23`. */
  readonly period: string;
  readonly purpose: Purpose;
  readonly granted: number;
  readonly refused: number;
  readonly withdrawn: number;
}

export interface CountChoices {
  readonly store: string;
  readonly by: 'day' | 'week';
  readonly from: Date;
  /** Not included. */
  readonly until: Date;
}

/**
 * Of purposes as a whole, by when it was received, in days and ISO weeks of UTC. What was imported was chosen at
 * another time, and does not count. A refusal after an own grant is a withdrawal.
 */
export async function countChoices(tx: Tx, { store, by, from, until }: CountChoices): Promise<ChoiceCount[]> {
  const { rows } = await tx.query<ChoiceCount>({
    name: 'choice_counts',
    text: `SELECT to_char(period, 'YYYY-MM-DD') AS period, purpose,
             count(DISTINCT customer_id) FILTER (WHERE state = 'granted')::integer AS granted,
             count(DISTINCT customer_id) FILTER (WHERE state = 'refused' AND NOT before)::integer AS refused,
             count(DISTINCT customer_id) FILTER (WHERE state = 'refused' AND before)::integer AS withdrawn
           FROM (SELECT c.customer_id, c.purpose, c.state, date_trunc($2, c.received_at AT TIME ZONE 'UTC') AS period,
               c.state = 'refused' AND EXISTS (SELECT FROM bailee.choice b WHERE b.customer_id = c.customer_id
                 AND b.purpose = c.purpose AND b.channel IS NULL AND b.recipient IS NULL AND b.state = 'granted'
                 AND b.received_at < c.received_at) AS before
             FROM bailee.choice c JOIN bailee.customer p ON p.id = c.customer_id AND p.store_id = $1
             WHERE c.received_at >= $3 AND c.received_at < $4 AND c.channel IS NULL AND c.recipient IS NULL
               AND c.how <> 'imported') AS chosen
           GROUP BY period, purpose ORDER BY period, purpose`,
    values: [store, by, from, until],
  });
  return rows;
}
