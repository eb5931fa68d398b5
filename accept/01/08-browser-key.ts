/** Whoever holds a browser key holds a public thing: what they try on another customer fails, and is counted. */
import type { AcceptLine } from '../line.ts';
import { Faults, onPostgres } from './faults.ts';
import {
  ask,
  asOutsider,
  find,
  makeShop,
  open,
  type Shop,
  send,
  serve,
  timeline,
  undeclared,
  type Where,
} from './shop.ts';

const VICTIM = {
  userId: 'victim-user',
  anonymousId: 'victim-device',
  email: 'victim@example.com',
  order: 'victim-order',
  case: 'victim-case',
};
const DEVICE = 'attacker-device';
const EVIL = 'evil';

interface Here {
  readonly url: string;
  readonly shop: Shop;
  readonly where: Required<Where>;
  /** Sends with the browser key. */
  readonly attack: (events: Record<string, unknown>[]) => Promise<unknown>;
}

interface Attack {
  readonly title: string;
  readonly run: (here: Here) => Promise<unknown>;
  /** What this attack alone would have gained; throws or answers a sentence. */
  readonly gained?: (here: Here) => Promise<string | null>;
}

export const line: AcceptLine = {
  issue: 1,
  number: 8,
  title: 'Attacks by a holder of a browser key fail and are counted',
  run: ({ log }) =>
    onPostgres(async (where) => {
      const faults = new Faults(log);
      const shop = await makeShop(where);
      const { url } = await serve(where);
      const attack = (events: Record<string, unknown>[]) => send(url, shop.writeKeys.browser, events);
      const here: Here = { url, shop, where, attack };
      await seed(here);
      const before = JSON.stringify(await stateOf(here));
      let failed = 0;
      for (const { title, run, gained } of ATTACKS) {
        const counted = await counters(here);
        const faultsBefore = faults.count;
        await run(here);
        const after = await counters(here);
        faults.check(after > counted, `${title}: is counted`);
        const state = JSON.stringify(await stateOf(here));
        faults.check(state === before, `${title}: the customer is as before`);
        const gain = (await gained?.(here)) ?? null;
        faults.check(gain === null, `${title}: ${gain}`);
        if (faults.count === faultsBefore) failed += 1;
        log(`${title}: ${faults.count === faultsBefore ? 'failed, and was counted' : 'see the faults'}`);
      }
      return faults.verdict(`${failed} of ${ATTACKS.length} attacks failed and were counted`);
    }),
};

async function seed({ url, shop }: Here): Promise<void> {
  const { userId, anonymousId, email, order, case: number } = VICTIM;
  const context = { consent: { categoryPreferences: { analytics: false, 'marketing-email': true } } };
  const properties = {
    order_id: order,
    total: 60,
    currency: 'EUR',
    products: [{ product_id: 'v-1', name: 'a vase', price: 60, quantity: 1 }],
  };
  await send(url, shop.writeKeys.server, [
    {
      type: 'identify',
      messageId: 'victim-m-1',
      userId,
      anonymousId,
      traits: { email, name: 'Vera Viktor', phone: '+4915155566677' },
      context,
    },
    { type: 'track', messageId: 'victim-m-2', userId, event: 'Order Completed', properties },
    {
      type: 'track',
      messageId: 'victim-m-3',
      userId,
      event: 'Support Ticket Opened',
      properties: { ticket_id: number, order_id: order, subject: 'Vase', body: 'Cracked.' },
    },
  ]);
  await send(url, shop.writeKeys.browser, [
    { type: 'identify', anonymousId: DEVICE, traits: { language: 'de' }, messageId: 'attacker-m-1' },
  ]);
}

