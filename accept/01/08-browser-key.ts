/** Whoever holds a browser key holds a public thing: what they try on another customer fails, and is counted. */
import type { AcceptLine } from '../line.ts';
import { ATTACKS, DEVICE, type Here, VICTIM } from './attacks.ts';
import { Faults, onPostgres } from './faults.ts';
import { ask, asOutsider, find, makeShop, open, send, serve, timeline, undeclared } from './shop.ts';

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
