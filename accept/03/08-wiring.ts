/** Tickets with names, phone numbers and cards go in; then what support sees, and every byte that is left on disk. */
import { join } from 'node:path';
import { Faults, inFolder, onPostgres } from '../01/faults.ts';
import { wholeLog } from '../01/log.ts';
import { dumpOf, filesOf, type Place, positionOf, rawPostgres, tablesOf } from '../01/places.ts';
import { spell } from '../01/plants.ts';
import {
  ask,
  asOutsider,
  command,
  find,
  makeShop,
  type Shop,
  send,
  serve,
  timeline,
  type Where,
} from '../01/shop.ts';
import type { AcceptLine } from '../line.ts';
import { formsOf, makeTickets, type Ticket } from './tickets.ts';

const TICKETS = 30;
const QUICK_TICKETS = 6;
const PASSWORD = 'Hunter2-correct-Horse';

interface Site {
  readonly url: string;
  readonly shop: Shop;
}

export const line: AcceptLine = {
  issue: 3,
  number: 8,
  title: 'A ticket with a name, phone and card: masked to support, sealed at rest, the card nowhere',
  async run({ quick, log }) {
    const faults = new Faults(log);
    const tickets = makeTickets(quick ? QUICK_TICKETS : TICKETS);
    const searched = await onPostgres((where) => judge(where, tickets, faults, log));
    const cards = tickets.length;
    return faults.verdict(
      `${cards} tickets masked to support; 0 of ${cards} cards, names and phone numbers in ${searched} MB`,
    );
  },
};

async function judge(
  where: Required<Where>,
  tickets: readonly Ticket[],
  faults: Faults,
  log: (message: string) => void,
): Promise<number> {
  return inFolder(async (folder) => {
    const position = await positionOf(where.databaseUrl);
    const shop = await makeShop(where);
    const server = await serve(where, { env: { BAILEE_LOG_LEVEL: 'debug' } });
    const site = { url: server.url, shop };
    const places: Place[] = [];
    try {
      await sendAll(site, tickets, faults);
      for (const ticket of tickets) await lookAt(site, ticket, faults);
      await lookAtSuggestions(site, faults);
      places.push(...(await outsideOf(site)));
    } finally {
      await server.stop();
    }
    places.push({ name: 'logs', bytes: Buffer.from(server.log()) });
    const kept = join(folder, 'shop');
    await command(['backup', '--data', `${kept}.data`, '--keys', `${kept}.keys`], where);
    for (const file of [`${kept}.data`, `${kept}.keys`]) places.push(...filesOf('backup', file));
    places.push(...filesOf('data folder', where.dataFolder));
    for await (const place of rawPostgres(where.databaseUrl, position)) places.push(place);
    for await (const place of tablesOf(where.databaseUrl)) places.push(place);
    places.push(...(await dumpOf(where.databaseUrl, log)));

    const wanted = needles(tickets);
    for (const { name, bytes } of places)
      for (const needle of wanted)
        faults.check(!bytes.includes(needle.bytes), `${name} hold ${needle.what} in the open`);
    await showThatItFinds(where.databaseUrl, tickets[0]!, wanted, faults);
    return Math.round(places.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6);
  });
}

async function sendAll({ url, shop }: Site, tickets: readonly Ticket[], faults: Faults): Promise<void> {
  for (const [at, ticket] of tickets.entries()) {
    const userId = `writer-${at}`;
    const track = (event: string, properties: object) => ({ type: 'track', userId, event, properties });
    const answer = await send(url, shop.writeKeys.server, [
      { type: 'identify', userId, traits: { reachMe: `writer-${at}@example.com` } },
      track('Order Completed', { order_id: ticket.order, total: 10, currency: 'EUR' }),
      track('Support Ticket Opened', { ticket_id: ticket.number, order_id: ticket.order, body: ticket.body }),
      // Faulty, and so quarantined whole.
      {
        ...track('Support Ticket Replied', { remark: `${ticket.body} My password is ${PASSWORD}` }),
        timestamp: '?',
      },
    ]);
    faults.equal(answer.accepted, 3, 'events of a ticket that were accepted');
    faults.equal(answer.quarantined.length, 1, 'events of a ticket in quarantine');
  }
}

