/** The months that events lie in. What no month holds lies in `event_other`, so a month that is missing loses nothing. */
import { RETENTION_CLASSES } from '../../contract/names.ts';
import type { Database, Transaction } from '../platform/ports.ts';

/** Rows of that month lie in the default partition already. */
const CHECK_VIOLATION = '23514';

/** A month in UTC. */
export interface Month {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
}

/**
 * Makes the partition of a month; false when it is there already, or when rows of that month lie in the
 * default partition: they stay where they are. Several nodes may do it at once: the lock on the parent lets
 * one pass at a time, and none of those who write.
 */
export async function makeMonth(db: Database, { year, month }: Month): Promise<boolean> {
  const name = `event_${year}_${String(month).padStart(2, '0')}`;
  const from = new Date(Date.UTC(year, month - 1, 1)).toISOString();
  const to = new Date(Date.UTC(year, month, 1)).toISOString();
  try {
    return await db.transaction(async (tx) => {
      await tx.query({ text: 'LOCK TABLE bailee.event IN SHARE UPDATE EXCLUSIVE MODE' });
      const { rows } = await tx.query<{ there: boolean }>({
        text: 'SELECT to_regclass($1) IS NOT NULL AS there',
        values: [`bailee.${name}`],
      });
      if (rows[0]?.there === true) return false;
      await tx.query({
        text: `CREATE TABLE bailee.${name} PARTITION OF bailee.event FOR VALUES FROM ('${from}') TO ('${to}')`,
      });
      return true;
    });
  } catch (error) {
    if ((error as { code?: string }).code === CHECK_VIOLATION) return false;
    throw error;
  }
}

/** A month with all its rows is dropped when none of them stays; of whom how many went. Null: it is not there, or a row stays. */
export async function dropMonth(
  tx: Transaction,
  { year, month }: Month,
): Promise<{ readonly store: string; readonly count: number }[] | null> {
  const name = `bailee.event_${year}_${String(month).padStart(2, '0')}`;
  const { rows: there } = await tx.query<{ there: boolean }>({
    text: 'SELECT to_regclass($1) IS NOT NULL AS there',
    values: [name],
  });
  if (there[0]?.there !== true) return null;
  const { rows: staying } = await tx.query<{ any: boolean }>({
    text: `SELECT EXISTS (SELECT FROM ${name} e JOIN bailee.customer c ON c.id = e.customer_id
             WHERE e.class <> $1 OR bailee.held(ARRAY[c.id]) IS NOT NULL) AS any`,
    values: [RETENTION_CLASSES.behavior],
  });
  if (staying[0]?.any === true) return null;
  const { rows } = await tx.query<{ store: string; count: number }>({
    text: `SELECT c.store_id AS store, count(*)::int AS count FROM ${name} e
           JOIN bailee.customer c ON c.id = e.customer_id GROUP BY 1 ORDER BY 1`,
  });
  // Whoever reads events meanwhile finishes first; a run does not wait for long, and deletes the rows instead.
  await tx.query({ text: "SET LOCAL lock_timeout = '2s'" });
  await tx.query({ text: `DROP TABLE ${name}` });
  return rows;
}
