import { beforeAll, describe, expect, it } from 'vitest';
import { type TestGate, testGate, testStore } from '../../../test/kit/gate.ts';
import { type TestServer, testServer } from '../../../test/kit/server.ts';
import { Browser, codeAt, type Joined, joined, PASSWORD } from '../../../test/kit/staff.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let ctx: TestGate;
let one: TestServer;
let two: TestServer;
let store: string;
beforeAll(async () => {
  ctx = await testGate();
  one = await testServer(ctx);
  // A second node on the same database.
  two = await testServer(ctx);
  store = (await testStore(ctx)).id;
});

const fresh = () => new Browser(one.server);
const code = (person: Joined, steps = 0) => codeAt(person.totpSecret, ctx.clock.now() + steps * 30_000);
async function signIn(person: Joined): Promise<Browser> {
  ctx.clock.advance(MINUTE);
  const browser = fresh();
  await browser.post('/api/session', { email: person.email, password: PASSWORD });
  const answer = await browser.post('/api/session/code', { code: code(person) });
  expect(answer.statusCode).toBe(200);
  return browser;
}
const errorOf = (answer: { json(): unknown }) => (answer.json() as { error: { code: string } }).error.code;
async function stepsOf(person: string): Promise<number> {
  const { rows } = await ctx.db.query<{ n: string }>({
    text: `SELECT count(*) AS n FROM bailee.opening WHERE kind = 'staff'`,
  });
  return person === '' ? 0 : Number(rows[0]!.n);
}

