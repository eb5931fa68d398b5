/**
 * The protocols of others, from outside, with signers of our own: agents of the Data Rights Protocol, Shopify's webhooks,
 * and recipients of which one never answers.
 */
import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { Faults, onPostgres } from '../01/faults.ts';
import { ask, eraseTogether, makeShop, type Shop, send, serve } from '../01/shop.ts';
import type { AcceptLine } from '../line.ts';

const DOMAIN = 'acceptance.myshopify.com';
const SECRET = 'the client secret of the app';
const AGENT = 'ACCEPT_AGENT';
const BUSINESS = 'ACCEPTANCE';
const MINUTE = 60_000;
const ERASED = 12;
/** An outbox, a round of deliveries, and a slow machine. */
const TOLD_WITHIN_MS = 60_000;

interface Where {
  readonly url: string;
  readonly shop: Shop;
  readonly faults: Faults;
}
type Row = Readonly<Record<string, unknown>>;

export const line: AcceptLine = {
  issue: 5,
  number: 5,
  title: 'Agents, Shopify and recipients: signed and good acts, everything else is refused',
  run: ({ log }) =>
    onPostgres(async (place) => {
      const faults = new Faults(log);
      const shop = await makeShop(place);
      const { url } = await serve(place, { env: { BAILEE_PRIVATE_RECIPIENTS: 'true' } });
      const where = { url, shop, faults };
      await fill(where);
      await judgeAgents(where);
      log('agents are judged');
      await judgeShopify(where);
      log('Shopify is judged');
      await judgeRecipients(where);
      return faults.verdict(`${faults.checks} checks`);
    }),
};

async function fill({ url, shop }: Where): Promise<void> {
  const people = Array.from({ length: ERASED + 20 }, (_, nth) => ({
    ...{ type: 'identify', userId: `${7000 + nth}`, messageId: `m-${nth}` },
    traits: { email: `person-${nth}@example.com` },
  }));
  await send(url, shop.writeKeys.server, people);
}

