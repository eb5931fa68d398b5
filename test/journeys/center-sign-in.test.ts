import { beforeAll, describe, expect, it } from 'vitest';
import { CENTER_COOKIE } from '../../contract/center.ts';
import { SESSION_COOKIE } from '../../contract/staff.ts';
import type { GateCtx } from '../../src/gate/context.ts';
import { sendCodes } from '../../src/rights/center/codes.ts';
import { retire } from '../../src/rights/retention.ts';
import { CenterBrowser, handOver } from '../kit/center.ts';
import type { TestContext } from '../kit/context.ts';
import { openText } from '../kit/everything.ts';
import { type Mailbox, mailbox } from '../kit/mailbox.ts';
import { type TestServer, testServer } from '../kit/server.ts';
import { bought, count, identify, shop } from '../kit/shop.ts';
import { joined } from '../kit/staff.ts';
import { gateContext, makeStore, type TestStore } from '../kit/store.ts';

const MINUTE = 60_000;
let ctx: TestContext & GateCtx;
let one: TestServer;
let keys: TestStore;
let far: TestStore;
let smtp: Mailbox;
let server: ReturnType<typeof shop>;
beforeAll(async () => {
  smtp = await mailbox();
  ctx = await gateContext({ env: { BAILEE_SMTP_URL: smtp.url } });
  keys = await makeStore(ctx);
  far = await makeStore(ctx);
  one = await testServer(ctx);
  server = shop(ctx, { kind: 'server', store: keys.store, key: ctx.random.id(), country: 'DE' });
});

const customer = async (name: string) => {
  await server.send(
    identify(name, { traits: { name: `${name} Souza`, email: `${name}@example.com` } }),
    bought({ userId: name }, `o-${name}`, { billing: { name, postal_code: '10 117', city: 'Berlin' } }),
  );
  return server.idOf('userId', name);
};
const browser = (store = keys) => new CenterBrowser(one, store.browserKey);
const codeOf = (answer: { json(): unknown }) => (answer.json() as { error: { code: string } }).error.code;
/** What an answer says, apart from the id of the request. */
const saidBy = (answer: { statusCode: number; body: string }) =>
  `${answer.statusCode} ${answer.body.replace(/"requestId":"[^"]+"/, '')}`;
const codeIn = (mail: string) => /\n(\d{4} \d{4})\r?\n/.exec(mail)![1]!;
async function codeFor(of: CenterBrowser, email: string, language = 'en'): Promise<string> {
  await of.post('/code', { email, language });
  while (await sendCodes(ctx));
  return codeIn(smtp.mails.at(-1)!);
}

describe('a hand-over from the shop’s own sign-in', () => {
  it('opens a session whose value is in the cookie alone, and everything to it', async () => {
    await customer('ana');
    const ana = browser();
    const answer = await ana.post('/session', { token: handOver(ctx, keys.store, 'ana') });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['set-cookie']).toMatch(/^__Host-.*; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
    expect(answer.body).not.toContain(ana.cookies.get(CENTER_COOKIE));
    expect(answer.json()).toMatchObject({ strength: 'signed-in', store: { name: 'Teahouse' } });
    expect((await ana.get('/session')).json().may).toContain('erase');
    expect(await openText(ctx)).not.toContain(ana.cookies.get(CENTER_COOKIE));
  });

  it('works once: a replay, a forged, an expired, another store’s and one without an id are refused in the same words', async () => {
    await customer('bea');
    const token = handOver(ctx, keys.store, 'bea');
    expect((await browser().post('/session', { token })).statusCode).toBe(200);
    const now = Math.floor(ctx.clock.now() / 1000);
    const bad = [
      token,
      `${token.slice(0, -4)}AAAA`,
      handOver(ctx, keys.store, 'bea', { iat: now - 4000, exp: now - 1000 }),
      handOver(ctx, far.store, 'bea'),
      handOver(ctx, keys.store, 'bea', { jti: undefined }),
      'no.token.atall',
    ];
    const said = new Set<string>();
    for (const each of bad) said.add(saidBy(await browser().post('/session', { token: each })));
    expect([...said]).toEqual([expect.stringMatching(/^401 .*sign_in_refused/)]);
    expect((await ctx.metrics.registry.metrics()).match(/kind="replayed-token"\} (\d+)/)?.[1]).toBe('1');
    expect(await openText(ctx)).not.toContain(token);
  });

  it('used twice at the same moment lets one of them in', async () => {
    await customer('bo');
    const token = handOver(ctx, keys.store, 'bo');
    const both = await Promise.all([1, 2].map(() => browser().post('/session', { token })));
    expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 401]);
  });

  it('of somebody of whom nothing is held says so, and makes nobody', async () => {
    const answer = await browser().post('/session', { token: handOver(ctx, keys.store, 'nobody-yet') });
    expect(codeOf(answer)).toBe('not_found');
    expect(await server.find('userId', 'nobody-yet')).toBeNull();
  });
});

