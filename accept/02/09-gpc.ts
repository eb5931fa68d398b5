/** Global Privacy Control of one browser reaches the known customer: on every device, and in what the gate answers. */
import { Faults, inFolder } from '../01/faults.ts';
import { ask, find, makeShop, type Shop, send, serve } from '../01/shop.ts';
import type { AcceptLine } from '../line.ts';

const USER = 'gpc-customer';
const ORDER = 'gpc-order';
const ALL = { analytics: true, advertising: true, 'partner-sharing': true };
const CLOSED = ['advertising', 'partner-sharing'];

interface Standing {
  readonly choices: Readonly<Record<string, string>>;
  readonly gpc: string;
}

interface Here {
  readonly url: string;
  readonly shop: Shop;
  readonly faults: Faults;
}

export const line: AcceptLine = {
  issue: 2,
  number: 9,
  title: 'GPC reaches the known customer, on other devices too, and the page says so',
  run: ({ log }) =>
    inFolder(async (dataFolder) => {
      const faults = new Faults(log);
      const shop = await makeShop({ dataFolder });
      const { url } = await serve({ dataFolder });
      const here: Here = { url, shop, faults };
      const customer = await seed(here);
      await allowed(here, customer, true, 'before');

      // What a browser sends with every request, beside an event like any other.
      const page = [{ type: 'page', anonymousId: 'gpc-laptop', name: 'Home' }];
      const signal = (value: string) => ({ 'sec-gpc': value, 'x-write-key': shop.writeKeys.browser });
      for (const no of ['0', 'true', '1, 1']) await ask(`${url}/v1/batch`, null, { batch: page }, signal(no));
      await allowed(here, customer, true, 'after headers that are not exactly 1');
      await ask(`${url}/v1/batch`, null, { batch: page }, signal('1'));
      await allowed(here, customer, false, 'after the signal');
      await shown(here, { 'x-user-id': USER }, shop.writeKeys.server, 'the customer');
      await shown(here, { 'x-anonymous-id': 'gpc-laptop' }, shop.writeKeys.browser, 'the device');
      await shown(here, { 'x-anonymous-id': 'gpc-phone' }, shop.writeKeys.browser, 'the other device');

      // A page that grants all while the browser says no changes nothing of it.
      const body = { anonymousId: 'gpc-laptop', choices: ALL, signals: { gpc: true } };
      const answer = await ask(`${url}/v1/consent/choices`, shop.writeKeys.browser, body);
      faults.equal((answer.body as Standing).gpc, 'honored', 'the answer says that it is honored');
      await allowed(here, customer, false, 'after a grant beside the signal');
      const support = (await ask(`${url}/.well-known/gpc.json`, null)).body as { gpc?: boolean };
      faults.equal(support.gpc, true, '/.well-known/gpc.json');
      const notice = await ask(`${url}/v1/consent/notice?writeKey=${shop.writeKeys.browser}&lang=en`, null);
      const { gpc, text, purposes } = notice.body as {
        gpc: string;
        text: { gpcHonored: string };
        purposes: { purpose: string; gpc: boolean }[];
      };
      faults.equal(gpc, 'honored', 'the notice says that it is honored');
      faults.check(text.gpcHonored.length > 0, 'the notice has the sentence that a page shows');
      const marked = purposes.filter((each) => each.gpc).map((each) => each.purpose);
      faults.equal(marked.sort().join(), CLOSED.join(), 'the notice marks what the signal closes');
      return faults.verdict(
        `${faults.checks} checks: advertising and sharing (and with it sale) closed for the customer, the device and another device; analytics untouched`,
      );
    }),
};

/** A known customer with two devices who granted everything. */
async function seed({ url, shop, faults }: Here): Promise<string> {
  const link = (anonymousId: string) => ({
    type: 'identify',
    userId: USER,
    anonymousId,
    traits: { email: 'gpc@example.com' },
  });
  await send(url, shop.writeKeys.server, [
    link('gpc-laptop'),
    link('gpc-phone'),
    {
      type: 'track',
      event: 'Order Completed',
      userId: USER,
      properties: { order_id: ORDER, total: 5, currency: 'EUR' },
    },
  ]);
  const granted = await ask(`${url}/v1/consent/choices`, shop.writeKeys.server, {
    userId: USER,
    choices: ALL,
  });
  faults.equal(granted.status, 200, 'everything is granted');
  const asking = { purpose: 'customer-service', evidence: { order: ORDER } };
  const [found] = await find(url, shop.apiKeys.support as string, { kind: 'userId', value: USER }, asking);
  if (found === undefined) throw new Error('the customer cannot be found');
  return found.id;
}

/** What the gate answers to "may I?". */
async function allowed({ url, shop, faults }: Here, customer: string, open: boolean, when: string) {
  for (const purpose of [...CLOSED, 'analytics']) {
    const body = { customers: [customer], purpose };
    const { body: said } = await ask(`${url}/api/decide`, shop.apiKeys.marketing as string, body);
    const [answer] = (said as { answers: { allowed: boolean }[] }).answers;
    faults.equal(answer?.allowed, open || purpose === 'analytics', `${purpose} ${when}`);
  }
}

async function shown({ url, faults }: Here, who: Record<string, string>, key: string, whose: string) {
  const { body } = await ask(`${url}/v1/consent/choices`, null, undefined, { 'x-write-key': key, ...who });
  const { choices, gpc } = body as Standing;
  faults.equal(gpc, 'honored', `${whose} says that the signal is honored`);
  for (const purpose of CLOSED) faults.equal(choices[purpose], 'refused', `${purpose} of ${whose}`);
}
