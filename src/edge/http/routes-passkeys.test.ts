import { beforeAll, describe, expect, it } from 'vitest';
import { type Lies, SoftPasskey } from '../../../test/kit/authenticator.ts';
import { type TestGate, testGate, testStore } from '../../../test/kit/gate.ts';
import { type TestServer, testServer } from '../../../test/kit/server.ts';
import { Browser, type Joined, joined, PASSWORD } from '../../../test/kit/staff.ts';
import { staffEntries } from '../../../test/kit/staff-entries.ts';

const MINUTE = 60_000;

let ctx: TestGate;
let one: TestServer;
let store: string;
beforeAll(async () => {
  ctx = await testGate();
  one = await testServer(ctx);
  store = (await testStore(ctx)).id;
});

interface Holder {
  readonly person: Joined;
  readonly browser: Browser;
  readonly passkey: SoftPasskey;
}

type Answer = Awaited<ReturnType<Browser['post']>>;
const fresh = () => new Browser(one.server);
const entries = () => staffEntries(ctx);
const errorOf = (answer: Answer) => (answer.json() as { error: { code: string } }).error.code;
const optionsOf = (answer: Answer) => (answer.json() as { options: never }).options;
const refused = (answer: Answer) =>
  expect([answer.statusCode, errorOf(answer)]).toEqual([401, 'sign_in_refused']);

/** A new passkey of whoever sits at this browser. */
async function add(browser: Browser, passkey = new SoftPasskey(), label = 'Phone', lies: Lies = {}) {
  const begun = await browser.post('/api/session/passkeys/begin');
  expect(begun.statusCode).toBe(200);
  const credential = passkey.create(optionsOf(begun), lies);
  return browser.post('/api/session/passkeys/finish', { label, credential });
}

async function holder(roles: Parameters<typeof joined>[2] = ['support']): Promise<Holder> {
  ctx.clock.advance(MINUTE);
  const person = await joined(ctx, store, roles);
  const browser = new Browser(one.server, person.session);
  const passkey = new SoftPasskey();
  expect((await add(browser, passkey)).statusCode).toBe(200);
  return { person, browser, passkey };
}

/** Signs in by passkey; with something that is not so, where given. */
async function signIn(passkey: SoftPasskey, lies: Lies = {}, browser = fresh()) {
  const begun = await browser.post('/api/session/passkey/begin');
  const credential = passkey.get(optionsOf(begun), lies);
  const answer = await browser.post('/api/session/passkey/finish', { credential });
  return { answer, browser, credential };
}

async function stepUp(browser: Browser, passkey: SoftPasskey, lies: Lies = {}) {
  const begun = await browser.post('/api/session/step-up/passkey/begin');
  return browser.post('/api/session/step-up/passkey/finish', {
    credential: passkey.get(optionsOf(begun), lies),
  });
}