const officer = ({ shop }: Where) => shop.apiKeys.privacyOfficer!;
const administrator = ({ shop }: Where) => shop.apiKeys.administrator!;
async function queue(where: Where): Promise<Row[]> {
  const { body } = await ask(`${where.url}/api/requests?limit=500`, officer(where));
  return (body as { requests: Row[] }).requests;
}
async function put(where: Where, path: string, body: object): Promise<void> {
  const answer = await fetch(`${where.url}${path}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${administrator(where)}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  where.faults.equal(answer.status, 200, `PUT ${path}`);
}

/** Base64 of signature and text: RFC 8032 signs, and nothing of Bailee's. */
function signed(claims: unknown, key: KeyObject): string {
  const text = Buffer.from(JSON.stringify(claims));
  return Buffer.concat([sign(null, text, key), text]).toString('base64');
}

function claimsAt(now: number, more: object = {}): Row {
  const time = (ms: number) => new Date(now + ms).toISOString().replace('Z', '+00:00');
  return {
    ...{ 'agent-id': AGENT, 'business-id': BUSINESS, 'drp.version': '1.0' },
    ...{ 'issued-at': time(-5_000), 'expires-at': time(10 * MINUTE) },
    ...more,
  };
}

async function judgeAgents(where: Where): Promise<void> {
  const { url, faults } = where;
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const stranger = generateKeyPairSync('ed25519').privateKey;
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  await put(where, '/api/drp', { business: BUSINESS });
  const agent = { agent: AGENT, name: 'An agent', verifyKey: raw.toString('base64') };
  const added = await ask(`${url}/api/drp/agents`, administrator(where), agent);
  faults.equal(added.status, 200, 'registering an agent');
  const base = `${url}/v1/drp/v1`;
  const post = (path: string, token: string | null, body: string) =>
    ask(`${base}${path}`, token, body, { 'content-type': 'text/plain' });
  const setup = await post(`/agent/${AGENT}`, null, signed(claimsAt(Date.now()), privateKey));
  faults.equal(setup.status, 200, 'a token for the agent');
  const { token } = setup.body as { token: string };
  const asking = (nth: number, more: object = {}) =>
    claimsAt(Date.now(), {
      ...{ exercise: 'access', regime: 'ccpa', email: `person-${nth}@example.com`, email_verified: true },
      ...more,
    });
  const exercise = (body: string) => post('/data-rights-request', token, body);

  const good: readonly (readonly [string, string])[] = [
    ['access', 'access'],
    ['deletion', 'erasure'],
    ['sale:opt-out', 'opt-out'],
  ];
  for (const [nth, [asked, kind]] of good.entries()) {
    const answer = await exercise(signed(asking(nth, { exercise: asked }), privateKey));
    faults.equal(answer.status, 200, `a good ${asked}`);
    const rows = (await queue(where)).filter((row) => row.kind === kind && row.proof === 'agent');
    faults.equal(rows.length, 1, `requests that a good ${asked} made`);
    const id = String((answer.body as Row).request_id);
    const status = await ask(`${base}/data-rights-request/${id}`, token);
    faults.equal((status.body as Row).status, 'in_progress', `the state of a good ${asked}`);
  }
  const before = (await queue(where)).length;
  const now = Date.now();
  const replay = signed(asking(3), privateKey);
  faults.equal((await exercise(replay)).status, 200, 'the first of two that are the same');
  const tampered = Buffer.from(signed(asking(4), privateKey), 'base64');
  tampered[80] = tampered[80]! ^ 1;
  const over = { 'expires-at': new Date(now - 1_000).toISOString() };
  const early = { 'issued-at': new Date(now + 10 * MINUTE).toISOString() };
  const bad: readonly (readonly [string, string, number])[] = [
    ['expired', signed(asking(4, over), privateKey), 400],
    ['not yet issued', signed(asking(4, early), privateKey), 400],
    ['replayed', replay, 409],
    ['for another business', signed(asking(4, { 'business-id': 'OTHER' }), privateKey), 403],
    ['of another agent', signed(asking(4, { 'agent-id': 'OTHER' }), privateKey), 403],
    ['tampered with', tampered.toString('base64'), 403],
    ['signed by another key', signed(asking(4), stranger), 403],
  ];
  for (const [what, body, status] of bad)
    faults.equal((await exercise(body)).status, status, `a message that is ${what}`);
  faults.equal((await post('/data-rights-request', 'no-token', replay)).status, 401, 'a token of nobody');
  faults.equal((await queue(where)).length, before + 1, 'requests after what was refused');
  const plain = (answer: { body: unknown }) => JSON.stringify({ ...(answer.body as Row), request_id: '' });
  const times = (text: string) => text.replaceAll(/"received_at":"[^"]*",?/g, '');
  const known = await exercise(signed(asking(5), privateKey));
  const unknown = await exercise(signed(asking(99_999), privateKey));
  faults.equal(times(plain(unknown)), times(plain(known)), 'the answer about somebody unknown');
}

async function judgeShopify(where: Where): Promise<void> {
  const { url, faults } = where;
  await put(where, '/api/shopify', { domain: DOMAIN, secrets: [SECRET] });
  let nth = 0;
  const tell = (topic: string, secret: string | null, content: object = {}) => {
    nth += 1;
    const body = JSON.stringify({ shop_id: 1, shop_domain: DOMAIN, ...content });
    const mac = secret === null ? null : createHmac('sha256', secret).update(body).digest('base64');
    return ask(`${url}/v1/shopify/webhooks`, null, body, {
      ...{ 'x-shopify-topic': topic, 'x-shopify-shop-domain': DOMAIN, 'x-shopify-webhook-id': `w-${nth}` },
      ...(mac === null ? {} : { 'x-shopify-hmac-sha256': mac }),
    });
  };
  const about = { customer: { id: 7010, email: 'person-10@example.com' } };
  const topics = ['customers/data_request', 'customers/redact', 'shop/redact'];
  const before = (await queue(where)).length;
  for (const topic of topics)
    for (const secret of ['another secret of nobody', null]) {
      const how = secret === null ? 'unsigned' : 'signed by nobody';
      faults.equal((await tell(topic, secret, about)).status, 401, `${topic}, ${how}`);
    }
  const redactions = async () => {
    const { body } = await ask(`${url}/api/shopify`, administrator(where));
    return (body as { redactions: Row[] }).redactions;
  };
  faults.equal((await queue(where)).length, before, 'requests after what nobody signed');
  faults.equal((await redactions()).length, 0, 'shops that shall go after what nobody signed');
  for (const topic of topics) faults.equal((await tell(topic, SECRET, about)).status, 200, topic);
  const made = (await queue(where)).filter((row) => row.channel === 'shop');
  faults.equal(
    made
      .map((row) => `${row.kind} ${row.proof}`)
      .sort()
      .join(', '),
    'access shop, erasure shop',
    'requests of Shopify',
  );
  const [redaction] = await redactions();
  faults.equal(redaction?.state, 'waiting', 'the shop that shall go');
  const decide = { confirm: false };
  const decided = await ask(`${url}/api/shopify/redactions/${redaction?.id}`, administrator(where), decide);
  faults.equal(decided.status, 200, 'an administrator says no');
  const unknown = { customer: { id: 1, email: 'nobody@example.com' } };
  const answer = await tell('customers/redact', SECRET, unknown);
  faults.equal(answer.text, '{"received":true}', 'the answer about somebody unknown');
}

async function judgeRecipients(where: Where): Promise<void> {
  const { url, faults } = where;
  const told: { readonly id: string; readonly at: string; readonly mac: string; readonly body: string }[] =
    [];
  const live = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': mac } = request.headers;
      told.push({
        ...{ id: String(id), at: String(at), mac: String(mac) },
        body: Buffer.concat(parts).toString('utf8'),
      });
      response.writeHead(202).end();
    });
  }).listen(0, '127.0.0.1');
  // It takes every connection, and never says a word.
  const dead = createTcp(() => undefined).listen(0, '127.0.0.1');
  await Promise.all([once(live, 'listening'), once(dead, 'listening')]);
  const portOf = (server: { address(): unknown }) => (server.address() as { port: number }).port;
  const register = async (name: string, port: number) => {
    const body = {
      ...{ name, protocol: 'webhook', url: `http://127.0.0.1:${port}/`, identify: 'email-sha256' },
      ...{ purposes: ['partner-sharing'], fields: ['contact.email'] },
    };
    const answer = await ask(`${url}/api/recipients`, officer(where), body);
    faults.equal(answer.status, 200, `registering ${name}`);
    return (answer.body as { secret: string }).secret;
  };
  try {
    await register('Dead', portOf(dead));
    const secret = await register('Live', portOf(live));
    const erasures = await eraseSome(where);
    const until = performance.now() + TOLD_WITHIN_MS;
    while (told.length < ERASED && performance.now() < until)
      await new Promise((wake) => setTimeout(wake, 200));
    faults.equal(told.length, ERASED, 'erasures of which the live recipient was told beside a dead one');
    const mac = (id: string, at: string, body: string) =>
      `v1,${createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
        .update(`${id}.${at}.${body}`)
        .digest('base64')}`;
    for (const each of told) {
      faults.equal(each.mac, mac(each.id, each.at, each.body), 'the signature of a message');
      faults.check(!each.body.includes('@'), 'a message names nobody by their address');
    }
    const { id } = told[0]!;
    const body = JSON.stringify({ outcome: 'done' });
    const at = String(Math.floor(Date.now() / 1000));
    const confirm = (signature: string) =>
      ask(`${url}/v1/acknowledgements/${id}`, null, body, {
        ...{ 'webhook-timestamp': at, 'webhook-signature': signature },
      });
    faults.equal((await confirm('v1,AAAA')).status, 401, 'a confirmation that nobody signed');
    faults.equal((await confirm(mac(id, at, body))).status, 200, 'a confirmation');
    await judgeCertificates(where, erasures, id);
  } finally {
    live.close();
    dead.close();
  }
}

