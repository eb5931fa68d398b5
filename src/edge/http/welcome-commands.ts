/** The commands of the first page, ready to paste into a POSIX shell. */

export interface WelcomeDemo {
  readonly store: string;
  readonly supportKey: string;
  readonly privacyOfficerKey: string;
  readonly serverWriteKey: string;
  /** `name` is masked. */
  readonly customer: {
    readonly id: string;
    readonly userId: string;
    readonly email: string;
    readonly name: string;
  };
  /** An order number of the customer. */
  readonly order: string;
  /** An open ticket of the customer. */
  readonly ticket: string;
}

export interface WelcomeCommand {
  /** What somebody else does before. */
  readonly before?: string;
  /** Its answer is shown. */
  readonly first: string;
  /** The same through the command line, where there is such a form. */
  readonly cli?: string;
  /** What lies beneath, for the curious. */
  readonly beneath?: string;
}

export interface WelcomeCommands {
  readonly find: WelcomeCommand;
  readonly open: WelcomeCommand;
  readonly erase: WelcomeCommand;
  readonly verify: WelcomeCommand;
}

const BAILEE = 'npx --no-install bailee';

/** The four steps, on the demo's own data. */
export function welcomeCommands(url: string, demo: WelcomeDemo): WelcomeCommands {
  const { customer, order, ticket } = demo;
  const path = `${url}/api/customers`;
  const service = { purpose: 'customer-service', evidence: { case: ticket } };
  // Support writes the request down and saw the proof; the id may be of the sender's choice, so the next command knows it.
  const request = {
    id: customer.id,
    customer: customer.id,
    kind: 'erasure',
    channel: 'mail',
    proof: 'order',
  };
  const reason = 'the customer asked to be forgotten';
  return {
    find: {
      first: post(`${path}/find`, demo.supportKey, {
        identifier: { kind: 'order', value: order },
        ...service,
      }),
    },
    open: {
      first: post(`${path}/${customer.id}/open`, demo.supportKey, service),
      cli: `${BAILEE} open ${quote(customer.id)} --purpose customer-service --case ${quote(ticket)}`,
    },
    erase: {
      before: post(`${url}/api/requests`, demo.supportKey, request),
      first: post(`${path}/${customer.id}/erase`, demo.privacyOfficerKey, {
        evidence: { request: request.id },
      }),
      cli: `${BAILEE} erase ${quote(customer.id)} --reason ${quote(reason)}`,
    },
    verify: { first: `${BAILEE} verify`, beneath: `curl ${quote(`${url}/ledger/checkpoint`)}` },
  };
}

/** For a real store: the first look-up, with the key taken from the environment. */
export function firstFind(url: string): string {
  const body = {
    identifier: { kind: 'order', value: '9001' },
    purpose: 'customer-service',
    evidence: { order: '9001' },
  };
  return request(`${url}/api/customers/find`, '"Authorization: Bearer $BAILEE_API_KEY"', body);
}

/** How a shop's backend connects with the client it already has. `writeKey` null: from the environment. */
export function connectSnippet(url: string, writeKey: string | null): string {
  const key = writeKey === null ? 'process.env.BAILEE_WRITE_KEY' : literal(writeKey);
  return `import { Analytics } from '@segment/analytics-node';

const analytics = new Analytics({ host: ${literal(url)}, writeKey: ${key} });

analytics.identify({
  userId: 'u-9001',
  traits: { name: 'Ada Example', email: 'ada@mail.example.com' },
  context: { consent: { categoryPreferences: { analytics: true, 'marketing-email': false } } },
});
analytics.track({
  userId: 'u-9001',
  event: 'Order Completed',
  properties: { order_id: '9001', total: 24.9, currency: 'EUR' },
});
await analytics.closeAndFlush();`;
}

function post(url: string, key: string, body: object): string {
  return request(url, quote(`Authorization: Bearer ${key}`), body);
}

function request(url: string, authorization: string, body: object): string {
  return [
    `curl ${quote(url)}`,
    `  -H ${authorization}`,
    "  -H 'Content-Type: application/json'",
    `  -d ${quote(JSON.stringify(body))}`,
  ].join(' \\\n');
}

/** A word for the shell; quoted unless it is plain. */
function quote(word: string): string {
  return /^[\w./:-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
