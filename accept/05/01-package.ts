/**
 * Values are planted with a customer by HTTP. The access package holds each once with its purpose, or describes it; after
 * the erasure the order's own are all that is left in the package, and nothing is found in clear anywhere else.
 */
import { unzipSync } from 'fflate';
import { Faults, inFolder, onPostgres } from '../01/faults.ts';
import { type Place, positionOf } from '../01/places.ts';
import { Plants, Searcher } from '../01/plants.ts';
import { command, eraseTogether, find, makeShop, send, serve } from '../01/shop.ts';
import type { AcceptLine } from '../line.ts';
import { answersAbout, everywhere } from './everywhere.ts';

interface Held {
  readonly purposes: readonly string[];
  readonly described?: string;
}
interface Data {
  readonly values: readonly (Held & { readonly field: string; readonly value: unknown })[];
  readonly orders: readonly Held[];
  readonly cases: readonly Held[];
  readonly events: readonly Held[];
}

export const line: AcceptLine = {
  issue: 5,
  number: 1,
  title: 'Everything is handed out once, with its purpose; after an erasure the holds alone are left',
  run: ({ log }) =>
    onPostgres(async (where) => {
      const faults = new Faults(log);
      const position = await positionOf(where.databaseUrl);
      const shop = await makeShop(where);
      const { url, log: said } = await serve(where, { env: { BAILEE_LOG_LEVEL: 'debug' } });
      const officer = shop.apiKeys.privacyOfficer as string;
      const plants = new Plants();
      const life = plantLife(plants);
      const told = await send(url, shop.writeKeys.server, life.events);
      faults.equal(told.quarantined.length, 1, 'quarantined');
      const asking = { purpose: 'legal-duty', evidence: { reason: 'acceptance' } };
      const [found] = await find(url, officer, { kind: 'userId', value: life.userId }, asking);
      if (found === undefined) throw new Error('the customer is not there to begin with');
      const before = await packageOf(url, officer, found.id);
      for (const value of plants.values) {
        const wanted = life.described.includes(value) ? 0 : 1;
        faults.equal(before.text.split(value).length - 1, wanted, `times that ${value} is in the package`);
      }
      const { values, orders, cases, events } = before.data;
      for (const held of [...values, ...orders, ...cases, ...events])
        faults.check(held.purposes.length > 0, 'each has a purpose');
      const described = values.filter((each) => each.described !== undefined);
      faults.equal(described.length, life.described.length, 'values that are described');
      faults.check(
        described.every(({ value }) => value === null),
        'what is described has no value',
      );

      const erased = await eraseTogether(url, shop.apiKeys, found.id);
      faults.equal(erased.status, 200, 'the erasure is acknowledged');
      const after = await packageOf(url, officer, found.id);
      const left = plants.values.filter((value) => after.text.includes(value));
      faults.equal(left.sort().join(), [...life.kept].sort().join(), 'what is left in the package');
      const searcher = new Searcher(plants);
      let [places, bytes] = [0, 0];
      const search = (place: Place) => {
        places += 1;
        bytes += place.bytes.length;
        faults.equal(searcher.search(place.bytes).marks, 0, `planted values in ${place.name}`);
      };
      for (const place of await answersAbout({ url, shop }, found.id, life.names)) search(place);
      await inFolder(async (folder) => {
        const erasedNow = { where, position, url, shop, said, folder, log };
        for await (const place of everywhere(erasedNow)) search(place);
      });
      const verified = await command(['verify', '--url', url, '--json'], where);
      faults.equal((JSON.parse(verified.stdout) as { ok: boolean }).ok, true, 'the ledger holds');
      return faults.verdict(
        `${plants.values.length} planted values: each once or described; after the erasure ${left.length} of the order, nothing in ${places} places (${Math.round(bytes / 1e6)} MB); the ledger holds`,
      );
    }),
};

function plantLife(plants: Plants) {
  const userId = plants.plain();
  const who = { userId };
  const track = (event: string, properties: object) => ({ type: 'track', event, ...who, properties });
  const described = [plants.plain(), plants.plain()];
  const kept = [plants.plain(), plants.plain(), plants.plain(), plants.plain()];
  const [order, coupon, product, payer] = kept;
  const anonymousId = plants.plain();
  const email = `${plants.plain()}@example.com`;
  const names = Object.entries({ userId, anonymousId, email }).map(([kind, value]) => ({ kind, value }));
  const traits = {
    email,
    name: plants.plain(),
    username: plants.plain(),
    nationalId: described[0],
    iban: described[1],
    address: { street: plants.plain(), city: plants.plain() },
  };
  const events = [
    {
      ...{ type: 'identify', ...who, anonymousId, traits },
      context: { consent: { categoryPreferences: { analytics: true, personalization: true } } },
    },
    track('Order Completed', {
      ...{ order_id: order, total: 20, currency: 'EUR', coupon },
      products: [{ product_id: 'p1', name: product, price: 20, quantity: 1 }],
      billing: { name: payer },
    }),
    track('Support Ticket Opened', {
      ...{ ticket_id: plants.plain(), order_id: order },
      ...{ subject: plants.plain(), body: plants.plain() },
    }),
    track('Products Searched', { query: plants.plain() }),
    { ...track('Order Completed', { order_id: plants.plain() }), timestamp: 'not a date' },
  ];
  return { userId, names, events, described, kept };
}

/** `data.json` as text and as what it says. */
async function packageOf(url: string, key: string, customer: string): Promise<{ text: string; data: Data }> {
  const answer = await fetch(`${url}/api/customers/${customer}/package`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ evidence: { reason: 'acceptance' }, language: 'en' }),
  });
  if (answer.status !== 200) throw new Error(`the package is refused: ${answer.status}`);
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  const text = Buffer.from(files['data.json'] ?? []).toString('utf8');
  return { text, data: JSON.parse(text) as Data };
}
