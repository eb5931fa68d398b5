import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { looked } from '../../src/gate/looked.ts';
import { open } from '../../src/gate/open.ts';
import { listRequests } from '../../src/rights/requests/list.ts';
import { CenterBrowser, handOver } from '../kit/center.ts';
import { openText } from '../kit/everything.ts';
import { type TestGate, testGate, testStore } from '../kit/gate.ts';
import { lawOfPacks } from '../kit/law.ts';
import { personOf } from '../kit/people.ts';
import { type TestServer, testServer } from '../kit/server.ts';
import { bought, count, identify, opened, shop, viewed } from '../kit/shop.ts';
import { plantSubject, type Subject } from '../kit/subject.ts';

let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let one: TestServer;
let server: ReturnType<typeof shop>;
let ana: Subject;
beforeAll(async () => {
  ctx = { ...(await testGate()), law: lawOfPacks() };
  store = await testStore(ctx);
  one = await testServer(ctx);
  server = shop(ctx, store.server);
  ana = await plantSubject(ctx, store, 'zqana');
});

async function signedIn(userId: string): Promise<CenterBrowser> {
  const own = new CenterBrowser(one, null);
  const answer = await own.post('/session', { token: handOver(ctx, store.id, userId) });
  expect(answer.statusCode, answer.body).toBe(200);
  return own;
}
const asAna = () => signedIn(ana.planted.userId!);
async function customer(name: string): Promise<string> {
  await server.send(
    identify(name, { traits: { name: `${name} Souza`, email: `${name}@example.com` } }),
    bought({ userId: name }, `o-${name}`),
  );
  return server.idOf('userId', name);
}
const codeOf = (answer: { json(): unknown }) => (answer.json() as { error?: { code: string } }).error?.code;

describe('what we hold', () => {
  it('is shown field by field: with its value, why, since when, from where and how long', async () => {
    const held = (await (await asAna()).get('/held')).json();
    const name = held.values.find(({ field }: { field: string }) => field === 'identity.name');
    expect(name).toMatchObject({
      value: ana.planted.name,
      state: 'given',
      class: 'identity',
      retention: 'identity',
      sources: [{ from: 'shop' }],
      correctable: true,
    });
    const [purpose] = name.purposes;
    expect(held.purposes.find((each: { name: string }) => each.name === purpose).source).toMatch(/GDPR/);
    const kept = held.retention.find((each: { class: string }) => each.class === 'commerce');
    expect(kept.least[0]).toMatchObject({ regime: expect.any(String), citation: expect.any(String) });
    expect(kept.goes).toMatch(/^20\d\d-/);
    expect(held.recipients).toEqual([]);
    expect(held.tags).toMatchObject([
      { name: ana.planted.tag, by: 'rule', rule: { counts: 'orders', atLeast: 1, withinDays: 365 } },
    ]);
    expect(held.counts).toMatchObject({ orders: 1, cases: 2 });
  });

  it('is every planted value once, over all pages; what names others is masked in it', async () => {
    const own = await asAna();
    const pages = await Promise.all(['/held', '/orders', '/cases', '/events'].map((path) => own.get(path)));
    const all = pages.map((each) => each.body).join('\n');
    // What a person of the shop attached is named and not handed out here, and quarantined rows are in the package.
    const absent = ['fileContent', 'nonsense'];
    const missing = Object.entries(ana.planted).filter(
      ([where, value]) => !absent.includes(where) && !all.includes(value),
    );
    expect(missing.map(([where]) => where)).toEqual([]);
    for (const other of ana.others) expect(all).not.toContain(other);
  });

  it('is one entry a look in the customer’s own ledger, of the customer and of nobody else', async () => {
    const name = 'otto';
    const id = await customer(name);
    const own = await signedIn(name);
    const before = await count(ctx, "bailee.opening WHERE customer_id = $1 AND kind = 'opening'", [id]);
    const { opening } = (await own.get('/held')).json();
    expect(await count(ctx, "bailee.opening WHERE customer_id = $1 AND kind = 'opening'", [id])).toBe(
      before + 1,
    );
    const officer = await personOf(ctx, store.id, 'privacy-officer');
    const { looks } = await looked(ctx, { actor: officer, customer: id, evidence: null });
    expect(looks.find((each) => each.id === opening.id)).toMatchObject({
      actor: { type: 'customer', role: null },
      evidence: 'session',
    });
  });

  it('is paged, newest first, without a gap', async () => {
    await server.send(identify('pia', { anonymousId: 'phone-pia' }));
    for (let at = 1; at <= 5; at += 1) {
      ctx.clock.advance(1000);
      await server.send(bought({ userId: 'pia' }, `o${at}-pia`));
    }
    const own = await signedIn('pia');
    const seen: string[] = [];
    let after = '';
    for (let page = 0; page < 5; page += 1) {
      const answer = (await own.get(`/orders?limit=2${after === '' ? '' : `&after=${after}`}`)).json();
      for (const { order } of answer.orders) seen.push(order.orderId);
      after = answer.after ?? '';
      if (after === '') break;
    }
    expect(seen).toEqual(['o5-pia', 'o4-pia', 'o3-pia', 'o2-pia', 'o1-pia']);
    expect(codeOf(await own.get('/orders?after=nonsense'))).toBe('bad_request');
    expect(codeOf(await own.get('/orders?limit=1000'))).toBe('bad_request');
  });
});

