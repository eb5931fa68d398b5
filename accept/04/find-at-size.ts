/**
 * Finding one customer among a million, against finding one among ten thousand. The first ten thousand are collected
 * like any; the rest are copies of their rows under other ids and tokens, which nobody opens: what counts is how much
 * the tables and indexes hold.
 */
import pg from 'pg';
import { find, type Shop, send } from '../01/shop.ts';

const SMALL = 10_000;
const BATCH = 500;
const TRIES = 400;
const WARM = 100;
const COPIES_AT_ONCE = 50_000;

export interface Sizes {
  readonly url: string;
  readonly databaseUrl: string;
  readonly shop: Shop;
  /** How many customers there are in the end. */
  readonly large: number;
  readonly log: (message: string) => void;
}

export interface Found {
  readonly smallMs: number;
  readonly largeMs: number;
}

/** Median times of a find, in milliseconds. */
export async function findAtSize({ url, databaseUrl, shop, large, log }: Sizes): Promise<Found> {
  for (let from = 0; from < SMALL; from += BATCH)
    await send(
      url,
      shop.writeKeys.server,
      Array.from({ length: BATCH }, (_, at) => customer(from + at)),
    );
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      'CREATE TEMP TABLE original AS SELECT id, row_number() OVER (ORDER BY id) AS n FROM bailee.customer',
    );
    await client.query('ANALYZE');
    const smallMs = await median(url, shop);
    log(`${SMALL} customers: ${smallMs.toFixed(2)} ms`);
    for (let made = SMALL; made < large; made += COPIES_AT_ONCE)
      await copy(client, Math.min(COPIES_AT_ONCE, large - made));
    await client.query('ANALYZE');
    const { rows } = await client.query('SELECT count(*) AS n FROM bailee.customer');
    const largeMs = await median(url, shop);
    log(`${rows[0].n} customers: ${largeMs.toFixed(2)} ms`);
    return { smallMs, largeMs };
  } finally {
    await client.end();
  }
}

function customer(n: number) {
  return {
    type: 'identify',
    userId: `u-${n}`,
    traits: { name: `Person ${n}`, email: `person${n}@example.com`, phone: `+4915${100_000_000 + n}` },
  };
}

async function median(url: string, { apiKeys }: Shop): Promise<number> {
  const asking = { purpose: 'legal-duty', evidence: { reason: 'a measurement' } };
  const times: number[] = [];
  for (let at = -WARM; at < TRIES; at += 1) {
    const n = Math.abs(at * 7919) % SMALL;
    const started = performance.now();
    const found = await find(
      url,
      apiKeys.privacyOfficer!,
      { kind: 'email', value: `person${n}@example.com` },
      asking,
    );
    if (at >= 0) times.push(performance.now() - started);
    if (found.length !== 1) throw new Error('a customer was not found');
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
}

/** The rows of as many customers once more, under new ids and tokens. */
async function copy(client: pg.Client, count: number): Promise<void> {
  await client.query('BEGIN');
  await client.query(
    `CREATE TEMP TABLE pair ON COMMIT DROP AS
       SELECT o.id AS old, gen_random_uuid() AS new FROM original o
       JOIN generate_series(1, $1) AS g ON (g % ${SMALL}) + 1 = o.n`,
    [count],
  );
  for (const [table, key] of [
    ['bailee.customer', 'id'],
    ['bailee.customer_identifier', 'customer_id'],
    ['bailee.field_value', 'customer_id'],
    ['keys.data_key', 'customer_id'],
  ] as const) {
    const { rows } = await client.query<{ name: string }>(
      `SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
      [table],
    );
    const names = rows.map(({ name }) => `"${name}"`);
    const values = rows.map(({ name }) => (name === key ? 'p.new' : `t."${name}"`));
    await client.query(
      `INSERT INTO ${table} (${names.join()}) SELECT ${values.join()} FROM ${table} t JOIN pair p ON p.old = t.${key}`,
    );
  }
  await client.query(
    `INSERT INTO bailee.identifier (store_id, kind, token, customer_id, target_id, verified, created_at)
       SELECT i.store_id, i.kind, uuid_send(gen_random_uuid()), p.new, i.target_id, i.verified, i.created_at
       FROM bailee.identifier i JOIN pair p ON p.old = i.customer_id`,
  );
  await client.query('COMMIT');
}
