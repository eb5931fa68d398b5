/** SQL on `bailee.session`. */
import type { Role } from '../../../contract/names.ts';
import type { Tx } from '../../platform/ports.ts';

export type FactorName = 'password' | 'code' | 'passkey' | 'recovery' | 'openid';

export interface SessionRow {
  readonly id: string;
  readonly person_id: string;
  readonly store_id: string;
  readonly store_name: string;
  readonly country: string | null;
  readonly origins: string[];
  readonly demo: boolean;
  readonly whole: boolean;
  readonly role: Role | null;
  readonly factors: FactorName[];
  readonly language: 'en' | 'zh-CN';
  readonly device: string;
  readonly started_at: Date;
  readonly seen_at: Date;
  readonly expires_at: Date;
  readonly stepped_up_until: Date | null;
  /** All roles that the person holds now. */
  readonly roles: Role[];
}

const SESSION = `SELECT s.id, s.person_id, p.store_id, st.name AS store_name,
    st.country, st.origins, st.demo, s.whole, s.role, s.factors, p.language, s.device,
    s.started_at, s.seen_at, s.expires_at, s.stepped_up_until,
    ARRAY(SELECT r.role FROM bailee.person_role r
          WHERE r.person_id = p.id AND (r.until IS NULL OR r.until > $2) ORDER BY r.role) AS roles
  FROM bailee.session s JOIN bailee.person p ON p.id = s.person_id JOIN bailee.store st ON st.id = p.store_id`;
const ALIVE = `s.ended_at IS NULL AND s.expires_at > $2 AND p.state = 'active'`;

/** The session with this SHA-256 while it lasts and its person works here; null otherwise. */
export async function findSession(tx: Tx, hash: Buffer, now: Date): Promise<SessionRow | null> {
  const { rows } = await tx.query<SessionRow>({
    name: 'session_find',
    text: `${SESSION} WHERE s.hash = $1 AND ${ALIVE}`,
    values: [hash, now],
  });
  return rows[0] ?? null;
}

export async function sessionsOf(tx: Tx, person: string, now: Date): Promise<SessionRow[]> {
  const { rows } = await tx.query<SessionRow>({
    name: 'session_list',
    text: `${SESSION} WHERE s.person_id = $1 AND s.whole AND ${ALIVE} ORDER BY s.seen_at DESC, s.id`,
    values: [person, now],
  });
  return rows;
}

export interface NewSession {
  readonly id: string;
  readonly person: string;
  readonly hash: Buffer;
  readonly whole: boolean;
  readonly role: Role | null;
  readonly factors: readonly FactorName[];
  readonly device: string;
  readonly now: Date;
  readonly expiresAt: Date;
}

/** Whoever is signed in by it was seen. */
export async function insertSession(tx: Tx, row: NewSession): Promise<void> {
  const { id, person, hash, whole, role, factors, device, now, expiresAt } = row;
  await tx.query({
    name: 'session_insert',
    text: `WITH seen AS (UPDATE bailee.person SET seen_at = $8 WHERE id = $2 AND $4::boolean)
           INSERT INTO bailee.session (id, person_id, hash, whole, role, factors, device, started_at, seen_at, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)`,
    values: [id, person, hash, whole, role, [...factors], device, now, expiresAt],
  });
}

/** Ends these sessions of a person; all of them when none is named. Answers how many ended. */
export async function endSessions(tx: Tx, person: string, now: Date, only?: string): Promise<number> {
  const { rowCount } = await tx.query({
    name: 'session_end',
    text: `UPDATE bailee.session SET ended_at = $2
           WHERE person_id = $1 AND ended_at IS NULL AND ($3::uuid IS NULL OR id = $3)`,
    values: [person, now, only ?? null],
  });
  return rowCount;
}

/** Ends what else a person has open, halves of a sign-in too. */
export async function endOthers(tx: Tx, person: string, now: Date, keep: string): Promise<void> {
  await tx.query({
    name: 'session_end_others',
    text: 'UPDATE bailee.session SET ended_at = $2 WHERE person_id = $1 AND ended_at IS NULL AND id <> $3',
    values: [person, now, keep],
  });
}

/** Leaves a person the newest `most` sessions. */
export async function endOldest(tx: Tx, person: string, now: Date, most: number): Promise<void> {
  await tx.query({
    name: 'session_end_oldest',
    text: `UPDATE bailee.session SET ended_at = $2 WHERE id IN (
             SELECT id FROM bailee.session WHERE person_id = $1 AND ended_at IS NULL AND whole
             ORDER BY seen_at DESC, id OFFSET $3)`,
    values: [person, now, most],
  });
}

/** That the session was used; the person too. Written at most once a minute. */
export async function touchSession(tx: Tx, id: string, expiresAt: Date, now: Date): Promise<void> {
  await tx.query({
    name: 'session_touch',
    text: `WITH touched AS (UPDATE bailee.session SET seen_at = $2, expires_at = $3
             WHERE id = $1 AND ended_at IS NULL RETURNING person_id)
           UPDATE bailee.person SET seen_at = $2 WHERE id IN (SELECT person_id FROM touched)`,
    values: [id, now, expiresAt],
  });
}

export async function setSessionRole(tx: Tx, id: string, role: Role): Promise<void> {
  await tx.query({
    name: 'session_role',
    text: 'UPDATE bailee.session SET role = $2 WHERE id = $1',
    values: [id, role],
  });
}

export interface SteppedUp {
  readonly until: Date;
  /** What was shown now; it counts from here on, beside those of the sign-in. */
  readonly factor?: FactorName;
  /** Of a new value; without it the value stays. */
  readonly hash?: Buffer;
}

export async function setSteppedUp(tx: Tx, id: string, { until, factor, hash }: SteppedUp): Promise<void> {
  await tx.query({
    name: 'session_step_up',
    text: `UPDATE bailee.session SET stepped_up_until = $2, hash = coalesce($4, hash),
             factors = CASE WHEN $3::text IS NULL OR $3 = ANY(factors) THEN factors ELSE factors || $3::text END
           WHERE id = $1`,
    values: [id, until, factor ?? null, hash ?? null],
  });
}
