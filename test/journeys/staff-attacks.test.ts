import { beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../contract/names.ts';
import { openLetter } from '../../src/gate/open-letter.ts';
import type { Ctx } from '../../src/platform/ports.ts';
import { acceptInvitation, readInvitation } from '../../src/staff/people/accept.ts';
import { OPERATOR } from '../../src/staff/people/by.ts';
import { invite } from '../../src/staff/people/invite.ts';
import { recoverPerson } from '../../src/staff/people/recover.ts';
import { signInByPassword } from '../../src/staff/sign-in/sign-in.ts';
import { countTry } from '../../src/staff/sign-in/tries.ts';
import { type Shop, send } from '../kit/backup.ts';
import { type TestGate, testGate, testStore } from '../kit/gate.ts';
import { type TestServer, testServer } from '../kit/server.ts';
import { Browser, codeAt, type Joined, joined, PASSWORD } from '../kit/staff.ts';
import { staffEntries } from '../kit/staff-entries.ts';

const MINUTE = 60_000;
const OTHER = 'orchard thistle seven lanterns';
const WHERE = { device: 'Firefox on Linux', network: 'test' };

let ctx: TestGate;
let one: TestServer;
let shop: Shop;
let store: string;
beforeAll(async () => {
  ctx = await testGate();
  one = await testServer(ctx);
  shop = await testStore(ctx);
  store = shop.id;
});

const errorOf = (answer: { json(): unknown }) => (answer.json() as { error: { code: string } }).error.code;
const of = (person: Joined) => new Browser(one.server, person.session);
/** Whoever holds the cookie, and nothing else, some time after the last proof. */
async function thiefOf(roles: readonly Role[]): Promise<{ thief: Browser; owner: Joined }> {
  const owner = await joined(ctx, store, roles);
  ctx.clock.advance(11 * MINUTE);
  return { thief: of(owner), owner };
}
/** Somebody whom the company's provider vouches for by one factor alone. */
async function oneFactor(roles: readonly Role[]): Promise<Browser> {
  const person = await joined(ctx, store, roles);
  await ctx.db.query({
    text: `UPDATE bailee.session SET factors = '{openid}' WHERE person_id = $1`,
    values: [person.id],
  });
  return of(person);
}

describe('a sign-in by one factor', () => {
  it('does nothing to customers and to the store: it neither erases, nor imports, nor publishes, nor lists', async () => {
    const reason = { reason: 'the customer asks' };
    const officer = await oneFactor(['privacy-officer']);
    const administrator = await oneFactor(['administrator']);
    const customer = ctx.random.id();
    const asked = [
      officer.post(`/api/customers/${customer}/erase`, { evidence: reason }),
      officer.post('/api/suppressions/lift', {
        identifier: { kind: 'email', value: 'ada@planted.example' },
        evidence: reason,
      }),
      officer.post('/api/consent/secrets', {}),
      officer.post('/api/consent/settings', {}),
      officer.post('/api/decide', { customers: [customer], purpose: 'analytics' }),
      officer.get('/api/quarantine'),
      officer.get('/api/undeclared'),
      officer.get('/api/releases'),
      officer.get('/api/cases'),
      officer.get('/api/alerts'),
      officer.post(`/api/alerts/${ctx.random.id()}/seen`),
      administrator.post('/api/operator/reports/orders', {}),
      administrator.get('/api/staff'),
      administrator.get('/api/keys'),
    ];
    for (const answer of await Promise.all(asked))
      expect([answer.statusCode, errorOf(answer)]).toEqual([403, 'forbidden']);
    // What makes more of it, or is one's own, stays open.
    for (const url of ['/api/session', '/api/session/list', '/api/training', '/api/known'])
      expect((await officer.get(url)).statusCode).toBe(200);
  });
});

describe('a stolen session', () => {
  it('erases nobody, and neither reads the secrets of the store nor changes whom it believes', async () => {
    const { thief, owner } = await thiefOf(['privacy-officer']);
    const steps = [
      () => thief.post(`/api/customers/${ctx.random.id()}/erase`, { evidence: { reason: 'gone' } }),
      () => thief.post('/api/consent/secrets', {}),
      () => thief.post('/api/consent/settings', {}),
    ];
    for (const step of steps) expect(errorOf(await step())).toBe('step_up_required');
    await thief.post('/api/session/step-up', { code: codeAt(owner.totpSecret, ctx.clock.now()) });
    const after = [];
    for (const step of steps) after.push((await step()).statusCode);
    expect(after).toEqual([404, 200, 200]);
  });

  it('leaves a trace with each code and password that it guesses', async () => {
    const { thief, owner } = await thiefOf(['support']);
    const wrong = async () =>
      (await staffEntries(ctx)).filter(
        (entry) => entry.person === owner.id && entry.step === 'sign-in-refused',
      );
    await thief.post('/api/session/step-up', { code: '000000' });
    expect(await wrong()).toMatchObject([{ factor: 'code' }]);
    await thief.post('/api/session/password', { current: 'a guess at it', password: OTHER });
    expect(await wrong()).toMatchObject([{ factor: 'code' }, { factor: 'password' }]);
  });
});

describe('a session that was copied', () => {
  it('is over once its browser signs in anew, by whomever and in whichever way', async () => {
    const owner = await joined(ctx, store, ['support']);
    const next = await joined(ctx, store, ['support']);
    const thief = of(owner);
    expect((await thief.get('/api/session')).statusCode).toBe(200);
    const browser = of(owner);
    const wrong = await browser.post('/api/session', { email: next.email, password: OTHER });
    expect([wrong.statusCode, (await thief.get('/api/session')).statusCode]).toEqual([401, 200]);
    const right = await browser.post('/api/session', { email: next.email, password: PASSWORD });
    expect([right.statusCode, (await thief.get('/api/session')).statusCode]).toEqual([200, 401]);
    const [last] = (await staffEntries(ctx)).filter((entry) => entry.person === owner.id).slice(-1);
    expect(last).toMatchObject({ step: 'signed-out' });
  });
});

describe('a proof shown anew', () => {
  it('is worth nothing to whoever copied the session: it gets a new value, and stays the same session', async () => {
    const { thief, owner } = await thiefOf(['administrator']);
    const browser = of(owner);
    const step = await browser.post('/api/session/step-up', {
      code: codeAt(owner.totpSecret, ctx.clock.now()),
    });
    expect(step.statusCode).toBe(200);
    expect((await thief.get('/api/session')).statusCode).toBe(401);
    expect((await browser.post('/api/staff/teams', { name: 'Parcels' })).statusCode).toBe(200);
    const { sessions } = (await browser.get('/api/session/list')).json() as { sessions: object[] };
    expect(sessions).toMatchObject([{ current: true, factors: ['password', 'code'] }]);
  });
});

describe('a password that leaked', () => {
  it('opens nothing more once it is changed, not even where the code is awaited already', async () => {
    const owner = await joined(ctx, store, ['support']);
    const thief = new Browser(one.server);
    ctx.clock.advance(MINUTE);
    await thief.post('/api/session', { email: owner.email, password: PASSWORD });
    const changed = await of(owner).post('/api/session/password', { current: PASSWORD, password: OTHER });
    expect(changed.statusCode).toBe(200);
    const code = codeAt(owner.totpSecret, ctx.clock.now());
    const answer = await thief.post('/api/session/code', { code });
    expect([answer.statusCode, errorOf(answer)]).toEqual([401, 'sign_in_required']);
  });

  it('opens nothing when the account is begun anew while it is being checked', async () => {
    const owner = await joined(ctx, store, ['support']);
    const by = { id: OPERATOR, store };
    const { token } = await recoverPerson(ctx, { by, person: owner.id });
    let recovered = false;
    const slow: Ctx = {
      ...ctx,
      db: {
        ...ctx.db,
        query: (statement) => ctx.db.query(statement),
        // The password was found right, and what follows it has not begun.
        transaction: async (work) => {
          if (!recovered) {
            recovered = true;
            await acceptInvitation(ctx, { token, password: OTHER, where: WHERE });
          }
          return ctx.db.transaction(work);
        },
      },
    };
    const thief = signInByPassword(slow, { email: owner.email, password: PASSWORD, where: WHERE });
    await expect(thief).rejects.toMatchObject({ code: 'sign_in_refused' });
    expect(recovered).toBe(true);
  });
});

describe('somebody far away', () => {
  it('who tries made-up links keeps nobody from joining', async () => {
    const { token } = await invite(ctx, {
      by: { id: OPERATOR, store },
      email: 'late.joiner@shop.example',
      name: 'Late Joiner',
      language: 'en',
      roles: [{ role: 'support', until: null }],
      teams: [],
    });
    for (let at = 0; at < 60; at += 1)
      await readInvitation(ctx, `no-such-link-was-ever-made-${at}`, `198.51.${at % 12}`).catch(
        () => undefined,
      );
    expect(await readInvitation(ctx, token, '203.0.113')).toMatchObject({ name: 'Late Joiner' });
    expect(await readInvitation(ctx, token, '198.51.1')).toMatchObject({ name: 'Late Joiner' });
  });

  it('who makes up addresses fills no table once their network is stopped', async () => {
    const network = '192.0.2';
    const attempt = (at: number) => countTry(ctx, { account: `made.up.${at}@nowhere.example`, network });
    for (let at = 0; at < 300; at += 1) await attempt(at);
    const rows = async () => {
      const { rows } = await ctx.db.query<{ n: number }>({
        text: 'SELECT count(*)::integer AS n FROM bailee.sign_in_try',
      });
      return rows[0]!.n;
    };
    const before = await rows();
    for (let at = 300; at < 310; at += 1)
      await expect(attempt(at)).rejects.toMatchObject({ code: 'too_many_tries' });
    expect(await rows()).toBe(before);
  });

  it('cannot tell from the time of a refusal who has an account: recording it is hidden behind a wait', async () => {
    const { email } = await joined(ctx, store, ['support']);
    for (const asked of [email, 'nobody.at.all@shop.example']) {
      const began = performance.now();
      await expect(
        signInByPassword(ctx, { email: asked, password: OTHER, where: WHERE }),
      ).rejects.toMatchObject({
        code: 'sign_in_refused',
      });
      expect(performance.now() - began).toBeGreaterThan(145);
    }
  });
});

describe('an administrator', () => {
  it('gives nobody, not even a key, the sight of customers or of alerts in silence', async () => {
    const administrator = of(await joined(ctx, store, ['administrator']));
    const officer = await joined(ctx, store, ['privacy-officer']);
    const colleague = await joined(ctx, store, ['support']);
    const alerts = async () => {
      const answer = (await of(officer).get('/api/alerts')).json() as {
        alerts: { id: string; kind: string; person: string; subject: string | null }[];
      };
      return answer.alerts.filter(({ kind }) => kind === 'rights-given');
    };
    const key = (body: object) => administrator.post('/api/keys', { label: 'shop', ...body });
    const invited = (email: string, role: Role) =>
      administrator.post('/api/staff/invite', { email, name: 'Second Me', roles: [{ role }] });

    // Everyday work raises none.
    await key({ kind: 'server' });
    await invited('third@shop.example', 'support');
    await administrator.post(`/api/staff/${colleague.id}`, { roles: [{ role: 'order-desk' }] });
    await administrator.post(`/api/staff/${officer.id}`, { roles: [{ role: 'privacy-officer' }] });
    expect(await alerts()).toEqual([]);

    const { id: puppet } = (await invited('second.me@shop.example', 'privacy-officer')).json() as {
      id: string;
    };
    await administrator.post(`/api/staff/${colleague.id}`, { roles: [{ role: 'security' }] });
    const { id: made } = (await key({ kind: 'api', role: 'privacy-officer' })).json() as { id: string };
    // The new secret of a key that there was is as good as a new key.
    const { id: anew } = (await administrator.post(`/api/keys/${made}/rotate`, {})).json() as { id: string };
    const raised = await alerts();
    expect(raised.map(({ person, subject }) => subject ?? person).sort()).toEqual(
      [puppet, colleague.id, made, anew].sort(),
    );
    // Whom it is about is not the one to wave it through.
    const own = raised.find(({ person }) => person === colleague.id)!;
    const waved = await of(colleague).post(`/api/alerts/${own.id}/seen`);
    expect([waved.statusCode, errorOf(waved)]).toEqual([403, 'forbidden']);
  });
});

describe('a customer who writes a thousand times', () => {
  it('hides neither what they wrote last nor the answer to it, which leaves', async () => {
    await send(ctx, shop, 'ada');
    const { rows } = await ctx.db.query<{ id: string }>({
      text: 'SELECT id FROM bailee.customer WHERE store_id = $1',
      values: [store],
    });
    const agent = of(await joined(ctx, store, ['support']));
    const made = await agent.post('/api/cases', {
      ...{ customer: rows[0]!.id, kind: 'inquiry', channel: 'mail', topic: 'other' },
      ...{ subject: 'Many words', text: 'The first of them.' },
    });
    const { id } = (made.json() as { case: { id: string } }).case;
    await ctx.db.query({
      text: `INSERT INTO bailee.case_message (customer_id, case_id, id, kind, change, occurred_at)
             SELECT $1, $2, gen_random_uuid(), 'event', '{"what":"priority","from":"low","to":"low"}', $3
             FROM generate_series(1, 1000)`,
      values: [rows[0]!.id, id, new Date(ctx.clock.now())],
    });
    ctx.clock.advance(MINUTE);
    const answer = await agent.post(`/api/cases/${id}/messages`, { kind: 'answer', text: 'The answer.' });
    const { message } = answer.json() as { message: string };
    const read = (await agent.post(`/api/cases/${id}/read`, {})).json() as { messages: { id: string }[] };
    expect(read.messages.at(-1)!.id).toBe(message);
    const actor = { type: 'job', name: 'case-mail', store } as const;
    expect(await openLetter(ctx, { actor, case: id, message })).toMatchObject({ text: 'The answer.' });
  });
});
