import { beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../../contract/names.ts';
import { type TestServer, testServer } from '../../../test/kit/server.ts';
import { joined } from '../../../test/kit/staff.ts';
import { gateContext, makeStore, type TestStore } from '../../../test/kit/store.ts';
import type { GateCtx } from '../../gate/context.ts';
import { listStaff } from '../../staff/people/list.ts';

let ctx: GateCtx;
let shop: TestStore;
let other: TestStore;
let one: TestServer;

const as = (role: Role, store = shop) => store.apiKeys[role];
const publish = (body: object, store = shop) =>
  one.post('/api/notices', as('privacy-officer', store), { substance: false, ...body });

beforeAll(async () => {
  ctx = await gateContext();
  shop = await makeStore(ctx);
  other = await makeStore(ctx);
  one = await testServer(ctx);
});

describe('the catalog over HTTP', () => {
  it('says of each field what it is for, how long it is kept and how it is masked, and nothing else', async () => {
    const { fields, events, hash } = (await one.get('/api/catalog', as('auditor'))).json();
    expect(hash).toBe(ctx.catalog.hash);
    expect(fields).toHaveLength(ctx.catalog.fields.length);
    expect(events).toHaveLength(ctx.catalog.events.length);
    const email = ctx.catalog.fieldByName.get('contact.email')!;
    expect(fields.find(({ name }: { name: string }) => name === 'contact.email')).toEqual({
      name: 'contact.email',
      class: 'contact',
      sensitivity: email.sensitivity,
      identifiability: 'direct',
      retention: email.retention,
      mask: 'email',
      purposes: [...email.purposes],
    });
  });

  it('is for those who keep it and those who check on it', async () => {
    for (const role of ['support', 'order-desk', 'marketing', 'analyst'] as const)
      expect((await one.get('/api/catalog', as(role))).statusCode, role).toBe(403);
  });
});

describe('versions of a notice', () => {
  it('are listed newest first, and keep the words of each', async () => {
    await publish({ change: 'The first.', substance: true, purposes: ['analytics'] });
    const texts = { en: { text: { title: 'May we count?' } } };
    await publish({ change: 'Another title.', texts });
    const { versions } = (await one.get('/api/notices', as('auditor'))).json();
    expect(versions).toMatchObject([
      {
        version: 2,
        change: 'Another title.',
        substance: false,
        languages: expect.arrayContaining(['en', 'ar']),
      },
      { version: 1, change: 'The first.', substance: true },
    ]);
    const words = async (path: string) => (await one.get(`/api/notices/${path}`, as('auditor'))).json();
    expect((await words('2/en')).text.title).toBe('May we count?');
    expect((await words('1/en')).text.title).not.toBe('May we count?');
    expect(await words('1/ar')).toMatchObject({ direction: 'rtl', purposes: [{ purpose: 'analytics' }] });
  });

  it('of another store are not there, nor are those that never were', async () => {
    expect((await one.get('/api/notices', as('auditor', other))).json()).toEqual({ versions: [] });
    for (const [path, store, status] of [
      ['1/en', other, 404],
      ['9/en', shop, 404],
      ['1/xx', shop, 404],
      ['0/en', shop, 400],
      ['99999999999/en', shop, 400],
      ['one/en', shop, 400],
    ] as const)
      expect((await one.get(`/api/notices/${path}`, as('auditor', store))).statusCode, path).toBe(status);
  });
});

describe('when somebody was last seen', () => {
  it('is known from the moment they sign in', async () => {
    const { id } = await joined(ctx, shop.store, ['support']);
    const { people } = await listStaff(ctx, shop.store);
    expect(people.find((person) => person.id === id)?.seenAt).toBe(new Date(ctx.clock.now()).toISOString());
  });
});