describe('a code by mail', () => {
  it('lets whoever reads the mailbox in, once, from the browser that asked', async () => {
    await customer('cleo');
    const cleo = browser();
    const code = await codeFor(cleo, 'Cleo@Example.com', 'de-AT');
    expect(smtp.mails.at(-1)).toContain('To: cleo@example.com');
    const elsewhere = await browser().post('/session', { email: 'cleo@example.com', code });
    expect(codeOf(elsewhere)).toBe('sign_in_refused');
    const answer = await cleo.post('/session', { email: 'cleo@example.com', code });
    expect(answer.json()).toMatchObject({ strength: 'code' });
    expect(codeOf(await cleo.post('/session', { email: 'cleo@example.com', code }))).toBe('sign_in_refused');
  });

  it('says the same for an address that nobody has, keeps the same, and sends nothing', async () => {
    await customer('dora');
    const before = smtp.mails.length;
    const known = await browser().post('/code', { email: 'dora@example.com' });
    const unknown = await browser().post('/code', { email: 'nobody@example.com' });
    expect(saidBy(unknown)).toBe(saidBy(known));
    expect(Object.keys(unknown.headers)).toEqual(Object.keys(known.headers));
    while (await sendCodes(ctx));
    expect(smtp.mails.length - before).toBe(1);
    expect(await openText(ctx)).not.toMatch(/dora@example|nobody@example/);
  });

  it('is over after ten minutes, and after five guesses', async () => {
    await customer('eva');
    const late = browser();
    const code = await codeFor(late, 'eva@example.com');
    ctx.clock.advance(10 * MINUTE);
    expect(codeOf(await late.post('/session', { email: 'eva@example.com', code }))).toBe('sign_in_refused');
    const guessing = browser();
    const right = await codeFor(guessing, 'eva@example.com');
    const wrong = right === '0000 0000' ? '1111 1111' : '0000 0000';
    for (let at = 0; at < 5; at += 1)
      expect(codeOf(await guessing.post('/session', { email: 'eva@example.com', code: wrong }))).toBe(
        'sign_in_refused',
      );
    const answer = await guessing.post('/session', { email: 'eva@example.com', code: right });
    expect(codeOf(answer)).toBe('sign_in_refused');
  });

  it('is sent to an address three times in a quarter of an hour; a flood stops no hand-over', async () => {
    await customer('fay');
    for (let at = 0; at < 3; at += 1)
      expect((await browser().post('/code', { email: 'fay@example.com' })).statusCode).toBe(200);
    const many = await browser().post('/code', { email: 'fay@example.com' });
    expect(codeOf(many)).toBe('too_many_tries');
    const nobody = browser();
    nobody.address = '198.51.100.1';
    for (let at = 0; at < 3; at += 1) await nobody.post('/code', { email: 'ghost@example.com' });
    expect(saidBy(await nobody.post('/code', { email: 'ghost@example.com' }))).toBe(saidBy(many));
    const handed = await browser().post('/session', { token: handOver(ctx, keys.store, 'fay') });
    expect(handed.statusCode).toBe(200);
    while (await sendCodes(ctx));
  });
});

