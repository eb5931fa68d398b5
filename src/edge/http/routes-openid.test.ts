import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestGate, testGate, testStore } from '../../../test/kit/gate.ts';
import { type Account, CLIENT, type TestProvider, testProvider } from '../../../test/kit/provider.ts';
import { type TestServer, testServer } from '../../../test/kit/server.ts';
import { Browser, codeAt, type Joined, joined } from '../../../test/kit/staff.ts';
import { staffEntries } from '../../../test/kit/staff-entries.ts';
import { OPERATOR } from '../../staff/people/by.ts';
import { invite } from '../../staff/people/invite.ts';

const MINUTE = 60_000;
const BACK = 'http://localhost:4000/api/session/openid/callback';
const MFA = ['pwd', 'mfa'];

let ctx: TestGate;
let one: TestServer;
let store: string;
let provider: TestProvider;
beforeAll(async () => {
  const made = await testGate();
  provider = await testProvider(BACK);
  ctx = { ...made, config: { ...made.config, ...settings(provider.issuer) } };
  one = await testServer(ctx);
  store = (await testStore(ctx)).id;
});
beforeEach(() => {
  provider.forge = null;
  provider.foreignKey = false;
});

function settings(openidIssuer: string) {
  return { openidIssuer, openidClientId: CLIENT.id, openidClientSecret: CLIENT.secret };
}

type Answer = Awaited<ReturnType<Browser['get']>>;
const fresh = (server = one) => new Browser(server.server);
const errorOf = (answer: Answer) => (answer.json() as { error: { code: string } }).error.code;
const refused = (answer: Answer) =>
  expect([answer.statusCode, errorOf(answer)]).toEqual([401, 'sign_in_refused']);
const begin = (browser: Browser) => browser.get('/api/session/openid/begin');

/** As far as the address that leads back; for whoever sits at the provider. */
async function there(account: Account, browser = fresh(), at = provider): Promise<string> {
  at.account = account;
  const begun = await begin(browser);
  expect(begun.statusCode).toBe(303);
  const { pathname, search } = await at.visit(begun.headers.location!);
  return pathname + search;
}

async function signIn(account: Account, browser = fresh(), at = provider) {
  const back = await there(account, browser, at);
  return { browser, back, answer: await browser.get(back) };
}

const verified = (person: { readonly email: string }, sub: string, more: Partial<Account> = {}): Account => ({
  sub,
  email: person.email,
  email_verified: true,
  amr: MFA,
  ...more,
});

