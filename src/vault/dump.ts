/**
 * What a backup of the data holds: every table of schema `bailee`, column by column; ciphertext, ids, times
 * and counts. Not in it:
 *  - `identifier`: blind index tokens outlive a customer's key, so an old copy would still tell who was here.
 *    They are built again from `customer_identifier`, which is sealed.
 *  - `tombstone`, and the tokens beside quarantined rows and erasures. These cannot be built again, and
 *    without them an erased customer comes back with the next replayed batch. They are keyed hashes of
 *    identifiers, personal data that must expire; so they travel in the keys file, sealed under the epoch,
 *    and an old copy of them dies when its epoch is destroyed. So do those of `known_person`: without them
 *    somebody could look up their own family after a restore.
 *  - sessions, invitations, questions, codes and tries of signing in: after a restore everybody signs in anew; and the two
 *    tokens of a person's address, which are built again from what is sealed.
 *  - `migration`: the installation that restores has its own.
 * The tokens of `message` are in it: a messageId is a random number of the sender's and names no one, and
 * without them whatever is sent again after a restore would be stored twice.
 */
import type { Tx } from '../platform/ports.ts';
import { columns, type TableShape } from '../platform/table-rows.ts';

/** In an order in which references hold. */
export const DATA_TABLES: readonly TableShape[] = [
  {
    table: 'bailee.store',
    columns: columns(
      'id uuid, name text, country text, locale text, origins text[], demo boolean, created_at timestamptz',
    ),
  },
  {
    table: 'bailee.api_key',
    columns: columns(
      'id uuid, store_id uuid, kind text, role text, label text, hash bytea, created_at timestamptz, revoked_at timestamptz, until timestamptz, used_at timestamptz, made_by uuid',
    ),
  },
  {
    table: 'bailee.person',
    columns: columns(
      'id uuid, store_id uuid, state text, language text, sealed bytea, row_version integer, password text, totp bytea, totp_step bigint, created_at timestamptz, joined_at timestamptz, left_at timestamptz, seen_at timestamptz, reviewed_at timestamptz',
    ),
    left: { email_token: 'NULL', known_token: 'NULL' },
  },
  {
    table: 'bailee.person_role',
    columns: columns('person_id uuid, role text, since timestamptz, until timestamptz'),
  },
  {
    table: 'bailee.team',
    columns: columns('id uuid, store_id uuid, name text, created_at timestamptz'),
  },
  { table: 'bailee.team_member', columns: columns('team_id uuid, person_id uuid') },
  {
    table: 'bailee.recovery_code',
    columns: columns('person_id uuid, hash bytea, used_at timestamptz'),
  },
  {
    table: 'bailee.passkey',
    columns: columns(
      'id bytea, person_id uuid, public_key bytea, counter bigint, transports text[], label text, created_at timestamptz, used_at timestamptz',
    ),
  },
  {
    table: 'bailee.openid_link',
    columns: columns('issuer text, subject bytea, person_id uuid, linked_at timestamptz'),
  },
  {
    table: 'bailee.access_review',
    columns: columns(
      'id uuid, store_id uuid, reviewer uuid, reviewed_at timestamptz, kept integer, taken integer',
    ),
  },
  {
    table: 'bailee.catalog_version',
    columns: columns('version integer, hash bytea, document jsonb, created_at timestamptz'),
  },
  {
    table: 'bailee.notice_version',
    columns: columns(
      'store_id uuid, version integer, language text, document text, substance boolean, created_at timestamptz, change text, published_by text',
    ),
  },
  {
    table: 'bailee.notice_floor',
    columns: columns('store_id uuid, version integer, moved_at timestamptz'),
  },
  {
    table: 'bailee.refusal_count',
    columns: columns(
      'store_id uuid, notice integer, language text, region text, day text, shard smallint, count bigint',
    ),
  },
  {
    table: 'bailee.consent_setting',
    columns: columns(
      'store_id uuid, secrets_number integer, token_keys jsonb, double_opt_in boolean, consent_mode boolean, tcf jsonb, gpp boolean',
    ),
  },
  {
    table: 'bailee.customer',
    columns: columns(
      'id uuid, store_id uuid, kind text, created_at timestamptz, restricted_at timestamptz, erased_at timestamptz, region text',
    ),
  },
  {
    table: 'bailee.customer_link',
    columns: columns(
      'child uuid, root uuid, id uuid, because text, valid_from timestamptz, valid_to timestamptz',
    ),
  },
  {
    table: 'bailee.customer_identifier',
    columns: columns(
      'customer_id uuid, id uuid, kind smallint, verified boolean, row_version integer, sealed bytea, created_at timestamptz',
    ),
  },
  {
    table: 'bailee.field_value',
    columns: columns(
      'customer_id uuid, field_id integer, source smallint, row_version integer, sealed bytea, occurred_at timestamptz, received_at timestamptz, catalog_version integer',
    ),
  },
  {
    table: 'bailee.orders',
    columns: columns(
      'customer_id uuid, id uuid, state text, row_version integer, sealed bytea, party bytea, occurred_at timestamptz, received_at timestamptz',
    ),
  },
  {
    table: 'bailee.order_line',
    columns: columns(
      'customer_id uuid, order_id uuid, line_key bytea, sealed bytea, occurred_at timestamptz, received_at timestamptz',
    ),
  },
  {
    table: 'bailee.cases',
    columns: columns(
      'customer_id uuid, id uuid, order_id uuid, state text, row_version integer, sealed bytea, occurred_at timestamptz, received_at timestamptz, store_id uuid, number integer, kind text, channel text, topic text, status text, priority text, assignee uuid, team uuid, waits_since timestamptz, due_at timestamptz, created_at timestamptz, updated_at timestamptz, made_by uuid, satisfaction smallint, version integer',
    ),
  },
  {
    table: 'bailee.case_message',
    columns: columns(
      'customer_id uuid, case_id uuid, id uuid, kind text, by uuid, sent text, sealed bytea, change jsonb, occurred_at timestamptz',
    ),
  },
  {
    table: 'bailee.case_attachment',
    columns: columns(
      'customer_id uuid, case_id uuid, message_id uuid, id uuid, type text, bytes integer, name bytea, sealed bytea, received_at timestamptz, unsafe boolean',
    ),
  },
  {
    table: 'bailee.case_mail',
    columns: columns(
      'customer_id uuid, case_id uuid, message_id uuid, store_id uuid, tries smallint, next_at timestamptz, sending_since timestamptz',
    ),
  },
  {
    table: 'bailee.request',
    columns: columns(
      'customer_id uuid, id uuid, store_id uuid, number integer, kind text, state text, channel text, region text, country text, zone text, received_at timestamptz, received_on date, acknowledge_on date, acknowledged_at timestamptz, due_on date, due_at timestamptz, extended_at timestamptz, extended_because text, waits_since timestamptz, waited integer, proof text, proved_at timestamptz, handler uuid, refused_because text, ended_at timestamptz, appealed_at timestamptz, made_by uuid, version integer',
    ),
  },
  {
    table: 'bailee.request_step',
    columns: columns(
      'customer_id uuid, request_id uuid, id uuid, step text, by uuid, details jsonb, occurred_at timestamptz',
    ),
  },
  { table: 'bailee.request_number', columns: columns('store_id uuid, next integer') },
  { table: 'bailee.case_number', columns: columns('store_id uuid, next integer') },
  {
    table: 'bailee.canned_answer',
    columns: columns(
      'id uuid, store_id uuid, title text, language text, words text, made_by uuid, made_at timestamptz',
    ),
  },
  {
    table: 'bailee.event',
    columns: columns(
      'customer_id uuid, id uuid, event_id integer, class smallint, sealed bytea, occurred_at timestamptz, received_at timestamptz, catalog_version integer',
    ),
  },
  {
    table: 'bailee.choice',
    columns: columns(
      'customer_id uuid, id uuid, purpose text, channel text, state text, how text, notice integer, occurred_at timestamptz, received_at timestamptz, recipient text, place text, notice_language text, region text, regimes text[], policy text, guardian text, request uuid, entry uuid, expires_at timestamptz',
    ),
  },
  {
    table: 'bailee.opening',
    columns: columns(
      'customer_id uuid, id uuid, kind text, ledger_index bigint, class smallint, sealed bytea, occurred_at timestamptz',
    ),
  },
  {
    table: 'bailee.message',
    columns: columns('store_id uuid, token bytea, received_at timestamptz'),
  },
  {
    table: 'bailee.quarantine',
    columns: columns(
      'id uuid, store_id uuid, source text, code text, message text, sealed bytea, received_at timestamptz, expires_at timestamptz',
    ),
    left: { tokens: "'{}'" },
  },
  {
    table: 'bailee.uncollected',
    columns: columns(
      'store_id uuid, reason text, name text, shard smallint, count bigint, first_at timestamptz, last_at timestamptz',
    ),
  },
  {
    table: 'bailee.erasure',
    columns: columns(
      'id uuid, store_id uuid, customers uuid[], classes smallint[], ledger_index bigint, ordered_by text, occurred_at timestamptz, swept_at timestamptz',
    ),
    left: { tombstones: "'{}'" },
  },
  {
    table: 'bailee.outbox',
    columns: columns('id uuid, kind text, payload jsonb, created_at timestamptz, done_at timestamptz'),
  },
  {
    table: 'bailee.import',
    columns: columns(
      'id uuid, store_id uuid, fingerprint bytea, lines_done bigint, stored bigint, duplicates bigint, quarantined bigint, uncollected bigint, started_at timestamptz, finished_at timestamptz',
    ),
  },
  {
    table: 'bailee.privacy_budget',
    columns: columns(
      'store_id uuid, dataset text, purpose text, rho_limit text, delta_limit text, rho_spent text, delta_spent text, epsilon text, delta text, set_at timestamptz',
    ),
  },
  {
    table: 'bailee.release',
    columns: columns(
      'id uuid, store_id uuid, dataset text, purpose text, name text, fingerprint bytea, question jsonb, privacy jsonb, answer jsonb, rho text, delta text, roles text[], made_by uuid, made_at timestamptz, until timestamptz, ledger_index bigint',
    ),
  },
  {
    table: 'bailee.training',
    columns: columns(
      'person_id uuid, course text, attempts integer, answered_at timestamptz, version integer, passed_at timestamptz, until timestamptz',
    ),
  },
  {
    table: 'bailee.approval',
    columns: columns(
      'id uuid, store_id uuid, customer_id uuid, asked_by uuid, role text, fields text[], purpose text, evidence text, state text, asked_at timestamptz, decided_by uuid, decided_at timestamptz, opens_at timestamptz, until timestamptz, used_at timestamptz, sealed bytea',
    ),
  },
  {
    table: 'bailee.break_glass',
    columns: columns(
      'id uuid, store_id uuid, customer_id uuid, person_id uuid, role text, purpose text, broken_at timestamptz, until timestamptz, state text, reviewed_by uuid, reviewed_at timestamptz, sealed bytea',
    ),
  },
  {
    table: 'bailee.alert',
    columns: columns(
      'id uuid, store_id uuid, kind text, person_id uuid, customer_id uuid, subject uuid, raised_at timestamptz, seen_by uuid, seen_at timestamptz',
    ),
  },
  {
    table: 'bailee.tag',
    columns: columns(
      'id uuid, store_id uuid, name text, meaning text, rule text, at_least integer, within_days integer, purposes text[], days integer, defined_by uuid, defined_at timestamptz, retired_at timestamptz',
    ),
  },
  {
    table: 'bailee.customer_tag',
    columns: columns(
      'customer_id uuid, tag_id uuid, by_type text, by_id uuid, by_role text, evidence text, given_at timestamptz, until timestamptz, removed_at timestamptz',
    ),
  },
  {
    table: 'bailee.caller_check',
    columns: columns(
      'customer_id uuid, id uuid, store_id uuid, case_id uuid, asked_by uuid, role text, purpose text, state text, asked_at timestamptz, until timestamptz, answered_at timestamptz, verified_until timestamptz, sealed bytea',
    ),
  },
  {
    table: 'bailee.retention_run',
    columns: columns('id uuid, day text, started_at timestamptz, finished_at timestamptz'),
  },
  {
    table: 'bailee.retention_step',
    columns: columns(
      'run_id uuid, store_id uuid, kind text, region text, after uuid, gone bigint, passed jsonb, done boolean',
    ),
  },
  {
    table: 'bailee.retention_warning',
    columns: columns(
      'customer_id uuid, store_id uuid, made_at timestamptz, warn_by timestamptz, told_at timestamptz',
    ),
  },
  { table: 'bailee.ledger_head', columns: columns('one boolean, size bigint, frontier bytea') },
  { table: 'bailee.ledger_sequence', columns: columns('one boolean, next bigint') },
  { table: 'bailee.ledger_entry', columns: columns('index bigint, leaf bytea') },
  { table: 'bailee.ledger_node', columns: columns('level smallint, n bigint, hash bytea') },
  {
    table: 'bailee.ledger_queue',
    columns: columns('id uuid, customer_id uuid, opening_id uuid, leaf bytea'),
  },
  {
    table: 'bailee.signing_key',
    columns: columns('vkey text, purpose text, created_at timestamptz, retired_at timestamptz'),
  },
];

