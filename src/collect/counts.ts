/** What was seen and not stored, by name: counted in the batch's own transaction, so that the counts are exact. */
import type { Transaction, Tx } from '../platform/ports.ts';

export type NotStored =
  | 'undeclared-event'
  | 'undeclared-field'
  | 'invalid-field'
  | 'never-stored'
  | 'no-purpose'
  | 'erased'
  | 'junk-identifier'
  | 'claimed-customer'
  | 'claimed-order'
  | 'refused-merge'
  | 'order-of-another';

const SHARDS = 8;
/** Names that a process counts apart in a store: whoever sends made-up names fills no table. */
const MOST_NAMES = 2_000;
const OTHER = '(other)';
const named = new Map<string, Set<string>>();

function bounded(store: string, name: string): string {
  let names = named.get(store);
  if (names === undefined) {
    names = new Set();
    named.set(store, names);
  }
  if (names.has(name)) return name;
  if (names.size >= MOST_NAMES) return OTHER;
  names.add(name);
  return name;
}

/** Counts by reason and name. Names must be safe (`safeName`, or names of ours). */
export class Counts {
  readonly #counts = new Map<string, number>();

  add(reason: NotStored, name: string, count = 1): void {
    const key = `${reason}\n${name}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
  }

  /** Adds them to the table; rows are sharded so that batches do not wait for each other. */
  save(tx: Transaction, store: string, at: number): void {
    if (this.#counts.size === 0) return;
    const shard = Math.floor(at) % SHARDS;
    const totals = new Map<string, { reason: string; name: string; count: number }>();
    for (const [key, count] of this.#counts) {
      const [reason, given] = key.split('\n') as [string, string];
      const name = bounded(store, given);
      const total = totals.get(`${reason}\n${name}`);
      if (total === undefined) totals.set(`${reason}\n${name}`, { reason, name, count });
      else total.count += count;
    }
    const rows = [...totals.values()];
    rows.sort((a, b) => (a.reason + a.name < b.reason + b.name ? -1 : 1));
    tx.later({
      name: 'counts_save',
      text: `INSERT INTO bailee.uncollected AS u (store_id, reason, name, shard, count, first_at, last_at)
             SELECT $1, r, n, $5, c, $6, $6 FROM unnest($2::text[], $3::text[], $4::bigint[]) AS t (r, n, c)
             ON CONFLICT (store_id, reason, name, shard)
             DO UPDATE SET count = u.count + excluded.count, last_at = excluded.last_at`,
      values: [
        store,
        rows.map((row) => row.reason),
        rows.map((row) => row.name),
        rows.map((row) => row.count),
        shard,
        new Date(at),
      ],
    });
  }
}

export interface Uncollected {
  readonly reason: string;
  readonly name: string;
  readonly count: number;
  readonly firstAt: string;
  readonly lastAt: string;
}

/** What was not stored in a store, most often first; at most 1,000 rows. */
export async function listUndeclared(ctx: { readonly db: Tx }, store: string): Promise<Uncollected[]> {
  const { rows } = await ctx.db.query<{
    reason: string;
    name: string;
    count: string;
    first_at: Date;
    last_at: Date;
  }>({
    name: 'counts_list',
    text: `SELECT reason, name, sum(count) AS count, min(first_at) AS first_at, max(last_at) AS last_at
           FROM bailee.uncollected WHERE store_id = $1 GROUP BY reason, name ORDER BY sum(count) DESC, name LIMIT 1000`,
    values: [store],
  });
  return rows.map((row) => ({
    reason: row.reason,
    name: row.name,
    count: Number(row.count),
    firstAt: row.first_at.toISOString(),
    lastAt: row.last_at.toISOString(),
  }));
}