describe('who looked', () => {
  it('is told with time, purpose, role and fields, and without anybody’s name or id', async () => {
    const id = await customer('rosa');
    const support = await personOf(ctx, store.id, 'support');
    await server.send(opened({ userId: 'rosa' }, 't-rosa'));
    await open(ctx, {
      actor: support,
      customer: id,
      purpose: 'customer-service',
      fields: ['identity.name'],
      evidence: { case: 't-rosa' },
    });
    const own = await signedIn('rosa');
    const answer = await own.get('/looks');
    expect(answer.json().looks[0]).toMatchObject({
      kind: 'opening',
      by: 'person',
      role: 'support',
      purpose: 'customer-service',
      evidence: 'case',
    });
    expect(answer.body).not.toContain(support.id);
  });
});

describe('a choice in the center', () => {
  it('is recorded as the person’s own, with a receipt; personalization is one of them', async () => {
    const id = await customer('sam');
    const own = await signedIn('sam');
    const before = (await own.get('/choices?language=de')).json();
    const personal = (list: { purpose: string; state: string | null; name: string }[]) =>
      list.find(({ purpose }) => purpose === 'personalization')!;
    expect(personal(before.purposes)).toMatchObject({ state: null, name: expect.stringMatching(/./) });
    expect(before.notice.language).toBe('de');
    const { notice } = before;
    const yes = await own.post('/choices', { choices: { personalization: true }, notice });
    expect(yes.json()).toMatchObject({
      choices: { personalization: 'granted' },
      receipt: expect.objectContaining({ type: 'bailee-consent-receipt/v1' }),
    });
    expect((await server.standing(id)).personalization).toBe('granted');
    await own.post('/choices', { choices: { personalization: false } });
    const { purposes, history } = (await own.get('/choices')).json();
    expect(personal(purposes).state).toBe('refused');
    expect(history.map(({ state, place }: { state: string; place: string }) => [state, place])).toEqual([
      ['refused', 'privacy-center'],
      ['granted', 'privacy-center'],
    ]);
    // The receipt is to be had later, too: the same record, with a proof of the ledger as it is now.
    const { receipt } = (await own.get(`/choices/${history[1].id}/receipt`)).json();
    const first = yes.json().receipt;
    expect([receipt.record_id, receipt.events]).toEqual([first.record_id, first.events]);
    await customer('saul');
    const other = await signedIn('saul');
    expect(codeOf(await other.get(`/choices/${history[1].id}/receipt`))).toBe('not_found');
  });

  it('sent twice with one id counts once, and the browser’s signal closes what it closes', async () => {
    await customer('tess');
    const own = await signedIn('tess');
    const body = { choices: { analytics: true, advertising: true }, id: ctx.random.id() };
    const first = await own.post('/choices', body, { 'sec-gpc': '1' });
    expect(first.json().choices).toEqual({ analytics: 'granted' });
    const again = await own.post('/choices', body, { 'sec-gpc': '1' });
    expect(again.json().ledgerIndex).toBe(first.json().ledgerIndex);
    expect((await own.get('/choices')).json().history).toHaveLength(1);
    expect(codeOf(await own.post('/choices', { choices: { 'legal-duty': false } }))).toBe('invalid_purpose');
  });
});

