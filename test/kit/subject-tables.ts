/** Which tables of a migrated database name a customer: by their columns, and by what stands in them. */
import type { Tx } from '../../src/platform/ports.ts';
import type { SubjectRecord } from '../../src/vault/subject-map.ts';

/** What a column is called that names a customer, holds a keyed token of one, or is sealed. */
const NAMES = /customer|^child$|^root$|token|tombstone|subject|guest|visitor|^sealed$|^party$/;
/** Tables of which such a column is of no customer, and why. */
const OF_NO_CUSTOMER: Readonly<Record<string, string>> = {
  'bailee.person.sealed': 'a person of the staff',
  'bailee.person.email_token': 'a person of the staff',
  'bailee.person.known_token': 'a person of the staff',
  'bailee.consent_setting.token_keys': 'public keys of a store',
  'bailee.openid_link.subject': 'a person of the staff',
  'bailee.shopify_app.sealed': 'secrets of an app of the store',
  'bailee.recipient.sealed': 'secrets of a party outside',
};

type Mapped = Pick<SubjectRecord, 'schema' | 'table' | 'names'>;

/** In sentences; empty when the map and the database agree. */
export async function missingFromMap(tx: Tx, map: readonly Mapped[]): Promise<string[]> {
  const { rows } = await tx.query<{ table: string; column: string }>({
    text: `SELECT c.table_schema || '.' || c.table_name AS table, c.column_name AS column
           FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
           WHERE c.table_schema IN ('bailee', 'keys') AND t.table_type = 'BASE TABLE'
             AND c.table_name !~ '^event_(other|[0-9_]+)$' ORDER BY 1, 2`,
  });
  const there = new Set(rows.map(({ table, column }) => `${table}.${column}`));
  const onMap = new Set(map.map(({ schema = 'bailee', table }) => `${schema}.${table}`));
  const unknown = rows.filter(
    ({ table, column }) =>
      NAMES.test(column) && !onMap.has(table) && !Object.hasOwn(OF_NO_CUSTOMER, `${table}.${column}`),
  );
  const lacking = map.flatMap(({ schema = 'bailee', table, names }) =>
    names.map((name) => `${schema}.${table}.${name}`).filter((name) => !there.has(name)),
  );
  return [
    ...unknown.map(({ table, column }) => `${table}.${column} is on no map`),
    ...lacking.map((name) => `${name} is on the map, and not there`),
  ];
}

/** Every table in which this id stands, in whatever column. Months of a partitioned table count as that table. */
export async function tablesNaming(tx: Tx, id: string): Promise<string[]> {
  const { rows: tables } = await tx.query<{ name: string }>({
    text: `SELECT table_schema || '.' || table_name AS name FROM information_schema.tables
           WHERE table_schema IN ('bailee', 'keys') AND table_type = 'BASE TABLE'
             AND table_name !~ '^event_(other|[0-9_]+)$' ORDER BY 1`,
  });
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await tx.query({
      text: `SELECT FROM ${name} t WHERE t::text LIKE $1 LIMIT 1`,
      values: [`%${id}%`],
    });
    if (rows.length > 0) found.push(name);
  }
  return found;
}
