/** SQL on canned answers, on who may be given a case, and on stores. */
import type { Role } from '../../contract/names.ts';
import type { Tx } from '../platform/ports.ts';

/** True for somebody who works for the store now, in one of these roles. Whoever is about to leave leaves after this transaction. */
export async function worksAs(
  tx: Tx,
  { store, person, roles, now }: { store: string; person: string; roles: readonly Role[]; now: Date },
): Promise<boolean> {
  const { rows } = await tx.query({
    name: 'case_works_as',
    text: `SELECT FROM bailee.person p WHERE p.id = $1 AND p.store_id = $2 AND p.state = 'active'
             AND EXISTS (SELECT FROM bailee.person_role r WHERE r.person_id = p.id AND r.role = ANY($3)
               AND (r.until IS NULL OR r.until > $4))
           FOR SHARE OF p`,
    values: [person, store, roles, now],
  });
  return rows.length > 0;
}

export async function isTeam(tx: Tx, store: string, team: string): Promise<boolean> {
  const { rows } = await tx.query<{ is: boolean }>({
    name: 'case_is_team',
    text: 'SELECT EXISTS (SELECT FROM bailee.team WHERE id = $1 AND store_id = $2) AS is',
    values: [team, store],
  });
  return rows[0]?.is === true;
}

export interface CannedRow {
  readonly id: string;
  readonly title: string;
  readonly language: string;
  readonly words: string;
}

export async function listCanned(tx: Tx, store: string): Promise<CannedRow[]> {
  const { rows } = await tx.query<CannedRow>({
    name: 'canned_list',
    text: 'SELECT id, title, language, words FROM bailee.canned_answer WHERE store_id = $1 ORDER BY title, language, id',
    values: [store],
  });
  return rows;
}

export async function addCanned(
  tx: Tx,
  row: CannedRow & { readonly store: string; readonly by: string; readonly at: Date },
): Promise<void> {
  await tx.query({
    name: 'canned_add',
    text: `INSERT INTO bailee.canned_answer (id, store_id, title, language, words, made_by, made_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    values: [row.id, row.store, row.title, row.language, row.words, row.by, row.at],
  });
}

/** False when the store has no such answer. */
export async function removeCanned(tx: Tx, store: string, id: string): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'canned_remove',
    text: 'DELETE FROM bailee.canned_answer WHERE id = $1 AND store_id = $2',
    values: [id, store],
  });
  return rowCount === 1;
}

/** Stores that a mailbox may be for. */
export async function mailStores(
  tx: Tx,
): Promise<{ readonly id: string; readonly country: string | null; readonly demo: boolean }[]> {
  const { rows } = await tx.query<{ id: string; country: string | null; demo: boolean }>({
    name: 'case_mail_stores',
    text: 'SELECT id, country, demo FROM bailee.store ORDER BY created_at, id',
  });
  return rows;
}