describe('what the customer does', () => {
  it('takes tags away, one or all, and they do not come back by their rule', async () => {
    const own = await asAna();
    const [tag] = (await own.get('/held')).json().tags;
    expect(codeOf(await own.post(`/tags/${ctx.random.id()}/delete`))).toBe('not_found');
    expect((await own.post(`/tags/${tag.id}/delete`)).json()).toEqual({ removed: 1 });
    expect((await own.post('/tags/delete')).json()).toEqual({ removed: 0 });
    expect((await own.get('/held')).json().tags).toEqual([]);
  });

  it('corrects a value: a new version, checked by the catalog, in the ledger by the name of the field alone', async () => {
    const id = await customer('uma');
    const own = await signedIn('uma');
    const right = await own.post('/correct', { field: 'identity.name', value: 'Uma Right' });
    expect(right.json()).toMatchObject({ field: 'identity.name', value: 'Uma Right' });
    const { values } = (await own.get('/held')).json();
    const names = values.filter(({ field }: { field: string }) => field === 'identity.name');
    expect(names.map(({ value }: { value: unknown }) => value)).toEqual(['Uma Right']);
    const { rows } = await ctx.db.query<{ row_version: number }>({
      text: 'SELECT row_version FROM bailee.field_value WHERE customer_id = $1 AND field_id = $2',
      values: [id, ctx.catalog.fieldByName.get('identity.name')!.id],
    });
    expect(rows).toEqual([{ row_version: 2 }]);
    for (const [field, value] of [
      ['identity.name', { nested: 'object' }],
      ['identity.name', ''],
      ['contact.email', 'thief@example.com'],
      ['identity.birthDate', '1990-01-01'],
      ['no.such', 'x'],
    ] as const)
      expect(codeOf(await own.post('/correct', { field, value })), field).toBe('invalid_body');
    expect(await openText(ctx)).not.toContain('Uma Right');
  });

  it('downloads everything: a request that is fulfilled at once, and again when asked again', async () => {
    await customer('vera');
    const own = await signedIn('vera');
    const answer = await own.post('/download', { language: 'zh-CN' });
    expect(answer.headers['content-type']).toBe('application/zip');
    const files = unzipSync(answer.rawPayload);
    expect(Buffer.from(files['data.json']!).toString('utf8')).toContain('vera Souza');
    await own.post('/download');
    const { requests } = (await own.get('/requests')).json();
    expect(requests.map(({ kind, state }: { kind: string; state: string }) => [kind, state])).toEqual([
      ['access', 'fulfilled'],
      ['access', 'fulfilled'],
    ]);
  });

  it('objects, restricts and complains: in the shop’s queue, with its last day; and takes it back', async () => {
    const id = await customer('wim');
    const own = await signedIn('wim');
    for (const kind of ['objection', 'restriction', 'complaint'])
      expect((await own.post('/requests', { kind })).json().request.dueOn, kind).toMatch(/^2026-12/);
    const officer = await personOf(ctx, store.id, 'privacy-officer');
    const { requests } = await listRequests(ctx, { actor: officer, customer: id });
    expect(requests.map(({ kind, channel, proof }) => [kind, channel, proof]).toSorted()).toEqual([
      ['complaint', 'center', 'signed-in'],
      ['objection', 'center', 'signed-in'],
      ['restriction', 'center', 'signed-in'],
    ]);
    const back = await own.post(`/requests/${requests[0]!.id}/withdraw`);
    expect(back.json().request.state).toBe('withdrawn');
    await customer('xena');
    const other = await signedIn('xena');
    expect(codeOf(await other.post(`/requests/${requests[1]!.id}/withdraw`))).toBe('not_found');
  });
});

describe('deleting everything', () => {
  it('says before what stays, why and until when; then does it, with a signed receipt, and ends every session', async () => {
    const id = await customer('yves');
    const [own, phone] = [await signedIn('yves'), await signedIn('yves')];
    const before = (await own.get('/erase')).json();
    expect(before.keeps).toMatchObject([{ class: 'commerce', orders: 1, because: expect.any(String) }]);
    expect(before.keeps[0].until).toMatch(/^20[3-9]\d-/);
    expect(before.erases).toContain('identity');
    expect(codeOf(await own.post('/erase', {}))).toBe('invalid_body');
    const done = (await own.post('/erase', { confirm: true })).json();
    expect(done).toMatchObject({ kept: before.keeps, erased: before.erases, receipt: expect.anything() });
    expect(own.cookies.size).toBe(0);
    expect(codeOf(await phone.get('/held'))).toBe('sign_in_required');
    expect(await count(ctx, 'bailee.center_session WHERE customer_id = $1', [id])).toBe(0);
    const { rows } = await ctx.db.query<{ state: string }>({
      text: "SELECT state FROM bailee.request WHERE customer_id = $1 AND kind = 'erasure'",
      values: [id],
    });
    expect(rows).toEqual([{ state: 'fulfilled' }]);
    const again = new CenterBrowser(one, null);
    const token = handOver(ctx, store.id, 'yves');
    expect(codeOf(await again.post('/session', { token }))).toBe('not_found');
  });

  it('of somebody without orders keeps nothing', async () => {
    await server.send(identify('zoe'), viewed({ userId: 'zoe' }));
    const own = await signedIn('zoe');
    expect((await own.get('/erase')).json().keeps).toEqual([]);
    expect((await own.post('/erase', { confirm: true })).json().kept).toEqual([]);
  });
});
