/** Two shops with a customer each, keys and people of every role, and one row of each kind that a route can name. */
import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { ROLES, type Role } from '../../contract/names.ts';
import { CONSOLE_HEADER, SESSION_COOKIE } from '../../contract/staff.ts';
import type { GateCtx } from '../../src/gate/context.ts';
import { makeKey } from '../../src/staff/keys/make.ts';
import { startPartial, startWhole } from '../../src/staff/sessions/start.ts';
import type { Caller } from './access-table.ts';
import type { TestServer } from './server.ts';
import { joined } from './staff.ts';
import { makeStore, type TestStore } from './store.ts';

export const OPERATOR = 'operator-token-of-the-access-test';
const FAR = '203.0.113.9';
/** A file that could be brought in. */
export const FILE = {
  file: 'a'.repeat(64),
  mapping: 'version: 1\nrows: message\nmessage: { type: identify, userId: id }\n',
};

/** Whom and what a request is about. */
export interface Subject {
  readonly store: string;
  readonly name: string;
  /** Values that nobody may see who is not let in. */
  readonly planted: readonly string[];
  readonly customer: string;
  readonly email: string;
  readonly userId: string;
  readonly case: string;
  readonly approval: string;
  readonly glass: string;
  readonly alert: string;
  readonly release: string;
  readonly import: string;
  /** A case and a request written down by staff, a canned answer, and a tag. */
  readonly inCase: string;
  readonly inRequest: string;
  readonly canned: string;
  readonly tag: string;
  /** Somebody of the staff, and a key. */
  readonly person: string;
  readonly key: string;
}

export interface Shop {
  readonly keys: TestStore;
  readonly people: ReadonlyMap<Role, string>;
  readonly cookies: Map<Role, string>;
  /** A session that lacks its second factor. */
  readonly partial: string;
  /** Another privacy officer: nobody approves their own question. */
  readonly asker: string;
}

export interface Sent {
  readonly status: number;
  readonly code: string | null;
  readonly body: string;
}

export async function openShop(ctx: GateCtx): Promise<Shop> {
  const keys = await makeStore(ctx);
  const cookies = new Map<Role, string>();
  const people = new Map<Role, string>();
  for (const role of ROLES) {
    const { id, session } = await joined(ctx, keys.store, [role]);
    cookies.set(role, session);
    people.set(role, id);
  }
  const { id, session } = await joined(ctx, keys.store, ['privacy-officer']);
  const person = { id, store_id: keys.store };
  const { value } = await ctx.db.transaction((tx) =>
    startPartial(ctx, tx, { person, factors: ['password'], device: 'a test' }),
  );
  return { keys, cookies, people, asker: session, partial: value };
}

/** A new session for whoever has ended theirs. */
export async function signInAgain(ctx: GateCtx, shop: Shop, role: Role): Promise<void> {
  const person = { id: shop.people.get(role)!, store_id: shop.keys.store };
  const started = await ctx.db.transaction((tx) =>
    startWhole(ctx, tx, { person, factors: ['password', 'code'], device: 'a test' }),
  );
  shop.cookies.set(role, started.value);
}

/** Headers by which this caller is known; none for nobody. */
export function headersOf(shop: Shop, caller: Caller): Record<string, string> {
  if (caller.startsWith('person:')) return cookieHeaders(shop.cookies.get(caller.slice(7) as Role)!);
  const key = keyOf(shop, caller);
  return key === null ? {} : { authorization: `Bearer ${key}` };
}

/** What the console sends. */
export function cookieHeaders(cookie: string): Record<string, string> {
  return { cookie: `${SESSION_COOKIE}=${cookie}`, [CONSOLE_HEADER]: '1', 'sec-fetch-site': 'same-origin' };
}

/** The key of a caller that has one. */
export function keyOf({ keys }: Shop, caller: Caller): string | null {
  if (caller === 'browser') return keys.browserKey;
  if (caller === 'server') return keys.serverKey;
  if (caller === 'operator') return OPERATOR;
  return caller.startsWith('key:') ? keys.apiKeys[caller.slice(4) as Role] : null;
}

