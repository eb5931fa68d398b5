import { verify } from '@node-rs/argon2';
import { beforeAll, describe, expect, it } from 'vitest';
import { OPERATOR } from '../../src/staff/people/by.ts';
import { invite } from '../../src/staff/people/invite.ts';
import { type TestGate, testGate, testStore } from '../kit/gate.ts';
import { type TestServer, testServer } from '../kit/server.ts';
import { Browser, codeAt, type Joined, joined, PASSWORD } from '../kit/staff.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const STRONG = 'orchard thistle seven lanterns';

let ctx: TestGate;
let one: TestServer;
let store: string;
let ana: Joined;
let desk: Browser;
beforeAll(async () => {
  ctx = await testGate();
  one = await testServer(ctx);
  store = (await testStore(ctx)).id;
  ana = await joined(ctx, store, ['support'], { name: 'Ana Quintanilha', email: 'ana.q@teahouse.example' });
  desk = new Browser(one.server, ana.session);
});

/** Changes the password from `before`; answers the status, and sets it back when it was taken. */
async function takes(password: string, before = PASSWORD): Promise<number> {
  ctx.clock.advance(16 * MINUTE);
  const change = (current: string, next: string) =>
    desk.post('/api/session/password', { current, password: next });
  const answer = await change(before, password);
  if (answer.statusCode === 200) expect((await change(password, before)).statusCode).toBe(200);
  return answer.statusCode;
}
const password = (email: string, text: string) =>
  new Browser(one.server).post('/api/session', { email, password: text });

describe('a password', () => {
  it('may be of any characters, spaces and scripts, up to 200 of them: no kind is demanded', async () => {
    const fine = [
      ...[
        STRONG,
        'ORCHARDTHISTLELANTERNVEX',
        '冬の灯台と七つの錆びた鍵を数える人',
        '71 04 93 85 26 60 17 48',
      ],
      ...['🜁🜃🜂🜄 völlig ünmöglich ☂ zü ratén', `${'quixotic zephyr '.repeat(8)}87`],
    ];
    for (const text of fine) expect({ text, status: await takes(text) }).toEqual({ text, status: 200 });
    expect(fine.some((text) => text.length > 128)).toBe(true);
  });

  it('is refused under twelve characters, and over two hundred rather than cut', async () => {
    expect(await takes('tq7!Vz#x0Lp')).toBe(400);
    expect(await takes('k7'.repeat(101))).toBe(400);
  });

  it('is refused when it stands in the lists of common and leaked ones, or is hardly more', async () => {
    const leaked = [
      ...[
        'password1234',
        'passwordpassword',
        'qwertyuiopasdf',
        '1q2w3e4r5t6y',
        'iloveyou1234',
        'unbelievable',
      ],
      ...['123456789012', 'administrator', 'letmeinletmein', 'Passw0rd1234', 'aaaaaaaaaaaa', 'abcdefghijkl'],
    ];
    for (const text of leaked) expect({ text, status: await takes(text) }).toEqual({ text, status: 400 });
  });

  it('is refused when it is made of the person’s name, their address or the shop', async () => {
    const { rows } = await ctx.db.query<{ name: string }>({
      text: 'SELECT name FROM bailee.store WHERE id = $1',
      values: [store],
    });
    for (const text of ['Quintanilha2', 'ana quintanilha', 'ana.q@teahouse.example', `${rows[0]!.name} 2026`])
      expect({ text, status: await takes(text) }).toEqual({ text, status: 400 });
  });

  it('is checked as it was typed: in its case, to its last character, with its spaces', async () => {
    const long = `${STRONG} ${'x1 Ünder '.repeat(9)}end`;
    const bea = await joined(ctx, store, ['support']);
    const browser = new Browser(one.server, bea.session);
    const changed = await browser.post('/api/session/password', { current: PASSWORD, password: long });
    expect(changed.statusCode).toBe(200);
    for (const other of [long.toUpperCase(), long.slice(0, 72), long.slice(0, -1), ` ${long}`, `${long} `]) {
      ctx.clock.advance(16 * MINUTE);
      expect((await password(bea.email, other)).statusCode).toBe(401);
    }
    expect((await password(bea.email, long)).statusCode).toBe(200);
  });

  it('is kept as argon2id with 19 MiB, two passes and a salt of its own, and nowhere else', async () => {
    const bea = await joined(ctx, store, ['support']);
    const { rows } = await ctx.db.query<{ id: string; password: string }>({
      text: 'SELECT id, password FROM bailee.person WHERE password IS NOT NULL',
    });
    for (const row of rows)
      expect(row.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[^$]{22}\$[^$]{43}$/);
    expect(new Set(rows.map((row) => row.password.split('$')[4])).size).toBe(rows.length);
    const own = rows.find(({ id }) => id === bea.id)!;
    expect(await verify(own.password, PASSWORD)).toBe(true);
  });

  it('stays good until somebody changes it: none runs out', async () => {
    const bea = await joined(ctx, store, ['support']);
    ctx.clock.advance(400 * DAY);
    expect((await password(bea.email, PASSWORD)).statusCode).toBe(200);
    ctx.clock.advance(-400 * DAY);
  });
});

