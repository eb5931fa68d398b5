/** What a holder of a browser key tries on another customer. */
import { ask, find, type Shop, send, type Where } from './shop.ts';

export const VICTIM = {
  userId: 'victim-user',
  anonymousId: 'victim-device',
  email: 'victim@example.com',
  order: 'victim-order',
  case: 'victim-case',
};
export const DEVICE = 'attacker-device';
const EVIL = 'evil';

export interface Here {
  readonly url: string;
  readonly shop: Shop;
  readonly where: Required<Where>;
  /** Sends with the browser key. */
  readonly attack: (events: Record<string, unknown>[]) => Promise<unknown>;
}

export interface Attack {
  readonly title: string;
  readonly run: (here: Here) => Promise<unknown>;
  /** What this attack alone would have gained; throws or answers a sentence. */
  readonly gained?: (here: Here) => Promise<string | null>;
}

const evilTraits = { email: `${EVIL}@example.com`, name: EVIL, phone: '+4915100000000' };
const own = { anonymousId: DEVICE };
const key = ({ shop }: Here) => shop.writeKeys.browser;

export const ATTACKS: readonly Attack[] = [
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
