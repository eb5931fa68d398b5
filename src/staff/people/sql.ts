/** SQL on `bailee.person` and its roles. */
import type { Role } from '../../../contract/names.ts';
import type { Tx } from '../../platform/ports.ts';

export type PersonState = 'invited' | 'active' | 'left';

export interface PersonRow {
  readonly id: string;
  readonly store_id: string;
  readonly state: PersonState;
  readonly language: 'en' | 'zh-CN';
  readonly sealed: Buffer | null;
  readonly row_version: number;
  readonly password: string | null;
  readonly totp: Buffer | null;
  /** Null while the app that holds the secret has not shown a code. */
  readonly totp_step: string | null;
  readonly seen_at: Date | null;
  readonly reviewed_at: Date | null;
}

const PERSON =
  'id, store_id, state, language, sealed, row_version, password, totp, totp_step, seen_at, reviewed_at';

export async function findByEmail(tx: Tx, token: Buffer): Promise<PersonRow | null> {
  const { rows } = await tx.query<PersonRow>({
    name: 'person_by_email',
    text: `SELECT ${PERSON} FROM bailee.person WHERE email_token = $1`,
    values: [token],
  });
  return rows[0] ?? null;
}

/** @param lock holds the row until the transaction ends, so that changes of one person come one after another */
export async function readPerson(tx: Tx, id: string, lock = false): Promise<PersonRow | null> {
  const { rows } = await tx.query<PersonRow>({
    name: lock ? 'person_lock' : 'person_read',
    text: `SELECT ${PERSON} FROM bailee.person WHERE id = $1${lock ? ' FOR UPDATE' : ''}`,
    values: [id],
  });
  return rows[0] ?? null;
}

export async function peopleOf(tx: Tx, store: string): Promise<PersonRow[]> {
  const { rows } = await tx.query<PersonRow>({
    name: 'person_list',
    text: `SELECT ${PERSON} FROM bailee.person WHERE store_id = $1 ORDER BY created_at, id`,
    values: [store],
  });
  return rows;
}

export interface NewPerson {
  readonly id: string;
  readonly store: string;
  readonly language: 'en' | 'zh-CN';
  readonly emailToken: Buffer;
  readonly knownToken: Buffer;
  readonly sealed: Buffer;
  readonly now: Date;
}

/** False when somebody has this address already. */
export async function insertPerson(tx: Tx, row: NewPerson): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'person_insert',
    text: `INSERT INTO bailee.person (id, store_id, state, language, email_token, known_token, sealed, created_at)
           VALUES ($1, $2, 'invited', $3, $4, $5, $6, $7) ON CONFLICT (email_token) DO NOTHING`,
    values: [row.id, row.store, row.language, row.emailToken, row.knownToken, row.sealed, row.now],
  });
  return rowCount === 1;
}

/** Sets what is named and leaves the rest. */
export async function updatePerson(
  tx: Tx,
  id: string,
  change: {
    readonly state?: PersonState;
    readonly language?: 'en' | 'zh-CN';
    readonly password?: string;
    readonly joinedAt?: Date;
  },
): Promise<void> {
  await tx.query({
    name: 'person_update',
    text: `UPDATE bailee.person SET state = coalesce($2, state), language = coalesce($3, language),
             password = coalesce($4, password), joined_at = coalesce(joined_at, $5) WHERE id = $1`,
    values: [
      id,
      change.state ?? null,
      change.language ?? null,
      change.password ?? null,
      change.joinedAt ?? null,
    ],
  });
}

export async function renamePerson(tx: Tx, id: string, version: number, sealed: Buffer): Promise<void> {
  await tx.query({
    name: 'person_rename',
    text: 'UPDATE bailee.person SET sealed = $3, row_version = $2 WHERE id = $1',
    values: [id, version, sealed],
  });
}

/** A new secret that no app has confirmed yet; null takes it away. */
export async function setTotp(tx: Tx, id: string, sealed: Buffer | null): Promise<void> {
  await tx.query({
    name: 'person_totp',
    text: 'UPDATE bailee.person SET totp = $2, totp_step = NULL WHERE id = $1',
    values: [id, sealed],
  });
}

/** Uses a step of the clock; false when it, or a later one, was used before. */
export async function useTotpStep(tx: Tx, id: string, step: number): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'person_totp_step',
    text: 'UPDATE bailee.person SET totp_step = $2 WHERE id = $1 AND (totp_step IS NULL OR totp_step < $2)',
    values: [id, step],
  });
  return rowCount === 1;
}

export async function forgetProofs(tx: Tx, id: string): Promise<void> {
  for (const text of [
    'UPDATE bailee.person SET password = NULL, totp = NULL, totp_step = NULL WHERE id = $1',
    'DELETE FROM bailee.recovery_code WHERE person_id = $1',
    'DELETE FROM bailee.passkey WHERE person_id = $1',
    'DELETE FROM bailee.openid_link WHERE person_id = $1',
    'DELETE FROM bailee.invitation WHERE person_id = $1',
  ])
    await tx.query({ text, values: [id] });
}

export interface RoleRow {
  readonly person_id: string;
  readonly role: Role;
  readonly since: Date;
  readonly until: Date | null;
}

/** Roles that people of the store hold now; or one person. */
export async function rolesOf(
  tx: Tx,
  { store, person, now }: { readonly store: string; readonly person?: string; readonly now: Date },
): Promise<RoleRow[]> {
  const { rows } = await tx.query<RoleRow>({
    name: 'person_roles',
    text: `SELECT r.person_id, r.role, r.since, r.until FROM bailee.person_role r
           JOIN bailee.person p ON p.id = r.person_id
           WHERE p.store_id = $1 AND ($2::uuid IS NULL OR p.id = $2) AND (r.until IS NULL OR r.until > $3)
           ORDER BY r.role`,
    values: [store, person ?? null, now],
  });
  return rows;
}

export interface RoleGiven {
  readonly role: Role;
  readonly until: Date | null;
}

/** From now on exactly these; a role that stays keeps its `since`. */
export async function setRoles(
  tx: Tx,
  person: string,
  roles: readonly RoleGiven[],
  now: Date,
): Promise<void> {
  const names = roles.map((each) => each.role);
  await tx.query({
    name: 'person_roles_drop',
    text: 'DELETE FROM bailee.person_role WHERE person_id = $1 AND NOT (role = ANY($2::text[]) AND (until IS NULL OR until > $3))',
    values: [person, names, now],
  });
  for (const { role, until } of roles)
    await tx.query({
      name: 'person_role_set',
      text: `INSERT INTO bailee.person_role (person_id, role, since, until) VALUES ($1, $2, $3, $4)
             ON CONFLICT (person_id, role) DO UPDATE SET until = excluded.until`,
      values: [person, role, now, until],
    });
}

/** How many other active people of the store are administrators now. */
export async function otherAdministrators(tx: Tx, store: string, person: string, now: Date): Promise<number> {
  const { rows } = await tx.query<{ count: string }>({
    name: 'person_administrators',
    text: `SELECT count(*) FROM bailee.person p JOIN bailee.person_role r ON r.person_id = p.id AND r.role = 'administrator'
           WHERE p.store_id = $1 AND p.id <> $2 AND p.state = 'active' AND (r.until IS NULL OR r.until > $3)`,
    values: [store, person, now],
  });
  return Number(rows[0]?.count ?? 0);
}
