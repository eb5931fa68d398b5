/** The pages for those who give rights and check on them, in a real browser; no fault that axe knows on any. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../accept/browser.ts';
import { SESSION_COOKIE } from '../../contract/staff.ts';
import type { GateCtx } from '../../src/gate/context.ts';
import { sequence } from '../../src/ledger/sequence.ts';
import { hasBrowser } from '../kit/browser.ts';
import { sound, visitConsole } from '../kit/console-page.ts';
import { testServer } from '../kit/server.ts';
import { identify } from '../kit/shop.ts';
import { codeAt, type Joined, joined } from '../kit/staff.ts';
import { gateContext, makeStore } from '../kit/store.ts';

const present = hasBrowser();

const STEP_MS = 30_000;

let ctx: GateCtx;
let url: string;
let browser: Browser;
let manager: Joined;
let officer: Joined;
let agent: Joined;
const faults: string[] = [];

beforeAll(async () => {
  if (!present) return;
  ctx = await gateContext();
  const store = await makeStore(ctx);
  const { server, post } = await testServer(ctx);
  url = await server.listen({ host: '127.0.0.1', port: 0 });
  const sent = await post('/v1/batch', store.serverKey, {
    batch: [identify('u-1', { traits: { email: 'ursula@example.org', shoeSize: '39' } })],
  });
  expect(sent.json()).toMatchObject({ accepted: 1 });
  manager = await joined(ctx, store.store, ['administrator'], { name: 'Elena Rossi' });
  officer = await joined(ctx, store.store, ['privacy-officer'], { name: 'Priya Raman' });
  agent = await joined(ctx, store.store, ['support', 'order-desk'], { name: 'Mara Lind' });
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** What is over and what works is told by the time of the server. */
function visit(path: string, { session }: Joined, width?: number): Promise<Page> {
  const size = width === undefined ? {} : { width };
  return visitConsole(browser, `${url}/console${path}`, { session, now: ctx.clock.now(), faults, ...size });
}

