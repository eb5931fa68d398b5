/** Approvals by a second person: one opening of named fields of one customer. For the gate. */
import type { Role } from '../../contract/names.ts';
import { COLUMNS } from '../keys/columns.ts';
import type { KeyRing } from '../keys/ring.ts';
import type { Ctx, Transaction, Tx } from '../platform/ports.ts';
import type { Opener } from './read.ts';
import { openReason, sealReason } from './reason.ts';

export type ApprovalState = 'asked' | 'approved' | 'refused' | 'used';

/** What is approved: one opening of the named fields, or one erasure. */
export type ApprovedAct = 'opening' | 'erasure';

export interface ApprovalRow {
  readonly id: string;
  readonly store_id: string;
  readonly customer_id: string;
  readonly asked_by: string;
  readonly role: Role;
  readonly fields: string[];
  readonly purpose: string;
  readonly evidence: string;
  readonly state: ApprovalState;
  readonly asked_at: Date;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
  readonly opens_at: Date | null;
  readonly until: Date;
  readonly sealed: Buffer;
  readonly act: ApprovedAct;
}

const COLUMNS_READ =
  'id, store_id, customer_id, asked_by, role, fields, purpose, evidence, state, asked_at, decided_by, decided_at, opens_at, until, sealed, act';

/** Writes what was asked, its reason sealed under the customer's service key. */
export async function writeApproval(
  ctx: Ctx,
  tx: Tx,
  ring: KeyRing,
  row: Omit<ApprovalRow, 'sealed' | 'decided_by'>,
  reason: string,
): Promise<void> {
  const place = { customer: row.customer_id, row: row.id, column: COLUMNS.approval };
  await tx.query({
    name: 'approval_write',
    text: `INSERT INTO bailee.approval
             (id, store_id, customer_id, asked_by, role, fields, purpose, evidence, state, asked_at, decided_at, opens_at, until, sealed, act)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    values: [
      row.id,
      row.store_id,
      row.customer_id,
      row.asked_by,
      row.role,
      row.fields,
      row.purpose,
      row.evidence,
      row.state,
      row.asked_at,
      row.decided_at,
      row.opens_at,
      row.until,
      sealReason({ ctx, store: row.store_id, ring }, place, reason),
      row.act,
    ],
  });
}

/** One of this store, locked `FOR UPDATE`; null when there is none. The customer must be locked before. */
export async function lockApproval(tx: Tx, store: string, id: string): Promise<ApprovalRow | null> {
  const { rows } = await tx.query<ApprovalRow>({
    name: 'approval_lock',
    text: `SELECT ${COLUMNS_READ} FROM bailee.approval WHERE id = $1 AND store_id = $2 FOR UPDATE`,
    values: [id, store],
  });
  return rows[0] ?? null;
}

/** What an approval of this store is about, to lock its customer first; null when there is no such approval. */
export async function aboutApproval(
  tx: Tx,
  store: string,
  id: string,
): Promise<Pick<ApprovalRow, 'customer_id' | 'asked_by' | 'purpose'> | null> {
  const { rows } = await tx.query<Pick<ApprovalRow, 'customer_id' | 'asked_by' | 'purpose'>>({
    name: 'approval_about',
    text: 'SELECT customer_id, asked_by, purpose FROM bailee.approval WHERE id = $1 AND store_id = $2',
    values: [id, store],
  });
  return rows[0] ?? null;
}

export async function decideRow(
  tx: Tx,
  row: {
    readonly id: string;
    readonly state: 'approved' | 'refused';
    readonly by: string;
    readonly at: Date;
    readonly until: Date;
  },
): Promise<void> {
  await tx.query({
    name: 'approval_decide',
    text: `UPDATE bailee.approval SET state = $2, decided_by = $3, decided_at = $4, opens_at = $4, until = $5 WHERE id = $1`,
    values: [row.id, row.state, row.by, row.at, row.until],
  });
}

/** Approvals of this act that hold now for this person, in this role and for this purpose; locked, so that each is used once. */
export async function lockUsable(
  tx: Tx,
  asked: {
    readonly person: string;
    readonly role: string;
    readonly purpose: string;
    readonly customers: readonly string[];
    readonly now: Date;
    readonly act?: ApprovedAct;
  },
): Promise<{ readonly id: string; readonly fields: readonly string[] }[]> {
  const { rows } = await tx.query<{ id: string; fields: string[] }>({
    name: 'approval_usable',
    text: `SELECT id, fields FROM bailee.approval
           WHERE customer_id = ANY($1) AND asked_by = $2 AND role = $3 AND purpose = $4
             AND state = 'approved' AND opens_at <= $5 AND until > $5 AND act = $6
           ORDER BY id FOR UPDATE`,
    values: [
      ...[asked.customers, asked.person, asked.role, asked.purpose, asked.now],
      asked.act ?? 'opening',
    ],
  });
  return rows;
}

/** Used: they open nothing more. */
export function useUp(tx: Transaction, ids: readonly string[], at: Date): void {
  if (ids.length === 0) return;
  tx.later({
    name: 'approval_use',
    text: `UPDATE bailee.approval SET state = 'used', used_at = $2 WHERE id = ANY($1)`,
    values: [ids, at],
  });
}

/** Newest first: those of a person, or with null all of the store. */
export async function readApprovals(
  tx: Tx,
  store: string,
  person: string | null,
  limit: number,
): Promise<Omit<ApprovalRow, 'sealed'>[]> {
  const { rows } = await tx.query<ApprovalRow>({
    name: 'approval_read',
    text: `SELECT ${COLUMNS_READ} FROM bailee.approval
           WHERE store_id = $1 AND ($2::uuid IS NULL OR asked_by = $2) ORDER BY asked_at DESC, id LIMIT $3`,
    values: [store, person, limit],
  });
  return rows;
}

/** Why it was asked; null when the customer's key is gone. */
export function openApproval(opener: Opener, row: ApprovalRow): string | null {
  return openReason(opener, { customer: row.customer_id, row: row.id, column: COLUMNS.approval }, row.sealed);
}
