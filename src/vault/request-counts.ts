/** Requests of a year, counted: no ids come out. */
import type { Refusal, RequestKind } from '../../contract/requests.ts';
import type { Tx } from '../platform/ports.ts';

export interface RequestYearRow {
  /** Null: of all kinds together. */
  readonly kind: RequestKind | null;
  readonly received: number;
  readonly complied: number;
  readonly denied: number;
  readonly withdrawn: number;
  readonly open: number;
  readonly late: number;
  /** Calendar days from receipt to the answer, where the shop is; null: none was answered. */
  readonly median: number | null;
  readonly mean: number | null;
}

/** Those that came in the year, by kind and in all. A restriction that was lifted later was complied with. */
export async function countRequestYear(
  tx: Tx,
  store: string,
  year: number,
  now: Date,
): Promise<RequestYearRow[]> {
  const { rows } = await tx.query<RequestYearRow>({
    name: 'request_year',
    text: `WITH r AS (
             SELECT kind, ended_at, due_at, CASE
                 WHEN state = 'withdrawn' AND kind = 'restriction' AND EXISTS (SELECT FROM bailee.request_step s
                   WHERE s.customer_id = q.customer_id AND s.request_id = q.id AND s.step = 'fulfil') THEN 'fulfilled'
                 ELSE state END AS state,
               ((ended_at AT TIME ZONE zone)::date - received_on) AS days
             FROM bailee.request q WHERE store_id = $1 AND received_on >= $2::date AND received_on < $3::date)
           SELECT kind, count(*)::int AS received,
             count(*) FILTER (WHERE state = 'fulfilled')::int AS complied,
             count(*) FILTER (WHERE state = 'refused')::int AS denied,
             count(*) FILTER (WHERE state = 'withdrawn')::int AS withdrawn,
             count(*) FILTER (WHERE ended_at IS NULL)::int AS open,
             count(*) FILTER (WHERE state <> 'withdrawn' AND coalesce(ended_at, $4) > due_at)::int AS late,
             (percentile_cont(0.5) WITHIN GROUP (ORDER BY days)
               FILTER (WHERE state IN ('fulfilled', 'refused')))::float8 AS median,
             (avg(days) FILTER (WHERE state IN ('fulfilled', 'refused')))::float8 AS mean
           FROM r GROUP BY GROUPING SETS ((kind), ()) ORDER BY kind NULLS LAST`,
    values: [store, `${year}-01-01`, `${year + 1}-01-01`, now],
  });
  return rows;
}

/** Why requests of the year were refused, the commonest first. */
export async function countRefusals(
  tx: Tx,
  store: string,
  year: number,
): Promise<{ readonly because: Refusal; readonly count: number }[]> {
  const { rows } = await tx.query<{ because: Refusal; count: number }>({
    name: 'request_refusals',
    text: `SELECT refused_because AS because, count(*)::int AS count FROM bailee.request
           WHERE store_id = $1 AND received_on >= $2::date AND received_on < $3::date AND state = 'refused'
           GROUP BY 1 ORDER BY 2 DESC, 1`,
    values: [store, `${year}-01-01`, `${year + 1}-01-01`],
  });
  return rows;
}

/** Years in which requests came, newest first. */
export async function requestYears(tx: Tx, store: string): Promise<number[]> {
  const { rows } = await tx.query<{ year: number }>({
    name: 'request_years',
    text: `SELECT DISTINCT extract(year FROM received_on)::int AS year FROM bailee.request
           WHERE store_id = $1 ORDER BY 1 DESC LIMIT 20`,
    values: [store],
  });
  return rows.map((row) => row.year);
}
