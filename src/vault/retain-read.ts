/** What a store holds and how old it is, counted: no ids but of those who must be warned. For the rights room alone. */
import { RETENTION_CLASSES } from '../../contract/names.ts';
import type { TimedKind } from '../../contract/retention.ts';
import type { Tx } from '../platform/ports.ts';

/** So many records of one kind began on one day. */
export interface AgeRow {
  readonly region: string | null;
  /** UTC day. */
  readonly day: string;
  /** Why they stay; null: nothing holds them. */
  readonly held: string | null;
  readonly count: number;
}

const day = (moment: string) => `to_char(${moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD')`;
const ROOTS = `FROM (SELECT c.id, c.region, c.kind, ARRAY(SELECT member FROM bailee.cluster(ARRAY[c.id])) AS ids
    FROM bailee.customer c WHERE c.store_id = $1 AND c.erased_at IS NULL
      AND NOT EXISTS (SELECT FROM bailee.customer_link l WHERE l.child = c.id AND l.valid_to IS NULL)) AS c`;
const silent = (which: string) =>
  `SELECT c.region, ${day('bailee.last_activity(c.ids)')} AS day, bailee.held(c.ids) AS held, count(*)::int AS count
   ${ROOTS} WHERE ${which} GROUP BY 1, 2, 3`;
const owned = (table: string, moment: string, which: string) =>
  `SELECT c.region, ${day(moment)} AS day, bailee.held(ARRAY[c.id]) AS held, count(*)::int AS count
   FROM bailee.${table} r JOIN bailee.customer c ON c.id = r.customer_id
   WHERE c.store_id = $1 AND ${which} GROUP BY 1, 2, 3`;

const AGES: Readonly<Record<TimedKind, string>> = {
  behavior: owned('event', 'r.received_at', `r.class = ${RETENTION_CLASSES.behavior}`),
  sensitive: silent(
    'EXISTS (SELECT FROM bailee.field_value f WHERE f.customer_id = ANY(c.ids) AND f.field_id = ANY($2))',
  ),
  visitors: silent("c.kind = 'visitor'"),
  inactive: silent("c.kind <> 'visitor'"),
  cases: owned('cases', 'r.updated_at', "r.state = 'closed'"),
  orders: owned('orders', 'r.occurred_at', 'true'),
};

/** How old the records of a kind are. `sensitive`: numbers of the sensitive fields. */
export async function readAges(
  tx: Tx,
  {
    store,
    kind,
    sensitive,
  }: { readonly store: string; readonly kind: TimedKind; readonly sensitive: readonly number[] },
): Promise<AgeRow[]> {
  const { rows } = await tx.query<AgeRow>({
    name: `retain_ages_${kind}`,
    text: AGES[kind],
    values: kind === 'sensitive' ? [store, sensitive] : [store],
  });
  return rows;
}

const HELD = {
  behavior: { table: 'event', moment: 'r.received_at', which: `r.class = ${RETENTION_CLASSES.behavior}` },
  cases: { table: 'cases', moment: 'r.updated_at', which: "r.state = 'closed'" },
  orders: { table: 'orders', moment: 'r.occurred_at', which: 'true' },
} as const;

/** Of the rows that are over: why some stay, and how many. */
export async function countHeld(
  tx: Tx,
  of: {
    readonly store: string;
    readonly region: string | null;
    readonly kind: TimedKind;
    readonly before: Date;
  },
): Promise<Record<string, number>> {
  const held = HELD[of.kind as keyof typeof HELD];
  const { rows } = await tx.query<{ held: string; count: number }>({
    name: `retain_held_${of.kind}`,
    text: `SELECT h.held, count(*)::int AS count FROM (
             SELECT bailee.held(ARRAY[c.id]) AS held FROM bailee.${held.table} r
             JOIN bailee.customer c ON c.id = r.customer_id
             WHERE c.store_id = $1 AND c.region IS NOT DISTINCT FROM $2 AND ${held.moment} < $3 AND ${held.which}) AS h
           WHERE h.held IS NOT NULL GROUP BY 1`,
    values: [of.store, of.region, of.before],
  });
  return Object.fromEntries(rows.map((row) => [row.held, row.count]));
}

/** Where a store's customers live; null: not known. */
export async function readRegions(tx: Tx, store: string): Promise<(string | null)[]> {
  const { rows } = await tx.query<{ region: string | null }>({
    name: 'retain_regions',
    text: 'SELECT DISTINCT region FROM bailee.customer WHERE store_id = $1 ORDER BY 1 NULLS FIRST',
    values: [store],
  });
  return rows.map((row) => row.region);
}

export interface WarningRow {
  readonly customer_id: string;
  readonly warn_by: Date;
  readonly told_at: Date | null;
}

/** Who must be warned, the most urgent first. */
export async function readWarnings(tx: Tx, store: string, most: number): Promise<WarningRow[]> {
  const { rows } = await tx.query<WarningRow>({
    name: 'retain_warnings',
    text: `SELECT customer_id, warn_by, told_at FROM bailee.retention_warning WHERE store_id = $1
           ORDER BY told_at IS NOT NULL, warn_by, customer_id LIMIT $2`,
    values: [store, most],
  });
  return rows;
}

/** Notes that a customer was told; the first time counts. Null: nobody has to tell them. */
export async function noteTold(
  tx: Tx,
  { store, customer, at }: { readonly store: string; readonly customer: string; readonly at: Date },
): Promise<Date | null> {
  const { rows } = await tx.query<{ told_at: Date }>({
    name: 'retain_told',
    text: `UPDATE bailee.retention_warning SET told_at = coalesce(told_at, $3)
           WHERE store_id = $1 AND customer_id = $2 RETURNING told_at`,
    values: [store, customer, at],
  });
  return rows[0]?.told_at ?? null;
}

/** How many orders these customers have, and when the last of them was made; null: none. */
export async function lastOrderOf(
  tx: Tx,
  customers: readonly string[],
): Promise<{ readonly count: number; readonly last: Date } | null> {
  const { rows } = await tx.query<{ count: number; last: Date | null }>({
    name: 'retain_last_order',
    text: 'SELECT count(*)::int AS count, max(occurred_at) AS last FROM bailee.orders WHERE customer_id = ANY($1)',
    values: [customers],
  });
  const { count, last } = rows[0]!;
  return last === null ? null : { count, last };
}

/** Kinds of customers of a store who are there now. */
export async function readKinds(tx: Tx, store: string): Promise<string[]> {
  const { rows } = await tx.query<{ kind: string }>({
    name: 'retain_kinds',
    text: 'SELECT DISTINCT kind FROM bailee.customer WHERE store_id = $1 AND erased_at IS NULL ORDER BY 1',
    values: [store],
  });
  return rows.map((row) => row.kind);
}

/** In how many regions of how many stores customers live, each pair counted once; unknown is a region too. */
export async function countRegions(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ count: number }>({
    name: 'retention_regions',
    text: 'SELECT count(*)::integer AS count FROM (SELECT DISTINCT store_id, region FROM bailee.customer) AS c',
  });
  return rows[0]!.count;
}

/** Days on which orders were placed, for telling how long they are kept. */
export async function orderDays(tx: Tx, customers: readonly string[]): Promise<Date[]> {
  const { rows } = await tx.query<{ occurred_at: Date }>({
    name: 'retain_order_days',
    text: 'SELECT occurred_at FROM bailee.orders WHERE customer_id = ANY($1)',
    values: [customers],
  });
  return rows.map((row) => row.occurred_at);
}
