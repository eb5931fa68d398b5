import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { REQUESTS } from '../../../test/kit/access-requests.ts';
import { cookieHeaders } from '../../../test/kit/access-world.ts';
import { type TestServer, testServer } from '../../../test/kit/server.ts';
import { joined } from '../../../test/kit/staff.ts';
import { gateContext, makeStore, type TestStore } from '../../../test/kit/store.ts';
import { startWhole } from '../../staff/sessions/start.ts';
import { Pace } from './pace.ts';

const MINUTE_MS = 60_000;
const MORNING = Date.UTC(2026, 10, 23, 9, 0, 0);
const NOBODY = '0198f1c2-0000-7000-8000-000000000001';
const OPENINGS = 3;
const FINDS = 2;

type Ctx = Awaited<ReturnType<typeof gateContext>>;

let ctx: Ctx;
let shop: TestStore;
let one: TestServer;
let id: string;
let cookie: string;
let colleague: string;
beforeAll(async () => {
  ctx = await gateContext({
    env: {
      BAILEE_OPENINGS_PER_MINUTE: String(OPENINGS),
      BAILEE_FINDS_PER_MINUTE: String(FINDS),
      BAILEE_KEY_OPENINGS_PER_MINUTE: '1',
      BAILEE_KEY_FINDS_PER_MINUTE: '1',
    },
  });
  shop = await makeStore(ctx);
  one = await testServer(ctx);
  ({ id, session: cookie } = await joined(ctx, shop.store, ['support']));
  colleague = (await joined(ctx, shop.store, ['support'])).session;
});
beforeEach(() => ctx.clock.advance(2 * MINUTE_MS));

const by = (cookie: string, url: string, body: object = {}, server = one) =>
  server.send({ method: 'POST', url, headers: cookieHeaders(cookie), payload: body });
const open = (cookie: string, server = one) =>
  by(
    cookie,
    `/api/customers/${NOBODY}/open`,
    { purpose: 'customer-service', evidence: { case: 'c' } },
    server,
  );
const find = (cookie: string) =>
  by(cookie, '/api/customers/find', {
    identifier: { kind: 'email', value: 'nobody@example.com' },
    purpose: 'customer-service',
    evidence: { case: 'c' },
  });
const codesOf = async (calls: number, call: () => ReturnType<typeof open>) => {
  const codes: (string | undefined)[] = [];
  for (let n = 0; n < calls; n += 1) codes.push((await call()).json().error?.code);
  return codes;
};