describe('a passkey', () => {
  it('signs in without an address, and counts as two factors', async () => {
    const { person, passkey } = await holder();
    const { answer, browser } = await signIn(passkey);
    expect([answer.statusCode, answer.json()]).toEqual([200, { next: 'done' }]);
    const session = await browser.get('/api/session');
    expect(session.json()).toMatchObject({
      person: { id: person.id },
      factors: ['passkey'],
      role: 'support',
    });
    expect((session.json() as { steppedUpUntil: string | null }).steppedUpUntil).not.toBeNull();
    expect((await browser.get('/api/session/passkeys')).json()).toMatchObject({
      passkeys: [{ id: passkey.name, label: 'Phone', usedAt: new Date(ctx.clock.now()).toISOString() }],
    });
  });

  it('is asked for as one that the device keeps, with its owner verified and without naming the device', async () => {
    const { browser, passkey } = await holder();
    const made = optionsOf(await browser.post('/api/session/passkeys/begin'));
    expect(made).toMatchObject({
      rp: { id: 'localhost' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: [{ id: passkey.id.toString('base64url') }],
    });
    const begun = await fresh().post('/api/session/passkey/begin');
    expect(optionsOf(begun)).toMatchObject({ rpId: 'localhost', userVerification: 'required' });
    expect(begun.json()).not.toHaveProperty('options.allowCredentials');
    expect(String(begun.headers['set-cookie'])).toMatch(
      /^__Host-bailee-question=[A-Za-z0-9_-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=300$/,
    );
    expect(begun.body).not.toContain(/question=([^;]*)/.exec(String(begun.headers['set-cookie']))![1]);
  });

  it('answers a challenge once, in the browser that was asked, and within five minutes', async () => {
    const { passkey } = await holder();
    const browser = fresh();
    const begun = await browser.post('/api/session/passkey/begin');
    const question = new Map(browser.others);
    const credential = passkey.get(optionsOf(begun));
    const elsewhere = fresh();
    refused(await elsewhere.post('/api/session/passkey/finish', { credential }));
    expect((await browser.post('/api/session/passkey/finish', { credential })).statusCode).toBe(200);
    const replay = fresh();
    for (const [name, value] of question) replay.others.set(name, value);
    refused(await replay.post('/api/session/passkey/finish', { credential }));
    const late = fresh();
    const asked = await late.post('/api/session/passkey/begin');
    ctx.clock.advance(5 * MINUTE);
    refused(await late.post('/api/session/passkey/finish', { credential: passkey.get(optionsOf(asked)) }));
  });

  it('opens one session, though the same answer comes many times at once', async () => {
    const { passkey } = await holder();
    const browser = fresh();
    const credential = passkey.get(optionsOf(await browser.post('/api/session/passkey/begin')));
    const cookies = new Map(browser.others);
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => {
        const same = fresh();
        for (const [name, value] of cookies) same.others.set(name, value);
        return same.post('/api/session/passkey/finish', { credential });
      }),
    );
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 401, 401, 401]);
  });

  it('is judged once for each challenge, even where the first answer was wrong', async () => {
    const { passkey } = await holder();
    const browser = fresh();
    const options = optionsOf(await browser.post('/api/session/passkey/begin'));
    const question = new Map(browser.others);
    refused(
      await browser.post('/api/session/passkey/finish', {
        credential: passkey.get(options, { verified: false }),
      }),
    );
    for (const [name, value] of question) browser.others.set(name, value);
    refused(await browser.post('/api/session/passkey/finish', { credential: passkey.get(options) }));
  });

  it.each([
    ['a page of another origin', { origin: 'http://localhost:4001' }],
    ['another site', { origin: 'https://bailee.example', rpId: 'bailee.example' }],
    ['another name than ours', { rpId: 'shop.example' }],
    ['another challenge', { challenge: Buffer.alloc(32, 7).toString('base64url') }],
    ['no finger, face or PIN', { verified: false }],
  ] satisfies [string, Lies][])('opens nothing when it answers for %s', async (_, lies) => {
    const { passkey } = await holder();
    const { answer, browser } = await signIn(passkey, lies);
    refused(answer);
    expect(browser.cookie).toBeNull();
    expect((await signIn(passkey)).answer.statusCode).toBe(200);
  });

  it('of one person does not sign in another', async () => {
    const ana = await holder();
    const bea = await holder();
    const handle = Buffer.from(bea.person.id.replaceAll('-', ''), 'hex').toString('base64url');
    refused((await signIn(ana.passkey, { userHandle: handle })).answer);
    const browser = fresh();
    const options = optionsOf(await browser.post('/api/session/passkey/begin'));
    const { id, rawId } = bea.passkey.get(options);
    const mixed = { ...ana.passkey.get(options, { userHandle: handle }), id, rawId };
    refused(await browser.post('/api/session/passkey/finish', { credential: mixed }));
    refused(await stepUp(bea.browser, ana.passkey));
    refused(await stepUp(bea.browser, ana.passkey, { userHandle: handle }));
  });

  it('that counts fewer uses than before is refused as copied, and the ledger has the reason', async () => {
    const { passkey } = await holder();
    expect((await signIn(passkey, { counter: 8 })).answer.statusCode).toBe(200);
    refused((await signIn(passkey, { counter: 8 })).answer);
    refused((await signIn(passkey, { counter: 3 })).answer);
    expect((await entries()).slice(-2)).toMatchObject([
      { step: 'sign-in-refused', factor: 'passkey', why: 'counter' },
      { step: 'sign-in-refused', factor: 'passkey', why: 'counter' },
    ]);
    expect((await signIn(passkey, { counter: 9 })).answer.statusCode).toBe(200);
  });

  it('that was copied and used twice at once opens once', async () => {
    const { passkey } = await holder();
    const browsers = [fresh(), fresh()];
    const asked: never[] = [];
    for (const browser of browsers) asked.push(optionsOf(await browser.post('/api/session/passkey/begin')));
    const answers = await Promise.all(
      browsers.map((browser, at) =>
        browser.post('/api/session/passkey/finish', { credential: passkey.get(asked[at]!, { counter: 5 }) }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 401]);
  });

  it('whose device does not count works on', async () => {
    const { passkey } = await holder();
    for (let at = 0; at < 2; at += 1)
      expect((await signIn(passkey, { counter: 0 })).answer.statusCode).toBe(200);
  });

  it('opens nothing once it was removed, and the sessions that it opened elsewhere end', async () => {
    const { browser, passkey } = await holder();
    const elsewhere = (await signIn(passkey)).browser;
    expect((await browser.post(`/api/session/passkeys/${passkey.name}/remove`)).statusCode).toBe(200);
    expect((await elsewhere.get('/api/session')).statusCode).toBe(401);
    expect((await browser.get('/api/session')).statusCode).toBe(200);
    refused((await signIn(passkey)).answer);
    expect((await browser.get('/api/session/passkeys')).json()).toEqual({ passkeys: [] });
  });

  it('opens nothing for somebody who left', async () => {
    const { person, passkey } = await holder();
    const admin = await joined(ctx, store, ['administrator']);
    const boss = new Browser(one.server, admin.session);
    const { rows } = await ctx.db.query<{ public_key: Buffer }>({
      text: 'SELECT public_key FROM bailee.passkey WHERE id = $1',
      values: [passkey.id],
    });
    expect((await boss.post(`/api/staff/${person.id}/leave`)).statusCode).toBe(200);
    refused((await signIn(passkey)).answer);
    // Even if its row were still there.
    await ctx.db.query({
      text: `INSERT INTO bailee.passkey (id, person_id, public_key, counter, label, created_at)
             VALUES ($1, $2, $3, 0, 'Phone', now())`,
      values: [passkey.id, person.id, rows[0]!.public_key],
    });
    refused((await signIn(passkey)).answer);
    expect((await entries()).at(-1)).toMatchObject({ person: person.id, why: 'person' });
  });

  it('is stopped after five wrong answers from one network, for itself alone', async () => {
    const { passkey } = await holder();
    const other = await holder();
    const tries = [];
    for (let at = 0; at < 6; at += 1)
      tries.push((await signIn(passkey, { verified: false })).answer.statusCode);
    expect(tries).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await signIn(passkey)).answer.statusCode).toBe(429);
    expect((await signIn(other.passkey)).answer.statusCode).toBe(200);
    ctx.clock.advance(16 * MINUTE);
    expect((await signIn(passkey)).answer.statusCode).toBe(200);
  });

  it('still opens an account that wrong passwords have shut', async () => {
    const { person, passkey } = await holder();
    const guess = () => fresh().post('/api/session', { email: person.email, password: 'wrong' });
    const tries = [];
    for (let at = 0; at < 6; at += 1) tries.push((await guess()).statusCode);
    expect(tries.at(-1)).toBe(429);
    expect((await signIn(passkey)).answer.statusCode).toBe(200);
  });
});

