/** How customers sign in: their sessions, codes for addresses, and tokens that were used. For the rights room. */
import type { Strength } from '../../contract/center.ts';
import type { Tx } from '../platform/ports.ts';

export interface CenterSessionRow {
  readonly id: string;
  readonly store_id: string;
  readonly store_name: string;
  readonly demo: boolean;
  readonly customer_id: string;
  readonly strength: Strength;
  readonly started_at: Date;
  readonly seen_at: Date;
  readonly expires_at: Date;
}

/** The session with this SHA-256 while it lasts; null otherwise. */
export async function findCenterSession(tx: Tx, hash: Buffer, now: Date): Promise<CenterSessionRow | null> {
  const { rows } = await tx.query<CenterSessionRow>({
    name: 'center_session_find',
    text: `SELECT s.id, s.store_id, st.name AS store_name, st.demo, s.customer_id, s.strength, s.started_at, s.seen_at, s.expires_at
           FROM bailee.center_session s JOIN bailee.store st ON st.id = s.store_id
           WHERE s.hash = $1 AND s.expires_at > $2`,
    values: [hash, now],
  });
  return rows[0] ?? null;
}

export interface NewCenterSession {
  readonly id: string;
  readonly store: string;
  readonly customer: string;
  readonly hash: Buffer;
  readonly strength: Strength;
  readonly now: Date;
  readonly expiresAt: Date;
}

export async function addCenterSession(tx: Tx, row: NewCenterSession): Promise<void> {
  await tx.query({
    name: 'center_session_add',
    text: `INSERT INTO bailee.center_session (id, store_id, customer_id, hash, strength, started_at, seen_at, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6, $6, $7)`,
    values: [row.id, row.store, row.customer, row.hash, row.strength, row.now, row.expiresAt],
  });
}

/** That it was used. */
export async function touchCenterSession(tx: Tx, id: string, now: Date, expiresAt: Date): Promise<void> {
  await tx.query({
    name: 'center_session_touch',
    text: 'UPDATE bailee.center_session SET seen_at = $2, expires_at = $3 WHERE id = $1',
    values: [id, now, expiresAt],
  });
}

/** Ends one. */
export async function endCenterSession(tx: Tx, id: string): Promise<void> {
  await tx.query({
    name: 'center_session_end',
    text: 'DELETE FROM bailee.center_session WHERE id = $1',
    values: [id],
  });
}

/** Ends all of customers who belong together. */
export async function endCenterSessions(tx: Tx, customers: readonly string[]): Promise<void> {
  await tx.query({
    name: 'center_session_end_all',
    text: 'DELETE FROM bailee.center_session WHERE customer_id = ANY($1)',
    values: [customers],
  });
}

export interface NewCode {
  readonly id: string;
  readonly store: string;
  readonly holder: Buffer;
  readonly address: Buffer;
  readonly hash: Buffer;
  readonly sealed: Buffer;
  readonly now: Date;
  readonly until: Date;
}

export async function addCode(tx: Tx, row: NewCode): Promise<void> {
  await tx.query({
    name: 'center_code_add',
    text: `INSERT INTO bailee.center_code (id, store_id, holder, address, hash, sealed, made_at, until)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [row.id, row.store, row.holder, row.address, row.hash, row.sealed, row.now, row.until],
  });
}

export interface CodeRow {
  readonly id: string;
  readonly address: Buffer;
  readonly hash: Buffer;
}

/** Counts a guess at the code that this browser waits for; null when there is none, it is over, used, or guessed at too often. */
export async function guessCode(
  tx: Tx,
  guess: { readonly store: string; readonly holder: Buffer; readonly now: Date; readonly most: number },
): Promise<CodeRow | null> {
  const { rows } = await tx.query<CodeRow>({
    name: 'center_code_guess',
    text: `UPDATE bailee.center_code SET guesses = guesses + 1
           WHERE holder = $1 AND store_id = $2 AND until > $3 AND used_at IS NULL AND guesses < $4
           RETURNING id, address, hash`,
    values: [guess.holder, guess.store, guess.now, guess.most],
  });
  return rows[0] ?? null;
}

/** False when it was used meanwhile. */
export async function useCode(tx: Tx, id: string, now: Date): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'center_code_use',
    text: 'UPDATE bailee.center_code SET used_at = $2 WHERE id = $1 AND used_at IS NULL',
    values: [id, now],
  });
  return rowCount > 0;
}

export interface WaitingCode {
  readonly id: string;
  readonly until: Date;
  readonly store_id: string;
  readonly store_name: string;
  readonly address: Buffer;
  readonly sealed: Buffer;
}

/** Takes the oldest codes whose mail is to be sent or not; they are taken once. */
export async function takeCodes(tx: Tx, limit: number): Promise<WaitingCode[]> {
  const { rows } = await tx.query<WaitingCode>({
    name: 'center_code_take',
    text: `WITH waiting AS (SELECT id, sealed FROM bailee.center_code WHERE sealed IS NOT NULL
             ORDER BY made_at LIMIT $1 FOR UPDATE SKIP LOCKED)
           UPDATE bailee.center_code c SET sealed = NULL FROM waiting w, bailee.store s
           WHERE c.id = w.id AND s.id = c.store_id
           RETURNING c.id, c.until, c.store_id, s.name AS store_name, c.address, w.sealed`,
    values: [limit],
  });
  return rows;
}

/** False when a token of this hash was used before. */
export async function takeHandover(
  tx: Tx,
  taken: { readonly store: string; readonly hash: Buffer; readonly until: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'center_handover_take',
    text: 'INSERT INTO bailee.center_handover (store_id, hash, until) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    values: [taken.store, taken.hash, taken.until],
  });
  return rowCount > 0;
}

/** Deletes what is over. */
export async function expireCenter(tx: Tx, now: Date): Promise<number> {
  let gone = 0;
  for (const [table, column] of [
    ['center_session', 'expires_at'],
    ['center_code', 'until'],
    ['center_handover', 'until'],
  ]) {
    const { rowCount } = await tx.query({
      name: `expire_${table}`,
      text: `DELETE FROM bailee.${table} WHERE ${column} <= $1`,
      values: [now],
    });
    gone += rowCount;
  }
  return gone;
}

/** A store, as its page names it. */
export interface CenterStore {
  readonly id: string;
  readonly name: string;
  readonly country: string | null;
  readonly demo: boolean;
}

/** The store of this id; with null the only one, or null where there are several. */
export async function readCenterStore(tx: Tx, id: string | null): Promise<CenterStore | null> {
  const { rows } = await tx.query<CenterStore>({
    name: 'center_store',
    text: 'SELECT id, name, country, demo FROM bailee.store WHERE $1::uuid IS NULL OR id = $1 LIMIT 2',
    values: [id],
  });
  return rows.length === 1 ? rows[0]! : null;
}
