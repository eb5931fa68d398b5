/** The console in a real browser, against a real server: a working day in short, and no fault that axe knows. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../accept/browser.ts';
import type { GateCtx } from '../../src/gate/context.ts';
import { hasBrowser } from '../kit/browser.ts';
import { sound, visitConsole } from '../kit/console-page.ts';
import { testServer } from '../kit/server.ts';
import { bought, identify } from '../kit/shop.ts';
import { codeAt, type Joined, joined } from '../kit/staff.ts';
import { gateContext, makeStore } from '../kit/store.ts';

const present = hasBrowser();

const STEP_MS = 30_000;
const EMAIL = 'ursula@example.org';
const PHONE = '+4940123456';

let ctx: GateCtx;
let url: string;
let browser: Browser;
let agent: Joined;
let officer: Joined;
const faults: string[] = [];

beforeAll(async () => {
  if (!present) return;
  ctx = await gateContext();
  const store = await makeStore(ctx);
  const { server } = await testServer(ctx);
  url = await server.listen({ host: '127.0.0.1', port: 0 });
  const batch = [
    identify('u-1', { traits: { name: 'Ursula Weiss', email: EMAIL, phone: PHONE } }),
    bought({ userId: 'u-1' }, '1217'),
  ];
  const authorization = `Basic ${Buffer.from(`${store.serverKey}:`).toString('base64')}`;
  const sent = await server.inject({
    method: 'POST',
    url: '/v1/batch',
    headers: { authorization },
    payload: { batch },
  });
  expect(sent.json()).toMatchObject({ accepted: 2 });
  agent = await joined(ctx, store.store, ['support'], { name: 'Mara Lind' });
  officer = await joined(ctx, store.store, ['privacy-officer'], { name: 'Priya Raman' });
  browser = await openBrowser();
});
afterAll(() => browser?.close());

function visit(path: string, session?: string): Promise<Page> {
  return visitConsole(browser, `${url}/console${path}`, { session, faults });
}

/** With the next code: that of now was used by joining. */
async function signIn(page: Page, { email, password, totpSecret }: Joined): Promise<void> {
  await page.waitForSelector('input[type=email]');
  await page.fill('input[type=email]', email);
  await page.fill('input[type=password]', password);
  await page.keyboard.press('Enter');
  await page.fill('[autocomplete=one-time-code]', codeAt(totpSecret, ctx.clock.now() + STEP_MS));
  await page.keyboard.press('Enter');
  await page.waitForSelector('#main h1');
}

describe.skipIf(!present)('the console', () => {
  it('lets an agent find a customer by an order, reveal a phone with a reason, and change to Chinese', async () => {
    const page = await visit('/find');
    await page.waitForSelector('input[type=email]');
    await sound(page);
    await signIn(page, agent);
    // Whoever had to sign in first is then where they wanted to go.
    await page.fill('[data-search]', '1217');
    await sound(page);
    await page.keyboard.press('Enter');
    await page.click('#main li a');
    await page.waitForSelector('[role=tab]');
    expect(await page.textContent('#main')).not.toContain(PHONE.slice(-6));
    await sound(page);

    await page.click('text=Reveal…');
    await sound(page);
    await page.check('dialog label:has-text("Phone") input');
    await page.fill('dialog textarea', 'The parcel service needs a number');
    await page.click('dialog [type=submit]');
    await page.waitForSelector('dialog', { state: 'detached' });
    expect((await page.textContent('#main'))?.replace(/\s/g, '')).toContain(PHONE.slice(-6));
    expect(page.url()).not.toMatch(/1217|ursula/i);
    await sound(page);

    await page.keyboard.press('Control+k');
    await page.keyboard.type('简体');
    await sound(page);
    await page.keyboard.press('Enter');
    await page.waitForSelector('html[lang=zh-CN]');
    await page.waitForSelector('text=查找客户');
    await sound(page);
  });

  it('lets an agent log a complaint and hand it over, by its own page', async () => {
    const page = await visit('/cases', agent.session);
    await page.waitForSelector('html[lang=zh-CN]');
    await page.click('text=记录工单');
    await page.fill('dialog input', '1217');
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog textarea');
    await sound(page);
    await page.fill('dialog input[maxlength="500"]', 'Parcel came broken');
    await page.fill('dialog textarea', 'The box was open and the teapot is in pieces.');
    await page.click('dialog [type=submit]');
    await page.waitForSelector('h1:has-text("Parcel came broken")');
    await sound(page);
    await page.selectOption('label:has-text("优先级") + select', 'urgent');
    await page.click('[data-tab=note]');
    await page.fill('#main textarea', 'Photos are on their way.');
    await page.click('#main form [type=submit]');
    await page.waitForSelector('article:has-text("Photos are on their way.")');
    await page.goto(`${url}/console/cases?kind=complaint`);
    await page.waitForSelector('[data-row="0"]');
    await page.waitForLoadState('networkidle');
    await page.keyboard.press('j');
    // The row may have to be drawn before it is gone to.
    await page.waitForFunction('document.activeElement?.dataset?.row === "0"');
    await sound(page);
  });

  it('shows the privacy officer who looked, for what, and where it stands in the ledger', async () => {
    const page = await visit('/find');
    await signIn(page, officer);
    await page.fill('[data-search]', '1217');
    await page.keyboard.press('Enter');
    await page.click('#main li a');
    await page.click('[data-tab=looked]');
    await page.waitForSelector('li:has-text("Mara Lind"):has-text("Phone"):has-text("entry")');
    await sound(page);
  });

  it('forgets what it showed when the session ends elsewhere', async () => {
    const page = await visit('/settings', officer.session);
    await page.waitForSelector('text=Where you are signed in');
    await page.context().clearCookies();
    await page.click('nav a[href="/console/training"]');
    await page.waitForSelector('input[type=email]');
    expect(await page.textContent('body')).not.toContain('Priya');
  });

  it('ran no script or style that its policy forbids, and threw nothing', () => {
    expect(faults).toEqual([]);
  });
});
