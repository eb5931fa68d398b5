/** Pages of the console that no rail leads to, and what has to be done on a page before there is something to see. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { send } from './01/shop.ts';
import type { Desk } from './04/desk.ts';
import type { Server } from './server.ts';

export type State = 'full' | 'empty' | 'loading' | 'error';

/** Whom the pictures of one customer, one case and one request show. */
export interface Subject {
  readonly order: string;
  readonly caseId: string;
  readonly requestId: string;
}

const MONTH_MS = 30 * 86_400_000;
const NO_ID = '01900000-0000-7000-8000-000000000000';
/** Of nobody. */
export const NO_SUBJECT: Subject = { order: '999999', caseId: NO_ID, requestId: NO_ID };

export interface Further {
  readonly name: string;
  readonly role: string;
  readonly path: (subject: Subject, state: State) => string;
}

/** A customer is opened from what was found; whoever comes by an address alone is asked what for. */
const customer = (_: Subject, state: State) =>
  state === 'empty' ? `/console/customers/${NO_ID}` : '/console/find';

export const FURTHER: readonly Further[] = [
  { name: 'customer', role: 'support', path: customer },
  { name: 'customer-cases', role: 'support', path: customer },
  { name: 'customer-choices', role: 'support', path: customer },
  { name: 'customer-looked', role: 'support', path: customer },
  { name: 'case', role: 'support', path: ({ caseId }) => `/console/cases/${caseId}` },
  { name: 'course', role: 'support', path: () => '/console/training/privacy-basics' },
  { name: 'request', role: 'privacy-officer', path: ({ requestId }) => `/console/requests/${requestId}` },
  { name: 'reports-requests', role: 'privacy-officer', path: () => '/console/reports?report=requests' },
  { name: 'home-officer', role: 'privacy-officer', path: () => '/console' },
  { name: 'conditions-officer', role: 'privacy-officer', path: () => '/console/conditions' },
  { name: 'nowhere', role: 'support', path: () => '/console/no-such-page' },
];

interface Demo {
  readonly writeKeys: { readonly server: string };
  readonly customers: readonly { readonly id: string; readonly orders: string[]; readonly cases: string[] }[];
}

function demoOf({ dataFolder }: Server): Demo {
  return JSON.parse(readFileSync(join(dataFolder, 'demo.json'), 'utf8')) as Demo;
}

/** A customer of the demo shop with an order and a case, who asks to be erased. */
export async function chooseSubject(server: Server, desk: Desk): Promise<Subject> {
  for (const { id, orders, cases } of demoOf(server).customers) {
    const [order, number] = [orders.at(-1), cases[0]];
    if (order === undefined || number === undefined) continue;
    const { body } = await desk.post('/api/cases/find', { number });
    const found = (body as { cases?: { id: string }[] }).cases?.[0];
    if (found === undefined) continue;
    const asked = { customer: id, kind: 'erasure', channel: 'letter', proof: 'document' };
    const { request } = (await desk.post('/api/requests', asked)).body as { request: { id: string } };
    return { order, caseId: found.id, requestId: request.id };
  }
  throw new Error('the demo has no customer with an order and a case');
}

/**
 * What the demo shop has none of: an approval that waits, glass that was broken, with its alert, a budget with a
 * release, and messages in quarantine.
 */
export async function fillDemo(server: Server, support: Desk, officer: Desk): Promise<void> {
  const { customers, writeKeys } = demoOf(server);
  // The last one, so that the first stays as it was.
  const { id: customer } = customers.at(-1)!;
  const wrong = ['nonsense', 'identity'].map((type, at) => ({
    type,
    messageId: `wrong-${at}`,
    userId: 'u-1',
  }));
  await send(server.url, writeKeys.server, wrong);
  const steps = [
    await officer.post('/api/approvals', {
      customer,
      fields: ['identity.nationalId'],
      purpose: 'legal-duty',
      evidence: { reason: 'The tax office asks, letter 88/2.' },
      reason: 'The tax office asks for the number.',
    }),
    await support.post('/api/break-glass', {
      customer,
      purpose: 'customer-service',
      reason: 'The parcel holds medicine and the courier waits.',
    }),
    await officer.post('/api/releases/budgets', {
      dataset: 'orders',
      purpose: 'analytics',
      epsilon: '1',
      delta: '1e-6',
    }),
    await officer.post('/api/releases', {
      name: 'Customers with an order',
      dataset: 'orders',
      purpose: 'analytics',
      question: { kind: 'count', of: 'customers' },
      privacy: { rho: '0.01' },
      roles: ['analyst', 'marketing'],
      until: new Date(Date.now() + MONTH_MS).toISOString(),
    }),
  ];
  for (const { status, text } of steps) if (status !== 200 && status !== 201) throw new Error(text);
}

/** Brings a page that is loaded to its state. `block` is called before what shall not be answered. */
export async function prepare(
  page: Page,
  name: string,
  { order }: Subject,
  state: State,
  block: () => Promise<void>,
): Promise<void> {
  if (name === 'find') await search(page, order);
  if (!name.startsWith('customer') || state === 'empty') return;
  await search(page, order);
  const open = page.locator('#main li a').first();
  await open.waitFor();
  await block();
  await open.click();
  const tab = /^customer-(.+)/.exec(name)?.[1];
  if (tab !== undefined && state === 'full') await page.locator(`[role=tab][data-tab=${tab}]`).click();
}

async function search(page: Page, order: string): Promise<void> {
  await page.locator('#main [data-search]').fill(order);
  await page.keyboard.press('Enter');
}