describe('finding and opening', () => {
  it('is refused from the first call above its pace on, and told when to come again', async () => {
    const within = await codesOf(OPENINGS, () => open(cookie));
    expect(within).not.toContain('too_many_openings');
    const refused = await open(cookie);
    const { code, details } = refused.json().error;
    expect([refused.statusCode, code, details.limit]).toEqual([429, 'too_many_openings', OPENINGS]);
    expect(refused.headers['retry-after']).toBe(String(details.seconds));
    expect(details.seconds).toBeGreaterThan(0);
    expect(details.seconds).toBeLessThanOrEqual(61);
    // Searches are counted by themselves.
    expect((await codesOf(FINDS, () => find(cookie))).includes('too_many_openings')).toBe(false);
    expect((await find(cookie)).json().error.details.limit).toBe(FINDS);
    // Held back, one still works on what is no opening.
    expect((await one.send({ url: '/api/cases', headers: cookieHeaders(cookie) })).statusCode).toBe(200);
  });

  it('works again after the seconds that it was told, also for whoever kept asking', async () => {
    await codesOf(OPENINGS, () => open(cookie));
    const { seconds } = (await open(cookie)).json().error.details;
    ctx.clock.advance(seconds * 1000 - 1000);
    expect((await open(cookie)).json().error.code).toBe('too_many_openings');
    ctx.clock.advance(1000);
    expect(await codesOf(OPENINGS + 1, () => open(cookie))).toEqual([
      ...Array(OPENINGS).fill('not_found'),
      'too_many_openings',
    ]);
  });

  it('is no slower for a colleague, and as slow in another session of one’s own', async () => {
    await codesOf(OPENINGS, () => open(cookie));
    expect((await open(cookie)).json().error.code).toBe('too_many_openings');
    expect((await open(colleague)).json().error.code).toBe('not_found');
    const again = await ctx.db.transaction((tx) =>
      startWhole(ctx, tx, {
        person: { id, store_id: shop.store },
        factors: ['password', 'code'],
        device: 'another',
      }),
    );
    expect((await open(again.value)).json().error.code).toBe('too_many_openings');
  });

  it('is counted for each key by itself, and by each node for itself', async () => {
    const body = { purpose: 'customer-service', evidence: { case: 'c' } };
    const path = `/api/customers/${NOBODY}/open`;
    const codeBy = async (role: 'support' | 'privacy-officer', server = one) =>
      (await server.post(path, shop.apiKeys[role], body)).json().error.code;
    expect(await codeBy('support')).not.toBe('too_many_openings');
    expect(await codeBy('support')).toBe('too_many_openings');
    expect(await codeBy('privacy-officer')).not.toBe('too_many_openings');
    const second = await testServer(ctx);
    expect(await codeBy('support', second)).not.toBe('too_many_openings');
    expect(await codeBy('support', second)).toBe('too_many_openings');
  });

  it('lets exactly as many through when many calls come at once', async () => {
    const codes = await Promise.all(
      Array.from({ length: 12 }, async () => (await open(cookie)).json().error.code as string),
    );
    expect(codes.filter((code) => code !== 'too_many_openings')).toHaveLength(OPENINGS);
  });

  it('is counted on each route that finds a customer or opens something of one', async () => {
    const opening = Object.keys(REQUESTS).filter((route) =>
      /^POST \/api\/(customers\/\{id\}\/(open|timeline|profile|looked|verify-caller.*)|cases\/\{id\}\/(read|attachments.*))$/.test(
        route,
      ),
    );
    expect(opening).toHaveLength(8);
    await codesOf(OPENINGS, () => open(cookie));
    for (const route of opening) {
      const answer = await by(cookie, route.slice(5).replace(/\{\w+\}/g, NOBODY));
      expect([route, answer.json().error.code]).toEqual([route, 'too_many_openings']);
    }
    await codesOf(FINDS, () => find(cookie));
    const answer = await by(cookie, '/api/cases/find', { number: '1' });
    expect(answer.json().error.code).toBe('too_many_openings');
  });

  it('is counted in the metrics when it is held back, and logged by who, without what', async () => {
    const refusals = async () =>
      (await ctx.metrics.refusals.get()).values.find(({ labels }) => labels.code === 'too_many_openings')
        ?.value ?? 0;
    await codesOf(OPENINGS, () => open(cookie));
    const before = await refusals();
    await open(cookie);
    expect(await refusals()).toBe(before + 1);
    const last = JSON.parse(one.log().trim().split('\n').at(-1)!) as Record<string, unknown>;
    expect(last).toMatchObject({ status: 429, by: id });
    expect(JSON.stringify(last)).not.toContain(NOBODY);
  });
});

describe('a pace', () => {
  it('lets no more through in any 60 seconds, and whoever waits as told gets in', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 90_000 }), { maxLength: 200 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 5 }), (gaps, most) => {
        const pace = new Pace();
        const counted: number[] = [];
        let now = MORNING;
        for (const gap of gaps) {
          now += gap;
          const seconds = pace.take('ana', most, now);
          if (seconds === 0) counted.push(now);
          else {
            expect(seconds).toBeLessThanOrEqual(61);
            // Nobody is held back who asked less than the pace in 61 seconds.
            expect(counted.filter((at) => at > now - 61_000).length).toBeGreaterThanOrEqual(most);
            now += seconds * 1000;
            expect(pace.take('ana', most, now)).toBe(0);
            counted.push(now);
          }
        }
        for (const at of counted)
          expect(counted.filter((each) => each >= at && each < at + MINUTE_MS).length).toBeLessThanOrEqual(
            most,
          );
      }),
    );
  });

  it('stands still while the clock goes back', () => {
    const pace = new Pace();
    expect(pace.take('ana', 1, MORNING)).toBe(0);
    expect(pace.take('ana', 1, MORNING - 3 * MINUTE_MS)).toBeGreaterThan(0);
    expect(pace.take('ana', 1, MORNING + 61_000)).toBe(0);
  });

  it('remembers a bounded number of callers: who finds no room waits, and the idle make room', () => {
    const pace = new Pace(100);
    for (let n = 0; n < 100; n += 1) expect(pace.take(`caller-${n}`, 5, MORNING)).toBe(0);
    expect(pace.take('one-more', 5, MORNING)).toBe(1);
    // Those who are known go on.
    expect(pace.take('caller-7', 5, MORNING + 50_000)).toBe(0);
    expect(pace.take('one-more', 5, MORNING + 61_000)).toBe(0);
    expect(pace.size).toBe(2);
  });
});
