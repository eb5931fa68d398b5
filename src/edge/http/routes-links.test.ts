import { createHmac } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Mailbox, mailbox } from '../../../test/kit/mailbox.ts';
import { testServer } from '../../../test/kit/server.ts';
import { gateContext, makeStore, type TestStore } from '../../../test/kit/store.ts';
import { storeSecret } from '../../keys/store-secret.ts';

const PUBLIC = 'https://data.shop.example';
const EMAIL = 'reader@example.com';
let ctx: Awaited<ReturnType<typeof gateContext>>;
let shop: TestStore;
let box: Mailbox;
let one: Awaited<ReturnType<typeof testServer>>;
beforeAll(async () => {
  box = await mailbox();
  ctx = await gateContext({
    env: { BAILEE_PUBLIC_URL: PUBLIC, BAILEE_SMTP_URL: box.url, BAILEE_MAIL_FROM: 'shop@example.com' },
  });
  shop = await makeStore(ctx);
  one = await testServer(ctx);
  const traits = { email: EMAIL };
  await one.post('/v1/identify', shop.serverKey, { userId: 'reader', traits });
});

const choose = async (payload: object) => {
  const headers = { 'x-write-key': shop.serverKey };
  const answer = await one.send({ method: 'POST', url: '/v1/consent/choices', headers, payload });
  return { status: answer.statusCode, body: answer.json() };
};
const standing = async (userId = 'reader') => {
  const headers = { 'x-write-key': shop.serverKey, 'x-user-id': userId };
  return (await one.send({ url: '/v1/consent/choices', headers })).json().choices['marketing-email'];
};
/** As a mail program or a page posts it: no key, no cookie. */
const click = (
  address: string,
  payload = 'List-Unsubscribe=One-Click',
  type = 'application/x-www-form-urlencoded',
) =>
  one.send({ method: 'POST', url: address.replace(PUBLIC, ''), headers: { 'content-type': type }, payload });
const linkIn = (mail: string) => /https:\/\/data\.shop\.example\S+/.exec(mail)![0];
const yes = {
  userId: 'reader',
  choices: { 'marketing-email': true, analytics: true },
  confirm: { email: EMAIL },
};
const stopLink = async () => {
  const { headers } = (
    await one.post('/v1/consent/mail-headers', shop.serverKey, {
      userId: 'reader',
      purpose: 'marketing-email',
    })
  ).json();
  return headers as Record<string, string>;
};

describe('a yes to mails', () => {
  it('counts once whoever reads the mailbox has confirmed it, and not because a program fetched the link', async () => {
    const asked = await choose(yes);
    expect(asked.body).toMatchObject({ waiting: ['marketing-email'], choices: { analytics: 'granted' } });
    expect(await standing()).toBeUndefined();
    const mail = box.mails.at(-1)!;
    expect(mail).toContain(`To: ${EMAIL}`);
    const link = linkIn(mail);
    expect(link).not.toContain('reader');
    const page = await one.send({ url: link.replace(PUBLIC, '') });
    expect([page.statusCode, page.headers['set-cookie']]).toEqual([200, undefined]);
    expect(page.body.match(/<button>/g)).toHaveLength(1);
    expect(await standing()).toBeUndefined();
    expect((await click(link)).statusCode).toBe(200);
    expect(await standing()).toBe('granted');
    expect((await click(link)).statusCode).toBe(200);
  });

  it('is not confirmed again by an old link after a withdrawal, nor by one that is over or changed', async () => {
    const link = linkIn(box.mails.at(-1)!);
    await choose({ userId: 'reader', choices: { 'marketing-email': false } });
    expect((await click(link)).statusCode).toBe(410);
    expect(await standing()).toBe('refused');
    await choose(yes);
    const fresh = linkIn(box.mails.at(-1)!);
    // Not the last sign: some of its bits stand for nothing.
    const changed = `${fresh.slice(0, -5)}${fresh.at(-5) === 'A' ? 'B' : 'A'}${fresh.slice(-4)}`;
    expect((await click(changed)).statusCode).toBe(410);
    ctx.clock.advance(8 * 86_400_000);
    expect((await click(fresh)).statusCode).toBe(410);
    expect(await standing()).toBe('refused');
  });

  it('without an address is refused, and what cannot be mailed is not recorded', async () => {
    expect((await choose({ userId: 'reader', choices: { 'marketing-email': true } })).body.error.code).toBe(
      'invalid_body',
    );
    const broken = await gateContext({
      env: { BAILEE_PUBLIC_URL: PUBLIC, BAILEE_SMTP_URL: 'smtp://127.0.0.1:1' },
    });
    const other = await makeStore(broken);
    const server = await testServer(broken);
    const answer = await server.post('/v1/consent/choices', other.serverKey, yes);
    expect([answer.statusCode, answer.json().error.code]).toEqual([503, 'mail_unavailable']);
    expect(server.log()).not.toContain(EMAIL);
  });
});

