import { beforeAll, describe, expect, it } from 'vitest';
import { PURPOSES } from '../../../contract/names.ts';
import { OPERATOR } from '../../../test/kit/erase.ts';
import { type TestGate, testGate, testStore } from '../../../test/kit/gate.ts';
import { bought, identify, shop } from '../../../test/kit/shop.ts';
import { erase } from '../erase.ts';
import { createRequest } from '../requests/create.ts';
import { stepRequest } from '../requests/step.ts';
import { consentReport } from './consent.ts';
import { reportPdf } from './make.ts';
import { processingPaper } from './papers.ts';
import { processingReport } from './processing.ts';
import { requestsReport } from './requests.ts';
import { retentionReport } from './retention.ts';

const DAY = 86_400_000;

let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let facts: { id: string; country: string };
let server: ReturnType<typeof shop>;
beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
  facts = { id: store.id, country: 'DE' };
  server = shop(ctx, store.server);
});

async function asked(name: string, kind: 'access' | 'erasure' | 'opt-out', daysAgo = 0) {
  await server.send(
    identify(name, { traits: { name: 'Ilka Brandt' } }),
    bought({ userId: name }, `o-${name}`),
  );
  const customer = await server.idOf('userId', name);
  const { row } = await createRequest(ctx, {
    ...{ author: store.actor('support') as never, customer, kind, channel: 'letter', proof: 'document' },
    receivedAt: ctx.clock.now() - daysAgo * DAY,
  });
  return { customer, id: row.id };
}
const step = (id: string, name: 'fulfil' | 'refuse' | 'withdraw', because?: 'legal-claims') =>
  stepRequest(ctx, {
    ...{ author: store.actor('privacy-officer') as never, id, step: name },
    ...(because === undefined ? {} : { because }),
  });

describe('the record of processing', () => {
  it('has every purpose that the catalog serves, with its basis, its fields, its roles and its times', async () => {
    await server.send(identify('one', { traits: { name: 'Ilka Brandt' } }));
    const report = await processingReport(ctx, facts);
    const served = PURPOSES.filter((purpose) =>
      [...ctx.catalog.fields, ...ctx.catalog.events].some(({ purposes }) => purposes.includes(purpose)),
    );
    expect(report.activities.map(({ purpose }) => purpose)).toEqual(served);
    const service = report.activities.find(({ purpose }) => purpose === 'customer-service')!;
    expect(service).toMatchObject({
      basis: 'contract',
      source: expect.stringContaining('GDPR art. 6(1)(b)'),
    });
    expect(service.fields).toContain('contact.email');
    expect(service.roles).toEqual(['support', 'order-desk', 'privacy-officer']);
    expect(report.retention.find(({ kind }) => kind === 'behavior')).toMatchObject({ set: ['25 months'] });
    expect(report.people.length).toBeGreaterThan(0);
  });

  it('says for each case of PIPL Art. 55 whether it is there, and what is in it', async () => {
    const { assessments } = await processingReport(ctx, facts);
    expect(assessments.map(({ when, applies }) => [when, applies])).toEqual([
      ['sensitive', true],
      ['automated', true],
      ['handing-on', true],
      ['abroad', false],
    ]);
    const declared = ctx.catalog.fields.filter(({ sensitivity }) => sensitivity !== 'ordinary');
    expect(assessments[0]!.what).toEqual(expect.arrayContaining(declared.map(({ name }) => name)));
  });
});

describe('the record of a shop with a recipient', () => {
  it('names it, says that where it is is not known, and asks for the assessment', async () => {
    const next = await testStore(ctx);
    const at = { id: next.id, country: 'DE' };
    expect((await processingReport(ctx, at)).transfers).toEqual([]);
    await ctx.db.query({
      text: `INSERT INTO bailee.recipient (id, store_id, name, protocol, url, identify, purposes, fields, sealed, made_by, made_at)
             VALUES ($1, $2, 'Ads GmbH', 'webhook', 'https://ads.example', 'pseudonym', '{advertising}', '{contact.email}', '', $1, now())`,
      values: [ctx.random.id(), next.id],
    });
    const report = await processingReport(ctx, at);
    expect([report.recipients, report.transfers]).toEqual([['Ads GmbH'], null]);
    expect(report.assessments.find(({ when }) => when === 'abroad')).toMatchObject({
      ...{ applies: true, what: ['Ads GmbH'] },
    });
    expect(JSON.stringify(processingPaper(report))).toContain('["Handed on to","Ads GmbH"]');
  });
});

describe('the figures of a year', () => {
  it('count what came, what was complied with, denied and withdrawn, and the days to the answer', async () => {
    const { year } = await requestsReport(ctx, store.id);
    const [a, b, c, d] = [
      await asked('a', 'access', 10),
      await asked('b', 'access', 20),
      await asked('c', 'access', 40),
      await asked('d', 'access', 50),
    ];
    await step(a.id, 'fulfil');
    await step(b.id, 'refuse', 'legal-claims');
    await step(c.id, 'withdraw');
    const gone = await asked('e', 'erasure', 3);
    await erase(ctx, { actor: OPERATOR, customer: gone.customer, evidence: { reason: 'asked' } });
    const report = await requestsReport(ctx, store.id, year);
    const access = report.kinds.find(({ kind }) => kind === 'access')!.figures;
    // The one that nobody answered for fifty days is late.
    expect(access).toEqual({
      ...{ received: 4, complied: 1, denied: 1, withdrawn: 1, open: 1, late: 1 },
      ...{ medianDays: 15, meanDays: 15 },
    });
    expect(report.kinds.find(({ kind }) => kind === 'erasure')!.figures).toMatchObject({ complied: 1 });
    expect(report.all).toMatchObject({ received: 5, complied: 2, medianDays: 10, meanDays: 11 });
    expect(report.denials).toEqual([{ because: 'legal-claims', count: 1 }]);
    expect(report.years).toEqual([year]);
    expect(JSON.stringify(report)).not.toContain(d.customer);
  });

  it('of a year without a request are nothing', async () => {
    const report = await requestsReport(ctx, store.id, 2001);
    expect(report.kinds).toEqual([]);
    expect(report.all).toMatchObject({ received: 0, medianDays: null, meanDays: null });
  });
});

describe('a report on paper', () => {
  it.each(['processing', 'requests', 'retention', 'consent'] as const)('of %s is a PDF', async (report) => {
    const pdf = await reportPdf(ctx, facts, { report });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(1_000);
  });
});

describe('the other reports', () => {
  it('are the schedule with its runs, and the notices with how many chose', async () => {
    const retention = await retentionReport(ctx, facts);
    expect(retention.schedule.regions.length).toBeGreaterThan(0);
    const consent = await consentReport(ctx, store.id);
    expect(consent.rates).toMatchObject({ by: 'week', running: false });
  });
});
