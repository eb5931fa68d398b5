/** Tags: how a store defines them, and which customers have them. For the gate and the room of profiles. */
import type { Purpose } from '../../contract/names.ts';
import type { Tx } from '../platform/ports.ts';

export interface TagRuleRow {
  readonly counts: 'orders' | 'cases';
  readonly atLeast: number;
  readonly withinDays: number;
}

export interface TagRow {
  readonly id: string;
  readonly store_id: string;
  readonly name: string;
  readonly meaning: string;
  /** Null: by hand. */
  readonly rule: TagRuleRow | null;
  readonly purposes: Purpose[];
  readonly days: number;
  readonly defined_at: Date;
}

type Stored = Omit<TagRow, 'rule'> & {
  readonly rule: TagRuleRow['counts'] | null;
  readonly at_least: number;
  readonly within_days: number;
};
const COLUMNS = 'id, store_id, name, meaning, rule, at_least, within_days, purposes, days, defined_at';

function tagOf({ rule, at_least, within_days, ...row }: Stored): TagRow {
  return {
    ...row,
    rule: rule === null ? null : { counts: rule, atLeast: at_least, withinDays: within_days },
  };
}

/** False when the store has a tag of this name. */
export async function writeTag(tx: Tx, row: TagRow, by: string): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'tag_write',
    text: `INSERT INTO bailee.tag (id, store_id, name, meaning, rule, at_least, within_days, purposes, days, defined_by, defined_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
    values: [
      row.id,
      row.store_id,
      row.name,
      row.meaning,
      row.rule?.counts ?? null,
      row.rule?.atLeast ?? null,
      row.rule?.withinDays ?? null,
      row.purposes,
      row.days,
      by,
      row.defined_at,
    ],
  });
  return rowCount > 0;
}

/** Of this store, in force; by name. */
export async function readTags(tx: Tx, store: string): Promise<TagRow[]> {
  const { rows } = await tx.query<Stored>({
    name: 'tag_read',
    text: `SELECT ${COLUMNS} FROM bailee.tag WHERE store_id = $1 AND retired_at IS NULL ORDER BY lower(name)`,
    values: [store],
  });
  return rows.map(tagOf);
}

/** Of any store, in force, that a rule gives. */
export async function readRules(tx: Tx): Promise<TagRow[]> {
  const { rows } = await tx.query<Stored>({
    name: 'tag_rules',
    text: `SELECT ${COLUMNS} FROM bailee.tag WHERE rule IS NOT NULL AND retired_at IS NULL ORDER BY id`,
  });
  return rows.map(tagOf);
}

/** One of this store, in force and locked so that it stays so; null when there is none. */
export async function lockTag(tx: Tx, store: string, id: string): Promise<TagRow | null> {
  const { rows } = await tx.query<Stored>({
    name: 'tag_lock',
    text: `SELECT ${COLUMNS} FROM bailee.tag WHERE id = $1 AND store_id = $2 AND retired_at IS NULL FOR SHARE`,
    values: [id, store],
  });
  return rows[0] === undefined ? null : tagOf(rows[0]);
}

/** Nobody has it from here on; false when there is no such tag in force. */
export async function retireTag(tx: Tx, store: string, id: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'tag_retire',
    text: 'UPDATE bailee.tag SET retired_at = $3 WHERE id = $1 AND store_id = $2 AND retired_at IS NULL',
    values: [id, store, at],
  });
  if (rowCount === 0) return false;
  await tx.query({
    name: 'tag_retire_given',
    text: 'DELETE FROM bailee.customer_tag WHERE tag_id = $1',
    values: [id],
  });
  return true;
}

export interface Given {
  readonly customer: string;
  readonly tag: string;
  readonly byType: 'person' | 'api-key' | 'job';
  readonly byId: string | null;
  readonly byRole: string | null;
  readonly evidence: string;
  readonly at: Date;
  readonly until: Date;
}

/** Gives, or gives anew until then. */
export async function writeGiven(tx: Tx, row: Given): Promise<void> {
  await tx.query({
    name: 'tag_give',
    text: `INSERT INTO bailee.customer_tag (customer_id, tag_id, by_type, by_id, by_role, evidence, given_at, until)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
           ON CONFLICT (customer_id, tag_id) DO UPDATE SET by_type = excluded.by_type, by_id = excluded.by_id,
             by_role = excluded.by_role, evidence = excluded.evidence, given_at = excluded.given_at,
             until = excluded.until, removed_at = NULL`,
    values: [row.customer, row.tag, row.byType, row.byId, row.byRole, row.evidence, row.at, row.until],
  });
}

/** Takes it; what a rule gave is remembered as taken. False when none of them has it. */
export async function removeGiven(
  tx: Tx,
  customers: readonly string[],
  tag: string,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'tag_remove',
    text: `UPDATE bailee.customer_tag SET removed_at = $3
           WHERE customer_id = ANY($1) AND tag_id = $2 AND removed_at IS NULL AND until > $3`,
    values: [customers, tag, now],
  });
  await tx.query({
    name: 'tag_remove_by_hand',
    text: `DELETE FROM bailee.customer_tag WHERE customer_id = ANY($1) AND tag_id = $2 AND by_type <> 'job'`,
    values: [customers, tag],
  });
  return rowCount > 0;
}

export interface GivenRow {
  readonly id: string;
  readonly name: string;
  readonly meaning: string;
  readonly purposes: Purpose[];
  readonly by_type: Given['byType'];
  readonly by_id: string | null;
  readonly by_role: string | null;
  readonly evidence: string;
  readonly given_at: Date;
  readonly until: Date;
}

/** The tags that customers who belong together have now; of two the one that ends later. */
export async function readGiven(tx: Tx, customers: readonly string[], now: Date): Promise<GivenRow[]> {
  const { rows } = await tx.query<GivenRow>({
    name: 'tag_given',
    text: `SELECT DISTINCT ON (lower(t.name), t.id) t.id, t.name, t.meaning, t.purposes, g.by_type, g.by_id, g.by_role,
             g.evidence, g.given_at, g.until
           FROM bailee.customer_tag g JOIN bailee.tag t ON t.id = g.tag_id
           WHERE g.customer_id = ANY($1) AND g.until > $2 AND g.removed_at IS NULL AND t.retired_at IS NULL
           ORDER BY lower(t.name), t.id, g.until DESC`,
    values: [customers, now],
  });
  return rows;
}

/** A page of customers of the tag's store, in id order, whom its rule names and who were not given it since `renewed`. */
export async function pageOfRule(
  tx: Tx,
  { id, store_id, rule }: TagRow & { readonly rule: TagRuleRow },
  page: {
    readonly now: Date;
    readonly since: Date;
    readonly renewed: Date;
    readonly after: string;
    readonly limit: number;
  },
): Promise<string[]> {
  const table = rule.counts === 'orders' ? 'orders' : 'cases';
  const states = rule.counts === 'orders' ? `AND o.state IN ('placed', 'updated')` : '';
  const { rows } = await tx.query<{ id: string }>({
    name: `tag_rule_${table}`,
    // Whoever belongs together counts as one.
    text: `SELECT c.id FROM (
             SELECT coalesce(l.root, o.customer_id) AS id, count(*) AS n FROM bailee.${table} o
             JOIN bailee.customer m ON m.id = o.customer_id AND m.store_id = $1
             LEFT JOIN bailee.customer_link l ON l.child = o.customer_id AND l.valid_to IS NULL
             WHERE o.occurred_at > $2 AND o.occurred_at <= $8 ${states} GROUP BY 1) AS r
           JOIN bailee.customer c ON c.id = r.id
           WHERE c.store_id = $1 AND c.erased_at IS NULL AND r.n >= $3 AND c.id > $6
             AND NOT EXISTS (SELECT FROM bailee.customer_tag g WHERE g.customer_id = c.id AND g.tag_id = $4
               AND g.until > $8 AND (g.removed_at IS NOT NULL OR g.by_type <> 'job' OR g.given_at > $5))
           ORDER BY c.id LIMIT $7`,
    values: [store_id, page.since, rule.atLeast, id, page.renewed, page.after, page.limit, page.now],
  });
  return rows.map((row) => row.id);
}