describe('signing in', () => {
  it('takes a password and a code, and shows who is signed in as what', async () => {
    const ana = await joined(ctx, store, ['support', 'order-desk'], { name: 'Ana Lima' });
    const browser = await signIn(ana);
    const answer = await browser.get('/api/session');
    expect(answer.json()).toMatchObject({
      person: { id: ana.id, name: 'Ana Lima', email: ana.email },
      role: 'order-desk',
      roles: ['order-desk', 'support'],
      factors: ['password', 'code'],
      trainingMissing: [],
    });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('keeps the session in a cookie that no script, no other host and no other site can use', async () => {
    const ana = await joined(ctx, store, ['support']);
    const browser = fresh();
    const answer = await browser.post('/api/session', { email: ana.email, password: PASSWORD });
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/^__Host-bailee=[A-Za-z0-9_-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
    expect(answer.body).not.toContain(browser.cookie!);
    const { rows } = await ctx.db.query<{ hash: Buffer }>({ text: 'SELECT hash FROM bailee.session' });
    expect(rows.some(({ hash }) => hash.includes(browser.cookie!))).toBe(false);
  });

  it('opens nothing after the password alone', async () => {
    const ana = await joined(ctx, store, ['support']);
    const browser = fresh();
    const answer = await browser.post('/api/session', { email: ana.email, password: PASSWORD });
    expect(answer.json()).toEqual({ next: 'code' });
    const session = await browser.get('/api/session');
    expect([session.statusCode, errorOf(session)]).toEqual([401, 'sign_in_required']);
  });

  it('gives a new session after each proof, so that one that was planted before is worth nothing', async () => {
    const ana = await joined(ctx, store, ['support']);
    ctx.clock.advance(MINUTE);
    const browser = fresh();
    await browser.post('/api/session', { email: ana.email, password: PASSWORD });
    const partial = browser.cookie;
    await browser.post('/api/session/code', { code: code(ana) });
    expect(browser.cookie).not.toBe(partial);
    const planted = await new Browser(one.server, partial).get('/api/session');
    expect(planted.statusCode).toBe(401);
  });

  it('refuses a code that was used before, and one of another time', async () => {
    const ana = await joined(ctx, store, ['support']);
    await signIn(ana);
    const browser = fresh();
    await browser.post('/api/session', { email: ana.email, password: PASSWORD });
    const replayed = await browser.post('/api/session/code', { code: code(ana) });
    expect([replayed.statusCode, errorOf(replayed)]).toEqual([401, 'sign_in_refused']);
    const old = await browser.post('/api/session/code', { code: code(ana, -4) });
    expect(errorOf(old)).toBe('sign_in_refused');
    ctx.clock.advance(MINUTE);
    expect((await browser.post('/api/session/code', { code: code(ana) })).statusCode).toBe(200);
  });

  it('takes a recovery code once', async () => {
    const ana = await joined(ctx, store, ['support']);
    expect(ana.recoveryCodes).toHaveLength(10);
    const [recovery] = ana.recoveryCodes;
    const sign = async () => {
      const browser = fresh();
      await browser.post('/api/session', { email: ana.email, password: PASSWORD });
      return (await browser.post('/api/session/code', { code: recovery!.toLowerCase() })).statusCode;
    };
    expect([await sign(), await sign()]).toEqual([200, 401]);
  });

  it('says the same of an address that nobody has and of a wrong password', async () => {
    const ana = await joined(ctx, store, ['support']);
    const wrong = await fresh().post('/api/session', { email: ana.email, password: 'something else' });
    const nobody = await fresh().post('/api/session', { email: 'nobody@shop.example', password: PASSWORD });
    expect(wrong.statusCode).toBe(401);
    const without = (answer: { json(): unknown }) => {
      const { error } = answer.json() as { error: Record<string, unknown> };
      return { ...error, requestId: null };
    };
    expect(without(nobody)).toEqual(without(wrong));
  });

  it('is stopped after five wrong tries from one network, and not for others behind it', async () => {
    const ana = await joined(ctx, store, ['support']);
    const bea = await joined(ctx, store, ['support']);
    const tries = [];
    for (let at = 0; at < 6; at += 1)
      tries.push((await fresh().post('/api/session', { email: ana.email, password: 'wrong' })).statusCode);
    expect(tries).toEqual([401, 401, 401, 401, 401, 429]);
    const right = await fresh().post('/api/session', { email: ana.email, password: PASSWORD });
    expect([right.statusCode, errorOf(right)]).toEqual([429, 'too_many_tries']);
    expect((await fresh().post('/api/session', { email: bea.email, password: PASSWORD })).statusCode).toBe(
      200,
    );
    ctx.clock.advance(16 * MINUTE);
    expect((await fresh().post('/api/session', { email: ana.email, password: PASSWORD })).statusCode).toBe(
      200,
    );
  });

  it('counts tries that come at once, so that none is free', async () => {
    const ana = await joined(ctx, store, ['support']);
    const all = await Promise.all(
      Array.from({ length: 12 }, () => fresh().post('/api/session', { email: ana.email, password: 'wrong' })),
    );
    expect(all.filter(({ statusCode }) => statusCode === 401)).toHaveLength(5);
  });

  const FOREIGN = [{ 'sec-fetch-site': 'cross-site' }, { 'x-bailee-console': undefined }];

  it('refuses what comes from another site or without the mark of the console', async () => {
    const ana = await joined(ctx, store, ['support']);
    const token = 'a'.repeat(43);
    const doors = [
      ['/api/session', { email: ana.email, password: PASSWORD }],
      ['/api/invitation', { token }],
      ['/api/invitation/accept', { token, password: PASSWORD }],
    ] as const;
    for (const headers of FOREIGN)
      for (const [door, body] of doors)
        expect((await fresh().post(door, body, headers)).statusCode, door).toBe(403);
    const browser = await signIn(ana);
    for (const headers of [{ 'sec-fetch-site': 'same-site' }, { 'x-bailee-console': undefined }]) {
      const forged = await browser.post('/api/session/language', { language: 'zh-CN' }, headers);
      expect(forged.statusCode).toBe(403);
    }
  });

  it('takes the second proof from the console alone, and a refused one costs nothing', async () => {
    const ana = await joined(ctx, store, ['support']);
    ctx.clock.advance(MINUTE);
    const browser = fresh();
    await browser.post('/api/session', { email: ana.email, password: PASSWORD });
    for (const headers of FOREIGN)
      expect((await browser.post('/api/session/code', { code: code(ana) }, headers)).statusCode).toBe(403);
    expect((await browser.post('/api/session/code', { code: code(ana) })).statusCode).toBe(200);
  });

  it('leaves no address, password, code or session in the log', async () => {
    const ana = await joined(ctx, store, ['support']);
    const browser = await signIn(ana);
    for (const secret of [ana.email, PASSWORD, ana.totpSecret, browser.cookie!])
      expect(one.log()).not.toContain(secret);
  });
});

describe('a session', () => {
  it('ends after half an hour without use, and after a working day with it', async () => {
    const ana = await joined(ctx, store, ['support']);
    const idle = await signIn(ana);
    ctx.clock.advance(31 * MINUTE);
    expect((await idle.get('/api/session')).statusCode).toBe(401);
    const busy = await signIn(ana);
    const seen = [];
    for (let at = 0; at < 31; at += 1) {
      ctx.clock.advance(20 * MINUTE);
      seen.push((await busy.get('/api/session')).statusCode);
    }
    expect(seen.indexOf(401)).toBe(29);
  });

  it('is over on every node once it ended, a person left, or a role was taken', async () => {
    const admin = await joined(ctx, store, ['administrator']);
    const ana = await joined(ctx, store, ['support', 'auditor']);
    const bea = await joined(ctx, store, ['support']);
    const browser = await signIn(ana);
    const there = (session: string | null) => new Browser(two.server, session).get('/api/session');
    expect((await there(browser.cookie)).json()).toMatchObject({ role: 'auditor' });
    const boss = await signIn(admin);
    const taken = await boss.post(`/api/staff/${ana.id}`, { roles: [{ role: 'support' }] });
    expect(taken.statusCode).toBe(200);
    expect((await there(browser.cookie)).json()).toMatchObject({ role: 'support', roles: ['support'] });
    const value = browser.cookie;
    await browser.post('/api/session/end');
    expect((await there(value)).statusCode).toBe(401);
    const open = await signIn(bea);
    expect((await boss.post(`/api/staff/${bea.id}/leave`)).statusCode).toBe(200);
    expect((await there(open.cookie)).statusCode).toBe(401);
    const again = await fresh().post('/api/session', { email: bea.email, password: PASSWORD });
    expect(errorOf(again)).toBe('sign_in_refused');
  });

  it('is listed with its device, and can be ended from another one', async () => {
    const ana = await joined(ctx, store, ['support']);
    const phone = await signIn(ana);
    const desk = await signIn(ana);
    const { sessions } = (await desk.get('/api/session/list')).json() as {
      sessions: { id: string; current: boolean; device: string }[];
    };
    expect(sessions.filter(({ current }) => current)).toHaveLength(1);
    expect(sessions.length).toBeGreaterThanOrEqual(2);
    const others = sessions.filter(({ current }) => !current);
    for (const { id } of others) await desk.post(`/api/session/list/${id}/end`);
    expect((await phone.get('/api/session')).statusCode).toBe(401);
    expect((await desk.get('/api/session')).statusCode).toBe(200);
  });

  it('of another person cannot be ended by its id', async () => {
    const ana = await joined(ctx, store, ['support']);
    const bea = await joined(ctx, store, ['support']);
    const own = await signIn(ana);
    const { sessions } = (await own.get('/api/session/list')).json() as { sessions: { id: string }[] };
    const other = await signIn(bea);
    const answer = await other.post(`/api/session/list/${sessions[0]!.id}/end`);
    expect([answer.statusCode, errorOf(answer)]).toEqual([404, 'not_found']);
  });

  it('acts only in roles that the person holds, and not after their time', async () => {
    const admin = await joined(ctx, store, ['administrator']);
    const ana = await joined(ctx, store, ['support']);
    const boss = await signIn(admin);
    const until = new Date(ctx.clock.now() + HOUR).toISOString();
    await boss.post(`/api/staff/${ana.id}`, { roles: [{ role: 'support' }, { role: 'analyst', until }] });
    const browser = await signIn(ana);
    expect((await browser.post('/api/session/role', { role: 'support' })).statusCode).toBe(200);
    expect((await browser.post('/api/session/role', { role: 'auditor' })).statusCode).toBe(403);
    await browser.post('/api/session/role', { role: 'analyst' });
    for (let at = 0; at < 4; at += 1) {
      ctx.clock.advance(16 * MINUTE);
      await browser.get('/api/session');
    }
    expect((await browser.get('/api/session')).json()).toMatchObject({ role: 'support', roles: ['support'] });
  });

  it('asks for a new proof before rights are changed, ten minutes after the last', async () => {
    const admin = await joined(ctx, store, ['administrator']);
    const boss = await signIn(admin);
    ctx.clock.advance(11 * MINUTE);
    const body = { name: 'Night shift' };
    const refused = await boss.post('/api/staff/teams', body);
    expect([refused.statusCode, errorOf(refused)]).toEqual([403, 'step_up_required']);
    const wrong = await boss.post('/api/session/step-up', { code: '000000' });
    expect(errorOf(wrong)).toBe('sign_in_refused');
    expect((await boss.post('/api/session/step-up', { code: code(admin) })).statusCode).toBe(200);
    expect((await boss.post('/api/staff/teams', body)).statusCode).toBe(200);
  });

  it('ends everywhere else when the password changes, and the new one must be hard to guess', async () => {
    const ana = await joined(ctx, store, ['support']);
    const elsewhere = await signIn(ana);
    const here = await signIn(ana);
    const change = (password: string, current = PASSWORD) =>
      here.post('/api/session/password', { current, password });
    expect(errorOf(await change('short'))).toBe('weak_password');
    expect(errorOf(await change('password12345'))).toBe('weak_password');
    expect(errorOf(await change('orchard thistle seven lanterns', 'wrong'))).toBe('sign_in_refused');
    expect((await change('orchard thistle seven lanterns')).statusCode).toBe(200);
    expect((await elsewhere.get('/api/session')).statusCode).toBe(401);
    expect((await here.get('/api/session')).statusCode).toBe(200);
  });

  it('is kept ten at a time, the oldest going first', async () => {
    const ana = await joined(ctx, store, ['support']);
    const browsers = [];
    for (let at = 0; at < 11; at += 1) browsers.push(await signIn(ana));
    expect((await browsers[0]!.get('/api/session')).statusCode).toBe(401);
    expect((await browsers[10]!.get('/api/session')).statusCode).toBe(200);
  });

  it('and every refusal before it are entries of the ledger', async () => {
    const before = await stepsOf('all');
    const ana = await joined(ctx, store, ['support']);
    await fresh().post('/api/session', { email: ana.email, password: 'wrong' });
    await (await signIn(ana)).post('/api/session/end');
    // invited, joined, signed in, refused, signed in, signed out
    expect((await stepsOf('all')) - before).toBe(6);
  });
});
