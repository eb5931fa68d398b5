/** After an erasure nothing comes back, by no way of reading or sending; and a returning buyer starts clean. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AcceptLine } from '../line.ts';
import { GONE, type Here, history, KEPT, nothingLeft, OTHERS, reading, VALUES } from './erased.ts';
import { Faults, onPostgres } from './faults.ts';
import {
  ask,
  command,
  eraseTogether,
  find,
  makeShop,
  open,
  send,
  serve,
  undeclared,
  type Where,
} from './shop.ts';

export const line: AcceptLine = {
  issue: 1,
  number: 7,
  title: 'After an erasure nothing comes back',
  run: ({ log }) =>
    onPostgres(async (where) => {
      const faults = new Faults(log);
      const shop = await makeShop(where);
      const server = await serve(where);
      const url = server.url;
      const batch = history();
      const stored = await send(url, shop.writeKeys.server, batch);
      faults.equal(stored.accepted, batch.length - 1, 'accepted before the erasure');
      faults.equal(stored.quarantined.length, 1, 'quarantined before the erasure');
      const officer = shop.apiKeys.privacyOfficer as string;
      const asking = { purpose: 'customer-service', evidence: { reason: 'acceptance' } };
      const [found] = await find(url, officer, { kind: 'email', value: GONE.email }, asking);
      if (found === undefined) throw new Error('the customer is not there to begin with');
      const here: Here = { url, shop, where, faults, id: found.id };
      const before = await reading(here, found.id);
      faults.check(
        before.some(({ text }) => text.includes('Wilhelmine')),
        'before the erasure there is a name to read',
      );
      const erased = await eraseTogether(url, shop.apiKeys, found.id);
      faults.equal(erased.status, 200, 'the erasure is acknowledged');

      let readings = await nothingLeft(here, 'at once');
      for (const [what, attempt] of returns(here, batch)) {
        await attempt();
        readings += await nothingLeft(here, what);
        log(`${what}: nothing came back`);
      }
      await ordersRemain(here);
      await server.stop();
      const again = await serve(where);
      readings += await nothingLeft({ ...here, url: again.url }, 'after a restart');
      const fresh = await startsClean({ ...here, url: again.url });
      return faults.verdict(
        `${readings} answers by every way of reading, after ${returns(here, batch).length} ways of returning: nothing; the order for legal-duty alone; a returning buyer is a new customer with ${fresh} fields, all new`,
      );
    }),
};

/** A way of returning, and what it sends; afterwards all is read again. */
type Return = readonly [what: string, attempt: () => Promise<void>];
type Events = Record<string, unknown>[];

/** Every way of coming back by what is sent, replayed, imported or merged. */
export function returns(here: Here, batch: Events): Return[] {
  return [...eventsAgain(here, batch), ...keptElsewhere(here), ...merges(here, batch)];
}

function eventsAgain({ url, shop, faults }: Here, batch: Events): Return[] {
  const key = shop.writeKeys.server;
  const refused = async (events: Record<string, unknown>[], what: string) => {
    const { accepted } = await send(url, key, events);
    faults.equal(accepted, 0, `${what}: accepted`);
  };
  const late = (timestamp: string) =>
    batch.slice(0, 4).map((event, n) => ({ ...event, timestamp, messageId: `late-${timestamp}-${n}` }));
  return [
    ['a replayed batch', async () => void (await send(url, key, batch))],
    ['late events of long ago', () => refused(late('2019-03-01T00:00:00Z'), 'late events of long ago')],
    ['events of today', () => refused(late(new Date().toISOString()), 'events of today')],
    ['events of the future', () => refused(late('2031-01-01T00:00:00Z'), 'events of the future')],
    [
      'events of the device',
      async () => {
        const view = { ...batch[3], userId: undefined, anonymousId: GONE.anonymousId };
        for (const writeKey of [key, shop.writeKeys.browser]) {
          const { accepted } = await send(url, writeKey, [
            { ...view, messageId: `device-${writeKey.slice(0, 4)}` },
          ]);
          faults.equal(accepted, 0, 'events of the device: accepted');
        }
      },
    ],
  ];
}

function keptElsewhere({ url, shop, where, faults }: Here): Return[] {
  return [
    [
      'quarantine replayed',
      async () => {
        const officer = shop.apiKeys.privacyOfficer as string;
        const { body } = await ask(`${url}/api/quarantine/replay`, officer, {});
        faults.equal((body as { replayed?: number }).replayed, 0, 'quarantine: replayed');
        const list = await ask(`${url}/api/quarantine`, officer);
        faults.equal((list.body as { items: unknown[] }).items.length, 0, 'quarantine: left over');
      },
    ],
    ['an import', () => importAgain(where, faults)],
  ];
}

function merges({ url, shop, faults }: Here, batch: Events): Return[] {
  const key = shop.writeKeys.server;
  const [identify] = batch as [Record<string, unknown>];
  return [
    [
      'aliases both ways',
      async () => {
        const alias = (previousId: string, userId: string) => ({ type: 'alias', previousId, userId });
        const { accepted } = await send(url, key, [
          alias(GONE.userId, OTHERS[0]),
          alias(OTHERS[1], GONE.userId),
          alias(GONE.anonymousId, OTHERS[2]),
        ]);
        faults.equal(accepted, 0, 'aliases both ways: accepted');
      },
    ],
    [
      'a merge by signing in on the old device, with the old e-mail and phone',
      async () => {
        const traits = { email: GONE.email, phone: GONE.phone };
        await send(url, key, [
          { type: 'identify', userId: OTHERS[3], anonymousId: GONE.anonymousId, traits },
          { ...identify, messageId: undefined, userId: OTHERS[4], traits },
        ]);
      },
    ],
    [
      'choices',
      async () => {
        const body = { userId: GONE.userId, choices: { analytics: true } };
        await ask(`${url}/v1/consent/choices`, key, body);
        await ask(`${url}/v1/consent/choices`, shop.writeKeys.browser, {
          anonymousId: GONE.anonymousId,
          choices: { analytics: true },
        });
      },
    ],
  ];
}

