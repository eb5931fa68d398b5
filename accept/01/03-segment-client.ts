/**
 * An unmodified client, a server that is killed again and again, and at the end a sum that must come out
 * even: every event acknowledged, each stored once or counted as not collected.
 */
import { Analytics } from '@segment/analytics-node';
import type { AcceptLine } from '../line.ts';
import { freePort, type Server } from '../server.ts';
import { Faults, onPostgres } from './faults.ts';
import {
  asOutsider,
  count,
  find,
  makeShop,
  type Shop,
  serve,
  timeline,
  undeclared,
  type Where,
} from './shop.ts';

const EVENTS = 50_000;
const QUICK_EVENTS = 2_000;
const EVENTS_EACH = 50;
const BATCH = 100;
/** Calls waiting for their acknowledgement at once. */
const WINDOW = 1_000;
const KILLS = 8;
const QUICK_KILLS = 2;
const LOOKED_AT = 12;
const PATIENCE_MS = 45 * 60_000;

type Name = 'Product Viewed' | 'Products Searched' | 'Order Completed' | 'Support Ticket Opened';

interface Event {
  readonly messageId: string;
  readonly userId: string;
  readonly event: Name;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Whether this customer agreed to analytics. */
  readonly agreed: boolean;
  /** What is found again in the timeline. */
  readonly mark: string;
}

export const line: AcceptLine = {
  issue: 1,
  number: 3,
  title: 'An unmodified client, a killed server: each event once',
  run: ({ quick, log }) =>
    onPostgres(async (where) => {
      const faults = new Faults(log);
      const events = plan(quick ? QUICK_EVENTS : EVENTS);
      const shop = await makeShop(where);
      const port = await freePort();
      const sent = await sendAll(where, port, shop, events, quick ? QUICK_KILLS : KILLS, log);
      faults.equal(sent.acknowledged, events.length, 'acknowledged');
      const server = await serve(where, { port });
      const figure = await judge(server, where, shop, events, faults);
      return faults.verdict(
        `${sent.acknowledged} acknowledged over ${sent.kills} kills (${sent.again} given up by the client and sent again): ${figure}`,
      );
    }),
};

/** Customers in turn; every second one agreed. Of ten events eight are browsing, one an order, one a ticket. */
function plan(most: number): Event[] {
  const customers = Math.ceil(most / EVENTS_EACH);
  return Array.from({ length: most }, (_, n) => {
    const customer = n % customers;
    const turn = (Math.floor(n / customers) + customer) % 10;
    const base = { messageId: `accept-${n}`, userId: `shopper-${customer}`, agreed: customer % 2 === 0 };
    const mark = `mark-${n}-`;
    if (turn === 0)
      return {
        ...base,
        mark,
        event: 'Order Completed',
        properties: {
          order_id: mark,
          total: 12.5,
          currency: 'EUR',
          products: [{ product_id: 'p', quantity: 1 }],
        },
      };
    if (turn === 1)
      return {
        ...base,
        mark,
        event: 'Support Ticket Opened',
        properties: { ticket_id: mark, subject: 'Late', body: 'Where is my parcel?' },
      };
    return turn === 2
      ? { ...base, mark, event: 'Products Searched', properties: { query: mark } }
      : { ...base, mark, event: 'Product Viewed', properties: { product_id: mark, price: 9.9 } };
  });
}

function isNeeded({ event }: Event): boolean {
  return event === 'Order Completed' || event === 'Support Ticket Opened';
}

interface Sent {
  readonly acknowledged: number;
  /** Calls that the client gave up, and that the shop made again. */
  readonly again: number;
  readonly kills: number;
}

/** Sends as a shop does; what the client gives up is handed to it again, with its messageId. */
async function sendAll(
  where: Where,
  port: number,
  shop: Shop,
  events: readonly Event[],
  kills: number,
  log: (message: string) => void,
): Promise<Sent> {
  const client = new Analytics({
    host: `http://127.0.0.1:${port}`,
    writeKey: shop.writeKeys.server,
    maxRetries: 4,
    flushAt: BATCH,
    flushInterval: 200,
    httpRequestTimeout: 60_000,
  });
  // What fails is told to the callback of its call, too.
  client.on('error', () => undefined);
  const acknowledged = new Set<string>();
  const waiting = [...events];
  let inFlight = 0;
  let again = 0;
  const give = (event: Event) => {
    inFlight += 1;
    const { messageId, userId, properties, agreed } = event;
    const context = agreed ? { consent: { categoryPreferences: { analytics: true } } } : {};
    client.track({ messageId, userId, event: event.event, properties, context }, (failure) => {
      inFlight -= 1;
      if (failure === undefined || failure === null) acknowledged.add(messageId);
      else {
        again += 1;
        waiting.push(event);
      }
    });
  };

  const reaper = killing(where, port, kills, events.length, () => acknowledged.size, log);
  const deadline = performance.now() + PATIENCE_MS;
  while (acknowledged.size < events.length && performance.now() < deadline && reaper.fault() === null) {
    while (inFlight < WINDOW && waiting.length > 0) give(waiting.shift() as Event);
    await rest(20);
  }
  await client.closeAndFlush({ timeout: 10_000 });
  const done = await reaper.end();
  return { acknowledged: acknowledged.size, again, kills: done };
}

