import { SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { testServer } from '../../../test/kit/server.ts';
import { gateContext, makeStore, type TestStore } from '../../../test/kit/store.ts';
import { publishNotice } from '../../consent/notice.ts';
import { storeSecret } from '../../keys/store-secret.ts';

type Ctx = Awaited<ReturnType<typeof gateContext>>;
let ctx: Ctx;
let shop: TestStore;
let one: Awaited<ReturnType<typeof testServer>>;
beforeAll(async () => {
  ctx = await gateContext();
  shop = await makeStore(ctx);
  one = await testServer(ctx);
});

const post = async (payload: object, headers: Record<string, string> = {}) => {
  const key = { 'x-write-key': shop.browserKey, ...headers };
  const answer = await one.send({ method: 'POST', url: '/v1/consent/choices', headers: key, payload });
  return { status: answer.statusCode, body: answer.json() };
};
const standing = async (who: Record<string, string>, key = shop.browserKey) =>
  (await one.send({ url: '/v1/consent/choices', headers: { 'x-write-key': key, ...who } })).json();
const notice = (query = '', headers: Record<string, string> = {}) =>
  one.send({ url: `/v1/consent/notice?writeKey=${shop.browserKey}${query}`, headers });
const rows = async (from: string) => (await ctx.db.query({ text: `SELECT * FROM ${from}` })).rows;
/** What the shop's backend signs for a customer who is signed in. */
const token = (userId: string, seconds = 600, audience = shop.store, store = shop.store) =>
  new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setAudience(audience)
    .setIssuedAt(Math.floor(ctx.clock.now() / 1000))
    .setExpirationTime(Math.floor(ctx.clock.now() / 1000) + seconds)
    .sign(storeSecret(ctx, store, 'customer-token', 1));

describe('a notice', () => {
  it('says on which terms a visitor is asked, in their language, and is kept word for word', async () => {
    const answer = await notice('&lang=de-AT&region=de');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ version: 1, region: 'DE', regimes: ['EU-GDPR'], model: 'opt-in' });
    expect(answer.json()).toMatchObject({ asked: true, askAgainAfterDays: 184, gpc: 'honored' });
    const [kept] = (await rows('bailee.notice_version')).filter(
      (row) => row.language === answer.json().language,
    );
    expect(JSON.parse(String(kept!.document)).text).toEqual(answer.json().text);
    expect(answer.headers['cache-control']).toBe('private, max-age=300');
    const again = await notice('&lang=de-AT&region=de', { 'if-none-match': String(answer.headers.etag) });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it('for China is a list, and asks separately for what needs a consent of its own', async () => {
    const china = (await notice('&lang=zh&region=CN')).json();
    expect(china).toMatchObject({
      language: 'zh-CN',
      form: 'list',
      separate: ['advertising', 'partner-sharing'],
    });
  });

  it('that was refused is kept by the browser until it may be shown again, the same bytes for everyone', async () => {
    const first = await notice('&region=FR', { 'x-consent': 'refused' });
    const second = await notice('&region=FR', { 'x-consent': 'refused' });
    expect(first.json()).toMatchObject({ asked: false });
    expect(first.headers['cache-control']).toBe(`private, max-age=${184 * 86_400}`);
    expect(first.body).toBe(second.body);
    expect(first.headers['set-cookie']).toBeUndefined();
  });

  it('takes no server key from an address', async () => {
    const answer = await one.send({ url: `/v1/consent/notice?writeKey=${shop.serverKey}` });
    expect(answer.json().error.code).toBe('forbidden');
  });
});

describe('a choice', () => {
  it('is bound to the exact text that was read', async () => {
    const { body } = await post({
      anonymousId: 'reader',
      choices: { analytics: true },
      notice: { version: 1, language: 'en' },
      how: 'banner',
    });
    expect(body.choices).toEqual({ analytics: 'granted' });
    expect(body.receipt.entry.notice).toMatchObject({
      version: 1,
      language: 'en',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(body.receipt.entry).toMatchObject({ place: 'banner', how: 'chosen' });
  });

  it('of everything by nobody known is proved without an identifier', async () => {
    const before = (await rows('bailee.customer')).length;
    const no = { analytics: false, personalization: false, advertising: false, 'partner-sharing': false };
    const { status, body } = await post({ choices: no, notice: { version: 1, language: 'en' } });
    expect(status).toBe(200);
    expect(body.receipt.entry).toMatchObject({ kind: 'refusal', choices: { analytics: 'refused' } });
    expect(body.receipt.entry.customer).toBeUndefined();
    expect((await rows('bailee.customer')).length).toBe(before);
    expect(await rows('bailee.refusal_count')).toMatchObject([{ notice: 1, language: 'en', count: '1' }]);
    expect((await post({ choices: { analytics: true } })).body.error.code).toBe('invalid_identifier');
  });

  it('for an unknown purpose is refused, not ignored', async () => {
    const { status, body } = await post({
      anonymousId: 'reader',
      choices: { analytics: true, everything: true },
    });
    expect([status, body.error.code]).toEqual([400, 'invalid_purpose']);
  });

  it('sent again with its id counts once; replayed after a withdrawal, it is refused and counted', async () => {
    const id = '0b6a3c1e-9d2f-4f0e-8a7b-3c5d1e2f4a6b';
    const yes = { anonymousId: 'retry', choices: { analytics: true }, id };
    const first = (await post(yes)).body;
    expect((await post(yes)).body).toMatchObject({ choices: first.choices, ledgerIndex: first.ledgerIndex });
    expect((await post({ anonymousId: 'thief', choices: { analytics: true }, id })).body.error.code).toBe(
      'choice_replayed',
    );
    await post({ anonymousId: 'retry', choices: { analytics: false } });
    const replayed = await post(yes);
    expect([replayed.status, replayed.body.error.code]).toEqual([409, 'choice_replayed']);
    expect((await standing({ 'x-anonymous-id': 'retry' })).choices.analytics).toBe('refused');
    const { values } = await ctx.metrics.browserAttacks.get();
    expect(values.find((each) => each.labels.kind === 'replayed-choice')?.value).toBe(2);
  });

  it('tells when whoever refused may be asked again', async () => {
    await post({ anonymousId: 'no-thanks', choices: { analytics: false } });
    const { askAgainAt } = await standing({ 'x-anonymous-id': 'no-thanks' });
    expect(Date.parse(askAgainAt) - ctx.clock.now()).toBeGreaterThan(183 * 86_400_000);
    await post({ anonymousId: 'no-thanks', choices: { analytics: true } });
    expect((await standing({ 'x-anonymous-id': 'no-thanks' })).askAgainAt).toBeNull();
  });

  it('for one channel or one recipient grants no more than that', async () => {
    const server = { 'x-write-key': shop.serverKey };
    await post({ userId: 'scoped', choices: { 'partner-sharing': true }, recipient: 'acme' }, server);
    expect((await standing({ 'x-user-id': 'scoped' }, shop.serverKey)).choices).toEqual({});
    await post(
      { userId: 'scoped', choices: {}, channels: { 'marketing-phone': { whatsapp: false } } },
      server,
    );
    expect((await standing({ 'x-user-id': 'scoped' }, shop.serverKey)).choices).toEqual({
      'marketing-phone': 'refused',
    });
  });

  it('for a child is a parent’s, and comes from the shop’s server alone', async () => {
    const body = {
      userId: 'kid',
      choices: { personalization: true },
      guardian: { verifiedBy: 'signed-form' },
    };
    const { body: said } = await post(body, { 'x-write-key': shop.serverKey });
    expect(said.receipt.entry.guardian).toEqual({ verifiedBy: 'signed-form' });
    const { userId: _none, ...device } = body;
    expect((await post({ ...device, anonymousId: 'kid-device' })).status).toBe(403);
  });
});

describe('a change of substance', () => {
  it('makes an older grant stale, honors an older refusal, and asks for a grant on the new text', async () => {
    const on = (version: number) => ({ notice: { version, language: 'en' } });
    await post({ anonymousId: 'before', choices: { analytics: true, research: false }, ...on(1) });
    const minor = { store: shop.store, substance: false, change: 'A comma.', by: 'test' };
    expect((await publishNotice(ctx, minor)).version).toBe(2);
    expect((await standing({ 'x-anonymous-id': 'before' })).choices).toEqual({
      analytics: 'granted',
      research: 'refused',
    });
    await publishNotice(ctx, { ...minor, substance: true, change: 'A new recipient.' });
    // What was granted in the same millisecond counts as before it.
    ctx.clock.advance(1000);
    expect((await standing({ 'x-anonymous-id': 'before' })).choices).toEqual({ research: 'refused' });
    const late = await post({ anonymousId: 'before', choices: { analytics: true }, ...on(1) });
    expect([late.status, late.body.error.code, late.body.error.details.version]).toEqual([
      409,
      'notice_outdated',
      3,
    ]);
    const refusal = await post({ anonymousId: 'before', choices: { analytics: false }, ...on(1) });
    expect(refusal.body.choices).toMatchObject({ analytics: 'refused' });
    expect(
      (await post({ anonymousId: 'before', choices: { analytics: true }, ...on(3) })).body.choices,
    ).toMatchObject({ analytics: 'granted' });
    expect(
      (await post({ anonymousId: 'before', choices: { analytics: true }, ...on(9) })).body.error.code,
    ).toBe('notice_outdated');
  });
});

describe('a customer’s token', () => {
  it('lets a known customer read and set their own choices from a browser', async () => {
    const signed = await token('signed-in');
    const { body } = await post({ token: signed, choices: { 'marketing-email': true } });
    expect(body.choices).toEqual({ 'marketing-email': 'granted' });
    const read = await one.send({
      url: '/v1/consent/choices',
      headers: { authorization: `Bearer ${signed}`, 'x-write-key': shop.browserKey },
    });
    expect(read.json().choices).toEqual({ 'marketing-email': 'granted' });
    expect((await standing({ 'x-user-id': 'signed-in' }, shop.serverKey)).choices).toEqual({
      'marketing-email': 'granted',
    });
  });

  it('that is forged, over, too long, or another store’s is refused and counted', async () => {
    const other = await makeStore(ctx);
    const good = await token('signed-in');
    const [head, , signature] = good.split('.');
    const payload = Buffer.from(
      JSON.stringify({ sub: 'victim', aud: shop.store, iat: 1, exp: 9e9 }),
    ).toString('base64url');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    for (const bad of [
      `${head}.${payload}.${signature}`,
      `${none}.${payload}.`,
      await token('signed-in', -120),
      await token('signed-in', 7200),
      await token('signed-in', 600, other.store),
      await token('signed-in', 600, shop.store, other.store),
    ])
      expect((await post({ token: bad, choices: { analytics: true } })).body.error?.code).toBe('forbidden');
    const { values } = await ctx.metrics.browserAttacks.get();
    expect(values.find((each) => each.labels.kind === 'forged-token')?.value).toBe(6);
  });
});

describe('Global Privacy Control', () => {
  it('closes advertising and sharing for the device and for the customer behind it, on other devices too', async () => {
    const server = { authorization: `Bearer ${shop.serverKey}` };
    const link = (device: string) => ({
      type: 'identify',
      userId: 'owner',
      anonymousId: device,
      traits: { name: 'Ada' },
    });
    await one.send({
      method: 'POST',
      url: '/v1/batch',
      headers: server,
      payload: { batch: [link('laptop'), link('phone')] },
    });
    await post(
      { userId: 'owner', choices: { advertising: true, 'partner-sharing': true } },
      { 'x-write-key': shop.serverKey },
    );
    const { body } = await post({ anonymousId: 'laptop', choices: { analytics: false } }, { 'sec-gpc': '1' });
    expect(body).toMatchObject({
      gpc: 'honored',
      choices: { advertising: 'refused', 'partner-sharing': 'refused' },
    });
    const owner = await standing({ 'x-user-id': 'owner' }, shop.serverKey);
    expect(owner).toMatchObject({
      gpc: 'honored',
      choices: { advertising: 'refused', 'partner-sharing': 'refused' },
    });
    const phone = await standing({ 'x-anonymous-id': 'phone' });
    expect(phone).toMatchObject({ gpc: 'honored', choices: { advertising: 'refused' } });
  });

  it('counts when the header is exactly 1, also beside events, and also when everything else is granted', async () => {
    await post(
      { anonymousId: 'walk-in', choices: { analytics: true, advertising: true } },
      { 'sec-gpc': '1, 1' },
    );
    expect((await standing({ 'x-anonymous-id': 'walk-in' })).choices.advertising).toBe('granted');
    const headers = { 'x-write-key': shop.browserKey, 'sec-gpc': '1' };
    const batch = [{ type: 'page', anonymousId: 'walk-in', name: 'Home' }];
    await one.send({ method: 'POST', url: '/v1/batch', headers, payload: { batch } });
    expect((await standing({ 'x-anonymous-id': 'walk-in' })).choices).toEqual({
      analytics: 'granted',
      advertising: 'refused',
      'partner-sharing': 'refused',
    });
    const all = { analytics: true, advertising: true };
    const { body } = await post({ anonymousId: 'walk-in', choices: all }, { 'sec-gpc': '1' });
    expect(body.choices.advertising).toBe('refused');
    expect(
      (await post({ anonymousId: 'walk-in', choices: { advertising: true } })).body.choices.advertising,
    ).toBe('granted');
  });

  it('makes nobody known who was not', async () => {
    const headers = { 'x-write-key': shop.browserKey, 'sec-gpc': '1' };
    const batch = [{ type: 'page', anonymousId: 'stranger', name: 'Home' }];
    const before = (await rows('bailee.customer')).length;
    await one.send({ method: 'POST', url: '/v1/batch', headers, payload: { batch } });
    expect((await rows('bailee.customer')).length).toBe(before);
    expect((await one.send({ url: '/.well-known/gpc.json' })).json()).toMatchObject({ gpc: true });
  });
});