describe.skipIf(!present)('people and their rights, at the console', () => {
  it('lets an administrator invite somebody, after a new proof, by a link that is shown once', async () => {
    await ctx.db.query({
      text: 'UPDATE bailee.session SET stepped_up_until = NULL WHERE person_id = $1',
      values: [manager.id],
    });
    const page = await visit('/people', manager);
    await page.waitForSelector('th:has-text("Mara Lind")');
    await sound(page);
    await page.click('#main button:has-text("Invite")');
    await sound(page);
    await page.fill('dialog input >> nth=0', 'Jonas Weber');
    await page.fill('dialog input[type=email]', 'jonas@shop.example');
    await page.check('dialog label:has-text("Auditor") input');
    await page.fill('dialog input[type=date]', '2199-12-31');
    await page.click('dialog [type=submit]');
    await page.waitForSelector('dialog [autocomplete=one-time-code]');
    await sound(page);
    await page.fill(
      'dialog [autocomplete=one-time-code]',
      codeAt(manager.totpSecret, ctx.clock.now() + STEP_MS),
    );
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog output');
    expect(await page.textContent('dialog output')).toMatch(/\/console\/join#[\w-]{20,}$/);
    await sound(page);
    await page.click('dialog button:has-text("Close") >> nth=-1');
    await page.waitForSelector('tr:has-text("Jonas Weber"):has-text("Invited"):has-text("2199")');
    expect(await page.textContent('body')).not.toContain('join#');
    // The new proof gave the session a new value.
    const cookie = (await page.context().cookies()).find(({ name }) => name === SESSION_COOKIE);
    expect(cookie?.value).not.toBe(manager.session);
    manager = { ...manager, session: cookie!.value };
  });

  it('lets an administrator change roles, not their own, and says what ends when somebody leaves', async () => {
    const page = await visit('/people', manager);
    await page.click('th button:has-text("Elena Rossi")');
    await page.waitForSelector('dialog fieldset[disabled]');
    expect(await page.textContent('dialog')).not.toContain('Leaves the store');
    await page.keyboard.press('Escape');
    await page.click('th button:has-text("Mara Lind")');
    await sound(page);
    await page.uncheck('dialog label:has-text("Order desk") input');
    await page.click('dialog [type=submit]');
    await page.waitForSelector('dialog', { state: 'detached' });
    await page.waitForSelector('tr:has-text("Mara Lind"):not(:has-text("Order desk"))');
    await page.click('th button:has-text("Jonas Weber")');
    await page.click('dialog button:has-text("Leaves the store")');
    await page.waitForSelector('dialog li:has-text("All sessions")');
    await sound(page);
    await page.click('dialog button:has-text("End all access")');
    await page.waitForSelector('tr:has-text("Jonas Weber")', { state: 'detached' });
  });

  it('lets the privacy officer review the access of all others, and sign for it', async () => {
    const page = await visit('/people', officer);
    await page.click('text=Review access');
    await page.waitForSelector('li:has-text("Mara Lind")');
    expect(await page.textContent('#main')).not.toContain('Priya Raman');
    await page.uncheck('li:has-text("Mara Lind") label:has-text("Support") input');
    await page.waitForSelector('text=Kept: 1. Taken: 1.');
    await sound(page);
    await page.click('#main button:has-text("Sign off")');
    await sound(page);
    await page.click('dialog button:has-text("Sign off")');
    await page.waitForSelector('text=The review is signed: 1 kept, 1 taken.');
    await ctx.db.query({
      text: `INSERT INTO bailee.person_role (person_id, role, since) VALUES ($1, 'support', $2)`,
      values: [agent.id, new Date(ctx.clock.now())],
    });
  });

  it('tells support that these pages are not for them, and does not ask the server', async () => {
    const page = await visit('/people', agent);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    for (const path of ['people', 'keys', 'ledger', 'undeclared', 'quarantine', 'data-map', 'notices']) {
      await page.goto(`${url}/console/${path}`);
      await page.waitForSelector('text=This page is not for your role');
      expect(await page.locator(`nav a[href="/console/${path}"]`).count()).toBe(0);
    }
    expect(asked.filter((path) => /^\/(api\/(staff$|keys|ledger)|ledger)/.test(path))).toEqual([]);
    await sound(page);
  });

  it('makes a key that is shown once, changes it for a new one, and revokes it', async () => {
    const page = await visit('/keys', manager);
    await page.click('#main button:has-text("New key")');
    await page.fill('dialog input >> nth=0', 'Web shop');
    await sound(page);
    await page.click('dialog [type=submit]');
    const first = await page.textContent('dialog output');
    await sound(page);
    await page.click('dialog button:has-text("Close") >> nth=-1');
    await page.click('tr:has-text("Web shop") button:has-text("Change")');
    await sound(page);
    await page.click('dialog [type=submit]');
    await page.waitForSelector('dialog output');
    expect(await page.textContent('dialog output')).not.toBe(first);
    await page.click('dialog button:has-text("Close") >> nth=-1');
    await page.waitForSelector('tr:has-text("Web shop"):has-text("Works until")');
    await page.click('tr:has-text("Web shop"):has-text("Works until") button:has-text("Revoke")');
    await page.click('dialog button:has-text("Revoke the key")');
    await page.waitForSelector('tr:has-text("Web shop"):has-text("Works until")', { state: 'detached' });
    await page.check('text=Show keys that no longer work');
    await page.waitForSelector('tr:has-text("Web shop"):has-text("Revoked")');
    await sound(page);
  });
});

describe.skipIf(!present)('what is kept and what was done, at the console', () => {
  it('checks the ledger and its entries in the browser', async () => {
    while ((await sequence(ctx)) > 0);
    const page = await visit('/ledger?index=0', officer);
    await page.waitForSelector('text=The entry is in the ledger of');
    await page.waitForSelector('dd:has-text("Valid")');
    await sound(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.click('text=Download the proof'),
    ]);
    expect(download.suggestedFilename()).toBe('entry-0.tlog-proof');
  });

  it('says so when an entry is not what was signed', async () => {
    const page = await visit('/ledger', officer);
    await page.waitForSelector('dd:has-text("Valid")');
    await page.route('**/api/ledger/entries/*', async (route) => {
      const answer = await route.fetch();
      const leaf = Buffer.from('{"v":1,"c":"forged"}').toString('base64');
      await route.fulfill({ json: { ...(await answer.json()), leaf } });
    });
    await page.click('text=The newest');
    await page.waitForSelector('[role=alert]:has-text("The proof does not fit")');
    await sound(page);
  });

  it.each([
    ['/undeclared', 'th:has-text("shoeSize")'],
    ['/quarantine', 'text=Nothing is held back'],
    ['/releases', 'text=There is no budget yet'],
    ['/data-map', 'th:has-text("contact.email")'],
    ['/notices', 'text=No notice has been shown yet'],
    // On a wide screen `npm run accept -- 4 --line 5` looks at every page.
  ])('has %s without a fault on a telephone', async (path, mark) => {
    const page = await visit(path, officer, 390);
    await page.waitForSelector(mark, { state: 'attached' });
    await sound(page);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await page.context().close();
  });

  it('publishes a notice and shows it word for word', async () => {
    const page = await visit('/notices', officer);
    await page.click('#main button:has-text("Publish a version")');
    await page.fill('dialog textarea', 'The first one.');
    await page.check('dialog label:has-text("They are asked again") input');
    await sound(page);
    await page.click('dialog [type=submit]');
    await page.click('th button:has-text("Version 1")');
    await page.waitForSelector('dialog [lang=en]');
    await sound(page);
    await page.selectOption('dialog select', 'ar');
    await page.waitForSelector('dialog [lang=ar][dir=rtl]');
    await sound(page);
  });

  it('sets a budget', async () => {
    const page = await visit('/releases', officer);
    await page.click('#main button:has-text("Set a budget")');
    await page.fill('dialog input >> nth=0', '1');
    await sound(page);
    await page.click('dialog [type=submit]');
    await page.waitForSelector('[role=meter]');
    await sound(page);
  });

  it('ran no script or style that its policy forbids, and threw nothing', () => {
    expect(faults).toEqual([]);
  });
});