/** All that the shop's people can see of the victim, and whom the victim is tied to. */
async function stateOf({ url, shop, where }: Here): Promise<unknown> {
  const officer = shop.apiKeys.privacyOfficer as string;
  const service = { purpose: 'customer-service', evidence: { reason: 'acceptance' } };
  const [found] = await find(url, officer, { kind: 'userId', value: VICTIM.userId }, service);
  if (found === undefined) throw new Error('the victim cannot be found');
  const byEmail = await find(url, officer, { kind: 'email', value: VICTIM.email }, service);
  const byOrder = await find(url, officer, { kind: 'order', value: VICTIM.order }, service);
  const byDevice = await find(url, officer, { kind: 'anonymousId', value: VICTIM.anonymousId }, service);
  const fields: unknown[] = [];
  for (const purpose of ['customer-service', 'fraud-prevention', 'legal-duty', 'marketing-email'])
    fields.push((await open(url, officer, found.id, { ...service, purpose })).fields);
  const items = await timeline(url, officer, found.id, service);
  const standing = await ask(`${url}/v1/consent/choices`, shop.writeKeys.server, undefined, {
    'x-user-id': VICTIM.userId,
  });
  const links = await asOutsider(where.databaseUrl, async (client) => {
    const answer = await client.query<{ child: string }>(
      'SELECT child, root FROM bailee.customer_link WHERE valid_to IS NULL AND (child = $1 OR root = $1) ORDER BY child',
      [found.id],
    );
    return answer.rows;
  });
  const ids = [found, byEmail[0], byOrder[0], byDevice[0]].map((each) => each?.id);
  const { name, email, phone } = found;
  return { ids, name, email, phone, fields, items, standing: standing.body, links };
}

/** The sum of everything that counts refusals: metrics of this server, and what was not collected. */
async function counters({ url, shop }: Here): Promise<number> {
  const { text } = await ask(`${url}/metrics`, null);
  let sum = 0;
  for (const [, value] of text.matchAll(/^bailee_(?:browser_)?refusals_total(?:\{[^}]*\})? (\d+)/gm))
    sum += Number(value);
  for (const [, value] of text.matchAll(/^bailee_events_total\{result="quarantined"\} (\d+)/gm))
    sum += Number(value);
  for (const [name, n] of await undeclared(url, shop.apiKeys.administrator as string))
    if (!name.startsWith('no-purpose/')) sum += n;
  return sum;
}

const evilTraits = { email: `${EVIL}@example.com`, name: EVIL, phone: '+4915100000000' };
const own = { anonymousId: DEVICE };
const key = ({ shop }: Here) => shop.writeKeys.browser;

