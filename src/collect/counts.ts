/** What was seen and not stored, by name: counted in the batch's own transaction, so that the counts are exact. */
import type { Transaction, Tx } from '../platform/ports.ts';
import { type Suggestion, suggestFor } from './suggest-entry.ts';

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

/** What values of an undeclared name were seen to be: how many were looked at, and of them how many hold a type. */
export type Seen = 'seen:sampled' | `seen:${'whole' | 'inside'}:${string}`;

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

  add(reason: NotStored | Seen, name: string, count = 1): void {
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
  /** Of an undeclared field: what it seems to hold. */
  readonly suggestion?: Suggestion;
}

/** What was not stored in a store, most often first; at most 1,000 rows. */
export async function listUndeclared(ctx: { readonly db: Tx }, store: string): Promise<Uncollected[]> {
  const seen = await readSeen(ctx.db, store);
  const { rows } = await ctx.db.query<{
    reason: string;
    name: string;
    count: string;
    first_at: Date;
    last_at: Date;
  }>({
    name: 'counts_list',
    text: `SELECT reason, name, sum(count) AS count, min(first_at) AS first_at, max(last_at) AS last_at
           FROM bailee.uncollected WHERE store_id = $1 AND reason NOT LIKE 'seen:%'
           GROUP BY reason, name ORDER BY sum(count) DESC, name LIMIT 1000`,
    values: [store],
  });
  return rows.map((row) => ({
    reason: row.reason,
    name: row.name,
    count: Number(row.count),
    firstAt: row.first_at.toISOString(),
    lastAt: row.last_at.toISOString(),
    ...(row.reason === 'undeclared-field' ? suggested(row.name, seen.get(row.name) ?? new Map()) : {}),
  }));
}

function suggested(name: string, seen: ReadonlyMap<string, number>): { readonly suggestion?: Suggestion } {
  const suggestion = suggestFor(name, seen);
  return suggestion === null ? {} : { suggestion };
}

/** By name, the counts of what its values were seen to be. */
async function readSeen(db: Tx, store: string): Promise<Map<string, Map<string, number>>> {
  const { rows } = await db.query<{ reason: string; name: string; count: string }>({
    name: 'counts_seen',
    text: `SELECT reason, name, sum(count) AS count FROM bailee.uncollected
           WHERE store_id = $1 AND reason LIKE 'seen:%' GROUP BY reason, name`,
    values: [store],
  });
  const seen = new Map<string, Map<string, number>>();
  for (const { reason, name, count } of rows) {
    const counts = seen.get(name) ?? new Map<string, number>();
    seen.set(name, counts.set(reason.slice('seen:'.length), Number(count)));
  }
  return seen;
}
