/**
 * Values are planted in every field and text of customers; then each role goes over all that the console reads. No
 * answer holds a planted value that it does not say was revealed.
 */
import { Faults, onPostgres } from '../01/faults.ts';
import { Plants } from '../01/plants.ts';
import { find, makeShop, type Shop, send, serve } from '../01/shop.ts';
import type { AcceptLine } from '../line.ts';
import { FASTER_THAN_PEOPLE, type Hired, hire } from './desk.ts';
import { unreleased } from './released.ts';
import { type Planted, walkPages } from './walk-pages.ts';

const ROLES = [
  'support',
  'order-desk',
  'marketing',
  'analyst',
  'privacy-officer',
  'security',
  'administrator',
  'auditor',
];
const QUICK_ROLES = ['support', 'privacy-officer', 'auditor'];
const PURPOSES = [
  'customer-service',
  'order-fulfilment',
  'legal-duty',
  'fraud-prevention',
  'marketing-email',
  'analytics',
];
const PEOPLE = 4;

export const line: AcceptLine = {
  issue: 4,
  number: 7,
  title: 'No answer to any role holds a planted value that the gate did not release',
  run: async ({ quick, log }) => {
    const faults = new Faults(log);
    const roles = quick ? QUICK_ROLES : ROLES;
    const counted = { answers: 0, released: 0 };
    await onPostgres(async (where) => {
      const shop = await makeShop(where);
      const { url } = await serve(where, { env: FASTER_THAN_PEOPLE });
      const plants = new Plants();
      const customers = await plantCustomers(url, shop, plants);
      const seen = (role: string, what: string, text: string) => {
        counted.answers += 1;
        const rest = unreleased(text);
        if (text.includes(plants.mark)) counted.released += 1;
        faults.check(!rest.includes(plants.mark), `${role} got a planted value from ${what}`);
      };
      for (const role of roles) {
        const hired = await hire(where, url, [role], `Walker ${role}`);
        await walkApi(hired, customers, (what, text) => seen(role, what, text));
        await walkPages({
          url,
          session: hired.desk.cookie!,
          customers,
          quick,
          seen: (what, text) => seen(role, what, text),
        });
        log(`${role}: ${counted.answers} answers so far`);
      }
    });
    faults.check(counted.released > 0, 'nothing was ever released: the walk proves nothing');
    return faults.verdict(
      `${counted.answers} answers to ${roles.length} roles, ${counted.released} with released values, 0 with others`,
    );
  },
};

async function plantCustomers(url: string, { writeKeys, apiKeys }: Shop, plants: Plants): Promise<Planted[]> {
  const planted: Planted[] = [];
  for (let n = 0; n < PEOPLE; n += 1) {
    const [userId, ticket, order] = [`walk-${n}`, `walk-t-${n}`, `walk-o-${n}`];
    await send(url, writeKeys.server, [
      {
        type: 'identify',
        userId,
        traits: traits(plants),
        context: { consent: { categoryPreferences: { analytics: true, personalization: true } } },
      },
      {
        type: 'track',
        userId,
        event: 'Order Completed',
        properties: {
          order_id: order,
          total: 20,
          currency: 'EUR',
          billing: { name: plants.text(), street: plants.text() },
        },
      },
      {
        type: 'track',
        userId,
        event: 'Support Ticket Opened',
        properties: {
          ticket_id: ticket,
          order_id: order,
          subject: `Write to ${plants.plain()}@example.com`,
          body: `My address is ${plants.plain()}@example.com.`,
        },
      },
    ]);
    const asking = { purpose: 'customer-service', evidence: { case: ticket } };
    const [found] = await find(url, apiKeys.support!, { kind: 'userId', value: userId }, asking);
    planted.push({ id: found!.id, ticket, order, userId });
  }
  return planted;
}

function traits(plants: Plants): Record<string, unknown> {
  return {
    email: `${plants.plain()}@example.com`,
    name: plants.text(),
    firstName: plants.text(),
    lastName: plants.text(),
    nationalId: plants.plain(),
    prescription: plants.text(),
    iban: plants.plain(),
    address: { street: plants.text(), city: 'Ulm' },
  };
}

/** Everything that reads, with every purpose and kind of evidence. */
async function walkApi(
  { desk }: Hired,
  customers: readonly Planted[],
  seen: (what: string, text: string) => void,
): Promise<void> {
  const { body } = await desk.get('/openapi.json');
  const { paths } = body as { paths: Record<string, Record<string, unknown>> };
  for (const [path, methods] of Object.entries(paths))
    if ('get' in methods && path.startsWith('/api/') && !path.includes('{'))
      seen(path, (await desk.get(path)).text);
  for (const { id, ticket, order, userId } of customers)
    for (const purpose of PURPOSES)
      for (const evidence of [undefined, { case: ticket }, { order }, { reason: 'a walk' }]) {
        const asking = { purpose, ...(evidence === undefined ? {} : { evidence }) };
        for (const verb of ['open', 'timeline', 'profile', 'looked'])
          seen(verb, (await desk.post(`/api/customers/${id}/${verb}`, asking)).text);
        const identifier = { kind: 'userId', value: userId };
        seen('find', (await desk.post('/api/customers/find', { identifier, ...asking })).text);
      }
  for (const { ticket } of customers) {
    const found = await desk.post('/api/cases/find', { number: ticket });
    seen('cases/find', found.text);
    for (const { id } of (found.body as { cases?: { id: string }[] }).cases ?? [])
      seen('cases/read', (await desk.post(`/api/cases/${id}/read`)).text);
  }
}
