/** Pages of the console that no rail leads to, and what has to be done on a page before there is something to see. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Desk } from './04/desk.ts';
import type { Server } from './server.ts';

export type State = 'full' | 'empty' | 'loading' | 'error';

/** Whom the pictures of one customer and one case show. */
export interface Subject {
  readonly order: string;
  readonly caseId: string;
}

const NO_ID = '01900000-0000-7000-8000-000000000000';
/** Of nobody. */
export const NO_SUBJECT: Subject = { order: '999999', caseId: NO_ID };

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
  { name: 'nowhere', role: 'support', path: () => '/console/no-such-page' },
];

/** A customer of the demo shop with an order and a case. */
export async function chooseSubject({ dataFolder }: Server, desk: Desk): Promise<Subject> {
  const demo = JSON.parse(readFileSync(join(dataFolder, 'demo.json'), 'utf8')) as {
    customers: { orders: string[]; cases: string[] }[];
  };
  for (const { orders, cases } of demo.customers) {
    const [order, number] = [orders.at(-1), cases[0]];
    if (order === undefined || number === undefined) continue;
    const { body } = await desk.post('/api/cases/find', { number });
    const found = (body as { cases?: { id: string }[] }).cases?.[0];
    if (found !== undefined) return { order, caseId: found.id };
  }
  throw new Error('the demo has no customer with an order and a case');
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