describe('an account', () => {
  it('is there for nobody who was not invited: no name of a system opens anything', async () => {
    const empty = await testGate();
    const { rows } = await empty.db.query({ text: 'SELECT id FROM bailee.person' });
    expect(rows).toEqual([]);
    for (const email of [
      'admin@localhost',
      'root@localhost',
      'admin@bailee.example',
      'sa@localhost',
      'test@test.test',
    ])
      for (const text of ['admin', 'password', ''])
        expect([400, 401, 429]).toContain((await password(email, text)).statusCode);
  });

  it('has no hint, no secret question and no way to a password by mail', async () => {
    const { rows } = await ctx.db.query<{ name: string }>({
      text: `SELECT column_name AS name FROM information_schema.columns
             WHERE table_schema = 'bailee' AND table_name IN ('person', 'invitation', 'recovery_code')`,
    });
    expect(rows.length).toBeGreaterThan(15);
    expect(rows.filter(({ name }) => /hint|question|answer|phone|sms/.test(name))).toEqual([]);
    const paths = Object.keys((await one.get('/openapi.json')).json().paths as object);
    expect(paths.filter((path) => /forgot|reset|hint|question/.test(path))).toEqual([]);
  });

  it('is begun by its own link, however many links strangers have guessed from everywhere', async () => {
    const by = { id: OPERATOR, store };
    const whom = { email: 'new.one@shop.example', name: 'New One', language: 'en' } as const;
    const roles = [{ role: 'support', until: null }] as const;
    const { token } = await invite(ctx, { by, ...whom, roles, teams: [] });
    const follow = (link: string, remoteAddress: string) =>
      one.send({
        ...{ method: 'POST', url: '/api/invitation', remoteAddress },
        ...{ headers: { 'x-bailee-console': '1' }, payload: { token: link } },
      });
    for (let at = 0; at < 60; at += 1)
      expect((await follow('x'.repeat(40) + String(100 + at), `10.0.${at}.1`)).statusCode).toBe(404);
    expect((await follow(token, '198.51.100.7')).statusCode).toBe(200);
  });

  it('has codes and secrets of at least 112 random bits, of which no two are alike', async () => {
    const bea = await joined(ctx, store, ['support']);
    const codes = [...ana.recoveryCodes, ...bea.recoveryCodes];
    expect(new Set(codes).size).toBe(20);
    for (const code of codes) expect(code).toMatch(/^([A-Z2-9]{5}-){4}[A-Z2-9]{5}$/);
    expect(bea.totpSecret).toMatch(/^[A-Z2-7]{32}$/);
    expect(bea.totpSecret).not.toBe(ana.totpSecret);
    const { rows } = await ctx.db.query<{ hash: Buffer }>({
      text: 'SELECT hash FROM bailee.recovery_code WHERE person_id = $1',
      values: [bea.id],
    });
    expect(rows).toHaveLength(10);
    for (const { hash } of rows)
      for (const code of bea.recoveryCodes) expect(hash.toString()).not.toContain(code.replaceAll('-', ''));
  });

  it('is opened by the code of its own step and of the one before and after, and by no older one', async () => {
    const statuses = [];
    for (const steps of [-3, -2, -1, 1, 2, 3]) {
      const bea = await joined(ctx, store, ['support']);
      ctx.clock.advance(10 * MINUTE);
      const browser = new Browser(one.server);
      await browser.post('/api/session', { email: bea.email, password: PASSWORD });
      const code = codeAt(bea.totpSecret, ctx.clock.now() + steps * 30_000);
      statuses.push((await browser.post('/api/session/code', { code })).statusCode);
    }
    expect(statuses).toEqual([401, 401, 200, 200, 401, 401]);
  });
});

describe('leaving', () => {
  it('tells the browser to forget the session and all it holds of the console', async () => {
    const bea = await joined(ctx, store, ['support']);
    const browser = new Browser(one.server, bea.session);
    const answer = await browser.post('/api/session/end');
    expect(answer.headers['clear-site-data']).toBe('"cache", "storage"');
    expect(answer.headers['set-cookie']).toBe(
      '__Host-bailee=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0',
    );
  });

  it('is no more than one click away from another site: a session begins and ends by the console alone', async () => {
    for (const url of ['/api/session', '/api/session/code', '/api/session/end', '/api/invitation/accept'])
      for (const method of ['GET', 'POST'] as const) {
        const answer = await one.send({
          ...{ method, url, headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' } },
          ...(method === 'POST'
            ? { payload: { email: ana.email, password: PASSWORD, token: 'x'.repeat(43), code: '000000' } }
            : {}),
        });
        expect(answer.statusCode).toBeGreaterThanOrEqual(400);
        expect(answer.headers['set-cookie']).toBeUndefined();
      }
  });
});