export interface Asked {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends it as this caller: the operator from this machine, all others from afar. */
export async function sendAs(one: TestServer, shop: Shop, caller: Caller, asked: Asked): Promise<Sent> {
  const answer = await one.send({
    method: asked.method,
    url: asked.url,
    headers: { ...headersOf(shop, caller), ...asked.headers },
    remoteAddress: caller === 'operator' ? '127.0.0.1' : FAR,
    ...(asked.body === undefined ? {} : { payload: asked.body }),
  });
  return { status: answer.statusCode, code: codeIn(answer.body) ?? ownCode(answer), body: answer.body };
}

function codeIn(body: string): string | null {
  try {
    return (JSON.parse(body) as { error?: { code?: string } } | null)?.error?.code ?? null;
  } catch {
    return null;
  }
}

/** A protocol of others answers in its own shape, or with no body at all. */
function ownCode({
  body,
  statusCode,
}: {
  readonly body: string;
  readonly statusCode: number;
}): string | null {
  const code = body === '' ? statusCode : Number(/^\{"code":"(\d+)"/.exec(body)?.[1]);
  return code === 401 ? 'unknown_key' : code === 403 ? 'forbidden' : null;
}

/** A customer with an open case and an order, and a row of each kind that a route can name. */
export async function makeSubject(ctx: GateCtx, one: TestServer, shop: Shop, name: string): Promise<Subject> {
  const { store, serverKey, apiKeys } = shop.keys;
  const planted = plantedOf(name);
  const { email, phone, fullName, subject, reason } = planted;
  const own = { name, email, userId: `user-${name}`, case: `t-${name}` };
  await collectAbout(one, serverKey, own, { email, phone, name: fullName, subject });
  const about = { purpose: 'customer-service', evidence: { case: own.case } };
  const found = await one.post('/api/customers/find', apiKeys.support, {
    identifier: { kind: 'email', value: email },
    ...about,
  });
  const customer = (found.json() as { customers: { id: string }[] }).customers[0]!.id;
  const asked = { customer, fields: ['identity.nationalId'], reason };
  const tax = { purpose: 'legal-duty', evidence: { reason: 'asked by the tax office' } };
  const broken = { customer, purpose: 'customer-service', reason };
  const support = cookieHeaders(shop.cookies.get('support')!);
  const approval = await made(one, cookieHeaders(shop.asker), '/api/approvals', { ...asked, ...tax });
  const glass = await made(one, support, '/api/break-glass', broken);
  const colleague = await joined(ctx, store, ['support'], { email: `staff.${email}` });
  return {
    ...{ store, customer, approval, glass, ...own },
    planted: Object.values(planted),
    ...(await makeWork(one, shop, customer, planted)),
    person: colleague.id,
    key: (await makeKey(ctx, ctx.db, store, { kind: 'browser' })).id,
    alert: await newestAlert(ctx, store),
    release: await makeRelease(one, shop, name),
    import: await made(one, bearer(apiKeys.administrator), '/api/imports', { ...FILE, mappingName: name }),
  };
}

function plantedOf(name: string) {
  const digits = createHash('sha256').update(name).digest().readUInt32BE(0).toString().padStart(6, '1');
  return {
    email: `planted.${name}@example.com`,
    phone: `+4915112${digits.slice(-6)}`,
    fullName: `Planted${name} Souza`,
    subject: `Planted-subject-${name}`,
    reason: `Planted-reason-${name}`,
  };
}

async function collectAbout(
  one: TestServer,
  key: string,
  { name, userId, case: number }: Pick<Subject, 'name' | 'userId' | 'case'>,
  { subject, ...traits }: Readonly<Record<string, string>>,
): Promise<void> {
  const ticket = { ticket_id: number, subject };
  const order = { order_id: `o-${name}`, total: 30, currency: 'EUR', products: [] };
  const track = (at: number, event: string, properties: object) =>
    ({ type: 'track', messageId: `${name}-${at}`, userId, event, properties }) as const;
  const batch = [
    { type: 'identify', messageId: `${name}-1`, userId, traits: { ...traits, nationalId: '123.456.789-00' } },
    track(2, 'Order Completed', order),
    track(3, 'Support Ticket Opened', ticket),
    { type: 'nonsense', messageId: `${name}-4`, userId },
  ];
  const answer = await one.post('/v1/batch', key, { batch });
  expect(answer.json()).toMatchObject({ accepted: 3 });
}

/** What those who serve customers make. */
async function makeWork(
  one: TestServer,
  shop: Shop,
  customer: string,
  { subject, reason, fullName }: ReturnType<typeof plantedOf>,
): Promise<Pick<Subject, 'inCase' | 'inRequest' | 'canned' | 'tag'>> {
  const support = cookieHeaders(shop.cookies.get('support')!);
  const about = { kind: 'complaint', channel: 'phone', topic: 'delivery', subject, text: reason };
  const answer = await one.send({
    ...{ method: 'POST', url: '/api/cases', headers: support, payload: { customer, ...about } },
  });
  const { case: written } = answer.json() as { case: { id: string } };
  const asking = { customer, kind: 'access', channel: 'letter' };
  const asked = await one.send({ method: 'POST', url: '/api/requests', headers: support, payload: asking });
  const inRequest = (asked.json() as { request: { id: string } }).request.id;
  const words = { title: `Of ${fullName}`, language: 'en', text: 'We look into it.' };
  const canned = await one.send({
    method: 'POST',
    url: '/api/cases/canned',
    headers: support,
    payload: words,
  });
  const tag = await made(one, bearer(shop.keys.apiKeys['privacy-officer']), '/api/tags', {
    ...{ name: `Tag of ${fullName}`, meaning: 'Wants to be called back.', days: 30 },
    ...{ rule: null, purposes: ['customer-service'] },
  });
  return {
    inCase: written.id,
    inRequest,
    canned: (canned.json() as { answer: { id: string } }).answer.id,
    tag,
  };
}

async function makeRelease(one: TestServer, { keys: { apiKeys } }: Shop, name: string): Promise<string> {
  const data = { dataset: 'orders', purpose: 'analytics' };
  const limit = { ...data, epsilon: '1', delta: '1e-6' };
  const set = await one.post('/api/releases/budgets', apiKeys['privacy-officer'], limit);
  expect(set.statusCode).toBe(200);
  const question = { kind: 'count', of: 'customers' };
  const until = '2026-12-31T00:00:00Z';
  const asked = { ...data, name, question, privacy: { rho: '0.01' }, until };
  const { body } = await one.post('/api/releases', apiKeys.analyst, asked);
  return (JSON.parse(body.trim().split('\n').at(-1)!) as { result: { id: string } }).result.id;
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

/** Posts, and answers the id of what was made. */
async function made(
  one: TestServer,
  headers: Record<string, string>,
  url: string,
  payload: object,
): Promise<string> {
  const answer = await one.send({ method: 'POST', url, headers, payload });
  expect({ url, status: answer.statusCode }).toEqual({ url, status: 200 });
  return (answer.json() as { id: string }).id;
}

async function newestAlert(ctx: GateCtx, store: string): Promise<string> {
  const { rows } = await ctx.db.query<{ id: string }>({
    text: 'SELECT id FROM bailee.alert WHERE store_id = $1 ORDER BY id DESC LIMIT 1',
    values: [store],
  });
  return rows[0]!.id;
}
