/** `/v1/batch` over HTTP, durable and sealed, against bulk-inserting the same rows as plain jsonb with the same driver. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { timeArray, uuidArray } from '../src/platform/binary-array.ts';
import { projectRoot } from '../src/platform/migrate.ts';
import { type Bench, timed } from './bench.ts';
import { ADMIN, admin } from './world.ts';

const CUSTOMERS = 10_000;
const BATCH = 500;
const BATCHES = 40;
const AT_ONCE = 8;

interface RunningNode {
  readonly url: string;
  readonly key: string;
  readonly database: string;
  readonly child: ChildProcess;
  readonly stop: () => Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** A real server, in a process of its own, on a fresh database. */
async function startNode(): Promise<RunningNode> {
  const name = `bailee_bench_${randomBytes(4).toString('hex')}`;
  await admin(`CREATE DATABASE ${name}`);
  const database = new URL(ADMIN);
  database.pathname = `/${name}`;
  const folder = mkdtempSync(join(tmpdir(), 'bailee-bench-'));
  const port = await freePort();
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: database.href,
    BAILEE_DATA: folder,
    BAILEE_DEMO: 'false',
    BAILEE_LOG_LEVEL: 'error',
    PORT: String(port),
  };
  const main = join(projectRoot(), 'dist/src/main.js');
  const made = JSON.parse(
    execFileSync(process.execPath, [main, 'init', '--name', 'bench', '--json'], { env, encoding: 'utf8' }),
  ) as { writeKeys: { server: string } };
  // With the room for young objects that `npm start` gives it.
  const child = spawn(process.execPath, ['--max-semi-space-size=128', main, 'start'], {
    env,
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const ready = await fetch(`${url}/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) break;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  return {
    url,
    key: made.writeKeys.server,
    database: database.href,
    child,
    async stop() {
      child.kill('SIGTERM');
      await new Promise((done) => child.once('exit', done));
      rmSync(folder, { recursive: true, force: true });
      await admin(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

function post(node: RunningNode, body: Buffer): Promise<void> {
  return new Promise((done, fail) => {
    const headers = {
      authorization: `Basic ${Buffer.from(`${node.key}:`).toString('base64')}`,
      'content-type': 'application/json',
      'content-length': body.length,
    };
    const sent = request(`${node.url}/v1/batch`, { method: 'POST', agent, headers }, (answer) => {
      answer.resume();
      answer.on('end', () =>
        answer.statusCode === 200 ? done() : fail(new Error(`answered ${answer.statusCode}`)),
      );
    });
    sent.on('error', fail);
    sent.end(body);
  });
}

/** Works through `items`, eight at once. */
async function together<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item);
    }),
  );
}

const PRODUCTS = Array.from({ length: 40 }, (_, at) => ({
  product_id: `p-${at}`,
  sku: `SKU-${1000 + at}`,
  name: `Product number ${at} in its usual colour`,
  category: 'Kitchen/Mugs',
  brand: 'House brand',
  variant: 'blue',
  price: 8.5 + at,
  quantity: 1 + (at % 3),
}));

/** A checkout of two products, as the Segment client for Node sends it. */
function event(at: number): Record<string, unknown> {
  const now = new Date().toISOString();
  return {
    type: 'track',
    event: 'Checkout Started',
    userId: `user-${Math.floor(Math.random() * CUSTOMERS)}`,
    properties: {
      order_id: `o-${at}`,
      affiliation: 'web',
      value: 42.5,
      revenue: 40,
      shipping: 2.5,
      tax: 3.2,
      discount: 0,
      coupon: 'SPRING',
      currency: 'EUR',
      products: [PRODUCTS[at % 40], PRODUCTS[(at + 7) % 40]],
    },
    context: { library: { name: '@segment/analytics-node', version: '3.1.0' } },
    timestamp: now,
    messageId: `node-next-${Date.now()}-${randomUUID()}`,
    integrations: {},
    _metadata: { nodeVersion: '20.20.2', jsRuntime: 'node' },
    sentAt: now,
    writeKey: 'bls_abcdefghijklmnopqrstuvwxyz0123456789',
  };
}

function batches(
  make: (at: number) => Record<string, unknown>,
  count = BATCHES,
): Record<string, unknown>[][] {
  return Array.from({ length: count }, (_, batch) =>
    Array.from({ length: BATCH }, (__, at) => make(batch * BATCH + at)),
  );
}

/** The rows that Bailee keeps (customer, event, times, primary key), the message in plain jsonb instead of sealed. */
const PLAIN = `CREATE TABLE plain (
  customer_id uuid NOT NULL, id uuid NOT NULL, event_id integer NOT NULL, body jsonb NOT NULL,
  occurred_at timestamptz NOT NULL, received_at timestamptz NOT NULL, PRIMARY KEY (customer_id, received_at, id))`;

const customerIds = Array.from({ length: CUSTOMERS }, () => randomUUID());

async function insertPlain(pool: pg.Pool, events: readonly Record<string, unknown>[]): Promise<void> {
  const now = new Date();
  await pool.query({
    name: 'plain',
    text: `INSERT INTO plain (customer_id, id, event_id, body, occurred_at, received_at)
           SELECT c, i, 13, b, o, $5 FROM unnest($1::uuid[], $2::uuid[], $3::jsonb[], $4::timestamptz[]) AS t (c, i, b, o)`,
    values: [
      uuidArray(events.map((each) => customerIds[Number(String(each.userId).slice(5))]!)),
      uuidArray(events.map(() => randomUUID())),
      events.map((each) => JSON.stringify(each)),
      timeArray(events.map(() => now.getTime())),
      now,
    ],
  });
}

const bodyOf = (events: readonly unknown[]) =>
  Buffer.from(JSON.stringify({ batch: events, sentAt: new Date().toISOString() }));

export const collectBench: Bench = {
  name: 'collect',
  what: `${BATCHES * BATCH} events of ${CUSTOMERS} known customers in batches of ${BATCH}, ${AT_ONCE} at once, against the same rows (same primary key) in plain jsonb`,
  better: 'higher',
  goal: 0.4,
  async run(runs) {
    const node = await startNode();
    const pool = new pg.Pool({
      connectionString: node.database,
      max: AT_ONCE,
      pipeline: true,
    } as pg.PoolConfig);
    pool.on('error', () => undefined);
    try {
      await pool.query(PLAIN);
      const people = batches(
        (at) => ({
          type: 'identify',
          userId: `user-${at}`,
          messageId: randomUUID(),
          traits: { name: `User ${at}` },
        }),
        CUSTOMERS / BATCH,
      );
      const fresh = await timed(() => together(people.map(bodyOf), (body) => post(node, body)));
      process.stderr.write(`new customers: ${Math.round((CUSTOMERS / fresh) * 1000)} a second\n`);
      await together(batches(event).map(bodyOf), (body) => post(node, body));
      const pairs = [];
      for (let run = 0; run < runs; run += 1) {
        const events = batches(event);
        const bodies = events.map(bodyOf);
        pairs.push({
          oursMs: await timed(() => together(bodies, (body) => post(node, body))),
          baselineMs: await timed(() => together(events, (each) => insertPlain(pool, each))),
        });
      }
      return pairs;
    } finally {
      await pool.end();
      agent.destroy();
      await node.stop();
    }
  },
};
