/** The queue of requests with ten thousand in flight, against the same queue with a hundred, in turn. */
import pg from 'pg';
import { Faults, onPostgres } from '../01/faults.ts';
import { ask, makeShop, send, serve } from '../01/shop.ts';
import type { AcceptLine } from '../line.ts';

const FEW = 100;
const MANY = 10_000;
const QUICK_MANY = 2_000;
const TIMES = 60;
const MOST = 1.5;

export const line: AcceptLine = {
  issue: 5,
  number: 8,
  title: 'The queue page with 10,000 requests in flight, against 100',
  run: async ({ quick, log }) => {
    const faults = new Faults(log);
    let figure = '';
    const many = quick ? QUICK_MANY : MANY;
    await onPostgres(async (where) => {
      const shop = await makeShop(where);
      const { url } = await serve(where);
      const key = shop.apiKeys.privacyOfficer!;
      await send(url, shop.writeKeys.server, [
        { type: 'identify', userId: 'one', messageId: 'm-1', traits: {} },
      ]);
      const client = new pg.Client({ connectionString: where.databaseUrl });
      await client.connect();
      try {
        await fill(client, shop.store, 0, FEW);
        const few = await page(url, key, faults, FEW);
        await fill(client, shop.store, FEW, many);
        const lots = await page(url, key, faults, many);
        const ratio = lots / few;
        faults.check(ratio <= MOST, `the page takes at most ${MOST} × as long`);
        figure = `${many} in flight: ${lots.toFixed(2)} ms, ${FEW}: ${few.toFixed(2)} ms, ${ratio.toFixed(2)} ×`;
        log(figure);
      } finally {
        await client.end();
      }
    });
    return faults.verdict(figure);
  },
};

/** Rows as the server writes them; ten thousand by HTTP would only take longer. */
async function fill(client: pg.Client, store: string, from: number, to: number): Promise<void> {
  await client.query(
    `INSERT INTO bailee.request (customer_id, id, store_id, number, kind, state, channel, zone, received_at, received_on, due_on, due_at)
     SELECT gen_random_uuid(), gen_random_uuid(), $1, n, (ARRAY['access', 'erasure', 'opt-out'])[1 + n % 3],
       CASE WHEN n % 50 = 0 THEN 'received' ELSE 'in-progress' END, 'mail', 'UTC',
       now() - n * interval '7 minutes', current_date, current_date + 30, now() + (n % 40) * interval '1 day' - n * interval '1 minute'
     FROM generate_series($2::integer + 1, $3::integer) AS n`,
    [store, from, to],
  );
  await client.query('ANALYZE bailee.request');
}

/** Median milliseconds of what the page asks: its counts and its first rows. */
async function page(url: string, key: string, faults: Faults, wanted: number): Promise<number> {
  const took: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const from = performance.now();
    const [list, counts] = await Promise.all([
      ask(`${url}/api/requests?limit=50`, key),
      ask(`${url}/api/requests/summary`, key),
    ]);
    took.push(performance.now() - from);
    if (time > 0) continue;
    faults.equal((list.body as { requests: unknown[] }).requests.length, 50, 'rows of the page');
    faults.equal((counts.body as { open: number }).open, Math.min(wanted, 1000), 'open, as far as it counts');
  }
  return took.sort((a, b) => a - b)[Math.floor(TIMES / 2)]!;
}
