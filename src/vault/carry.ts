/**
 * Carrying over what a backup could not know: erasures, withdrawals and revocations that came after it outlive its restore
 * wherever the database that recorded them is still there. For the rights room alone; in the restore's one transaction.
 */
import type { Tx } from '../platform/ports.ts';

/** What the present database knows and a backup from before cannot: by the table it is kept in for the transaction. */
const KEPT = {
  kept_erasure: 'SELECT * FROM bailee.erasure',
  kept_tombstone: 'SELECT * FROM bailee.tombstone',
  kept_choice: 'SELECT * FROM bailee.choice',
  kept_notice: 'SELECT * FROM bailee.notice_version',
  kept_floor: 'SELECT * FROM bailee.notice_floor',
  kept_customer: 'SELECT id, restricted_at FROM bailee.customer WHERE restricted_at IS NOT NULL',
  kept_link: 'SELECT child, id, valid_to FROM bailee.customer_link WHERE valid_to IS NOT NULL',
  kept_person: 'SELECT id, state, left_at, joined_at, password, totp, totp_step FROM bailee.person',
  kept_role: 'SELECT * FROM bailee.person_role',
  kept_tag: 'SELECT id, retired_at FROM bailee.tag WHERE retired_at IS NOT NULL',
  kept_known: 'SELECT * FROM bailee.known_person',
  kept_recovery_code: 'SELECT * FROM bailee.recovery_code',
  kept_passkey: 'SELECT * FROM bailee.passkey',
  kept_openid_link: 'SELECT * FROM bailee.openid_link',
  kept_api_key:
    'SELECT id, revoked_at, until FROM bailee.api_key WHERE coalesce(revoked_at, until) IS NOT NULL',
} as const;

/** Before the data is replaced. */
export async function rememberPresent(tx: Tx): Promise<void> {
  for (const [name, query] of Object.entries(KEPT))
    await tx.query({ text: `CREATE TEMP TABLE ${name} ON COMMIT DROP AS ${query}` });
}

/** How people sign in is as they left it: a password that leaked, a phone that was lost and a code that was used open nothing. */
const PROOFS = [
  `UPDATE bailee.person p SET password = k.password, totp = k.totp, totp_step = k.totp_step,
     state = k.state, joined_at = k.joined_at FROM pg_temp.kept_person k WHERE k.id = p.id AND k.state <> 'left'`,
  ...['recovery_code', 'passkey', 'openid_link'].flatMap((table) => [
    `DELETE FROM bailee.${table} t USING pg_temp.kept_person k WHERE k.id = t.person_id`,
    `INSERT INTO bailee.${table} SELECT k.* FROM pg_temp.kept_${table} k
       WHERE EXISTS (SELECT FROM bailee.person p WHERE p.id = k.person_id) ON CONFLICT DO NOTHING`,
  ]),
  `INSERT INTO bailee.known_person SELECT k.* FROM pg_temp.kept_known k
     WHERE EXISTS (SELECT FROM bailee.store s WHERE s.id = k.store_id) ON CONFLICT DO NOTHING`,
];

/**
 * After the data was replaced: choices, notices, restrictions, undone merges, revoked keys, leavers, proofs and erasures of the database
 * that was there. Its tombstones replace those of the backup: it knows which were lifted since.
 */
export async function carryPresent(tx: Tx): Promise<void> {
  const statements = [
    `INSERT INTO bailee.choice SELECT k.* FROM pg_temp.kept_choice k
       WHERE EXISTS (SELECT FROM bailee.customer c WHERE c.id = k.customer_id) ON CONFLICT DO NOTHING`,
    `INSERT INTO bailee.notice_version SELECT k.* FROM pg_temp.kept_notice k
       WHERE EXISTS (SELECT FROM bailee.store s WHERE s.id = k.store_id) ON CONFLICT DO NOTHING`,
    // A grant that a change of substance made stale stays stale.
    `INSERT INTO bailee.notice_floor AS f SELECT k.* FROM pg_temp.kept_floor k
       WHERE EXISTS (SELECT FROM bailee.store s WHERE s.id = k.store_id)
       ON CONFLICT (store_id) DO UPDATE SET version = GREATEST(f.version, EXCLUDED.version)`,
    `UPDATE bailee.customer c SET restricted_at = coalesce(c.restricted_at, k.restricted_at)
       FROM pg_temp.kept_customer k WHERE k.id = c.id`,
    `UPDATE bailee.customer_link l SET valid_to = k.valid_to FROM pg_temp.kept_link k
       WHERE k.child = l.child AND k.id = l.id AND l.valid_to IS NULL`,
    `UPDATE bailee.api_key a SET revoked_at = k.revoked_at FROM pg_temp.kept_api_key k
       WHERE k.id = a.id AND a.revoked_at IS NULL`,
    // One that was changed for another ends when it was to end.
    `UPDATE bailee.api_key a SET until = k.until FROM pg_temp.kept_api_key k
       WHERE k.id = a.id AND k.until < coalesce(a.until, 'infinity')`,
    ...PROOFS,
    // What was retired since is given to nobody.
    `UPDATE bailee.tag t SET retired_at = k.retired_at FROM pg_temp.kept_tag k WHERE k.id = t.id AND t.retired_at IS NULL`,
    'DELETE FROM bailee.customer_tag g USING bailee.tag t WHERE t.id = g.tag_id AND t.retired_at IS NOT NULL',
    // Whoever left since stays outside, and a right that was taken since stays taken.
    `UPDATE bailee.person p SET state = 'left', left_at = k.left_at, password = NULL, totp = NULL, totp_step = NULL
       FROM pg_temp.kept_person k WHERE k.id = p.id AND k.state = 'left' AND p.state <> 'left'`,
    `DELETE FROM bailee.person_role r USING pg_temp.kept_person k WHERE k.id = r.person_id
       AND NOT EXISTS (SELECT FROM pg_temp.kept_role h WHERE h.person_id = r.person_id AND h.role = r.role)`,
    `UPDATE bailee.person_role r SET until = h.until FROM pg_temp.kept_role h
       WHERE h.person_id = r.person_id AND h.role = r.role AND h.until < coalesce(r.until, 'infinity')`,
    ...['recovery_code', 'passkey', 'openid_link', 'team_member'].map(
      (table) =>
        `DELETE FROM bailee.${table} t USING bailee.person p WHERE p.id = t.person_id AND p.state = 'left'`,
    ),
    `UPDATE bailee.cases c SET assignee = NULL, version = c.version + 1
       FROM bailee.person p WHERE p.id = c.assignee AND p.state = 'left'`,
    `INSERT INTO bailee.erasure (id, store_id, customers, classes, tombstones, ledger_index, ordered_by, occurred_at)
       SELECT id, store_id, customers, classes, '{}', ledger_index, ordered_by, occurred_at FROM pg_temp.kept_erasure
       ON CONFLICT DO NOTHING`,
    'TRUNCATE bailee.tombstone',
    'INSERT INTO bailee.tombstone SELECT * FROM pg_temp.kept_tombstone',
  ];
  for (const text of statements) await tx.query({ text });
}
