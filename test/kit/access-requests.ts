/** The smallest valid request for each route of the access table. */
import { createHmac } from 'node:crypto';
import { CENTER_HEADER } from '../../contract/center.ts';
import type { Role } from '../../contract/names.ts';
import { CONSOLE_HEADER, SESSION_COOKIE } from '../../contract/staff.ts';
import type { GateCtx } from '../../src/gate/context.ts';
import { storeSecret } from '../../src/keys/store-secret.ts';
import { type Asked, FILE, type Subject } from './access-world.ts';

/** `key` is the caller's own, for the one route that is named by it. */
export interface About {
  readonly ctx: GateCtx;
  readonly subject: Subject;
  readonly key: string;
  /** The role in which the caller acts; any, where there is none. */
  readonly role: Role;
  /** A session that lacks its second factor. */
  readonly partial: string;
}

type Ask = (about: About) => Pick<Asked, 'body' | 'headers'> & {
  readonly path?: Record<string, string>;
  readonly query?: Record<string, string>;
};

/** What the console sends before anybody is signed in. */
const fromConsole = { [CONSOLE_HEADER]: '1' };
/** What the privacy center sends with a change. */
const inCenter =
  (body: object = {}, path: Record<string, string> = {}): Ask =>
  () => ({ body, path, headers: { [CENTER_HEADER]: '1' } });
const NO_ROW = '0198f1c2-0000-7000-8000-00000000ffff';
const TOKEN = 'no-such-link-was-ever-made-here';
const BYTES = 'A'.repeat(64);
const OF_A_DEVICE = { id: BYTES, rawId: BYTES, type: 'public-key', clientExtensionResults: {} };
const PROOF = {
  ...OF_A_DEVICE,
  response: { clientDataJSON: BYTES, authenticatorData: BYTES, signature: BYTES },
};
const NEW_PASSKEY = { ...OF_A_DEVICE, response: { clientDataJSON: BYTES, attestationObject: BYTES } };
const SERVICE = 'customer-service';
const nothing: Ask = () => ({});
const event: Ask = () => ({
  body: { anonymousId: 'device-of-nobody', event: 'Product Viewed', name: 'Home' },
});
const batch: Ask = () => ({ body: { batch: [{ type: 'page', anonymousId: 'device-of-nobody' }] } });
const link: Ask = () => ({ path: { path: 'no-such-link' }, headers: { 'content-type': 'text/plain' } });
const ofRow =
  (
    name:
      | 'approval'
      | 'glass'
      | 'alert'
      | 'release'
      | 'person'
      | 'key'
      | 'inCase'
      | 'inRequest'
      | 'canned'
      | 'tag',
    body?: object,
  ): Ask =>
  ({ subject }) => ({ path: { id: subject[name] }, ...(body === undefined ? {} : { body }) });
/** A row that does not exist. */
const ofNothing =
  (body?: object): Ask =>
  () => ({
    path: { id: '00000000-0000-7000-8000-000000000000' },
    ...(body === undefined ? {} : { body }),
  });
