/** SQL on `bailee.openid_link`: who is who at the company's own sign-in. */
import type { Tx } from '../../platform/ports.ts';

export interface LinkKey {
  readonly issuer: string;
  /** Keyed hash. */
  readonly subject: Buffer;
}

/** Id of the person, or null. */
export async function findOpenidLink(tx: Tx, { issuer, subject }: LinkKey): Promise<string | null> {
  const { rows } = await tx.query<{ person_id: string }>({
    name: 'openid_find',
    text: 'SELECT person_id FROM bailee.openid_link WHERE issuer = $1 AND subject = $2',
    values: [issuer, subject],
  });
  return rows[0]?.person_id ?? null;
}

/** Whom this issuer vouches for as this person; null: nobody yet. */
export async function linkedSubject(tx: Tx, issuer: string, person: string): Promise<Buffer | null> {
  const { rows } = await tx.query<{ subject: Buffer }>({
    name: 'openid_subject',
    text: 'SELECT subject FROM bailee.openid_link WHERE issuer = $1 AND person_id = $2 LIMIT 1',
    values: [issuer, person],
  });
  return rows[0]?.subject ?? null;
}

export async function insertOpenidLink(
  tx: Tx,
  { issuer, subject }: LinkKey,
  person: string,
  now: Date,
): Promise<void> {
  await tx.query({
    name: 'openid_insert',
    text: 'INSERT INTO bailee.openid_link (issuer, subject, person_id, linked_at) VALUES ($1, $2, $3, $4)',
    values: [issuer, subject, person, now],
  });
}

/** Whether any issuer vouches for this person. */
export async function hasOpenidLink(tx: Tx, person: string): Promise<boolean> {
  const { rows } = await tx.query({
    name: 'openid_any',
    text: 'SELECT 1 FROM bailee.openid_link WHERE person_id = $1 LIMIT 1',
    values: [person],
  });
  return rows.length > 0;
}
