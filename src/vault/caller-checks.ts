/** Checks of callers: what was asked, and the right answers while they are awaited. For the gate. */
import { RETENTION_CLASSES } from '../../contract/names.ts';
import { COLUMNS } from '../keys/columns.ts';
import type { KeyRing } from '../keys/ring.ts';
import type { Ctx, Tx } from '../platform/ports.ts';
import { type Opener, openSealed } from './read.ts';
import { sealFor } from './write.ts';

export interface CallerCheckRow {
  readonly customer_id: string;
  readonly id: string;
  readonly store_id: string;
  readonly case_id: string | null;
  readonly asked_by: string;
  readonly role: string;
  readonly purpose: string;
  readonly state: 'asked' | 'passed' | 'failed' | 'lapsed';
  readonly asked_at: Date;
  readonly until: Date;
  readonly sealed: Buffer | null;
}

/** Writes what is asked, the right answers sealed. What was asked of these customers before is over. Throws `key_shredded`. */
export async function writeCheck(
  ctx: Ctx,
  tx: Tx,
  ring: KeyRing,
  row: Omit<CallerCheckRow, 'state' | 'sealed'> & { readonly customers: readonly string[] },
  right: readonly string[],
): Promise<void> {
  await tx.query({
    name: 'caller_check_lapse',
    text: `UPDATE bailee.caller_check SET state = 'lapsed', sealed = NULL WHERE customer_id = ANY($1) AND state = 'asked'`,
    values: [row.customers],
  });
  const place = {
    customer: row.customer_id,
    retention: 'service',
    row: row.id,
    rowVersion: 1,
    field: COLUMNS.callerCheck,
  } as const;
  await tx.query({
    name: 'caller_check_write',
    text: `INSERT INTO bailee.caller_check (customer_id, id, store_id, case_id, asked_by, role, purpose, state, asked_at, until, sealed)
           VALUES ($1, $2, $3, $4, $5, $6, $7, 'asked', $8, $9, $10)`,
    values: [
      row.customer_id,
      row.id,
      row.store_id,
      row.case_id,
      row.asked_by,
      row.role,
      row.purpose,
      row.asked_at,
      row.until,
      sealFor({ ctx, store: row.store_id, ring }, place, { right }),
    ],
  });
}

/** One of this customer, locked; null when there is none. */
export async function lockCheck(
  tx: Tx,
  customers: readonly string[],
  id: string,
): Promise<CallerCheckRow | null> {
  const { rows } = await tx.query<CallerCheckRow>({
    name: 'caller_check_lock',
    text: `SELECT customer_id, id, store_id, case_id, asked_by, role, purpose, state, asked_at, until, sealed
           FROM bailee.caller_check WHERE customer_id = ANY($1) AND id = $2 FOR UPDATE`,
    values: [customers, id],
  });
  return rows[0] ?? null;
}

/** Failed until it is known to be passed: a check that breaks off in between opens nothing. */
export async function answerCheck(tx: Tx, { customer_id, id }: CallerCheckRow, at: Date): Promise<void> {
  await tx.query({
    name: 'caller_check_answer',
    text: `UPDATE bailee.caller_check SET state = 'failed', answered_at = $3, sealed = NULL
           WHERE customer_id = $1 AND id = $2`,
    values: [customer_id, id, at],
  });
}

export async function passCheck(tx: Tx, { customer_id, id }: CallerCheckRow, until: Date): Promise<void> {
  await tx.query({
    name: 'caller_check_pass',
    text: `UPDATE bailee.caller_check SET state = 'passed', verified_until = $3 WHERE customer_id = $1 AND id = $2`,
    values: [customer_id, id, until],
  });
}

/** How many failed after `since`. */
export async function countFailed(tx: Tx, customers: readonly string[], since: Date): Promise<number> {
  const { rows } = await tx.query<{ count: string }>({
    name: 'caller_check_failed',
    text: `SELECT count(*) FROM bailee.caller_check WHERE customer_id = ANY($1) AND state = 'failed' AND answered_at > $2`,
    values: [customers, since],
  });
  return Number(rows[0]?.count ?? 0);
}

/** The check that holds longest now, of a case or, with null, of any; null: nobody passed. */
export async function readVerified(
  tx: Tx,
  customers: readonly string[],
  caseId: string | null,
  now: Date,
): Promise<{ readonly case_id: string | null; readonly verified_until: Date } | null> {
  const { rows } = await tx.query<{ case_id: string | null; verified_until: Date }>({
    name: 'caller_check_verified',
    text: `SELECT case_id, verified_until FROM bailee.caller_check
           WHERE customer_id = ANY($1) AND ($2::uuid IS NULL OR case_id = $2) AND verified_until > $3
           ORDER BY verified_until DESC LIMIT 1`,
    values: [customers, caseId, now],
  });
  return rows[0] ?? null;
}

/** The right answers of a row as it was locked; null when they or their key are gone. */
export function openRight(opener: Opener, row: CallerCheckRow): readonly string[] | null {
  if (row.sealed === null) return null;
  const opened = openSealed(opener, {
    customer: row.customer_id,
    class: RETENTION_CLASSES.service,
    row: row.id,
    rowVersion: 1,
    field: COLUMNS.callerCheck,
    sealed: row.sealed,
  });
  return (opened as { readonly right: readonly string[] } | null)?.right ?? null;
}