describe('a mail', () => {
  it('carries the two headers of RFC 8058, whose link stops it with one click, without a key or a redirect', async () => {
    await choose(yes);
    await click(linkIn(box.mails.at(-1)!));
    expect(await standing()).toBe('granted');
    const headers = await stopLink();
    expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    const link = headers['List-Unsubscribe']!.slice(1, -1);
    expect(link.startsWith(`${PUBLIC}/v1/unsubscribe/`)).toBe(true);
    expect((await one.send({ url: link.replace(PUBLIC, '') })).body.match(/<button>/g)).toHaveLength(1);
    expect(await standing()).toBe('granted');
    expect((await click(link, 'something=else')).statusCode).toBe(400);
    const answer = await click(link);
    expect([answer.statusCode, answer.headers.location, answer.headers['set-cookie']]).toEqual([
      200,
      undefined,
      undefined,
    ]);
    expect(await standing()).toBe('refused');
    expect((await click(link)).statusCode).toBe(200);
    const parts =
      '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n';
    expect((await click(link, parts, 'multipart/form-data; boundary=b')).statusCode).toBe(200);
  });

  it('to be stopped by a forged link is not', async () => {
    expect((await click(`${PUBLIC}/v1/unsubscribe/AAAA`)).statusCode).toBe(410);
    const browser = await one.post('/v1/consent/mail-headers', shop.browserKey, {
      userId: 'reader',
      purpose: 'marketing-email',
    });
    expect(browser.statusCode).toBe(403);
  });
});

describe('an unsubscribe that a mail service tells of', () => {
  const tell = (body: unknown, secret = storeSecret(ctx, shop.store, 'webhook', 1), at = ctx.clock.now()) => {
    const payload = JSON.stringify(body);
    const t = Math.floor(at / 1000);
    const v1 = createHmac('sha256', secret).update(`${t}.${payload}`).digest('hex');
    const headers = { 'x-bailee-signature': `t=${t},v1=${v1}`, 'content-type': 'application/json' };
    return one.send({
      method: 'POST',
      url: `/v1/consent/unsubscribes?writeKey=${shop.browserKey}`,
      headers,
      payload,
    });
  };

  it('is a no, in the words of each service, once', async () => {
    await choose(yes);
    await click(linkIn(box.mails.at(-1)!));
    const generic = {
      events: [
        { type: 'unsubscribe', email: EMAIL },
        { type: 'bounce', email: 'x@example.com' },
      ],
    };
    expect((await tell(generic)).json()).toEqual({ received: 1, stopped: 1, unknown: 0 });
    expect(await standing()).toBe('refused');
    expect((await tell([{ event: 'spamreport', email: EMAIL }])).json()).toMatchObject({
      received: 1,
      stopped: 0,
    });
    const ses = {
      Message: JSON.stringify({
        notificationType: 'Complaint',
        complaint: { complainedRecipients: [{ emailAddress: 'nobody@example.com' }] },
      }),
    };
    expect((await tell(ses)).json()).toMatchObject({ received: 1, unknown: 1 });
  });

  it('unsigned, forged or late is refused and counted', async () => {
    const body = { events: [{ type: 'unsubscribe', email: EMAIL }] };
    const late = ctx.clock.now() - 600_000;
    for (const answer of [await tell(body, Buffer.alloc(32)), await tell(body, undefined, late)])
      expect(answer.json().error.code).toBe('forbidden');
    const { values } = await ctx.metrics.browserAttacks.get();
    expect(values.find((each) => each.labels.kind === 'forged-unsubscribe')?.value).toBe(2);
  });
});

