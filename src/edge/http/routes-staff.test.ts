import { beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../../contract/names.ts';
import { type TestGate, testGate, testStore } from '../../../test/kit/gate.ts';
import { type TestServer, testServer } from '../../../test/kit/server.ts';
import { bought, identify, opened, shop } from '../../../test/kit/shop.ts';
import { Browser, codeAt, joined, PASSWORD } from '../../../test/kit/staff.ts';
import { expireStaff, NAMES_DAYS } from '../../staff/people/expire.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;

let ctx: TestGate;
let one: TestServer;
let store: Awaited<ReturnType<typeof testStore>>;
beforeAll(async () => {
  ctx = await testGate();
  one = await testServer(ctx);
  store = await testStore(ctx);
});

type Json = Record<string, never>;
const as = async (roles: readonly Role[], more: Parameters<typeof joined>[3] = {}) => {
  const person = await joined(ctx, store.id, roles, more);
  return { ...person, browser: new Browser(one.server, person.session) };
};
const told = (answer: { statusCode: number; json(): unknown }) => {
  const { error } = answer.json() as { error?: { code: string } };
  return error?.code ?? answer.statusCode;
};
const tokenOf = (answer: { json(): unknown }) => (answer.json() as { link: string }).link.split('#')[1]!;
const invitation = () => ({
  email: `new${ctx.random.id().slice(-12)}@shop.example`,
  name: 'Nia Adeyemi',
  roles: [{ role: 'support' as Role }],
});
const find = { identifier: { kind: 'email', value: 'bo@example.com' }, purpose: 'customer-service' };

describe('joining', () => {
  it('begins with a link that an administrator makes, and ends with a password and an app', async () => {
    const { browser } = await as(['administrator']);
    const invited = await browser.post('/api/staff/invite', invitation());
    expect((invited.json() as { link: string }).link).toMatch(/\/console\/join#[A-Za-z0-9_-]{43}$/);
    const token = tokenOf(invited);
    const guest = new Browser(one.server);
    const shown = await guest.post('/api/invitation', { token });
    expect(shown.json()).toMatchObject({ name: 'Nia Adeyemi', language: 'en' });
    expect(shown.body).not.toContain('@');
    expect(told(await guest.post('/api/invitation/accept', { token, password: 'nia adeyemi shop' }))).toBe(
      'weak_password',
    );
    const accepted = await guest.post('/api/invitation/accept', { token, password: PASSWORD });
    const { next, enrol } = accepted.json() as { next: string; enrol: { secret: string; uri: string } };
    expect(next).toBe('enrol');
    expect(enrol.uri).toContain(`secret=${enrol.secret}`);
    expect(told(await guest.get('/api/session'))).toBe('sign_in_required');
    const done = await guest.post('/api/session/code', { code: codeAt(enrol.secret, ctx.clock.now()) });
    expect((done.json() as { recoveryCodes: string[] }).recoveryCodes).toHaveLength(10);
    expect(told(await guest.get('/api/session'))).toBe(200);
  });

  it('works once, for seven days, and for the newest link alone', async () => {
    const { browser } = await as(['administrator']);
    const used = tokenOf(await browser.post('/api/staff/invite', invitation()));
    const guest = new Browser(one.server);
    await guest.post('/api/invitation/accept', { token: used, password: PASSWORD });
    expect(told(await guest.post('/api/invitation/accept', { token: used, password: PASSWORD }))).toBe(
      'not_found',
    );
    const late = tokenOf(await browser.post('/api/staff/invite', invitation()));
    ctx.clock.advance(8 * DAY);
    expect(told(await guest.post('/api/invitation', { token: late }))).toBe('not_found');
  });

  it('refuses an address that somebody has, also one that is written otherwise', async () => {
    const { browser } = await as(['administrator']);
    const body = invitation();
    await browser.post('/api/staff/invite', body);
    const again = { ...body, email: ` ${body.email.toUpperCase()} ` };
    expect(told(await browser.post('/api/staff/invite', again))).toBe('conflict');
  });

  it('is for administrators alone, and for people: no key invites', async () => {
    for (const role of ['support', 'privacy-officer', 'auditor', 'marketing'] as const) {
      const { browser } = await as([role]);
      expect(told(await browser.post('/api/staff/invite', invitation()))).toBe('forbidden');
    }
  });

  it('shows a name harmlessly, whatever is in it', async () => {
    const { browser } = await as(['administrator']);
    const name = 'Ann\u202E\u0000<script>alert(1)</script>   Lee';
    const made = await browser.post('/api/staff/invite', { ...invitation(), name });
    const { people } = (await browser.get('/api/staff')).json() as { people: { id: string; name: string }[] };
    const { id } = made.json() as { id: string };
    expect(people.find((each) => each.id === id)?.name).toBe('Ann<script>alert(1)</script> Lee');
    expect(told(await browser.post('/api/staff/invite', { ...invitation(), name: '\u200b' }))).toBe(
      'invalid_body',
    );
  });
});

describe('moving', () => {
  it('gives nobody rights by their own hand, and leaves the store an administrator', async () => {
    const own = await testStore(ctx);
    const only = await joined(ctx, own.id, ['administrator']);
    const boss = new Browser(one.server, only.session);
    const roles = [{ role: 'privacy-officer' }];
    expect(told(await boss.post(`/api/staff/${only.id}`, { roles }))).toBe('forbidden');
    const second = await joined(ctx, own.id, ['administrator']);
    const other = new Browser(one.server, second.session);
    expect(told(await other.post(`/api/staff/${only.id}`, { roles }))).toBe(200);
    expect(told(await other.post(`/api/staff/${second.id}/leave`))).toBe('forbidden');
  });

  it('two administrators who take each other’s role at once leave one', async () => {
    const own = await testStore(ctx);
    const [a, b] = [
      await joined(ctx, own.id, ['administrator']),
      await joined(ctx, own.id, ['administrator']),
    ];
    const roles = [{ role: 'auditor' }];
    const answers = await Promise.all([
      new Browser(one.server, a.session).post(`/api/staff/${b.id}`, { roles }),
      new Browser(one.server, b.session).post(`/api/staff/${a.id}`, { roles }),
    ]);
    expect(answers.map(told).sort()).not.toEqual([200, 200]);
    const { rows } = await ctx.db.query<{ n: string }>({
      text: `SELECT count(*) AS n FROM bailee.person_role r JOIN bailee.person p ON p.id = r.person_id
             WHERE p.store_id = $1 AND r.role = 'administrator'`,
      values: [own.id],
    });
    expect(Number(rows[0]!.n)).toBeGreaterThanOrEqual(1);
  });

  it('reaches nobody of another store', async () => {
    const { browser } = await as(['administrator']);
    const elsewhere = await testStore(ctx);
    const stranger = await joined(ctx, elsewhere.id, ['support']);
    for (const [path, body] of [
      ['', { name: 'Other' }],
      ['/leave', undefined],
      ['/recover', undefined],
    ] as const)
      expect(told(await browser.post(`/api/staff/${stranger.id}${path}`, body))).toBe('not_found');
    const list = await browser.get('/api/staff');
    expect(list.body).not.toContain(stranger.id);
    const review = { people: [{ id: stranger.id, keep: [] }] };
    expect(told(await browser.post('/api/staff/review', review))).toBe('not_found');
  });
});

describe('leaving', () => {
  it('ends sessions, password and roles, gives the work back, and keeps the name for a time', async () => {
    const { browser } = await as(['administrator']);
    const gone = await as(['support'], { name: 'Oskar Vale' });
    const known = { relation: 'declared', identifier: { kind: 'email', value: 'kin@example.com' } };
    await gone.browser.post('/api/known', known);
    expect(told(await browser.post(`/api/staff/${gone.id}/leave`))).toBe(200);
    expect(told(await gone.browser.get('/api/session'))).toBe('sign_in_required');
    expect(told(await browser.post(`/api/staff/${gone.id}/recover`))).toBe('not_found');
    const rows = async (table: string) => {
      const found = await ctx.db.query({
        text: `SELECT 1 FROM bailee.${table} WHERE person_id = $1`,
        values: [gone.id],
      });
      return found.rowCount;
    };
    for (const table of ['person_role', 'known_person', 'recovery_code', 'team_member'])
      expect([table, await rows(table)]).toEqual([table, 0]);
    expect((await browser.get('/api/staff')).body).toContain('Oskar Vale');
    const left = await ctx.db.query({
      text: `SELECT 1 FROM bailee.outbox WHERE kind = 'person.left' AND payload->>'person' = $1`,
      values: [gone.id],
    });
    expect(left.rowCount).toBe(1);
  });

  it('ends the name too, a good year later: the key is gone, and the address is free', async () => {
    const { browser } = await as(['administrator']);
    const gone = await as(['support'], { name: 'Ottilie Brand' });
    await browser.post(`/api/staff/${gone.id}/leave`);
    ctx.clock.advance((NAMES_DAYS + 1) * DAY);
    expect((await expireStaff(ctx)).staff).toBeGreaterThanOrEqual(1);
    const admin = await as(['administrator']);
    expect((await admin.browser.get('/api/staff')).body).not.toContain('Ottilie Brand');
    const again = { ...invitation(), email: gone.email };
    expect(told(await admin.browser.post('/api/staff/invite', again))).toBe(200);
  });
});

describe('losing everything', () => {
  it('is mended by a link that ends what opened before, and that the privacy officer sees', async () => {
    const { browser } = await as(['administrator']);
    const officer = await as(['privacy-officer']);
    const lost = await as(['support']);
    const token = tokenOf(await browser.post(`/api/staff/${lost.id}/recover`));
    const alerts = (await officer.browser.get('/api/alerts')).json() as { alerts: Json[] };
    expect(alerts.alerts.some(({ kind, person }) => kind === 'recovery' && person === lost.id)).toBe(true);
    expect(told(await lost.browser.get('/api/session'))).toBe(200);
    const guest = new Browser(one.server);
    const accepted = await guest.post('/api/invitation/accept', { token, password: `${PASSWORD} anew` });
    expect((accepted.json() as { next: string }).next).toBe('enrol');
    expect(told(await lost.browser.get('/api/session'))).toBe('sign_in_required');
    ctx.clock.advance(16 * MINUTE);
    const before = await guest.post('/api/session', { email: lost.email, password: PASSWORD });
    expect(told(before)).toBe('sign_in_refused');
  });

  it('is nothing that people do for themselves, nor for themselves through a link of their own', async () => {
    const { browser, id } = await as(['administrator']);
    expect(told(await browser.post(`/api/staff/${id}/recover`))).toBe('forbidden');
  });
});

describe('a review of access', () => {
  it('takes what is not kept, is signed, and leaves one’s own out', async () => {
    const officer = await as(['privacy-officer']);
    const ana = await as(['support', 'analyst']);
    const own = { people: [{ id: officer.id, keep: [] }] };
    expect(told(await officer.browser.post('/api/staff/review', own))).toBe('forbidden');
    const review = { people: [{ id: ana.id, keep: ['support'] }] };
    expect((await officer.browser.post('/api/staff/review', review)).json()).toEqual({ kept: 1, taken: 1 });
    expect((await ana.browser.get('/api/session')).json()).toMatchObject({ roles: ['support'] });
    const { rows } = await ctx.db.query<{ reviewer: string }>({
      text: 'SELECT reviewer FROM bailee.access_review WHERE store_id = $1',
      values: [store.id],
    });
    expect(rows.map(({ reviewer }) => reviewer)).toContain(officer.id);
  });
});

describe('keys of a store', () => {
  it('are made, changed without a gap, and revoked; the text is shown once', async () => {
    const { browser } = await as(['administrator']);
    const made = (
      await browser.post('/api/keys', { kind: 'api', role: 'auditor', label: 'Audit tool' })
    ).json() as {
      id: string;
      key: string;
    };
    const works = async (key: string) => (await one.get('/api/ledger/entries/0', key)).statusCode !== 401;
    expect(await works(made.key)).toBe(true);
    const list = await browser.get('/api/keys');
    expect(list.body).toContain('Audit tool');
    expect(list.body).not.toContain(made.key);
    const rotated = await browser.post(`/api/keys/${made.id}/rotate`, { overlapHours: 1 });
    const next = rotated.json() as { id: string; key: string };
    expect([await works(made.key), await works(next.key)]).toEqual([true, true]);
    ctx.clock.advance(61 * MINUTE);
    expect([await works(made.key), await works(next.key)]).toEqual([false, true]);
    const again = await as(['administrator']);
    expect(told(await again.browser.post(`/api/keys/${next.id}/revoke`))).toBe(200);
    ctx.clock.advance(6_000);
    expect(await works(next.key)).toBe(false);
    expect(told(await again.browser.post(`/api/keys/${next.id}/revoke`))).toBe('not_found');
  });

  it('name a role exactly where they open, and end by themselves', async () => {
    const { browser } = await as(['administrator']);
    const without = { kind: 'api', label: 'x' };
    const write = { kind: 'server', role: 'support', label: 'x' };
    expect(told(await browser.post('/api/keys', without))).toBe('invalid_body');
    expect(told(await browser.post('/api/keys', write))).toBe('invalid_body');
    const until = new Date(ctx.clock.now() + MINUTE).toISOString();
    const made = await browser.post('/api/keys', { kind: 'api', role: 'auditor', label: 'short', until });
    const { key } = made.json() as { key: string };
    ctx.clock.advance(2 * MINUTE);
    expect((await one.get('/api/ledger/entries/0', key)).statusCode).toBe(401);
  });
});

describe('people one knows', () => {
  it('are oneself and colleagues without being declared: nobody looks them up, and the try is seen', async () => {
    const server = shop(ctx, store.server);
    const ana = await as(['support'], { email: 'bo@example.com' });
    const bea = await as(['support']);
    await server.send(
      identify('bo', { traits: { email: 'bo@example.com' } }),
      bought({ userId: 'bo' }, 'o-bo'),
      opened({ userId: 'bo' }, 't-bo'),
    );
    const body = { ...find, evidence: { case: 't-bo' } };
    expect(told(await ana.browser.post('/api/customers/find', body))).toBe('person_known');
    expect(told(await bea.browser.post('/api/customers/find', body))).toBe('person_known');
    const officer = await as(['privacy-officer']);
    const { alerts } = (await officer.browser.get('/api/alerts')).json() as { alerts: Json[] };
    const seen = alerts.filter(({ kind }) => kind === 'person-known').map(({ person }) => person);
    expect(seen).toEqual(expect.arrayContaining([ana.id, bea.id]));
  });
});

describe('a person at the gate', () => {
  it('opens what the role and the case allow, in the ledger before the answer', async () => {
    const server = shop(ctx, store.server);
    await server.send(
      identify('cy', { traits: { email: 'cy@example.com', phone: '+4915112345678' } }),
      opened({ userId: 'cy' }, 't-cy'),
    );
    const id = await server.idOf('userId', 'cy');
    const { browser } = await as(['support']);
    const opening = { purpose: 'customer-service', evidence: { case: 't-cy' }, fields: ['contact.phone'] };
    const masked = (await browser.post(`/api/customers/${id}/open`, opening)).json() as {
      fields: Record<string, { state: string }>;
      opening: { ledgerIndex: number };
    };
    expect(masked.fields['contact.phone']!.state).toBe('masked');
    const reveal = { reason: 'The parcel service needs a number.' };
    const revealed = await browser.post(`/api/customers/${id}/open`, { ...opening, reveal });
    expect(revealed.json()).toMatchObject({
      fields: { 'contact.phone': { state: 'revealed', value: '+4915112345678' } },
    });
    const untrained = await as(['support'], { trained: false });
    expect(told(await untrained.browser.post(`/api/customers/${id}/open`, opening))).toBe(
      'training_required',
    );
  });
});