describe('an order at hand', () => {
  it('opens little: what is held is masked, and nothing is taken, changed or destroyed', async () => {
    await customer('gus');
    for (const proof of [{ email: 'gus@example.com' }, { postalCode: '10117' }]) {
      const gus = browser();
      const answer = await gus.post('/session', { order: 'o-gus', ...proof });
      expect(answer.json()).toMatchObject({ strength: 'order', may: ['see-masked', 'refuse', 'ask'] });
      const held = await gus.get('/held');
      expect(held.statusCode).toBe(200);
      expect(held.body).not.toMatch(/Souza|gus@example/);
      for (const [path, body] of [
        ['/download', {}],
        ['/erase', { confirm: true }],
        ['/correct', { field: 'identity.name', value: 'Other' }],
        ['/choices', { choices: { analytics: true } }],
        ['/tags/delete', {}],
      ] as const)
        expect(codeOf(await gus.post(path, body)), path).toBe('step_up_required');
      expect(codeOf(await gus.get('/looks'))).toBe('step_up_required');
      expect((await gus.post('/choices', { choices: { analytics: false } })).statusCode).toBe(200);
    }
  });

  it('of somebody else is refused like one that is not there', async () => {
    await customer('hal');
    await customer('ida');
    const said = new Set<string>();
    for (const proof of [
      { order: 'o-hal', email: 'ida@example.com' },
      { order: 'o-hal', postalCode: '99999' },
      { order: 'o-nobody', email: 'hal@example.com' },
      { order: 'o-nobody', postalCode: '10117' },
      { order: '---', email: 'no address' },
    ])
      said.add(saidBy(await browser().post('/session', proof)));
    expect([...said]).toEqual([expect.stringMatching(/^401 .*sign_in_refused/)]);
  });

  it('stops after five wrong tries, known or not', async () => {
    await customer('jon');
    const tries = async (order: string) => {
      const all: string[] = [];
      for (let at = 0; at < 6; at += 1)
        all.push(codeOf(await browser().post('/session', { order, postalCode: '00000' })));
      return all;
    };
    const known = await tries('o-jon');
    expect(known.at(-1)).toBe('too_many_tries');
    expect(await tries('o-never-there')).toEqual(known);
  });
});

describe('a session', () => {
  const signedIn = async (name: string) => {
    const own = browser();
    await own.post('/session', { token: handOver(ctx, keys.store, name) });
    return own;
  };

  it('ends after half an hour without use, after eight hours in any case, and when it is ended', async () => {
    await customer('kim');
    const idle = await signedIn('kim');
    ctx.clock.advance(30 * MINUTE);
    expect(codeOf(await idle.get('/session'))).toBe('sign_in_required');
    const used = await signedIn('kim');
    for (let at = 0; at < 16; at += 1) {
      expect((await used.get('/session')).statusCode).toBe(200);
      ctx.clock.advance(29.5 * MINUTE);
    }
    expect((await used.get('/session')).statusCode).toBe(200);
    ctx.clock.advance(9 * MINUTE);
    expect(codeOf(await used.get('/session'))).toBe('sign_in_required');
    const [here, there] = [await signedIn('kim'), await signedIn('kim')];
    await here.post('/session/end', { all: true });
    expect(codeOf(await there.get('/session'))).toBe('sign_in_required');
  });

  it('changes something only from its own page', async () => {
    await customer('lea');
    const lea = await signedIn('lea');
    const cookie = `${CENTER_COOKIE}=${lea.cookies.get(CENTER_COOKIE)}`;
    const bare = await one.send({ method: 'POST', url: '/v1/center/tags/delete', headers: { cookie } });
    expect(codeOf(bare)).toBe('forbidden');
    const foreign = await lea.post('/tags/delete', {}, { 'sec-fetch-site': 'cross-site' });
    expect(codeOf(foreign)).toBe('forbidden');
  });

  it('of a customer opens no door of the staff, and one of the staff none of the center', async () => {
    await customer('mia');
    const mia = await signedIn('mia');
    const value = mia.cookies.get(CENTER_COOKIE)!;
    const asStaff = { cookie: `${SESSION_COOKIE}=${value}`, 'x-bailee-console': '1' };
    expect((await one.get('/api/session', undefined, asStaff)).statusCode).toBe(401);
    const own = { cookie: `${CENTER_COOKIE}=${value}` };
    expect((await one.get('/api/requests', undefined, own)).statusCode).toBe(401);
    const { session } = await joined(ctx, keys.store, ['privacy-officer']);
    const agent = browser();
    agent.cookies.set(CENTER_COOKIE, session);
    agent.cookies.set(SESSION_COOKIE, session);
    expect(codeOf(await agent.get('/held'))).toBe('sign_in_required');
  });

  it('names its store by the browser key, and needs none where there is one store', async () => {
    expect((await one.get('/v1/center')).statusCode).toBe(401);
    const other = await one.get('/v1/center', undefined, { 'x-write-key': far.serverKey });
    expect(codeOf(other)).toBe('forbidden');
    expect((await browser().get('')).json()).toEqual({
      store: { name: 'Teahouse', country: 'DE' },
      ways: ['token', 'code', 'order'],
    });
  });

  it('leaves nothing behind once it is over, and nor do codes and tokens', async () => {
    await customer('noa');
    await signedIn('noa');
    await browser().post('/code', { email: 'noa@example.com' });
    ctx.clock.advance(24 * 60 * MINUTE);
    await retire(ctx);
    for (const table of ['center_session', 'center_code', 'center_handover'])
      expect(await count(ctx, `bailee.${table}`), table).toBe(0);
  });
});