const ATTACKS: readonly Attack[] = [
  {
    title: 'overwrite: identify the victim’s user id from another device',
    run: ({ attack }) => attack([{ type: 'identify', ...own, userId: VICTIM.userId, traits: evilTraits }]),
  },
  {
    title: 'overwrite: identify the victim’s user id without a device',
    run: ({ attack }) => attack([{ type: 'identify', userId: VICTIM.userId, traits: evilTraits }]),
  },
  {
    title: 'overwrite: take the victim’s e-mail as one’s own',
    run: ({ attack }) =>
      attack([{ type: 'identify', ...own, userId: 'attacker-user', traits: { email: VICTIM.email } }]),
  },
  {
    title: 'merge: alias from the victim to oneself',
    run: ({ attack }) =>
      attack([{ type: 'alias', previousId: VICTIM.userId, userId: 'attacker-user', ...own }]),
  },
  {
    title: 'merge: alias chains that end at the victim',
    run: ({ attack }) =>
      attack([
        { type: 'alias', previousId: DEVICE, userId: 'link-1' },
        { type: 'alias', previousId: 'link-1', userId: 'link-2' },
        { type: 'alias', previousId: 'link-2', userId: VICTIM.userId },
        { type: 'alias', previousId: VICTIM.anonymousId, userId: 'link-3', ...own },
      ]),
  },
  {
    title: 'merge: group the victim and oneself',
    run: ({ attack }) =>
      attack([{ type: 'group', groupId: 'g', userId: VICTIM.userId, ...own, traits: { name: EVIL } }]),
  },
  {
    title: 'overwrite: the victim’s order and ticket',
    run: ({ attack }) =>
      attack(
        ['Order Completed', 'Order Cancelled', 'Support Ticket Opened', 'Support Ticket Closed'].map(
          (event) => ({
            type: 'track',
            event,
            ...own,
            userId: VICTIM.userId,
            properties: { order_id: VICTIM.order, ticket_id: VICTIM.case, total: 1, subject: EVIL },
          }),
        ),
      ),
  },
  {
    title: 'read choices of the victim',
    run: (here) =>
      ask(`${here.url}/v1/consent/choices`, key(here), undefined, { 'x-user-id': VICTIM.userId }),
    gained: async (here) => {
      const byUser = await ask(`${here.url}/v1/consent/choices`, key(here), undefined, {
        'x-user-id': VICTIM.userId,
      });
      const byBoth = await ask(`${here.url}/v1/consent/choices`, key(here), undefined, {
        'x-user-id': VICTIM.userId,
        'x-anonymous-id': DEVICE,
      });
      const byDevice = await ask(`${here.url}/v1/consent/choices`, key(here), undefined, {
        'x-anonymous-id': DEVICE,
      });
      return /granted|refused/.test(byUser.text + byBoth.text + byDevice.text)
        ? 'choices of the victim were answered'
        : null;
    },
  },
  {
    title: 'set choices of the victim',
    run: async (here) => {
      const choices = { analytics: true, 'marketing-email': false };
      await ask(`${here.url}/v1/consent/choices`, key(here), { userId: VICTIM.userId, choices });
      await ask(`${here.url}/v1/consent/choices`, key(here), {
        userId: VICTIM.userId,
        anonymousId: DEVICE,
        choices,
      });
      const context = { consent: { categoryPreferences: choices } };
      await here.attack([
        { type: 'track', event: 'Segment Consent Preference Updated', userId: VICTIM.userId, context },
        {
          type: 'track',
          event: 'Segment Consent Preference Updated',
          userId: VICTIM.userId,
          ...own,
          context,
        },
      ]);
    },
  },
  {
    title: 'replay the victim’s own messages with the browser key',
    run: ({ attack }) =>
      attack([
        { type: 'identify', messageId: 'victim-m-1', userId: VICTIM.userId, traits: evilTraits },
        { type: 'identify', messageId: 'victim-m-1b', userId: VICTIM.userId, ...own, traits: evilTraits },
        {
          type: 'track',
          messageId: 'victim-m-2',
          userId: VICTIM.userId,
          event: 'Order Completed',
          properties: { order_id: VICTIM.order },
        },
      ]),
  },
  {
    title: 'take messageIds that the shop’s server is going to use',
    run: async ({ url, shop, attack }) => {
      await attack([
        {
          type: 'track',
          messageId: 'future-1',
          userId: VICTIM.userId,
          event: 'Order Completed',
          properties: {},
        },
      ]);
      await attack([{ type: 'page', messageId: 'future-2', ...own, userId: VICTIM.userId, properties: {} }]);
      const properties = { order_id: 'future-order' };
      for (const messageId of ['future-1', 'future-2'])
        await send(url, shop.writeKeys.server, [
          {
            type: 'track',
            messageId,
            userId: 'future-user',
            event: 'Order Completed',
            properties: { ...properties, order_id: messageId },
          },
        ]);
    },
    gained: async ({ url, shop }) => {
      for (const order of ['future-1', 'future-2']) {
        const asking = { purpose: 'legal-duty', evidence: { reason: 'acceptance' } };
        const found = await find(
          url,
          shop.apiKeys.privacyOfficer as string,
          { kind: 'order', value: order },
          asking,
        );
        if (found.length === 0) return 'an order of the shop’s server was taken for a repetition and lost';
      }
      return null;
    },
  },
  {
    title: 'use the key where data is opened, erased, imported or lifted',
    run: async (here) => {
      const identifier = { kind: 'email', value: VICTIM.email };
      const evidence = { order: VICTIM.order };
      await ask(`${here.url}/api/customers/find`, key(here), {
        identifier,
        purpose: 'customer-service',
        evidence,
      });
    },
    gained: async (here) => {
      const identifier = { kind: 'email', value: VICTIM.email };
      const evidence = { order: VICTIM.order };
      const nobody = '00000000-0000-7000-8000-000000000000';
      const calls: [string, unknown][] = [
        ['/api/customers/find', { identifier, purpose: 'customer-service', evidence }],
        [`/api/customers/${nobody}/open`, { purpose: 'customer-service', evidence }],
        [`/api/customers/${nobody}/timeline`, { purpose: 'customer-service', evidence }],
        [`/api/customers/${nobody}/erase`, { evidence: { reason: EVIL } }],
        ['/api/decide', { customers: [nobody], purpose: 'analytics' }],
        ['/api/suppressions/lift', { identifier, evidence }],
        ['/api/quarantine/replay', {}],
        ['/api/quarantine', undefined],
        ['/api/undeclared', undefined],
        ['/api/ledger/entries/0', undefined],
        ['/api/operator/stores', { name: EVIL }],
        ['/api/operator/keys', { role: 'privacy-officer' }],
      ];
      for (const [path, body] of calls) {
        const { status } = await ask(`${here.url}${path}`, key(here), body);
        if (status !== 401 && status !== 403) return `${path} was answered ${status}`;
      }
      return null;
    },
  },
];
