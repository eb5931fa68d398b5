import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dateReader } from '../../src/collect/import-dates.ts';
import { type Mailbox, mailbox } from '../kit/mailbox.ts';
import { type TestServer, testServer } from '../kit/server.ts';
import { Browser, joined } from '../kit/staff.ts';
import { gateContext, makeStore, type TestStore } from '../kit/store.ts';

const PUBLIC = 'https://data.shop.example';

let ctx: Awaited<ReturnType<typeof gateContext>>;
let shop: TestStore;
let box: Mailbox;
let one: TestServer;
const mailing = async (url: string) => {
  const made = await gateContext({ env: { BAILEE_PUBLIC_URL: PUBLIC, BAILEE_SMTP_URL: url } });
  return { ctx: made, shop: await makeStore(made), one: await testServer(made) };
};
beforeAll(async () => {
  box = await mailbox();
  ({ ctx, shop, one } = await mailing(box.url));
  await one.post('/v1/identify', shop.serverKey, {
    userId: 'reader',
    traits: { email: 'reader@example.com' },
  });
});

const choose = (server: TestServer, key: string, email: string) =>
  server.send({
    ...{ method: 'POST', url: '/v1/consent/choices', headers: { 'x-write-key': key } },
    payload: { userId: 'reader', choices: { 'marketing-email': true }, confirm: { email } },
  });

describe('a key, a session, a link or a token', () => {
  it('opens what it was made for, and nothing in the place of another', async () => {
    const { session } = await joined(ctx, shop.store, ['privacy-officer']);
    expect((await new Browser(one.server, session).get('/api/undeclared')).statusCode).toBe(200);
    expect((await one.get('/api/undeclared', session)).statusCode).toBe(401);
    expect(
      (await new Browser(one.server, shop.apiKeys['privacy-officer']).get('/api/session')).statusCode,
    ).toBe(401);
    const { headers } = (
      await one.post('/v1/consent/mail-headers', shop.serverKey, {
        userId: 'reader',
        purpose: 'marketing-email',
      })
    ).json() as { headers: Record<string, string> };
    const [, stop] = /unsubscribe\/([\w-]+)/.exec(headers['List-Unsubscribe']!)!;
    expect((await one.get(`/v1/unsubscribe/${stop}`)).statusCode).toBe(200);
    expect((await one.get(`/v1/consent/confirm/${stop}`)).statusCode).toBe(410);
    expect((await one.get('/api/undeclared', stop!)).statusCode).toBe(401);
  });

  it('signed by a key that it brings along or points to is signed by nobody', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const jwk = await exportJWK(publicKey);
    const seconds = Math.floor(ctx.clock.now() / 1000);
    for (const more of [
      { jwk },
      { jku: 'https://evil.example/keys' },
      { kid: '../../dev/null' },
      { x5u: 'https://evil.example/c' },
    ]) {
      const token = await new SignJWT({})
        .setProtectedHeader({ alg: 'ES256', ...more })
        .setSubject('reader')
        .setAudience(shop.store)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + 600)
        .sign(privateKey);
      const headers = { authorization: `Bearer ${token}`, 'x-write-key': shop.browserKey };
      const answer = await one.send({ url: '/v1/consent/choices', headers });
      expect([answer.statusCode, answer.json().error.code]).toEqual([403, 'forbidden']);
    }
  });
});

describe('a mail', () => {
  it('goes to the one address it is for, whatever line or header hides in that address', async () => {
    const hidden = [
      ...['reader@example.com\r\nBcc: evil@example.com', 'reader@example.com\nRCPT TO:<evil@example.com>'],
      ...[
        'reader@example.com, evil@example.com',
        'evil@example.com;reader@example.com',
        '<evil@example.com>\r\n.\r\n',
      ],
    ];
    expect((await choose(one, shop.serverKey, 'reader@example.com')).statusCode).toBe(200);
    for (const email of hidden) {
      const answer = await choose(one, shop.serverKey, email);
      expect([answer.statusCode, answer.json().error.code]).toEqual([400, 'invalid_body']);
    }
    expect(box.mails).toHaveLength(1);
    expect(box.mails[0]!.match(/^To: reader@example\.com\r$/gm)).toHaveLength(1);
  });

  it('is given to no server whose certificate nobody vouches for', async () => {
    let given = 0;
    const stranger = new SMTPServer({
      ...{ secure: true, authOptional: true },
      onData(stream, _session, done) {
        given += 1;
        stream.resume().on('end', () => done());
      },
    });
    stranger.on('error', () => undefined);
    stranger.listen(0, '127.0.0.1');
    await once(stranger.server, 'listening');
    afterAll(() => new Promise<void>((closed) => stranger.close(() => closed())));
    const { port } = stranger.server.address() as AddressInfo;
    const far = await mailing(`smtps://127.0.0.1:${port}`);
    await far.one.post('/v1/identify', far.shop.serverKey, {
      userId: 'reader',
      traits: { email: 'reader@example.com' },
    });
    const answer = await choose(far.one, far.shop.serverKey, 'reader@example.com');
    expect([answer.statusCode, answer.json().error?.code, given]).toEqual([503, 'mail_unavailable', 0]);
  });
});

describe('a format of dates', () => {
  it('is words and places, never a pattern: its signs stand for themselves', () => {
    expect(dateReader('YYYY.MM.DD', 'UTC')('2026x11x26')).toBeNull();
    expect(dateReader('YYYY.MM.DD', 'UTC')('2026.11.26')).toBe(Date.UTC(2026, 10, 26));
    expect(dateReader('(a+)+YYYY-MM-DD', 'UTC')(`${'a'.repeat(50)}2026-11-26`)).toBeNull();
  });
});