/** The shop's backend vouches for the customer (HS256, RFC 7515); the key comes beside it. */
function asCustomer({ ctx, subject, key }: About) {
  const now = Math.floor(ctx.clock.now() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { sub: subject.userId, aud: subject.store, iat: now, exp: now + 600 };
  const signed = `${part({ alg: 'HS256' })}.${part(claims)}`;
  const secret = storeSecret(ctx, subject.store, 'customer-token', 1);
  const signature = createHmac('sha256', secret).update(signed).digest('base64url');
  return { authorization: `Bearer ${signed}.${signature}`, 'x-write-key': key };
}
const ofCustomer =
  (body: (subject: Subject) => object): Ask =>
  ({ subject }) => ({ path: { id: subject.customer }, body: body(subject) });
const inStore =
  (body: object): Ask =>
  ({ subject }) => ({ body: { store: subject.store, ...body } });
const served = ({ case: number }: Subject) => ({ purpose: SERVICE, evidence: { case: number } });

const UNTIL = '2026-12-31T00:00:00Z';
const notice = inStore({ substance: false, change: 'A word is clearer.' });

export const REQUESTS: Readonly<Record<string, Ask>> = {
  'GET /ledger/tile/{path}': () => ({ path: { path: '0/000' } }),
  'GET /shop/{path}': () => ({ path: { path: 'basket' } }),
  'GET /console/{path}': () => ({ path: { path: 'cases' } }),
  'GET /console/assets/{name}': () => ({ path: { name: 'no-such-file.js' } }),
  'GET /privacy/{path}': () => ({ path: { path: 'choices' } }),
  'GET /privacy/assets/{name}': () => ({ path: { name: 'no-such-file.js' } }),
  'POST /shop/checkout': () => ({
    body: {
      ...{ name: 'A Buyer', email: 'a.buyer@example.com', street: 'Street 1', postalCode: '1', city: 'City' },
      ...{ language: 'en', lines: [{ id: 'no-such-product', quantity: 1 }] },
    },
  }),
  'GET /v1/unsubscribe/{path}': () => ({ path: { path: 'no-such-link' } }),
  'GET /v1/consent/confirm/{path}': () => ({ path: { path: 'no-such-link' } }),
  'POST /v1/unsubscribe/{path}': link,
  'POST /v1/consent/confirm/{path}': link,
  'POST /v1/shopify/webhooks': () => ({ body: {} }),
  'POST /v1/drp/v1/agent/{agent}': () => ({ path: { agent: 'NO_SUCH_AGENT' }, body: {} }),
  'GET /v1/drp/v1/agent/{agent}': () => ({ path: { agent: 'NO_SUCH_AGENT' } }),
  'POST /v1/drp/v1/data-rights-request': () => ({ body: {} }),
  'GET /v1/drp/v1/data-rights-request/{id}': ofNothing(),
  'DELETE /v1/drp/v1/data-rights-request/{id}': ofNothing({}),
  'POST /v1/acknowledgements/{id}': ofNothing({}),
  'POST /api/recipients': () => ({
    body: {
      ...{ name: 'Mails', protocol: 'webhook', url: 'https://partner.example/', identify: 'account' },
      ...{ purposes: ['partner-sharing'], fields: [] },
    },
  }),
  'POST /api/recipients/{id}/remove': ofNothing(),
  'POST /api/recipients/{id}/pseudonyms': ({ subject }) => ({
    path: { id: '00000000-0000-7000-8000-000000000000' },
    body: { customers: [subject.customer] },
  }),
  'GET /api/requests/{id}/recipients': ofRow('inRequest'),
  'GET /api/erasures/{id}/recipients': ofNothing(),
  'PUT /api/drp': () => ({ body: { business: null } }),
  'POST /api/drp/agents': () => ({
    body: { agent: 'AN_AGENT', name: 'An agent', verifyKey: `${'A'.repeat(43)}=` },
  }),
  'POST /api/drp/agents/{id}/remove': ofNothing(),
  'POST /v1/batch': batch,
  'POST /v1/b': batch,
  ...Object.fromEntries(
    ['identify', 'track', 'page', 'screen', 'group', 'alias'].flatMap((type) => [
      [`POST /v1/${type}`, event],
      [`POST /v1/${type[0]}`, event],
    ]),
  ),
  'GET /v1/projects/{writeKey}/settings': ({ key }) => ({ path: { writeKey: key } }),
  'GET /v1/consent/choices': () => ({ headers: { 'x-anonymous-id': 'device-of-nobody' } }),
  'POST /v1/consent/choices': () => ({
    body: { anonymousId: 'device-of-nobody', choices: { analytics: false } },
  }),
  'POST /v1/center/code': inCenter({ email: 'nobody@example.com' }),
  'POST /v1/center/session': inCenter({ order: 'of-nobody', postalCode: '00000' }),
  'POST /v1/center/session/end': inCenter(),
  'POST /v1/center/choices': inCenter({ choices: { analytics: false } }),
  'GET /v1/center/choices/{id}/receipt': () => ({ path: { id: NO_ROW } }),
  'POST /v1/center/tags/delete': inCenter(),
  'POST /v1/center/tags/{id}/delete': inCenter({}, { id: NO_ROW }),
  'POST /v1/center/correct': inCenter({ field: 'identity.name', value: 'Other' }),
  'POST /v1/center/download': inCenter(),
  'POST /v1/center/erase': inCenter({ confirm: true }),
  'POST /v1/center/requests': inCenter({ kind: 'objection' }),
  'POST /v1/center/requests/{id}/withdraw': inCenter({}, { id: NO_ROW }),
  'POST /v1/requests': (about) => ({ body: { kind: 'objection' }, headers: asCustomer(about) }),
  'GET /v1/requests': (about) => ({ headers: asCustomer(about) }),
  'POST /v1/requests/{id}/withdraw': (about) => ({
    path: { id: about.subject.inRequest },
    headers: asCustomer(about),
  }),
  'POST /v1/consent/mail-headers': ({ subject }) => ({
    body: { userId: subject.userId, purpose: 'marketing-email' },
  }),
  'POST /v1/consent/unsubscribes': ({ ctx, subject }) => {
    const body = '[]';
    const time = Math.floor(ctx.clock.now() / 1000);
    const secret = storeSecret(ctx, subject.store, 'webhook', 1);
    const sign = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
    return {
      body,
      headers: { 'content-type': 'application/json', 'x-bailee-signature': `t=${time},v1=${sign}` },
    };
  },

  'POST /api/decide': ({ subject }) => ({ body: { customers: [subject.customer], purpose: SERVICE } }),
  'POST /api/customers/find': ({ subject }) => ({
    body: { identifier: { kind: 'email', value: subject.email }, ...served(subject) },
  }),
  'POST /api/customers/{id}/open': ofCustomer(served),
  'POST /api/customers/{id}/timeline': ofCustomer(served),
  'POST /api/customers/{id}/package': ofCustomer(() => ({ evidence: { reason: 'asked' } })),
  // Nobody is erased on the way: a request that no record proves is refused after the role was.
  'POST /api/customers/{id}/erase': ofCustomer(() => ({ evidence: { request: 'r-none' } })),
  'POST /api/suppressions/lift': ({ subject }) => ({
    body: { identifier: { kind: 'email', value: subject.email }, evidence: { reason: 'came back' } },
  }),
  'POST /api/retention/warnings/{customer}/told': ({ subject }) => ({
    path: { customer: subject.customer },
  }),
  'POST /api/requests': ({ subject }) => ({
    body: { customer: subject.customer, kind: 'objection', channel: 'letter' },
  }),
  'GET /api/requests/deadline': () => ({ query: { kind: 'access', received: '2026-01-31' } }),
  'GET /api/requests/{id}': ofRow('inRequest'),
  'GET /api/reports/{report}/pdf': () => ({ path: { report: 'processing' } }),
  'POST /api/requests/{id}': ofRow('inRequest', { version: 1, step: 'acknowledge' }),
  'PUT /api/shopify': () => ({ body: { domain: 'teahouse.myshopify.com', secrets: [] } }),
  'POST /api/shopify/redactions/{id}': ofNothing({ confirm: false }),
  'POST /api/cases': ({ subject }) => ({
    body: {
      ...{ customer: subject.customer, kind: 'complaint', channel: 'phone', topic: 'delivery' },
      ...{ subject: 'Late', text: 'It has not come.' },
    },
  }),
  'POST /api/cases/find': ({ subject }) => ({ body: { number: subject.case } }),
  'POST /api/cases/{id}/read': ofRow('inCase', {}),
  'POST /api/cases/{id}/attachments/{attachment}': ({ subject }) => ({
    path: { id: subject.inCase, attachment: '00000000-0000-7000-8000-000000000000' },
    body: {},
  }),
  'POST /api/cases/{id}/messages': ofRow('inCase', { kind: 'note', text: 'Called back.' }),
  'POST /api/cases/{id}/satisfaction': ofRow('inCase', { satisfaction: 4 }),
  'POST /api/cases/{id}': ofRow('inCase', { version: 1, priority: 'high' }),
  'POST /api/cases/canned': () => ({
    body: { title: 'On its way', language: 'en', text: 'It is on its way.' },
  }),
  'POST /api/cases/canned/{id}/remove': ofRow('canned'),
  'POST /api/customers/{id}/profile': ofCustomer(served),
  'POST /api/customers/{id}/looked': ofCustomer(served),
  'POST /api/customers/{id}/verify-caller': ofCustomer(served),
  'POST /api/customers/{id}/verify-caller/{check}/answer': ({ subject }) => ({
    path: { id: subject.customer, check: '00000000-0000-7000-8000-000000000000' },
    body: { answers: ['01', '02', '03'] },
  }),
  'POST /api/tags': () => ({
    body: {
      ...{ name: 'Call back', meaning: 'Wants to be called back.', days: 30 },
      ...{ rule: null, purposes: [SERVICE] },
    },
  }),
  'POST /api/tags/{id}/retire': ofRow('tag'),
  'POST /api/customers/{id}/tags': ofCustomer(({ tag, case: number }) => ({
    tag,
    evidence: { case: number },
  })),
  'POST /api/customers/{id}/tags/{tag}/remove': ({ subject }) => ({
    path: { id: subject.customer, tag: subject.tag },
    body: { evidence: { case: subject.case } },
  }),
  'POST /api/quarantine/replay': () => ({ body: {} }),
  'GET /api/ledger/entries/{index}': () => ({ path: { index: '0' } }),
  'GET /api/notices/{version}/{language}': () => ({ path: { version: '1', language: 'en' } }),
  'PUT /api/notices': notice,
  'POST /api/notices': notice,
  'PUT /api/consent/settings': inStore({}),
  'POST /api/consent/settings': inStore({}),
  'POST /api/consent/secrets': inStore({}),
  'POST /api/imports': inStore({ ...FILE, mappingName: 'a test' }),
  'POST /api/imports/{id}/rows': ({ subject }) => ({
    path: { id: subject.import },
    body: { ...FILE, mappingName: 'a test', from: 0, rows: [{ row: 'A'.repeat(22), values: ['x'] }] },
  }),
  'POST /api/imports/{id}/finish': ({ subject }) => ({ path: { id: subject.import }, body: { lines: 0 } }),
  'POST /api/imports/consents': inStore({ lines: [{}] }),
  'POST /api/operator/stores': () => ({ body: { name: 'Another shop' } }),
  'POST /api/operator/keys': inStore({ role: 'auditor' }),
  'POST /api/operator/reports/orders': inStore({}),
  'POST /api/releases': () => ({
    body: {
      ...{ name: 'Customers', dataset: 'orders', purpose: 'analytics', until: UNTIL },
      ...{ question: { kind: 'count', of: 'customers' }, privacy: { rho: '0.01' } },
    },
  }),
  'GET /api/releases/{id}': ofRow('release'),
  'POST /api/releases/budgets': () => ({
    body: { dataset: 'orders', purpose: 'analytics', epsilon: '1', delta: '1e-6' },
  }),

  'POST /api/approvals': ({ subject }) => ({
    body: {
      ...{ customer: subject.customer, fields: ['identity.nationalId'], reason: 'asked by the tax office' },
      ...{ purpose: 'legal-duty', evidence: { reason: 'asked by the tax office' } },
    },
  }),
  'GET /api/approvals/{id}/reason': ofRow('approval'),
  'POST /api/approvals/{id}/decide': ofRow('approval', { approve: false }),
  'POST /api/break-glass': ({ subject }) => ({
    body: { customer: subject.customer, purpose: SERVICE, reason: 'somebody is at the door' },
  }),
  'GET /api/break-glass/{id}/reason': ofRow('glass'),
  'POST /api/break-glass/{id}/review': ofRow('glass', { justified: true }),
  'POST /api/alerts/{id}/seen': ofRow('alert', {}),
  'POST /api/known': () => ({
    body: { relation: 'self', identifier: { kind: 'email', value: 'myself@example.com' } },
  }),
  'GET /api/training/{course}': () => ({ path: { course: 'phishing' } }),
  'POST /api/training/{course}/answers': () => ({
    path: { course: 'phishing' },
    body: { version: 1, answers: {} },
  }),

  'POST /api/session': () => ({
    headers: fromConsole,
    body: { email: 'nobody@shop.example', password: 'not a password of anybody' },
  }),
  'POST /api/session/code': ({ partial }) => ({
    headers: { ...fromConsole, cookie: `${SESSION_COOKIE}=${partial}` },
    body: { code: '000000' },
  }),
  'POST /api/invitation': () => ({ headers: fromConsole, body: { token: TOKEN } }),
  'POST /api/invitation/accept': () => ({
    headers: fromConsole,
    body: { token: TOKEN, password: 'copper kettle under the walnut tree' },
  }),
  'POST /api/session/passkey/begin': () => ({ headers: fromConsole }),
  'POST /api/session/passkey/finish': () => ({ headers: fromConsole, body: { credential: PROOF } }),
  'POST /api/session/passkeys/finish': () => ({ body: { label: 'A key', credential: NEW_PASSKEY } }),
  'POST /api/session/passkeys/{id}/remove': () => ({ path: { id: 'A'.repeat(43) } }),
  'POST /api/session/step-up/passkey/finish': () => ({ body: { credential: PROOF } }),
  'POST /api/session/role': ({ role }) => ({ body: { role } }),
  'POST /api/session/language': () => ({ body: { language: 'en' } }),
  'POST /api/session/step-up': () => ({ body: { code: '000000' } }),
  'POST /api/session/password': () => ({
    body: { current: 'not the password', password: 'orchard thistle seven lanterns' },
  }),
  'POST /api/session/list/{id}/end': () => ({ path: { id: '00000000-0000-7000-8000-000000000000' } }),
  'POST /api/operator/staff': inStore({
    ...{ email: 'operator.made@shop.example', name: 'Somebody New', roles: [{ role: 'support' }] },
  }),
  'POST /api/staff/invite': () => ({
    body: { email: 'somebody.new@shop.example', name: 'Somebody New', roles: [{ role: 'support' }] },
  }),
  'POST /api/staff/review': ({ subject }) => ({
    body: { people: [{ id: subject.person, keep: ['support'] }] },
  }),
  'POST /api/staff/teams': () => ({ body: { name: 'Night shift' } }),
  'POST /api/staff/{id}': ofRow('person', { name: 'Another Name' }),
  'POST /api/staff/{id}/recover': ofRow('person'),
  'POST /api/staff/{id}/leave': ofRow('person'),
  'POST /api/keys': () => ({ body: { kind: 'browser', label: 'of the pages' } }),
  'POST /api/keys/{id}/rotate': ofRow('key', {}),
  'POST /api/keys/{id}/revoke': ofRow('key'),
};

/** The request for a route, with its path filled in. */
export function requestFor(route: string, about: About): Asked {
  const [method, pattern] = route.split(' ') as [Asked['method'], string];
  const { path = {}, query, ...rest } = (REQUESTS[route] ?? nothing)(about);
  const url = pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = path[name];
    if (value === undefined) throw new Error(`${route}: the request does not say its ${name}`);
    return value;
  });
  const asked = query === undefined ? '' : `?${new URLSearchParams(query)}`;
  return { method, url: `${url}${asked}`, ...rest };
}
