/** After an erasure nothing comes back, by no way of reading or sending; and a returning buyer starts clean. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AcceptLine } from '../line.ts';
import { Faults, onPostgres } from './faults.ts';
import {
  ask,
  command,
  find,
  makeShop,
  open,
  type Shop,
  send,
  serve,
  undeclared,
  type Where,
} from './shop.ts';

/** All that is known of the one who will be erased. Each value is found in an answer by these very letters. */
const GONE = {
  userId: 'erased-user-1',
  anonymousId: 'erased-device-1',
  email: 'wilhelmine.quast@example.com',
  phone: '+4915199988877',
  order: 'erased-order-1',
  case: 'erased-case-1',
};
const VALUES = [
  'Wilhelmine',
  'Quast',
  'wilhelmine.quast',
  '15199988877',
  'Kastanienallee',
  'garden gnome',
  'gnomes',
];
/** Of the order, which stays for the tax duty. */
const KEPT = 'oak bench';

interface Here {
  readonly url: string;
  readonly shop: Shop;
  readonly where: Required<Where>;
  readonly faults: Faults;
  /** The erased customer. */
  readonly id: string;
}

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
      const erased = await ask(`${url}/api/customers/${found.id}/erase`, officer, {
        evidence: { reason: 'asked' },
      });
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

/** What was sent about the customer before. The last event is faulty and waits in quarantine. */
function history(): Record<string, unknown>[] {
  const { userId, anonymousId } = GONE;
  const consent = { categoryPreferences: { analytics: true, 'marketing-email': true } };
  const traits = {
    email: GONE.email,
    phone: GONE.phone,
    name: 'Wilhelmine Quast',
    address: { street: 'Kastanienallee 7', city: 'Berlin', country: 'DE' },
  };
  const at = '2026-01-05T10:00:00.000Z';
  const track = (n: number, event: string, properties: object) => ({
    type: 'track',
    messageId: `erased-m-${n}`,
    timestamp: at,
    event,
    userId,
    properties,
  });
  return [
    {
      type: 'identify',
      messageId: 'erased-m-0',
      timestamp: at,
      userId,
      anonymousId,
      traits,
      context: { consent },
    },
    track(1, 'Order Completed', {
      order_id: GONE.order,
      total: 80,
      currency: 'EUR',
      country: 'DE',
      products: [{ product_id: 'b-1', name: KEPT, price: 80, quantity: 1 }],
    }),
    track(2, 'Support Ticket Opened', {
      ticket_id: GONE.case,
      order_id: GONE.order,
      subject: 'About gnomes',
      body: 'Do you sell a garden gnome?',
    }),
    track(3, 'Product Viewed', { product_id: 'g-1', name: 'garden gnome' }),
    { ...track(4, 'Product Viewed', { name: 'garden gnome' }), timestamp: 'yesterday', traits },
  ];
}

