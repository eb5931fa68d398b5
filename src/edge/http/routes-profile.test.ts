import { beforeAll, describe, expect, it } from 'vitest';
import { type TestServer, testServer } from '../../../test/kit/server.ts';
import { bought, identify, opened, shop } from '../../../test/kit/shop.ts';
import { gateContext, makeStore, type TestStore } from '../../../test/kit/store.ts';

let keys: TestStore;
let server: TestServer;
let ana: string;
beforeAll(async () => {
  const ctx = await gateContext();
  keys = await makeStore(ctx);
  server = await testServer(ctx);
  const key = keys.ids.get(keys.serverKey)!;
  const own = shop(ctx, { kind: 'server', store: keys.store, key, country: 'DE' });
  const who = { userId: 'ana' };
  await own.send(identify('ana'), bought(who, 'o-ana'), opened(who, 't-ana', { order_id: 'o-ana' }));
  ana = await own.idOf('userId', 'ana');
});

const evidence = { case: 't-ana' };
const definition = {
  name: 'Parcel sent again',
  meaning: 'Waits for a parcel that was sent again.',
  rule: null,
  purposes: ['customer-service'],
  days: 30,
};
const ask = async (role: keyof TestStore['apiKeys'], url: string, body: unknown) => {
  const answer = await server.post(`/api${url}`, keys.apiKeys[role], body);
  return { status: answer.statusCode, body: answer.json(), code: answer.json().error?.code as unknown };
};
const page = async () =>
  (await ask('support', `/customers/${ana}/profile`, { purpose: 'customer-service', evidence })).body;

describe('tags over HTTP', () => {
  it('are defined by the privacy officer, listed, given, shown, taken and retired', async () => {
    const { body: made } = await ask('privacy-officer', '/tags', definition);
    const { tags } = (await server.get('/api/tags', keys.apiKeys.support)).json();
    expect(tags).toMatchObject([{ id: made.id, ...definition }]);
    const given = await ask('support', `/customers/${ana}/tags`, { tag: made.id, evidence });
    expect(given.body).toEqual({ until: expect.any(String) });
    expect((await page()).tags).toMatchObject([
      {
        id: made.id,
        name: definition.name,
        by: { type: 'api-key', id: null, role: 'support' },
        ...given.body,
      },
    ]);
    expect((await ask('support', `/customers/${ana}/tags/${made.id}/remove`, { evidence })).body).toEqual({
      done: true,
    });
    expect((await page()).tags).toEqual([]);
    expect((await ask('privacy-officer', `/tags/${made.id}/retire`, {})).body).toEqual({ done: true });
    expect((await server.get('/api/tags', keys.apiKeys.support)).json()).toEqual({ tags: [] });
  });

  it('are refused where they are not as they should be', async () => {
    const rule = { counts: 'orders', atLeast: 3, withinDays: 90 };
    for (const wrong of [
      { name: '' },
      { name: 'Diabetic products' },
      { purposes: [] },
      { purposes: ['whatever'] },
      { days: 0 },
      { rule: { ...rule, counts: 'visits' } },
      { rule: { ...rule, atLeast: 0 } },
      { until: 'ever' },
    ])
      expect((await ask('privacy-officer', '/tags', { ...definition, ...wrong })).code).toBe('invalid_body');
    expect((await ask('administrator', '/tags', definition)).code).toBe('forbidden');
    expect((await ask('privacy-officer', '/tags/no-id/retire', {})).code).toBe('not_found');
    expect((await ask('support', `/customers/${ana}/tags/no-id/remove`, { evidence })).code).toBe(
      'not_found',
    );
    expect((await ask('support', `/customers/${ana}/tags`, { tag: ana })).code).toBe('evidence_required');
  });
});

describe('the page of a customer over HTTP', () => {
  it('names the cases for roles that see cases, and takes no other words', async () => {
    expect((await page()).cases).toMatchObject([{ customer: ana, kind: expect.any(String) }]);
    const more = { purpose: 'customer-service', evidence, fields: ['contact.email'] };
    expect((await ask('support', `/customers/${ana}/profile`, more)).code).toBe('invalid_body');
    const odd = { purpose: 'curiosity', evidence };
    expect((await ask('support', `/customers/${ana}/profile`, odd)).code).toBe('invalid_purpose');
    const noId = await ask('support', '/customers/somebody/profile', { purpose: 'customer-service' });
    expect(noId.code).toBe('not_found');
  });
});
