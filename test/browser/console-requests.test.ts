/** Requests, reports and holds in a real browser: from a letter to an erasure that two people order, by keyboard too. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../accept/browser.ts';
import type { GateCtx } from '../../src/gate/context.ts';
import { hasBrowser } from '../kit/browser.ts';
import { sound, visitConsole } from '../kit/console-page.ts';
import { testServer } from '../kit/server.ts';
import { bought, identify } from '../kit/shop.ts';
import { type Joined, joined } from '../kit/staff.ts';
import { gateContext, makeStore } from '../kit/store.ts';

const present = hasBrowser();

let ctx: GateCtx;
let url: string;
let browser: Browser;
let agent: Joined;
let officer: Joined;
let second: Joined;
const faults: string[] = [];

beforeAll(async () => {
  if (!present) return;
  ctx = await gateContext();
  const store = await makeStore(ctx);
  const { server, post } = await testServer(ctx);
  url = await server.listen({ host: '127.0.0.1', port: 0 });
  const batch = [
    identify('u-1', { traits: { name: 'Ursula Weiss', email: 'ursula@example.org' } }),
    bought({ userId: 'u-1' }, '1217'),
    identify('u-2', { traits: { name: 'Otto Weiss' } }),
    bought({ userId: 'u-2' }, '1218'),
  ];
  expect((await post('/v1/batch', store.serverKey, { batch })).json()).toMatchObject({ accepted: 4 });
  agent = await joined(ctx, store.store, ['support'], { name: 'Mara Lind' });
  officer = await joined(ctx, store.store, ['privacy-officer'], { name: 'Priya Raman' });
  second = await joined(ctx, store.store, ['privacy-officer'], { name: 'Ana Costa' });
  browser = await openBrowser();
});
afterAll(() => browser?.close());

async function visit(path: string, { session }: Joined): Promise<Page> {
  const page = await visitConsole(browser, `${url}/console${path}`, { session, faults });
  await page.waitForSelector('#main h1');
  await page.waitForLoadState('networkidle');
  return page;
}

/** From an order to the page of the request. */
async function writeDown(page: Page, order: string, kind: string): Promise<void> {
  await page.click('text=Write down a request');
  await page.fill('dialog input', order);
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog input[type=date]');
  await page.selectOption('dialog label:has-text("Asked for") + select', kind);
}

describe.skipIf(!present)('the console', () => {
  it('lets support write a letter down, and say that the customer proved who they are', async () => {
    const page = await visit('/requests', agent);
    await page.waitForSelector('text=No requests here');
    await sound(page);
    await writeDown(page, '1217', 'erasure');
    await sound(page);
    await page.click('dialog [type=submit]');
    await page.waitForSelector('h1:has-text("Erasure")');
    // Who asks is not shown, and stands in no address.
    expect(await page.textContent('body')).not.toMatch(/Ursula|example\.org/);
    expect(page.url()).not.toContain('1217');
    await page.click('button:has-text("Identity is proved")');
    await page.selectOption('dialog select', 'document');
    await sound(page);
    await page.click('dialog [type=submit]');
    await page.waitForSelector('li:has-text("Document was seen")');
    expect(await page.locator('button:has-text("Erase the customer")').count()).toBe(0);
    await sound(page);
  });

  it('has the queue in its address, and opens what is due first by keyboard', async () => {
    const page = await visit('/requests?kind=erasure', officer);
    await page.waitForSelector('[data-row="0"]');
    await sound(page);
    await page.keyboard.press('j');
    await page.waitForFunction('document.activeElement?.dataset?.row === "0"');
    await page.keyboard.press('Enter');
    await page.waitForSelector('h2:has-text("What will stay")');
    expect(await page.textContent('#main')).toContain('1 order');
    await page.click('#main li a:has-text("ledger")');
    await page.waitForURL(/\/ledger\?index=\d+/);
  });

  it('erases with a request whose proof support saw', async () => {
    const page = await visit('/requests', officer);
    await page.click('[data-row="0"]');
    await page.click('#main button:has-text("Erase the customer")');
    await page.waitForSelector('dialog :text("What will stay")');
    await sound(page);
    await page.click('dialog [type=submit]');
    await page.waitForSelector('h1:has-text("Fulfilled")');
    await page.waitForSelector('text=There is nothing more to do.');
    await sound(page);
  });

  it('lets nobody erase alone: the officer who saw the proof asks a second person, who approves', async () => {
    const page = await visit('/requests', officer);
    await page.click('text=Write down a request');
    await page.fill('dialog input', '1218');
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog input[type=date]');
    await page.selectOption('dialog label:has-text("Asked for") + select', 'erasure');
    await page.selectOption('dialog label:has-text("Proof") + select', 'document');
    await page.click('dialog [type=submit]');
    await page.click('#main button:has-text("Erase the customer")');
    await page.click('dialog [type=submit]');
    await page.waitForSelector('dialog :text("Nobody erases alone")');
    await page.fill('dialog textarea', 'Otto wrote a letter and enclosed a copy.');
    await sound(page);
    await page.click('dialog button:has-text("Ask a second person")');
    await page.waitForSelector('dialog :text("Asked.")');
    await page.keyboard.press('Escape');

    const other = await visit('/conditions', second);
    await other.waitForSelector('li:has-text("Priya Raman asks to erase a customer")');
    await sound(other);
    await other.click('button:has-text("Approve")');
    await other.waitForSelector('li:has-text("Approved")');

    await page.click('#main button:has-text("Erase the customer")');
    await page.click('dialog [type=submit]');
    await page.waitForSelector('h1:has-text("Fulfilled")');
  });

  it('makes reports of what is in force, and saves them as PDF', async () => {
    const page = await visit('/reports', officer);
    await page.waitForSelector('h2:has-text("Impact assessment")');
    await sound(page);
    for (const report of ['requests', 'retention', 'consent']) {
      await page.click(`[data-tab=${report}]`);
      await page.waitForLoadState('networkidle');
      await page.locator('#main .animate-pulse').first().waitFor({ state: 'detached' });
      await sound(page);
    }
    await page.click('[data-tab=requests]');
    expect(await page.textContent('tr:has-text("Erasure")')).toContain('2');
    const saved = page.waitForEvent('download');
    await page.click('a:has-text("Save as PDF")');
    expect((await saved).suggestedFilename()).toBe('requests.pdf');
  });

  it('says what is held, and until when', async () => {
    const page = await visit('/retention', officer);
    await page.click('[data-tab=holds]');
    await page.waitForSelector('th:has-text("Commerce")');
    await sound(page);
  });

  it('ran no script or style that its policy forbids, and threw nothing', () => {
    expect(faults).toEqual([]);
  });
});
