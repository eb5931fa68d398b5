import { beforeAll, describe, expect, it } from 'vitest';
import { type TestGate, testGate, testStore } from '../../../test/kit/gate.ts';
import { testServer } from '../../../test/kit/server.ts';
import { identify, opened, shop } from '../../../test/kit/shop.ts';
import { Browser, type Joined, joined } from '../../../test/kit/staff.ts';
import { trainingPlan } from '../../staff/training/catalog.ts';

let ctx: TestGate;
let ana: string;
const people: Record<string, Browser> = {};
beforeAll(async () => {
  ctx = await testGate();
  const store = await testStore(ctx);
  const customers = shop(ctx, store.server);
  await customers.send(
    identify('ana', { traits: { email: 'ana@example.com', nationalId: '123.456.789-00' } }),
    opened({ userId: 'ana' }, 't-ana'),
  );
  ana = await customers.idOf('userId', 'ana');
  const { server } = await testServer(ctx);
  const browser = ({ session }: Joined) => new Browser(server, session);
  for (const role of ['support', 'privacy-officer', 'security'] as const)
    people[role] = browser(await joined(ctx, store.id, [role]));
  people.new = browser(await joined(ctx, store.id, ['support'], { trained: false }));
  await people.new.post('/api/session/language', { language: 'zh-CN' });
});

async function ask(who: string, method: 'GET' | 'POST', url: string, payload?: object) {
  const browser = people[who]!;
  const answer = await (method === 'GET' ? browser.get(`/api${url}`) : browser.post(`/api${url}`, payload));
  const body = answer.json();
  return { status: answer.statusCode, code: body.error?.code as string | undefined, body };
}

describe('training over HTTP', () => {
  it('lists the courses in the person’s language, and takes the answers that open the data', async () => {
    const { body } = await ask('new', 'GET', '/training');
    expect(body.courses[0]).toMatchObject({ id: 'privacy-basics', title: '隐私基础', state: 'missing' });
    const read = await ask('new', 'GET', '/training/phishing');
    expect(JSON.stringify(read.body)).not.toMatch(/"right"|"why"/);
    const { questions } = trainingPlan().courses.get('phishing')!.texts.get('en')!;
    const answers = Object.fromEntries(questions.map(({ id, right }) => [id, right]));
    const told = await ask('new', 'POST', '/training/phishing/answers', { version: 1, answers });
    expect(told.body).toMatchObject({ passed: true, right: 5, of: 5 });
    expect((await ask('new', 'GET', '/training/nothing')).code).toBe('not_found');
  });
});

describe('conditions over HTTP', () => {
  const question = () => ({
    customer: ana,
    fields: ['identity.nationalId'],
    purpose: 'legal-duty',
    evidence: { reason: 'identity theft' },
    reason: 'planted-secret',
  });

  it('ask, read, decide and list approvals, each step by whom it belongs to', async () => {
    const { body } = await ask('privacy-officer', 'POST', '/approvals', question());
    expect(body.state).toBe('asked');
    const at = `/approvals/${body.id}`;
    expect((await ask('security', 'GET', `${at}/reason`)).body).toEqual({ reason: 'planted-secret' });
    expect((await ask('privacy-officer', 'POST', `${at}/decide`, { approve: true })).code).toBe('forbidden');
    expect((await ask('security', 'POST', `${at}/decide`, { approve: true })).status).toBe(200);
    const list = await ask('security', 'GET', '/approvals');
    expect(list.body.approvals).toMatchObject([{ id: body.id, state: 'approved' }]);
    expect(JSON.stringify(list.body)).not.toContain('planted-secret');
    expect((await ask('new', 'POST', '/approvals', { ...question(), fields: [] })).status).toBe(400);
  });

  it('break glass for one customer or one identifier, alert, and review', async () => {
    const broken = { purpose: 'customer-service', reason: 'emergency' };
    const both = { ...broken, customer: ana, identifier: { kind: 'email', value: 'ana@example.com' } };
    expect((await ask('support', 'POST', '/break-glass', broken)).code).toBe('invalid_body');
    expect((await ask('support', 'POST', '/break-glass', both)).code).toBe('invalid_body');
    expect((await ask('new', 'POST', '/break-glass', { ...broken, customer: ana })).code).toBe(
      'training_required',
    );
    const { body } = await ask('support', 'POST', '/break-glass', { ...broken, customer: ana });
    const alerts = await ask('security', 'GET', '/alerts');
    expect(alerts.body.alerts).toMatchObject([{ kind: 'break-glass', subject: body.id, seenAt: null }]);
    expect((await ask('support', 'GET', '/alerts')).code).toBe('forbidden');
    const seen = `/alerts/${alerts.body.alerts[0].id}/seen`;
    expect((await ask('security', 'POST', seen)).body).toEqual({ done: true });
    const review = `/break-glass/${body.id}/review`;
    expect((await ask('support', 'POST', review, { justified: true })).code).toBe('forbidden');
    expect((await ask('security', 'POST', review, { justified: true })).body).toEqual({ done: true });
    expect((await ask('support', 'GET', '/break-glass')).body.breakGlass).toMatchObject([
      { state: 'justified' },
    ]);
    expect((await ask('support', 'GET', `/break-glass/${body.id}/reason`)).body).toEqual({
      reason: 'emergency',
    });
    expect((await ask('security', 'POST', '/alerts/none/seen')).code).toBe('not_found');
  });

  it('declare whom one knows, and never tell the value again', async () => {
    const declared = { relation: 'declared', identifier: { kind: 'email', value: 'sister@example.com' } };
    expect((await ask('support', 'POST', '/known', declared)).body).toEqual({ done: true });
    const { body } = await ask('support', 'GET', '/known');
    expect(body.known).toMatchObject([{ relation: 'declared', kind: 'email' }]);
    expect(JSON.stringify(body)).not.toContain('sister');
    const order = { relation: 'self', identifier: { kind: 'order', value: 'o-1' } };
    expect((await ask('support', 'POST', '/known', order)).status).toBe(400);
  });
});