async function lookAt({ url, shop }: Site, ticket: Ticket, faults: Faults): Promise<void> {
  const { support, privacyOfficer } = shop.apiKeys as { support: string; privacyOfficer: string };
  const asking = { purpose: 'customer-service', evidence: { case: ticket.number } };
  const [found] = await find(url, support, { kind: 'case', value: ticket.number }, asking);
  if (found === undefined) throw new Error('support does not find the customer of a ticket');
  const seen = JSON.stringify(await timeline(url, support, found.id, asking));
  faults.check(!seen.includes(ticket.name), `support reads the name in ${ticket.number}`);
  faults.check(!seen.includes(ticket.phone), `support reads the phone number in ${ticket.number}`);
  faults.check(
    seen.includes('[PERSON 1]') && seen.includes('[PHONE 1]'),
    `${ticket.number} is masked by labels`,
  );
  faults.check(seen.includes(ticket.readable), `the rest of ${ticket.number} can be read`);
  const reason = { purpose: 'customer-service', evidence: { reason: 'acceptance' } };
  const whole = JSON.stringify(await timeline(url, privacyOfficer, found.id, reason));
  faults.check(
    whole.includes(ticket.name) && whole.includes(ticket.phone),
    `the privacy officer reads ${ticket.number} as it was written`,
  );
  for (const form of formsOf(ticket))
    faults.check(!seen.includes(form) && !whole.includes(form), `the card in ${ticket.number} is shown`);
}

async function lookAtSuggestions({ url, shop }: Site, faults: Faults): Promise<void> {
  const { body } = await ask(`${url}/api/undeclared`, shop.apiKeys.privacyOfficer as string);
  const { items } = body as {
    items: readonly { name: string; suggestion?: { type: string; entry: { mask: string } | null } }[];
  };
  const suggestion = items.find(({ name }) => name === 'reachMe')?.suggestion;
  faults.equal(suggestion?.type, 'EMAIL', 'what an undeclared field with e-mail addresses seems to hold');
  faults.equal(suggestion?.entry?.mask, 'email', 'the mask suggested for it');
}

async function outsideOf({ url, shop }: Site): Promise<Place[]> {
  const key = shop.apiKeys.administrator as string;
  const places: Place[] = [];
  for (const path of ['/metrics', '/api/undeclared', '/api/quarantine?limit=200'])
    places.push({ name: path, bytes: Buffer.from((await ask(url + path, key)).text) });
  for (const bytes of await wholeLog(url)) places.push({ name: 'ledger', bytes });
  return places;
}

interface Needle {
  readonly what: string;
  readonly bytes: Buffer;
}

function needles(tickets: readonly Ticket[]): Needle[] {
  const texts = tickets.flatMap((ticket) => [
    ...formsOf(ticket).map((text) => ['a card', text] as const),
    ['a phone number', ticket.phone] as const,
  ]);
  const names = [...new Set(tickets.map(({ name }) => name))].map((name) => ['a name', name] as const);
  return [...texts, ...names, ['a password', PASSWORD] as const].flatMap(([what, text]) =>
    // A Chinese name has so few signs that its escapes and base64 alone could stand anywhere by chance.
    (text.length < 8 ? [Buffer.from(text)] : spell(text)).map((bytes) => ({ what, bytes })),
  );
}

/** The same search, after somebody kept a ticket in the open: a search that finds nothing must be able to find. */
async function showThatItFinds(
  databaseUrl: string,
  ticket: Ticket,
  wanted: readonly Needle[],
  faults: Faults,
): Promise<void> {
  const position = await positionOf(databaseUrl);
  await asOutsider(databaseUrl, async (client) => {
    await client.query('CREATE TABLE kept_in_the_open (body text)');
    await client.query('INSERT INTO kept_in_the_open VALUES ($1)', [ticket.body]);
  });
  const found = new Set<string>();
  const note = ({ name, bytes }: Place) => {
    for (const { what, bytes: needle } of wanted) if (bytes.includes(needle)) found.add(`${what} in ${name}`);
  };
  for await (const place of rawPostgres(databaseUrl, position)) note(place);
  for await (const place of tablesOf(databaseUrl)) note(place);
  for (const place of ['data files', 'WAL', 'table contents'])
    for (const what of ['a card', 'a phone number', 'a name'])
      faults.check(
        found.has(`${what} in ${place}`),
        `a ticket kept in the open: ${what} is found in ${place}`,
      );
}
