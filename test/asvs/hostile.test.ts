import { beforeAll, describe, expect, it } from 'vitest';
import { type TestServer, testServer } from '../kit/server.ts';
import { gateContext, makeStore, type TestStore } from '../kit/store.ts';

let shop: TestStore;
let one: TestServer;
beforeAll(async () => {
  const ctx = await gateContext();
  shop = await makeStore(ctx);
  one = await testServer(ctx);
});

describe('input that would be code elsewhere', () => {
  const HOSTILE = [
    "'; DROP TABLE bailee.customer; --",
    "' OR '1'='1",
    '$(touch /tmp/planted)',
    '`id`',
    '{{7*7}}',
    '#{7*7}',
    '%s%n%x',
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    'a\r\nSet-Cookie: planted=1',
    '*)(uid=*',
    '\u202Etxt.exe',
  ];

  it('is an ordinary value: stored, found by itself alone, and shown as it was written', async () => {
    for (const [at, value] of HOSTILE.entries()) {
      const userId = `u${at} ${value}`.replace(/[\r\n]/g, ' ');
      const traits = { name: value.replace(/[\r\n]/g, ' '), email: `hostile${at}@example.com` };
      const sent = await one.post('/v1/batch', shop.serverKey, {
        batch: [
          { type: 'identify', messageId: `h${at}`, userId, traits },
          {
            ...{ type: 'track', event: 'Support Ticket Opened', messageId: `t${at}`, userId },
            properties: { ticket_id: `t-${at}`, subject: value },
          },
        ],
      });
      expect(sent.json()).toMatchObject({ accepted: 2 });
      const about = { purpose: 'customer-service', evidence: { case: `t-${at}` } };
      const identifier = { kind: 'userId', value: userId };
      const found = await one.post('/api/customers/find', shop.apiKeys.support, { identifier, ...about });
      const { customers } = found.json() as { customers: { id: string }[] };
      expect({ value, found: customers.length }).toEqual({ value, found: 1 });
      const opened = await one.post(`/api/customers/${customers[0]!.id}/open`, shop.apiKeys.support, {
        ...{ fields: ['identity.name'], ...about },
      });
      expect(opened.json().fields['identity.name'].value).toBe(traits.name);
      expect(opened.headers['content-type']).toBe('application/json; charset=utf-8');
    }
  });

  it('in an identifier finds nobody else, and in an error is not repeated', async () => {
    for (const value of HOSTILE) {
      const answer = await one.post('/api/customers/find', shop.apiKeys['privacy-officer'], {
        identifier: { kind: 'userId', value },
        purpose: 'customer-service',
        evidence: { reason: 'a check' },
      });
      expect([200, 400]).toContain(answer.statusCode);
      if (answer.statusCode === 200) expect(answer.json()).toEqual({ customers: [] });
      else expect(answer.body).not.toContain(value);
    }
  });

  it('adds no line and no member to the log', async () => {
    const before = one.log().length;
    for (const value of HOSTILE)
      await one.send({
        ...{ method: 'POST', url: `/v1/track?x=${encodeURIComponent(`planted${value}`)}` },
        headers: {
          'user-agent': `planted${value.replace(/[\r\n\u202e]/g, ' ')}`,
          authorization: 'Bearer nobody-known',
        },
        payload: { event: `planted${value}` },
      });
    const said = one.log().slice(before).trim().split('\n');
    expect(said).toHaveLength(HOSTILE.length);
    for (const line of said) expect(JSON.parse(line)).toMatchObject({ route: '/v1/track', status: 401 });
    expect(said.join()).not.toContain('planted');
  });

  it('of numbers beyond what is exact is refused, never rounded into another one', async () => {
    const auditor = shop.apiKeys.auditor;
    for (const index of ['-1', '1e3', '9007199254740993', '99999999999999999999', '0x10', '1.5'])
      expect((await one.get(`/api/ledger/entries/${index}`, auditor)).statusCode).toBe(400);
    for (const limit of ['0', '-5', '1e9', '999999999'])
      expect((await one.get(`/api/quarantine?limit=${limit}`, shop.apiKeys.administrator)).statusCode).toBe(
        400,
      );
  });
});