/** Tokens that travel in the keys file, sealed. */
export const TOMBSTONES: TableShape = {
  table: 'bailee.tombstone',
  columns: columns(
    'store_id uuid, token bytea, erasure_id uuid, created_at timestamptz, expires_at timestamptz',
  ),
};
export const KNOWN_PEOPLE: TableShape = {
  table: 'bailee.known_person',
  columns: columns(
    'id uuid, store_id uuid, person_id uuid, relation text, kind smallint, token bytea, declared_at timestamptz',
  ),
};
export const QUARANTINE_TOKENS: TableShape = {
  table: 'bailee.quarantine',
  columns: columns('id uuid, tokens bytea[]'),
};

/** The months (`YYYY-MM`, UTC) that have a partition of their own. */
export async function monthsOf(tx: Tx): Promise<string[]> {
  const { rows } = await tx.query<{ name: string }>({
    text: `SELECT c.relname AS name FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
           WHERE i.inhparent = 'bailee.event'::regclass ORDER BY 1`,
  });
  return rows.flatMap(({ name }) => {
    const [, year, month] = /^event_(\d{4})_(\d{2})$/.exec(name) ?? [];
    return year === undefined ? [] : [`${year}-${month}`];
  });
}

/** True when nothing was ever put in: no store, no customer, no entry in the ledger. */
export async function isEmpty(tx: Tx): Promise<boolean> {
  const { rows } = await tx.query<{ empty: boolean }>({
    text: `SELECT NOT EXISTS (SELECT FROM bailee.store) AND NOT EXISTS (SELECT FROM bailee.customer)
             AND NOT EXISTS (SELECT FROM bailee.erasure) AND (SELECT next FROM bailee.ledger_sequence) = 0 AS empty`,
  });
  return rows[0]?.empty === true;
}

/** The newest migration that ran: rows fit only the tables they were read from. */
export async function newestMigration(tx: Tx): Promise<string> {
  const { rows } = await tx.query<{ name: string }>({
    text: 'SELECT name FROM bailee.migration ORDER BY name DESC LIMIT 1',
  });
  return rows[0]?.name ?? '';
}

/** Ids of all stores. */
export async function storeIds(tx: Tx): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>({ text: 'SELECT id FROM bailee.store ORDER BY id' });
  return rows.map((row) => row.id);
}