describe('adding a passkey', () => {
  it('asks for a proof that is fresh, by code or by passkey', async () => {
    const { browser, passkey } = await holder();
    ctx.clock.advance(11 * MINUTE);
    const begun = await browser.post('/api/session/passkeys/begin');
    expect([begun.statusCode, errorOf(begun)]).toEqual([403, 'step_up_required']);
    const removed = await browser.post(`/api/session/passkeys/${passkey.name}/remove`);
    expect(errorOf(removed)).toBe('step_up_required');
    refused(await stepUp(browser, passkey, { verified: false }));
    expect((await stepUp(browser, passkey)).statusCode).toBe(200);
    expect((await add(browser)).statusCode).toBe(200);
  });

  it('is open to nobody who is not signed in', async () => {
    for (const path of ['passkeys/begin', 'step-up/passkey/begin'])
      expect((await fresh().post(`/api/session/${path}`)).statusCode).toBe(401);
    const { person } = await holder();
    const half = fresh();
    await half.post('/api/session', { email: person.email, password: PASSWORD });
    expect((await half.post('/api/session/passkeys/begin')).statusCode).toBe(401);
  });

  it.each([
    ['a page of another origin', { origin: 'https://bailee.example' }],
    ['another name than ours', { rpId: 'shop.example' }],
    ['another challenge', { challenge: Buffer.alloc(32, 7).toString('base64url') }],
    ['no finger, face or PIN', { verified: false }],
  ] satisfies [string, Lies][])('takes none that was made for %s', async (_, lies) => {
    const { browser } = await holder();
    refused(await add(browser, new SoftPasskey(), 'Phone', lies));
  });

  it('takes no answer to a question that another person was asked', async () => {
    const ana = await holder();
    const bea = await holder();
    const options = optionsOf(await ana.browser.post('/api/session/passkeys/begin'));
    for (const [name, value] of ana.browser.others) bea.browser.others.set(name, value);
    const credential = new SoftPasskey().create(options);
    refused(await bea.browser.post('/api/session/passkeys/finish', { label: 'Phone', credential }));
  });

  it('takes each once, ten in all, under a name that can be read', async () => {
    const { browser, passkey } = await holder();
    const again = await add(browser, passkey);
    expect([again.statusCode, errorOf(again)]).toEqual([409, 'conflict']);
    expect(errorOf(await add(browser, new SoftPasskey(), '\u202e \u0000'))).toBe('invalid_body');
    for (let at = 1; at < 10; at += 1) expect((await add(browser)).statusCode).toBe(200);
    const eleventh = await browser.post('/api/session/passkeys/begin');
    expect([eleventh.statusCode, errorOf(eleventh)]).toEqual([409, 'conflict']);
  });

  it('leaves the last way in where it is', async () => {
    const { person, browser, passkey } = await holder();
    await ctx.db.query({
      text: 'UPDATE bailee.person SET password = NULL WHERE id = $1',
      values: [person.id],
    });
    const last = await browser.post(`/api/session/passkeys/${passkey.name}/remove`);
    expect([last.statusCode, errorOf(last)]).toEqual([409, 'conflict']);
    const second = new SoftPasskey();
    await add(browser, second);
    expect((await browser.post(`/api/session/passkeys/${passkey.name}/remove`)).statusCode).toBe(200);
    expect((await browser.post(`/api/session/passkeys/${second.name}/remove`)).statusCode).toBe(409);
  });

  it('does not let one person remove what is another’s', async () => {
    const ana = await holder();
    const bea = await holder();
    const answer = await bea.browser.post(`/api/session/passkeys/${ana.passkey.name}/remove`);
    expect([answer.statusCode, errorOf(answer)]).toEqual([404, 'not_found']);
    expect((await signIn(ana.passkey)).answer.statusCode).toBe(200);
  });

  it('is a second factor of its own, without an app', async () => {
    const { person, browser, passkey } = await holder(['administrator']);
    await ctx.db.query({
      text: 'UPDATE bailee.person SET totp = NULL, totp_step = NULL WHERE id = $1',
      values: [person.id],
    });
    const seen = async () => {
      const { people } = (await browser.get('/api/staff')).json() as {
        people: { id: string; secondFactor: boolean }[];
      };
      return people.find(({ id }) => id === person.id)!.secondFactor;
    };
    expect(await seen()).toBe(true);
    await browser.post(`/api/session/passkeys/${passkey.name}/remove`);
    expect(await seen()).toBe(false);
  });

  it('and each step after it is an entry of the ledger', async () => {
    const before = (await entries()).length;
    const { person, browser, passkey } = await holder();
    await signIn(passkey);
    await signIn(passkey, { verified: false });
    await stepUp(browser, passkey);
    await browser.post(`/api/session/passkeys/${passkey.name}/remove`);
    const told = (await entries()).slice(before);
    // After being invited, joining and signing in by password.
    expect(told.slice(3)).toMatchObject([
      { step: 'passkey-added', person: person.id, passkey: passkey.name },
      { step: 'signed-in', factors: ['passkey'] },
      { step: 'sign-in-refused', factor: 'passkey', why: 'proof' },
      { step: 'stepped-up' },
      { step: 'passkey-removed', passkey: passkey.name },
    ]);
  });
});