describe('the privacy officer', () => {
  it('publishes a version in a store’s own words, and nobody else does', async () => {
    const body = {
      substance: true,
      change: 'We now ask for research.',
      purposes: ['analytics', 'research'],
      texts: { en: { text: { title: 'A question' } } },
    };
    const publish = (key: string, payload: object = body) =>
      one.send({ method: 'PUT', url: '/api/notices', headers: { authorization: `Bearer ${key}` }, payload });
    expect((await publish(shop.apiKeys.support)).statusCode).toBe(403);
    const answer = await publish(shop.apiKeys['privacy-officer']);
    expect(answer.json()).toMatchObject({ version: 1, ledgerIndex: expect.any(Number) });
    const shown = (await one.send({ url: `/v1/consent/notice?lang=en&writeKey=${shop.browserKey}` })).json();
    expect(shown).toMatchObject({ version: 1, text: { title: 'A question' } });
    expect(shown.purposes.map((each: { purpose: string }) => each.purpose)).toEqual([
      'analytics',
      'research',
    ]);
    const bad = await publish(shop.apiKeys['privacy-officer'], { ...body, purposes: ['legal-duty'] });
    expect(bad.json().error.code).toBe('invalid_purpose');
  });

  it('turns on the languages of advertising; before that none is spoken', async () => {
    const headers = { 'x-write-key': shop.browserKey, 'sec-gpc': '1' };
    const signals = async () => (await one.send({ url: '/v1/consent/signals', headers })).json();
    expect(await signals()).toEqual({ gpc: 'honored', sale: 'closed' });
    const payload = { consentMode: true, gpp: true };
    const officer = { authorization: `Bearer ${shop.apiKeys['privacy-officer']}` };
    await one.send({ method: 'PUT', url: '/api/consent/settings', headers: officer, payload });
    expect(await signals()).toMatchObject({
      consentMode: { ad_storage: 'denied' },
      gpp: expect.stringMatching(/^DB/),
    });
  });

  it('registers a public key for customer tokens; a new secret voids the old one', async () => {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    const settings = { tokenKeys: [{ ...(await exportJWK(publicKey)), alg: 'EdDSA' }] };
    const headers = { authorization: `Bearer ${shop.apiKeys.administrator}` };
    const set = await one.send({ method: 'PUT', url: '/api/consent/settings', headers, payload: settings });
    expect(set.json()).toMatchObject({ tokenKeys: 1, tcf: false });
    const now = Math.floor(ctx.clock.now() / 1000);
    const jwt = (alg: string) =>
      new SignJWT({})
        .setProtectedHeader({ alg })
        .setSubject('reader')
        .setAudience(shop.store)
        .setIssuedAt(now)
        .setExpirationTime(now + 60);
    const read = (token: string) =>
      one.send({
        url: '/v1/consent/choices',
        headers: { authorization: `Bearer ${token}`, 'x-write-key': shop.browserKey },
      });
    expect((await read(await jwt('EdDSA').sign(privateKey))).statusCode).toBe(200);
    const old = storeSecret(ctx, shop.store, 'customer-token', 1);
    expect((await read(await jwt('HS256').sign(old))).statusCode).toBe(200);
    const { customerTokenSecret } = (
      await one.post('/api/consent/secrets', shop.apiKeys.administrator, {})
    ).json();
    expect((await read(await jwt('HS256').sign(old))).statusCode).toBe(403);
    expect(
      (await read(await jwt('HS256').sign(Buffer.from(customerTokenSecret, 'base64url')))).statusCode,
    ).toBe(200);
  });
});