describe('the company’s own sign-in', () => {
  it('signs in somebody who works here, by a verified address the first time', async () => {
    const ana = await joined(ctx, store, ['support']);
    const { answer, browser } = await signIn(verified(ana, 'ana-1'));
    expect([answer.statusCode, answer.headers.location]).toEqual([303, 'http://localhost:4000/console']);
    expect((await browser.get('/api/session')).json()).toMatchObject({
      person: { id: ana.id },
      factors: ['openid', 'code'],
      role: 'support',
    });
    expect(browser.others.size).toBe(0);
    expect([answer.headers['set-cookie']].flat().at(-1)).toMatch(
      /^__Host-bailee=[A-Za-z0-9_-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/,
    );
  });

  it('knows them by the provider’s name for them from then on, whatever their address there', async () => {
    const ana = await joined(ctx, store, ['support']);
    await signIn(verified(ana, 'ana-2'));
    const { browser } = await signIn({
      sub: 'ana-2',
      amr: MFA,
      email: 'new@shop.example',
      email_verified: false,
    });
    expect((await browser.get('/api/session')).json()).toMatchObject({ person: { id: ana.id } });
    const { rows } = await ctx.db.query<{ subject: Buffer }>({
      text: 'SELECT subject FROM bailee.openid_link',
    });
    expect(rows.some(({ subject }) => subject.includes('ana-2'))).toBe(false);
  });

  it('lets somebody who was invited join, and the link in the invitation then begins nothing', async () => {
    const email = 'invited@shop.example';
    const { id, token } = await invite(ctx, {
      by: { id: OPERATOR, store },
      email,
      name: 'Mira Sol',
      language: 'en',
      roles: [{ role: 'support', until: null }],
      teams: [],
    });
    const { browser } = await signIn(verified({ email: 'Invited@Shop.Example' }, 'mira'));
    expect((await browser.get('/api/session')).json()).toMatchObject({ person: { id }, role: 'support' });
    const link = await fresh().post('/api/invitation', { token });
    expect(errorOf(link)).toBe('not_found');
    expect((await staffEntries(ctx)).slice(-3)).toMatchObject([
      { step: 'openid-linked', person: id },
      { step: 'joined', person: id },
      { step: 'signed-in', person: id, factors: ['openid', 'code'] },
    ]);
  });

  it('reads the address where the provider tells it on asking alone', async () => {
    const other = await testProvider(BACK, { inIdToken: false });
    const apart = await testServer({ ...ctx, config: { ...ctx.config, ...settings(other.issuer) } });
    const ana = await joined(ctx, store, ['support']);
    const good = await signIn(verified(ana, 'ana-3'), fresh(apart), other);
    expect((await good.browser.get('/api/session')).json()).toMatchObject({ person: { id: ana.id } });
    const bea = await joined(ctx, store, ['support']);
    refused((await signIn(verified(bea, 'bea-3', { email_verified: false }), fresh(apart), other)).answer);
  });

  it.each([
    ['says nothing of a second factor', {}, 'one'],
    ['says that a password was enough', { amr: ['pwd'] }, 'one'],
    ['says that a second factor was shown', { amr: ['pwd', 'otp'] }, 'two'],
    ['says so by the level of the sign-in', { acr: 'mfa' }, 'two'],
  ] as const)('counts as one factor unless it says more: it %s', async (_, said, factors) => {
    const boss = await joined(ctx, store, ['administrator']);
    const { amr: _mfa, ...account } = verified(boss, `boss-${JSON.stringify(said)}`);
    const { browser } = await signIn({ ...account, ...said });
    const made = await browser.post('/api/staff/teams', { name: `Team ${ctx.random.id()}` });
    expect(made.statusCode).toBe(factors === 'two' ? 200 : 403);
  });

  it('of one factor becomes two with a code of one’s own', async () => {
    const boss = await joined(ctx, store, ['administrator']);
    const { browser } = await signIn(verified(boss, 'boss-code', { amr: ['pwd'] }));
    const team = () => browser.post('/api/staff/teams', { name: `Team ${ctx.random.id()}` });
    expect(errorOf(await team())).toBe('step_up_required');
    ctx.clock.advance(MINUTE);
    const code = codeAt(boss.totpSecret, ctx.clock.now());
    expect((await browser.post('/api/session/step-up', { code })).statusCode).toBe(200);
    expect((await team()).statusCode).toBe(200);
    expect((await browser.get('/api/session')).json()).toMatchObject({ factors: ['openid', 'code'] });
  });
});

describe('the company’s own sign-in opens nothing', () => {
  let ana: Joined;
  beforeAll(async () => {
    ana = await joined(ctx, store, ['support']);
  });

  it('for the same answer twice, or in another browser', async () => {
    const browser = fresh();
    const back = await there(verified(ana, 'ana'), browser);
    const held = new Map(browser.others);
    expect([...held.keys()]).toEqual(['__Host-bailee-openid']);
    refused(await fresh().get(back));
    expect((await browser.get(back)).statusCode).toBe(303);
    refused(await browser.get(back));
    for (const [name, value] of held) browser.others.set(name, value);
    refused(await browser.get(back));
  });

  it('for an answer to another question, or to none', async () => {
    const first = fresh();
    const second = fresh();
    const back = await there(verified(ana, 'ana'), first);
    await there(verified(ana, 'ana'), second);
    refused(await second.get(back));
    refused(await fresh().get('/api/session/openid/callback?code=x&state=y'));
    const late = fresh();
    const slow = await there(verified(ana, 'ana'), late);
    ctx.clock.advance(5 * MINUTE);
    refused(await late.get(slow));
  });

  it.each([
    ['is for another audience', { aud: 'another' }],
    ['is of another issuer', { iss: 'https://login.example' }],
    ['answers another nonce', { nonce: 'another' }],
    ['is over', { exp: 1 }],
  ])('for a token that %s', async (_, change) => {
    provider.forge = (claims) => ({ ...claims, ...change });
    refused((await signIn(verified(ana, 'ana'))).answer);
    provider.forge = (claims) => ({ ...claims });
    expect((await signIn(verified(ana, 'ana'))).answer.statusCode).toBe(303);
  });

  it('for a token that somebody else signed', async () => {
    provider.foreignKey = true;
    refused((await signIn(verified(ana, 'ana'))).answer);
  });

  it('for an address that the provider did not verify, or that nobody here has', async () => {
    const bea = await joined(ctx, store, ['support']);
    refused((await signIn(verified(bea, 'bea', { email_verified: false }))).answer);
    refused((await signIn({ sub: 'bea', email_verified: true, amr: MFA })).answer);
    refused((await signIn(verified({ email: 'stranger@shop.example' }, 'stranger'))).answer);
    expect((await signIn(verified(bea, 'bea'))).answer.statusCode).toBe(303);
  });

  it('for somebody else who was given a colleague’s address at the provider', async () => {
    const bea = await joined(ctx, store, ['support']);
    await signIn(verified(bea, 'bea-first'));
    refused((await signIn(verified(bea, 'bea-second'))).answer);
    expect((await staffEntries(ctx)).at(-1)).toMatchObject({
      step: 'sign-in-refused',
      person: bea.id,
      factor: 'openid',
    });
  });

  it('for somebody who left, though the provider still knows them', async () => {
    const bea = await joined(ctx, store, ['support']);
    await signIn(verified(bea, 'bea-left'));
    const admin = await joined(ctx, store, ['administrator']);
    const boss = new Browser(one.server, admin.session);
    expect((await boss.post(`/api/staff/${bea.id}/leave`)).statusCode).toBe(200);
    refused((await signIn(verified(bea, 'bea-left'))).answer);
    // Even if the link were still there.
    await ctx.db.query({
      text: `UPDATE bailee.openid_link SET person_id = $1 WHERE person_id = $2`,
      values: [bea.id, ana.id],
    });
    refused((await signIn(verified(ana, 'ana'))).answer);
  });

  it('for a person who said no at the provider', async () => {
    const browser = fresh();
    const { state } = Object.fromEntries(new URL((await begin(browser)).headers.location!).searchParams);
    refused(
      await browser.get(
        `/api/session/openid/callback?error=access_denied&state=${state}&iss=${provider.issuer}`,
      ),
    );
  });

  it('while the provider is away, says so, and works again when it is back', async () => {
    const gone = await testProvider(BACK);
    const apart = await testServer({ ...ctx, config: { ...ctx.config, ...settings(gone.issuer) } });
    const bea = await joined(ctx, store, ['support']);
    const browser = fresh(apart);
    const back = await there(verified(bea, 'bea-away'), browser, gone);
    await gone.stop();
    const answer = await browser.get(back);
    expect([answer.statusCode, errorOf(answer)]).toEqual([503, 'sign_in_unavailable']);
    const never = await testServer({ ...ctx, config: { ...ctx.config, ...settings(gone.issuer) } });
    const begun = await begin(fresh(never));
    expect([begun.statusCode, errorOf(begun)]).toEqual([503, 'sign_in_unavailable']);
    expect(never.log()).not.toContain(bea.email);
    const again = await testProvider(BACK, { port: Number(new URL(gone.issuer).port) });
    expect((await signIn(verified(bea, 'bea-away'), fresh(never), again)).answer.statusCode).toBe(303);
  });
});

describe('on the way', () => {
  it('the provider is asked with state, nonce and PKCE, and the browser holds a cookie that comes back from there', async () => {
    const begun = await begin(fresh());
    const url = new URL(begun.headers.location!);
    expect(url.origin).toBe(provider.issuer);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      redirect_uri: BACK,
      code_challenge_method: 'S256',
      scope: 'openid email',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(begun.headers['set-cookie']).toMatch(
      /^__Host-bailee-openid=[A-Za-z0-9_-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=300$/,
    );
  });

  it('somebody who followed a link sees the console, which is told what went wrong', async () => {
    const answer = await one.send({
      url: '/api/session/openid/callback?code=x&state=y',
      headers: { host: 'localhost:4000', 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'cross-site' },
    });
    expect([answer.statusCode, answer.headers.location]).toEqual([
      303,
      'http://localhost:4000/console#sign-in=sign_in_refused',
    ]);
  });

  it('nothing of it is in the log', async () => {
    const bea = await joined(ctx, store, ['support']);
    const { back, browser } = await signIn(verified(bea, 'bea-log'));
    const { code, state } = Object.fromEntries(new URL(back, BACK).searchParams);
    for (const secret of [bea.email, 'bea-log', code!, state!, browser.cookie!, CLIENT.secret])
      expect(one.log()).not.toContain(secret);
  });

  it('another site cannot begin it', async () => {
    const headers = { host: 'localhost:4000', 'sec-fetch-site': 'cross-site' };
    expect((await one.send({ url: '/api/session/openid/begin', headers })).statusCode).toBe(403);
  });
});

describe('the ways to sign in', () => {
  it('are told to the page before anybody is signed in', async () => {
    const ways = async (server: TestServer, host = 'localhost:4000') => {
      const browser = fresh(server);
      browser.host = host;
      return (await browser.get('/api/session/ways')).json();
    };
    expect(await ways(one)).toEqual({ password: true, passkey: true, openid: true });
    const config = { ...ctx.config, openidIssuer: null };
    const without = await testServer({ ...ctx, config });
    expect(await ways(without, '127.0.0.1:4000')).toEqual({ password: true, passkey: false, openid: false });
    const begun = await begin(fresh(without));
    expect([begun.statusCode, errorOf(begun)]).toEqual([404, 'not_found']);
  });
});