describe('where passkeys cannot work', () => {
  it('says which address to open instead of a number', async () => {
    const browser = fresh();
    browser.host = '127.0.0.1:4000';
    const answer = await browser.post('/api/session/passkey/begin');
    expect([answer.statusCode, errorOf(answer)]).toEqual([409, 'conflict']);
    expect(answer.body).toContain('Open http://localhost:4000 instead');
  });

  it('believes no name that only the request says, and takes the configured one', async () => {
    const browser = fresh();
    browser.host = 'bailee.example';
    const answer = await browser.post('/api/session/passkey/begin');
    expect([answer.statusCode, errorOf(answer)]).toEqual([409, 'conflict']);
    const config = { ...ctx.config, publicUrl: 'https://data.shop.example' };
    const outside = await testServer({ ...ctx, config });
    const begun = await new Browser(outside.server).post('/api/session/passkey/begin');
    expect(optionsOf(begun)).toMatchObject({ rpId: 'data.shop.example' });
  });

  it('refuses what comes from another site', async () => {
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'x-bailee-console': undefined }])
      for (const path of ['begin', 'finish']) {
        const credential = new SoftPasskey().get({
          challenge: 'x',
          rpId: 'localhost',
          timeout: 1,
          userVerification: 'required',
        });
        const body = path === 'finish' ? { credential } : undefined;
        const answer = await fresh().post(`/api/session/passkey/${path}`, body, headers);
        expect(answer.statusCode).toBe(403);
      }
  });
});
