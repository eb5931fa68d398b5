/** Plants a thousand values through HTTP and import, in every kind of place that a shop fills. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../server.ts';
import type { Plants } from './plants.ts';
import { ask, find, open, type Shop, send, timeline } from './shop.ts';

export const PLANTED = 1_000;
const PEOPLE = 40;
const ORDERS = 40;
const TICKETS = 30;
const SEARCHES = 30;
const QUARANTINED = 20;
const ROWS = 16;
/** Long enough for PostgreSQL to pack it and to keep it beside its row. */
const LONG_BODY = 'The parcel has not come, and nobody answers. '.repeat(120);
const PER_BATCH = 100;

export interface Site {
  readonly url: string;
  readonly shop: Shop;
  /** For files of ours. */
  readonly folder: string;
}

interface Person {
  readonly userId: string;
  readonly email: string;
  readonly order: string | null;
  readonly ticket: string | null;
}

/** Plants `PLANTED` values that are stored, and others that must not be; then reads some, well and badly. */
export async function plantAll(site: Site, stored: Plants, never: Plants): Promise<void> {
  const { events, people } = shopLife(stored);
  const all = [...events, ...unwanted(never)];
  for (let at = 0; at < all.length; at += PER_BATCH)
    await send(site.url, site.shop.writeKeys.server, all.slice(at, at + PER_BATCH));
  await importRows(site, stored);
  if (stored.values.length !== PLANTED) throw new Error(`${stored.values.length} values were planted`);
  await readSome(site, people);
}

type Event = Record<string, unknown>;
const AGREED = { consent: { categoryPreferences: { analytics: true, personalization: true } } };

function shopLife(plants: Plants): { events: Event[]; people: Person[] } {
  const events: Event[] = [];
  const people: Person[] = [];
  for (let n = 0; n < PEOPLE; n += 1) {
    const userId = plants.plain();
    const email = `${plants.plain()}@example.com`;
    events.push({
      type: 'identify',
      userId,
      anonymousId: plants.plain(),
      traits: { email, ...traitsOf(plants) },
      context: AGREED,
    });
    const order = n < ORDERS ? plants.plain() : null;
    if (order !== null) events.push(track(userId, 'Order Completed', orderOf(plants, order)));
    const ticket = n < TICKETS ? plants.plain() : null;
    if (ticket !== null)
      events.push(
        track(userId, 'Support Ticket Opened', {
          ticket_id: ticket,
          order_id: order,
          subject: plants.text(),
          body: `${n % 2 === 0 ? LONG_BODY : ''}${plants.text()}`,
        }),
      );
    if (n < SEARCHES) events.push(track(userId, 'Products Searched', { query: plants.text() }));
    if (n < QUARANTINED)
      events.push({
        ...track(userId, 'Order Completed', { order_id: plants.plain() }),
        traits: { email: `${plants.plain()}@example.com` },
        timestamp: 'not a date',
      });
    people.push({ userId, email, order, ticket });
  }
  return { events, people };
}

function traitsOf(plants: Plants): Record<string, unknown> {
  return {
    name: plants.text(),
    firstName: plants.text(),
    lastName: plants.text(),
    username: plants.plain(),
    description: plants.text(),
    nationalId: plants.plain(),
    prescription: plants.text(),
    iban: plants.plain(),
    address: { street: plants.text(), city: plants.text() },
  };
}

function orderOf(plants: Plants, order: string): Record<string, unknown> {
  return {
    order_id: order,
    total: 20,
    currency: 'EUR',
    coupon: plants.plain(),
    products: [{ product_id: plants.plain(), name: plants.text(), price: 20, quantity: 1 }],
    billing: { name: plants.text(), street: plants.text() },
  };
}

function track(userId: string, event: string, properties: Record<string, unknown>): Event {
  return { type: 'track', userId, event, properties };
}

/** What Bailee promises not to store at all: not declared, not agreed to, or never to be stored by anyone. */
function unwanted(never: Plants): Event[] {
  const userId = 'wants-nothing';
  return [
    {
      type: 'identify',
      userId,
      traits: { favouriteCake: never.text(), password: never.plain(), securityAnswer: never.text() },
    },
    track(userId, 'Products Searched', { query: never.text() }),
    track(userId, 'Product Viewed', { product_id: never.plain() }),
    track(userId, 'Cake Baked', { icing: never.text() }),
    track(userId, 'Order Completed', { order_id: 'wanted-1', total: 1, gossip: never.text() }),
    { type: 'page', userId, name: never.text(), properties: { search: never.text() } },
  ];
}

/** By the command line, as an administrator far from the server's data folder. */
async function importRows({ url, shop, folder }: Site, plants: Plants): Promise<void> {
  const head =
    'customer_id,changed_at,email,phone,first_name,last_name,birth_date,street,city,postal_code,country,newsletter';
  const rows = Array.from({ length: ROWS }, () => {
    const [id, email] = [plants.plain(), plants.plain()];
    const names = `${plants.text()},${plants.text()}`;
    return `${id},2026-02-03T04:05:06Z,${email}@example.com,,${names},1970-01-02,${plants.text()},Ulm,89073,DE,no`;
  });
  const path = join(folder, 'customers.csv');
  writeFileSync(path, `${[head, ...rows].join('\n')}\n`);
  const args = [
    'import',
    path,
    '--mapping',
    'customers',
    '--key',
    shop.apiKeys.administrator as string,
    '--json',
  ];
  const result = await runCommand(args, { env: { BAILEE_URL: url } });
  if (result.code !== 0) throw new Error(`bailee import failed: ${result.stderr.trim()}`);
  const { stored } = JSON.parse(result.stdout) as { stored: number };
  if (stored !== ROWS) throw new Error(`bailee import stored ${stored} of ${ROWS} rows`);
}

/** Values also pass through answers and errors, and must leave nothing in logs, metrics or the ledger. */
async function readSome({ url, shop }: Site, people: readonly Person[]): Promise<void> {
  const { support, privacyOfficer } = shop.apiKeys as { support: string; privacyOfficer: string };
  for (const { userId, email, order, ticket } of people.slice(0, 10)) {
    const reason = { purpose: 'legal-duty', evidence: { reason: `about ${email}` } };
    const [found] = await find(url, privacyOfficer, { kind: 'email', value: email }, reason);
    if (found === undefined) throw new Error('a planted customer cannot be found');
    await open(url, privacyOfficer, found.id, reason);
    await timeline(url, support, found.id, { purpose: 'customer-service', evidence: { case: ticket ?? '' } });
    await ask(`${url}/api/customers/find`, support, {
      identifier: { kind: 'order', value: order },
      purpose: 'customer-service',
      evidence: { order: email },
    });
    // Bad calls, each with a value where none belongs.
    await ask(`${url}/api/customers/${userId}/open`, support, reason);
    await ask(`${url}/nothing/${userId}?email=${encodeURIComponent(email)}`, null);
    await ask(`${url}/api/customers/find`, email, {
      identifier: { kind: email, value: userId },
      purpose: userId,
    });
    await ask(`${url}/v1/batch`, shop.writeKeys.server, `{"batch":[{"userId":"${userId}",`);
    await ask(`${url}/v1/consent/choices`, shop.writeKeys.server, undefined, { 'x-user-id': userId });
    await ask(`${url}/v1/consent/choices`, shop.writeKeys.server, { userId, choices: { [userId]: true } });
  }
}