/** What a way of returning sends; afterwards all is read again. */
function returns(
  { url, shop, where, faults }: Here,
  batch: Record<string, unknown>[],
): [string, () => Promise<void>][] {
  const key = shop.writeKeys.server;
  const [identify] = batch as [Record<string, unknown>];
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
    [
      'aliases both ways',
      async () => {
        const alias = (previousId: string, userId: string) => ({ type: 'alias', previousId, userId });
        const { accepted } = await send(url, key, [
          alias(GONE.userId, 'other-account'),
          alias('other-account-2', GONE.userId),
          alias(GONE.anonymousId, 'other-account-3'),
        ]);
        faults.equal(accepted, 0, 'aliases both ways: accepted');
      },
    ],
    [
      'a merge by signing in on the old device, with the old e-mail and phone',
      async () => {
        const traits = { email: GONE.email, phone: GONE.phone };
        await send(url, key, [
          { type: 'identify', userId: 'other-account-4', anonymousId: GONE.anonymousId, traits },
          { ...identify, messageId: undefined, userId: 'other-account-5', traits },
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

interface Read {
  readonly what: string;
  readonly purpose: string;
  readonly status: number;
  readonly text: string;
}

/** Every way of reading that the outside has, for one customer and all of the identifiers. */
async function reading({ url, shop }: Here, id: string): Promise<Read[]> {
  const { support, privacyOfficer, orderDesk, marketing, security } = shop.apiKeys as Record<string, string>;
  const reason = { evidence: { reason: 'acceptance' } };
  const askings: [string, string, Record<string, unknown>][] = [
    ['support, case', support as string, { purpose: 'customer-service', evidence: { case: GONE.case } }],
    ['support, order', support as string, { purpose: 'customer-service', evidence: { order: GONE.order } }],
    ['order desk', orderDesk as string, { purpose: 'order-fulfilment', evidence: { order: GONE.order } }],
    ['security', security as string, { purpose: 'fraud-prevention', evidence: { order: GONE.order } }],
    ['marketing', marketing as string, { purpose: 'marketing-email' }],
    [
      'legal duty, order',
      privacyOfficer as string,
      { purpose: 'legal-duty', evidence: { order: GONE.order } },
    ],
  ];
  for (const purpose of [
    'customer-service',
    'order-fulfilment',
    'fraud-prevention',
    'legal-duty',
    'analytics',
    'personalization',
    'marketing-email',
    'research',
  ])
    askings.push([`officer, ${purpose}`, privacyOfficer as string, { purpose, ...reason }]);
  const found: Read[] = [];
  const note = async (what: string, purpose: string, answer: ReturnType<typeof ask>) => {
    const { status, text } = await answer;
    found.push({ what, purpose, status, text });
  };
  for (const [who, key, asking] of askings) {
    const purpose = String(asking.purpose);
    await note(`open by ${who}`, purpose, ask(`${url}/api/customers/${id}/open`, key, asking));
    await note(`timeline by ${who}`, purpose, ask(`${url}/api/customers/${id}/timeline`, key, asking));
    for (const [kind, value] of Object.entries(GONE))
      await note(
        `find by ${kind}, ${who}`,
        purpose,
        ask(`${url}/api/customers/find`, key, { identifier: { kind, value }, ...asking }),
      );
  }
  await note(
    'decide',
    'decide',
    ask(`${url}/api/decide`, support as string, { customers: [id], purpose: 'customer-service' }),
  );
  await note('quarantine', 'quarantine', ask(`${url}/api/quarantine`, privacyOfficer as string));
  for (const [header, value] of [
    ['x-user-id', GONE.userId],
    ['x-anonymous-id', GONE.anonymousId],
  ] as const)
    await note(
      `choices by ${header}`,
      'choices',
      ask(`${url}/v1/consent/choices`, shop.writeKeys.server, undefined, { [header]: value }),
    );
  await note(
    'report',
    'report',
    ask(`${url}/api/operator/reports/orders`, shop.apiKeys.administrator as string, {}),
  );
  return found;
}

/** Reads everything; notes whatever tells of the erased customer. Returns how many answers there were. */
async function nothingLeft(here: Here, when: string): Promise<number> {
  const { faults, id } = here;
  const found = await reading(here, id);
  for (const { what, purpose, status, text } of found) {
    faults.check(status < 500, `${when}, ${what}: answered ${status}`);
    for (const value of VALUES)
      faults.check(!text.includes(value), `${when}, ${what}: shows a value of the erased customer`);
    if (purpose !== 'legal-duty') faults.check(!text.includes(KEPT), `${when}, ${what}: shows the order`);
    if (what.startsWith('find by') && status === 200) foundNobody(here, when, what, purpose, text);
    if (what.startsWith('choices') && status === 200)
      faults.check(!text.includes('granted'), `${when}, ${what}: a choice stands`);
  }
  const purposes = [
    'customer-service',
    'order-fulfilment',
    'fraud-prevention',
    'analytics',
    'marketing-email',
  ];
  for (const purpose of purposes) {
    const { body } = await ask(`${here.url}/api/decide`, here.shop.apiKeys.support as string, {
      customers: [id],
      purpose,
    });
    const [answer] = (body as { answers: { allowed: boolean }[] }).answers;
    faults.equal(answer?.allowed, false, `${when}, decide for ${purpose}`);
  }
  return found.length + purposes.length;
}

/** Only the number of the kept order may still lead to a customer, and to nothing that can be seen of one. */
function foundNobody({ faults, id }: Here, when: string, what: string, purpose: string, text: string): void {
  const { customers } = JSON.parse(text) as {
    customers: { id: string; name: unknown; email: unknown; phone: unknown }[];
  };
  for (const each of customers) {
    const empty = each.name === null && each.email === null && each.phone === null;
    faults.check(empty, `${when}, ${what}: finds someone with a name, e-mail or phone`);
    if (!what.startsWith('find by order'))
      faults.check(each.id !== id, `${when}, ${what}: leads to the erased customer`);
    else faults.check(each.id === id, `${when}, ${what}, ${purpose}: the order leads elsewhere`);
  }
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
