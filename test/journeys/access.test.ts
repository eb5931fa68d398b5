import { beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../contract/names.ts';
import type { GateCtx } from '../../src/gate/context.ts';
import { REQUESTS, requestFor } from '../kit/access-requests.ts';
import { ACCESS, CALLERS, type Caller, HIDES } from '../kit/access-table.ts';
import {
  keyOf,
  makeSubject,
  OPERATOR,
  openShop,
  type Sent,
  type Shop,
  type Subject,
  sendAs,
  signInAgain,
} from '../kit/access-world.ts';
import { verifiedRequest } from '../kit/erase.ts';
import { type TestServer, testServer } from '../kit/server.ts';
import { gateContext } from '../kit/store.ts';

let ctx: GateCtx;
let one: TestServer;
let home: Shop;
let ana: Subject;
let bea: Subject;
let stranger: Subject;
let routes: string[];
beforeAll(async () => {
  ctx = await gateContext({
    env: { BAILEE_PUBLIC_URL: 'https://shop.example', BAILEE_ERASURES_PER_HOUR: '1000' },
  });
  home = await openShop(ctx);
  const far = await openShop(ctx);
  one = await testServer(ctx, {
    operatorToken: OPERATOR,
    shop: () => ({ server: home.keys.serverKey, browser: home.keys.browserKey }),
  });
  ana = await makeSubject(ctx, one, home, 'ana');
  bea = await makeSubject(ctx, one, home, 'bea');
  stranger = await makeSubject(ctx, one, far, 'stranger');
  const { paths } = (await one.get('/openapi.json')).json() as { paths: Record<string, object> };
  routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
});

const REFUSALS: ReadonlySet<string | null> = new Set(['unknown_key', 'sign_in_required', 'forbidden']);
/** Refused for who asks; anything else, also that there is no such thing, was let in. */
const refused = (route: string, { status, code }: Sent) =>
  ((status === 401 || status === 403) && REFUSALS.has(code)) || (HIDES.has(route) && code === 'not_found');
/** Why a request that was let in may still come to nothing: so nothing is erased or used up on the way. */
const LATER: ReadonlySet<string | null> = new Set([
  ...['not_found', 'conflict', 'evidence_mismatch', 'invalid_body', 'sign_in_refused', 'too_many_tries'],
  'bad_signature',
  // No mail server is set here.
  'mail_unavailable',
]);
/** A link that is over has a page of its own. */
const letIn = ({ status, code }: Sent) =>
  status < 400 || LATER.has(code) || (status === 410 && code === null);
const roleOf = (caller: Caller) => (caller.split(':')[1] ?? 'support') as Role;
async function ask(caller: Caller, route: string, subject: Subject): Promise<Sent> {
  const key = keyOf(home, caller) ?? 'nobodys-key';
  const about = { ctx, subject, key, role: roleOf(caller), partial: home.partial };
  const sent = await sendAs(one, home, caller, requestFor(route, about));
  if (route === 'POST /api/session/end' && caller.startsWith('person:'))
    await signInAgain(ctx, home, roleOf(caller));
  return sent;
}
const told = (caller: Caller, route: string, { status, code }: Sent) =>
  `${route} as ${caller}: ${status} ${code ?? ''}`;

/** Every route times every caller: on a busy machine it takes its time. */
const LONG_MS = 300_000;

describe('who may call what', () => {
  it('is said for every route, and for no route that does not exist', () => {
    expect(Object.keys(ACCESS).sort()).toEqual([...routes].sort());
    expect(Object.keys(REQUESTS).filter((route) => !routes.includes(route))).toEqual([]);
  });

  it('holds for each route and each caller: nobody, keys and people of every role', {
    timeout: LONG_MS,
  }, async () => {
    const wrong: string[] = [];
    for (const [route, allowed] of Object.entries(ACCESS))
      for (const caller of CALLERS) {
        const sent = await ask(caller, route, ana);
        const right = allowed.includes(caller) ? letIn(sent) : refused(route, sent);
        if (!right) wrong.push(told(caller, route, sent));
      }
    expect(wrong).toEqual([]);
  });

  it('tells whoever is refused nothing of what was asked about', { timeout: LONG_MS }, async () => {
    for (const [route, allowed] of Object.entries(ACCESS))
      for (const caller of CALLERS.filter((each) => !allowed.includes(each))) {
        const { body } = await ask(caller, route, ana);
        expect(ana.planted.filter((value) => body.includes(value))).toEqual([]);
      }
  });
});

/** Answers that say of somebody unknown no more than that, where a route has no error for it. */
const OF_NOBODY: Readonly<Record<string, RegExp>> = {
  'POST /api/decide': /^\{"answers":\[\{"customer":"[^"]+","allowed":false,/,
  'POST /api/customers/find': /^\{"customers":\[\]\}$/,
  'POST /api/cases/find': /^\{"cases":\[\]\}$/,
  // Who looked stays known to those who check on it: ids of staff, and nothing of the customer.
  'POST /api/customers/{id}/looked': /^\{"looks":\[/,
  'POST /api/suppressions/lift': /^\{"lifted":(true|false)\}$/,
  'GET /api/approvals/{id}/reason': /^\{"reason":null\}$/,
  'GET /api/break-glass/{id}/reason': /^\{"reason":null\}$/,
  // What staff did stays theirs to answer for, also once the customer is gone.
  'POST /api/approvals/{id}/decide': /^\{"until":(null|"[^"]+")\}$/,
  'POST /api/break-glass/{id}/review': /^\{"done":true\}$/,
  'POST /api/alerts/{id}/seen': /^\{"done":true\}$/,
};
const NOTHING: ReadonlySet<string | null> = new Set([
  'not_found',
  'already_erased',
  'key_shredded',
  'evidence_mismatch',
]);

/** Routes whose request names this subject, with everyone who may call them; the operator serves all stores. */
function naming(subject: Subject, than: Subject): [string, Caller][] {
  const words = (route: string, about: Subject) =>
    JSON.stringify(requestFor(route, { ctx, subject: about, key: 'k', role: 'support', partial: 'p' }));
  return Object.entries(ACCESS)
    .filter(([route]) => words(route, subject) !== words(route, than))
    .flatMap(([route, allowed]) =>
      allowed.filter((caller) => caller !== 'operator').map((caller): [string, Caller] => [route, caller]),
    );
}

/** Calls that were answered with more than nothing. */
async function leaks(calls: [string, Caller][], subject: Subject, ...fine: string[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const [route, caller] of calls) {
    const sent = await ask(caller, route, subject);
    const silent =
      NOTHING.has(sent.code) || fine.includes(sent.code ?? '') || OF_NOBODY[route]?.test(sent.body) === true;
    if (!silent || subject.planted.some((value) => sent.body.includes(value)))
      wrong.push(told(caller, route, sent));
  }
  return wrong;
}

describe('what is not one’s own', () => {
  it('does not exist: no id of another store is answered with data, on any route', async () => {
    const calls = naming(stranger, ana);
    expect(new Set(calls.map(([route]) => route)).size).toBeGreaterThan(20);
    expect(await leaks(calls, stranger, 'forbidden')).toEqual([]);
  });

  it('stands in no list: nothing of another store is shown to anybody', async () => {
    const { customer, approval, glass, alert, release, import: file, planted } = stranger;
    const theirs = [customer, approval, glass, alert, release, file, ...planted];
    for (const [route, allowed] of Object.entries(ACCESS))
      for (const caller of allowed) {
        const { body } = await ask(caller, route, ana);
        expect({ route, caller, shown: theirs.filter((value) => body.includes(value)) }).toEqual({
          ...{ route, caller, shown: [] },
        });
      }
  });

  it('is opened by no case of another customer', async () => {
    const mixed = { ...ana, case: bea.case };
    // A case is found by its number; that opens nobody.
    const calls = naming(mixed, ana).filter(([route]) => route !== 'POST /api/cases/find');
    const opening = ['find', '{id}/open', '{id}/timeline', '{id}/profile'];
    for (const step of opening)
      expect(calls.map(([route]) => route)).toContain(`POST /api/customers/${step}`);
    expect(await leaks(calls, mixed, 'forbidden')).toEqual([]);
  });
});

describe('someone who was erased', () => {
  it('is answered with nothing, on every route that could name them', async () => {
    const officer = home.keys.apiKeys['privacy-officer'];
    const erased = await one.post(`/api/customers/${bea.customer}/erase`, officer, {
      evidence: await verifiedRequest(one, home.keys.apiKeys.support, bea.customer),
    });
    expect(erased.statusCode).toBe(200);
    const { customer, email, userId, case: number, inCase, approval, glass, alert, planted } = bea;
    const gone = { ...ana, customer, email, userId, case: number, inCase, approval, glass, alert, planted };
    // The package holds what a duty keeps of them, and nothing else: test/journeys/package.test.ts opens one.
    const calls = naming(gone, ana).filter(([route]) => route !== 'POST /api/customers/{id}/package');
    expect(await leaks(calls, gone, 'evidence_required', 'conflict', 'forbidden')).toEqual([]);
  });
});
