import { beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../../../contract/names.ts';
import { type TestServer, testServer } from '../../../test/kit/server.ts';
import { gateContext, makeStore, type TestStore } from '../../../test/kit/store.ts';
import type { GateCtx } from '../../gate/context.ts';

let ctx: GateCtx;
let shop: TestStore;
let one: TestServer;

const as = (role: Role) => shop.apiKeys[role];
const until = () => new Date(ctx.clock.now() + 86_400_000).toISOString();
const asked = (more: object = {}) => ({
  name: 'Customers by country',
  dataset: 'orders',
  purpose: 'analytics',
  question: { kind: 'histogram', by: 'country', groups: ['DE', 'FR'] },
  privacy: { rho: '0.01' },
  until: until(),
  ...more,
});
/** The last line of an answer to long work. */
const last = (body: string) => JSON.parse(body.trim().split('\n').at(-1)!) as Record<string, unknown>;

beforeAll(async () => {
  ctx = await gateContext();
  shop = await makeStore(ctx);
  one = await testServer(ctx);
  const batch = Array.from({ length: 5 }, (_, at) => ({
    type: 'track',
    event: 'Order Completed',
    messageId: `m${at}`,
    userId: `planted-user-${at}`,
    properties: { order_id: `planted-order-${at}`, total: 30, currency: 'EUR', country: 'DE', products: [] },
    context: { consent: { categoryPreferences: { analytics: true } } },
  }));
  expect((await one.post('/v1/batch', shop.serverKey, { batch })).json()).toMatchObject({ accepted: 5 });
});

describe('releases over HTTP', () => {
  it('go from a budget to an answer, with progress, and can be fetched', async () => {
    const limit = { dataset: 'orders', purpose: 'analytics', epsilon: '1', delta: '1e-6' };
    const set = await one.post('/api/releases/budgets', as('privacy-officer'), limit);
    expect(set.json()).toMatchObject({ epsilon: '1', delta: '1e-6', spent: { rho: '0', delta: '0' } });
    const made = await one.post('/api/releases', as('analyst'), asked({ roles: ['analyst', 'marketing'] }));
    expect(made.body).toContain('{"progress":{"orders":5}}');
    const { result } = last(made.body) as unknown as { result: { id: string; answer: { value: unknown[] } } };
    expect(result).toMatchObject({
      cost: { rho: '1/100', delta: '0' },
      answer: { noise: { kind: 'gaussian', size: '50' }, threshold: null },
      again: false,
    });
    expect(result.answer.value).toHaveLength(2);
    const again = await one.post('/api/releases', as('analyst'), asked());
    expect(last(again.body)).toMatchObject({ result: { id: result.id, again: true } });
    const fetched = await one.get(`/api/releases/${result.id}`, as('marketing'));
    expect(fetched.json()).toMatchObject({ id: result.id, answer: result.answer });
    const listed = await one.get('/api/releases', as('marketing'));
    expect(listed.json().releases.map(({ id }: { id: string }) => id)).toEqual([result.id]);
    const budgets = await one.get('/api/releases/budgets', as('analyst'));
    expect(budgets.json().budgets).toMatchObject([{ spent: { rho: '1/100' } }]);
    expect(one.log()).not.toContain('planted');
  });

  it('are made by analyst and privacy officer alone', async () => {
    for (const role of ROLES.filter((each) => each !== 'analyst' && each !== 'privacy-officer')) {
      expect((await one.post('/api/releases', as(role), asked())).statusCode).toBe(403);
      expect((await one.get('/api/releases/budgets', as(role))).statusCode).toBe(403);
    }
    const limit = { dataset: 'orders', purpose: 'analytics', epsilon: '9', delta: '1e-6' };
    expect((await one.post('/api/releases/budgets', as('analyst'), limit)).statusCode).toBe(403);
  });

  it('that nobody may fetch, or that are none, are not found', async () => {
    for (const id of ['nonsense', ctx.random.id()])
      expect((await one.get(`/api/releases/${id}`, as('privacy-officer'))).statusCode).toBe(404);
  });

  it.each([
    ['a question that does not exist', { question: { kind: 'everyone' } }],
    ['a member that does not exist', { question: { kind: 'count', of: 'customers', names: true } }],
    ['a cost that is no number', { privacy: { rho: 'NaN' } }],
    ['a cost below zero', { privacy: { rho: '-1' } }],
    ['a cost as a float', { privacy: { rho: 0.1 } }],
    ['a set of data that does not exist', { dataset: 'people' }],
    ['a role that does not exist', { roles: ['king'] }],
    ['a time that is none', { until: 'tomorrow' }],
  ])('are refused for %s', async (_, more) => {
    const answer = await one.post('/api/releases', as('analyst'), asked(more));
    expect(answer.json().error.code).toBe('invalid_body');
  });

  it('beyond the budget say so at the end of the lines', async () => {
    const answer = await one.post('/api/releases', as('analyst'), asked({ privacy: { rho: '5' } }));
    expect(last(answer.body)).toMatchObject({ error: { code: 'budget_exceeded' } });
  });
});