async function eraseSome(where: Where): Promise<string[]> {
  const { url, faults } = where;
  const erasures: string[] = [];
  for (let nth = 20; nth < 20 + ERASED; nth += 1) {
    const found = await ask(`${url}/api/customers/find`, officer(where), {
      ...{ identifier: { kind: 'userId', value: `${7000 + nth}` }, purpose: 'legal-duty' },
      evidence: { reason: 'asked by letter' },
    });
    const [customer] = (found.body as { customers: { id: string }[] }).customers;
    const answer = await eraseTogether(url, where.shop.apiKeys, customer!.id);
    faults.equal(answer.status, 200, 'an erasure');
    erasures.push(String((answer.body as Row).erasure));
  }
  return erasures;
}

/** Each says of the live one that it was told, of the dead one that it waits, and one that it was confirmed. */
async function judgeCertificates(
  where: Where,
  erasures: readonly string[],
  confirmed: string,
): Promise<void> {
  const { url, faults } = where;
  let done = 0;
  for (const erasure of erasures) {
    const { body } = await ask(`${url}/api/erasures/${erasure}/recipients`, officer(where));
    const { recipients, complete } = body as { recipients: Row[]; complete: boolean };
    const of = (name: string) => recipients.find((each) => each.name === name);
    faults.equal(of('Dead')?.state, 'waiting', 'the dead one in a certificate');
    faults.check(of('Live')?.toldAt !== null, 'the live one was told, says the certificate');
    faults.equal(complete, false, 'whether all have confirmed');
    if (of('Live')?.message === confirmed && of('Live')?.outcome === 'done') done += 1;
  }
  faults.equal(done, 1, 'certificates with what was confirmed');
}