/** Starts the server and kills it each time another share of the events is acknowledged; the last one stays. */
function killing(
  where: Where,
  port: number,
  kills: number,
  events: number,
  acknowledged: () => number,
  log: (message: string) => void,
) {
  let ended = false;
  let fault: unknown = null;
  const life = async (): Promise<number> => {
    let server: Server = await serve(where, { port });
    let done = 0;
    while (!ended) {
      const next = ((done + 0.5) / kills) * events;
      if (done < kills && acknowledged() >= next) {
        // Somewhere within the work on the batches that are under way.
        await rest(Math.random() * 150);
        await server.kill('SIGKILL');
        done += 1;
        log(`kill ${done} of ${kills} at ${acknowledged()} acknowledged`);
        await rest(300);
        server = await serve(where, { port });
      }
      await rest(20);
    }
    await server.stop();
    return done;
  };
  const living = life().catch((error: unknown) => {
    fault = error;
    return 0;
  });
  return {
    fault: () => fault,
    async end(): Promise<number> {
      ended = true;
      const done = await living;
      if (fault !== null) throw fault;
      return done;
    },
  };
}

async function judge(
  server: Server,
  where: Required<Where>,
  shop: Shop,
  events: readonly Event[],
  faults: Faults,
): Promise<string> {
  const kept = events.filter((event) => event.agreed || isNeeded(event));
  const left = events.filter((event) => !event.agreed && !isNeeded(event));
  const counts = await undeclared(server.url, shop.apiKeys.administrator as string);
  for (const name of ['Product Viewed', 'Products Searched'] as const) {
    const expected = left.filter((event) => event.event === name).length;
    faults.equal(counts.get(`no-purpose/${name}`) ?? 0, expected, `counted as not collected, ${name}`);
  }
  const others = [...counts].filter(([name]) => !name.startsWith('no-purpose/Product'));
  faults.equal(others.length, 0, `other counts (${others.map(([name]) => name).join(', ')})`);

  const { databaseUrl } = where;
  const stored = await count(databaseUrl, 'SELECT count(*) AS n FROM bailee.event');
  faults.equal(stored, kept.length, 'stored events');
  const orders = events.filter(({ event }) => event === 'Order Completed').length;
  faults.equal(await count(databaseUrl, 'SELECT count(*) AS n FROM bailee.orders'), orders, 'orders');
  faults.equal(
    await count(databaseUrl, 'SELECT count(*) AS n FROM bailee.order_line'),
    orders,
    'order lines',
  );
  faults.equal(await count(databaseUrl, 'SELECT count(*) AS n FROM bailee.quarantine'), 0, 'quarantined');
  const messages = await count(databaseUrl, 'SELECT count(*) AS n FROM bailee.message');
  faults.equal(messages, events.length, 'messageIds taken');
  await compareByName(databaseUrl, kept, faults);
  const seen = await lookClosely(server.url, shop, events, faults);
  await server.stop();
  return `${stored} stored once, ${left.length} counted as not collected, ${seen} events looked at one by one`;
}

/** The numbers of events are not secret: the catalog in the database names them. */
async function compareByName(databaseUrl: string, kept: readonly Event[], faults: Faults): Promise<void> {
  const rows = await asOutsider(databaseUrl, async (client) => {
    const answer = await client.query<{ name: string; n: string }>(
      `SELECT c.name, count(e.id) AS n FROM bailee.catalog_version v,
              jsonb_to_recordset(v.document -> 'events') AS c (id integer, name text)
              JOIN bailee.event e ON e.event_id = c.id GROUP BY c.name`,
    );
    return answer.rows;
  });
  for (const name of new Set(kept.map(({ event }) => event))) {
    const expected = kept.filter(({ event }) => event === name).length;
    faults.equal(Number(rows.find((row) => row.name === name)?.n ?? 0), expected, `stored events, ${name}`);
  }
}

/** Through the gate: of some customers every kept event stands in the timeline exactly once, and no other. */
async function lookClosely(
  url: string,
  shop: Shop,
  events: readonly Event[],
  faults: Faults,
): Promise<number> {
  const officer = shop.apiKeys.privacyOfficer as string;
  const evidence = { reason: 'acceptance' };
  let seen = 0;
  for (let customer = 0; customer < LOOKED_AT; customer += 1) {
    const userId = `shopper-${customer}`;
    const own = events.filter((event) => event.userId === userId);
    const identifier = { kind: 'userId', value: userId };
    const [found] = await find(url, officer, identifier, { purpose: 'fraud-prevention', evidence });
    if (found === undefined) {
      faults.check(false, `${userId} cannot be found`);
      continue;
    }
    const shown: { name: string; text: string }[] = [];
    // Service shows orders and tickets; analytics shows browsing, where the customer agreed.
    for (const purpose of ['customer-service', 'analytics']) {
      const items = await timeline(url, officer, found.id, { purpose, evidence });
      for (const item of items)
        if (item.kind === 'event') shown.push({ name: item.name ?? '', text: JSON.stringify(item.value) });
    }
    for (const event of own) {
      const texts = shown.filter(({ text }) => text.includes(`"${event.mark}"`)).map(({ text }) => text);
      // An order serves both purposes. Searches are sensitive: stored, and shown to nobody under analytics.
      const times = isNeeded(event) ? new Set(texts).size : texts.length;
      const expected = isNeeded(event) || (event.agreed && event.event === 'Product Viewed') ? 1 : 0;
      faults.equal(times, expected, `${userId}, ${event.messageId} in the timeline`);
      seen += 1;
    }
  }
  return seen;
}

function rest(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms));
}
