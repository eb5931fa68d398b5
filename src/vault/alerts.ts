/** Broken glass, and alerts about what people of the shop did. For the gate. */
import type { Role } from '../../contract/names.ts';
import { COLUMNS } from '../keys/columns.ts';
import type { KeyRing } from '../keys/ring.ts';
import type { Ctx, Tx } from '../platform/ports.ts';
import type { Opener } from './read.ts';
import { openReason, sealReason } from './reason.ts';

export type GlassState = 'unreviewed' | 'justified' | 'not-justified';

export interface GlassRow {
  readonly id: string;
  readonly store_id: string;
  /** Null once the customer is erased. */
  readonly customer_id: string | null;
  readonly person_id: string;
  readonly role: Role;
  readonly purpose: string;
  readonly broken_at: Date;
  readonly until: Date;
  readonly state: GlassState;
  readonly reviewed_by: string | null;
  readonly reviewed_at: Date | null;
  readonly sealed: Buffer | null;
}

const GLASS =
  'id, store_id, customer_id, person_id, role, purpose, broken_at, until, state, reviewed_by, reviewed_at, sealed';

/** Writes a break-glass, its reason sealed under the customer's service key. */
export async function writeGlass(
  ctx: Ctx,
  tx: Tx,
  ring: KeyRing,
  row: Pick<GlassRow, 'id' | 'store_id' | 'person_id' | 'role' | 'purpose' | 'broken_at' | 'until'> & {
    readonly customer_id: string;
  },
  reason: string,
): Promise<void> {
  const place = { customer: row.customer_id, row: row.id, column: COLUMNS.breakGlass };
  await tx.query({
    name: 'glass_write',
    text: `INSERT INTO bailee.break_glass (id, store_id, customer_id, person_id, role, purpose, broken_at, until, state, sealed)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'unreviewed', $9)`,
    values: [
      row.id,
      row.store_id,
      row.customer_id,
      row.person_id,
      row.role,
      row.purpose,
      row.broken_at,
      row.until,
      sealReason({ ctx, store: row.store_id, ring }, place, reason),
    ],
  });
}

/** The break-glass that opens one of `customers` to the person in this role, for this purpose, now; null: none. */
export async function openGlass(
  tx: Tx,
  asked: {
    readonly person: string;
    readonly role: string;
    readonly purpose: string;
    readonly customers: readonly string[];
    readonly now: Date;
  },
): Promise<string | null> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'glass_open',
    text: `SELECT id FROM bailee.break_glass
           WHERE person_id = $1 AND role = $2 AND purpose = $3 AND customer_id = ANY($4) AND until > $5
           ORDER BY until DESC LIMIT 1`,
    values: [asked.person, asked.role, asked.purpose, asked.customers, asked.now],
  });
  return rows[0]?.id ?? null;
}

/** True when a break-glass of the person from before `before` still waits for its review. */
export async function hasUnreviewed(tx: Tx, store: string, person: string, before: Date): Promise<boolean> {
  const { rows } = await tx.query<{ waits: boolean }>({
    name: 'glass_unreviewed',
    text: `SELECT EXISTS (SELECT FROM bailee.break_glass WHERE store_id = $1 AND person_id = $2
             AND state = 'unreviewed' AND broken_at <= $3) AS waits`,
    values: [store, person, before],
  });
  return rows[0]?.waits === true;
}

/** One of this store; null when there is none. */
export async function readGlass(tx: Tx, store: string, id: string, lock = false): Promise<GlassRow | null> {
  const { rows } = await tx.query<GlassRow>({
    name: lock ? 'glass_lock' : 'glass_read',
    text: `SELECT ${GLASS} FROM bailee.break_glass WHERE id = $1 AND store_id = $2${lock ? ' FOR UPDATE' : ''}`,
    values: [id, store],
  });
  return rows[0] ?? null;
}

/** Newest first: those of a person, or with null all of the store. */
export async function listGlass(
  tx: Tx,
  store: string,
  person: string | null,
  limit: number,
): Promise<GlassRow[]> {
  const { rows } = await tx.query<GlassRow>({
    name: 'glass_list',
    text: `SELECT ${GLASS} FROM bailee.break_glass
           WHERE store_id = $1 AND ($2::uuid IS NULL OR person_id = $2) ORDER BY broken_at DESC, id LIMIT $3`,
    values: [store, person, limit],
  });
  return rows;
}

export async function reviewGlass(
  tx: Tx,
  row: { readonly id: string; readonly state: GlassState; readonly by: string; readonly at: Date },
): Promise<void> {
  await tx.query({
    name: 'glass_review',
    text: 'UPDATE bailee.break_glass SET state = $2, reviewed_by = $3, reviewed_at = $4 WHERE id = $1',
    values: [row.id, row.state, row.by, row.at],
  });
}

/** Why it was broken; null when the customer or the key is gone. */
export function openGlassReason(opener: Opener, row: GlassRow): string | null {
  if (row.customer_id === null || row.sealed === null) return null;
  return openReason(
    opener,
    { customer: row.customer_id, row: row.id, column: COLUMNS.breakGlass },
    row.sealed,
  );
}

export type AlertKind =
  | 'break-glass'
  | 'person-known'
  | 'approval-alone'
  | 'recovery'
  | 'rights-given'
  | 'request-due'
  | 'request-overdue';

export interface AlertRow {
  readonly id: string;
  readonly store_id: string;
  readonly kind: AlertKind;
  /** Null: nobody did it, its time came. */
  readonly person_id: string | null;
  readonly customer_id: string | null;
  readonly subject: string | null;
  readonly raised_at: Date;
  readonly seen_by: string | null;
  readonly seen_at: Date | null;
}

export async function writeAlert(tx: Tx, row: Omit<AlertRow, 'seen_by' | 'seen_at'>): Promise<void> {
  await tx.query({
    name: 'alert_write',
    text: `INSERT INTO bailee.alert (id, store_id, kind, person_id, customer_id, subject, raised_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    values: [row.id, row.store_id, row.kind, row.person_id, row.customer_id, row.subject, row.raised_at],
  });
}

/** Newest first. */
export async function readAlerts(tx: Tx, store: string, limit: number): Promise<AlertRow[]> {
  const { rows } = await tx.query<AlertRow>({
    name: 'alert_read',
    text: `SELECT id, store_id, kind, person_id, customer_id, subject, raised_at, seen_by, seen_at
           FROM bailee.alert WHERE store_id = $1 ORDER BY raised_at DESC, id LIMIT $2`,
    values: [store, limit],
  });
  return rows;
}

/** Notes who saw it first, but not whoever raised it; answers whether there is such an alert. */
export async function seeAlert(
  tx: Tx,
  store: string,
  id: string,
  by: string,
  at: Date,
): Promise<'seen' | 'own' | 'none'> {
  const { rows } = await tx.query<{ own: boolean }>({
    name: 'alert_own',
    text: 'SELECT person_id = $3 AS own FROM bailee.alert WHERE id = $1 AND store_id = $2',
    values: [id, store, by],
  });
  const [found] = rows;
  if (found === undefined) return 'none';
  if (found.own) return 'own';
  await tx.query({
    name: 'alert_see',
    text: 'UPDATE bailee.alert SET seen_by = $2, seen_at = $3 WHERE id = $1 AND seen_by IS NULL',
    values: [id, by, at],
  });
  return 'seen';
}