async function importAgain(where: Required<Where>, faults: Faults): Promise<void> {
  const head =
    'customer_id,changed_at,email,phone,first_name,last_name,birth_date,street,city,postal_code,country,newsletter';
  const row = (id: string, at: string) =>
    `${id},${at},${GONE.email},${GONE.phone},Wilhelmine,Quast,1960-01-02,Kastanienallee 7,Berlin,10115,DE,yes`;
  const path = join(where.dataFolder, 'customers.csv');
  writeFileSync(
    path,
    `${[head, row(GONE.userId, '2018-02-03T00:00:00Z'), row(GONE.userId, '2026-05-06T00:00:00Z')].join('\n')}\n`,
  );
  const { stdout } = await command(['import', path, '--mapping', 'customers', '--json'], where);
  const report = JSON.parse(stdout) as { stored: number; notCollected: number | Record<string, number> };
  faults.equal(report.stored, 0, 'an import: stored');
}

async function ordersRemain({ url, shop, where, faults, id }: Here): Promise<void> {
  const officer = shop.apiKeys.privacyOfficer as string;
  const asking = { purpose: 'legal-duty', evidence: { order: GONE.order } };
  const { fields } = await open(url, officer, id, {
    ...asking,
    fields: ['transaction.order', 'identity.name', 'contact.email'],
  });
  faults.check(
    JSON.stringify(fields['transaction.order']?.value ?? null).includes(KEPT),
    'the order opens for legal-duty',
  );
  for (const name of ['identity.name', 'contact.email'])
    faults.equal(fields[name]?.state, 'withheld', `${name} for legal-duty`);
  const report = await command(['report', 'orders', '--by', 'country', '--json'], where);
  const { rows } = JSON.parse(report.stdout) as { rows: { orders: number; amount: string }[] };
  faults.equal(
    rows.reduce((sum, row) => sum + row.orders, 0),
    1,
    'orders in the report for the tax duty',
  );
}

/** The shop's server lifts the suppression; the same person, e-mail and device are somebody new. */
async function startsClean({ url, shop, faults, id }: Here): Promise<number> {
  const key = shop.writeKeys.server;
  const lifted = await ask(`${url}/api/suppressions/lift`, key, {
    identifier: { kind: 'email', value: GONE.email },
    evidence: { order: 'fresh-order-1' },
  });
  faults.check(
    (lifted.body as { lifted?: boolean }).lifted === true,
    'the suppression is lifted by the shop’s server',
  );
  const order = { order_id: 'fresh-order-1', total: 7, currency: 'EUR' };
  const traits = { email: GONE.email, name: 'Wilma Neu' };
  const { accepted } = await send(url, key, [
    { type: 'identify', messageId: 'fresh-1', userId: GONE.userId, anonymousId: GONE.anonymousId, traits },
    { type: 'track', messageId: 'fresh-2', userId: GONE.userId, event: 'Order Completed', properties: order },
  ]);
  faults.equal(accepted, 2, 'accepted of the returning buyer');
  const officer = shop.apiKeys.privacyOfficer as string;
  const asking = { purpose: 'customer-service', evidence: { order: 'fresh-order-1' } };
  const byReason = { purpose: 'legal-duty', evidence: { reason: 'acceptance' } };
  const [found] = await find(url, officer, { kind: 'email', value: GONE.email }, byReason);
  if (found === undefined) {
    faults.check(false, 'the returning buyer is not found by the e-mail');
    return 0;
  }
  faults.check(found.id !== id, 'the returning buyer has a new id');
  const [byUser] = await find(
    url,
    shop.apiKeys.support as string,
    { kind: 'userId', value: GONE.userId },
    asking,
  );
  faults.equal(byUser?.id, found.id, 'the user id leads to the new customer');
  const opened = await open(url, officer, found.id, byReason);
  const history = await ask(`${url}/api/customers/${found.id}/timeline`, officer, byReason);
  const text = JSON.stringify(opened.fields) + history.text;
  for (const value of [
    ...VALUES.filter((value) => value !== 'wilhelmine.quast'),
    KEPT,
    GONE.order,
    GONE.case,
  ])
    faults.check(!text.includes(value), 'the returning buyer bears something old');
  const old = await ask(`${url}/api/customers/${id}/open`, officer, {
    ...byReason,
    purpose: 'customer-service',
  });
  faults.check(
    !VALUES.some((value) => old.text.includes(value)),
    'the old customer stays erased after the lift',
  );
  const standing = await ask(`${url}/v1/consent/choices`, key, undefined, { 'x-user-id': GONE.userId });
  faults.check(!standing.text.includes('granted'), 'the returning buyer has none of the old choices');
  const counts = await undeclared(url, officer);
  const stopped = [...counts]
    .filter(([name]) => name.startsWith('erased/'))
    .reduce((sum, [, n]) => sum + n, 0);
  faults.check(stopped > 0, 'what was stopped is counted');
  return Object.keys(opened.fields).length;
}
