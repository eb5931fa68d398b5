import { beforeAll, describe, expect, it } from 'vitest';
import { type TestGate, testGate, testStore } from '../../../test/kit/gate.ts';
import { type TestServer, testServer } from '../../../test/kit/server.ts';
import { bought, identify, opened, shop } from '../../../test/kit/shop.ts';
import { Browser, joined } from '../../../test/kit/staff.ts';

const COMPLAINT = {
  kind: 'complaint',
  channel: 'phone',
  topic: 'product',
  subject: 'Broken',
  text: 'It leaks.',
};

let ctx: TestGate;
let http: TestServer;
let support: Browser;
let marketer: Browser;
let ana: string;
let supportId: string;
beforeAll(async () => {
  ctx = await testGate();
  const store = await testStore(ctx);
  http = await testServer(ctx);
  const server = shop(ctx, store.server);
  await server.send(identify('ana'), bought({ userId: 'ana' }, 'o-1'));
  await server.send(opened({ userId: 'ana' }, 'T-1', { body: 'Where is my parcel?' }));
  ana = await server.idOf('userId', 'ana');
  const agent = await joined(ctx, store.id, ['support']);
  supportId = agent.id;
  support = new Browser(http.server, agent.session);
  marketer = new Browser(http.server, (await joined(ctx, store.id, ['marketing'])).session);
});

describe('cases over HTTP', () => {
  it('go from being written down to being judged, each step by the person who is signed in', async () => {
    const made = await support.post('/api/cases', {
      customer: ana.toUpperCase(),
      ...COMPLAINT,
      order: 'o-1',
    });
    expect(made.statusCode, made.body).toBe(200);
    const { id, version } = made.json().case;
    const at = `/api/cases/${id}`;
    const taken = await support.post(at, { version, assignee: supportId.toUpperCase() });
    expect(taken.json().case).toMatchObject({ status: 'open', assignee: supportId });
    const answer = await support.post(`${at}/messages`, { kind: 'answer', text: 'A new one comes.' });
    expect(answer.json()).toMatchObject({ case: { status: 'waiting', dueAt: null } });
    const read = await support.post(`${at}/read`, {});
    expect(read.statusCode, read.body).toBe(200);
    expect(read.json()).toMatchObject({ order: 'o-1', ticket: null, subject: { text: 'Broken' } });
    const kinds = read.json().messages.map((message: { kind: string }) => message.kind);
    expect(kinds).toEqual(['incoming', 'event', 'event', 'answer']);
    expect(read.json().opening.ledgerIndex).toBeGreaterThanOrEqual(0);
    const stale = await support.post(at, { version, status: 'solved' });
    expect([stale.statusCode, stale.json().error.code]).toEqual([409, 'conflict']);
    const now = answer.json().case.version;
    expect((await support.post(at, { version: now, status: 'solved' })).statusCode).toBe(200);
    const rated = await support.post(`${at}/satisfaction`, { satisfaction: 5 });
    expect(rated.json().case.satisfaction).toBe(5);
  });

  it('are listed, counted and found by number, with no word of a customer', async () => {
    const list = await support.get('/api/cases?sort=created&limit=10&status=new,open,waiting,solved');
    expect(list.statusCode, list.body).toBe(200);
    expect(list.json().total).toBeGreaterThan(0);
    expect(list.body).not.toMatch(/parcel|Broken/);
    expect((await support.get('/api/cases/summary')).json()).toMatchObject({ mine: 0 });
    const found = await support.post('/api/cases/find', { number: 'T-1' });
    expect(found.json().cases).toMatchObject([{ customer: ana }]);
    expect((await support.post('/api/cases/find', { number: 'T-9' })).json()).toEqual({ cases: [] });
    for (const wrong of ['limit=0', 'limit=x', 'status=lost', 'after=x', 'colour=red', 'kind=rant'])
      expect((await support.get(`/api/cases?${wrong}`)).statusCode).toBe(400);
  });

  it('have canned answers, for all who work on them', async () => {
    const body = { title: 'Late parcel', language: 'en', text: 'We are sorry. It is on its way.' };
    const added = await support.post('/api/cases/canned', body);
    expect(added.json().answer).toMatchObject(body);
    expect((await support.post('/api/cases/canned', { ...body, language: 'English!' })).statusCode).toBe(400);
    expect((await support.get('/api/cases/canned')).json().answers).toHaveLength(1);
    expect((await marketer.get('/api/cases/canned')).statusCode).toBe(403);
    const { id } = added.json().answer;
    expect((await support.post(`/api/cases/canned/${id}/remove`)).json()).toEqual({ done: true });
    expect((await support.post(`/api/cases/canned/${id}/remove`)).statusCode).toBe(404);
  });

  it('are nothing to marketing, to strangers, and to requests from elsewhere', async () => {
    const [item] = (await support.get('/api/cases')).json().cases;
    const nobody = new Browser(http.server);
    const urls = [`/api/cases/${item.id}/read`, `/api/cases/find`, '/api/cases', `/api/cases/${item.id}`];
    const bodies = [{}, { number: '1' }, { customer: ana, ...COMPLAINT }, { version: 1, status: 'closed' }];
    for (const [nth, url] of urls.entries()) {
      expect((await marketer.post(url, bodies[nth])).statusCode).toBe(403);
      expect((await nobody.post(url, bodies[nth])).statusCode).toBe(401);
      expect((await support.post(url, bodies[nth], { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
    }
    expect((await support.post('/api/cases/nothing/read', {})).statusCode).toBe(404);
    expect(http.log()).not.toMatch(/leaks|parcel|Broken/);
  });
});
