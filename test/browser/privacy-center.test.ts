/** The privacy center in a real browser, against a real server: as a customer would, on a phone, in three languages. */

import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { unzipSync } from 'fflate';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../accept/browser.ts';
import { overflowing } from '../../accept/capture.ts';
import type { CenterLanguage } from '../../contract/center-languages.ts';
import type { GateCtx } from '../../src/gate/context.ts';
import { sendCodes } from '../../src/rights/center/codes.ts';
import { hasBrowser } from '../kit/browser.ts';
import { handOver } from '../kit/center.ts';
import { type Mailbox, mailbox } from '../kit/mailbox.ts';
import { testServer } from '../kit/server.ts';
import { bought, chose, identify, opened, shop } from '../kit/shop.ts';
import { gateContext, makeStore, type TestStore } from '../kit/store.ts';

const present = hasBrowser();
const WAIT_MS = 60_000;
/** Every rule of axe on every part takes its time on a busy machine. */
const LONG_MS = 240_000;
const MOST_SCRIPT_BYTES = 120 * 1024;
const PARTS = ['', '/data', '/looks', '/choices', '/tags', '/requests', '/download', '/delete'];

let ctx: GateCtx;
let keys: TestStore;
let url: string;
let browser: Browser;
let smtp: Mailbox;
let send: ReturnType<typeof shop>['send'];
let idOf: ReturnType<typeof shop>['idOf'];
const faults: string[] = [];

beforeAll(async () => {
  if (!present) return;
  smtp = await mailbox();
  ctx = await gateContext({ env: { BAILEE_SMTP_URL: smtp.url } });
  keys = await makeStore(ctx);
  const one = await testServer(ctx);
  url = await one.server.listen({ host: '127.0.0.1', port: 0 });
  const server = shop(ctx, { kind: 'server', store: keys.store, key: ctx.random.id(), country: 'DE' });
  ({ send, idOf } = server);
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const emailOf = (name: string) => `${name}@example.com`;

async function customer(name: string): Promise<string> {
  await send(
    identify(name, { traits: { name: `${name} Weiss`, email: emailOf(name), phone: '+4940123456' } }),
    bought({ userId: name }, `o-${name}`, { billing: { name, postal_code: '10 117', city: 'Berlin' } }),
    opened({ userId: name }, `t-${name}`, { message: 'The teapot came in pieces.' }),
    chose({ userId: name }, { 'marketing-email': true }),
  );
  return idOf('userId', name);
}

/** A phone of its own; what goes wrong on a page fails the test at the end. */
async function phone(language: string): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width: 390, height: 844 },
    reducedMotion: 'reduce',
    locale: language,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS);
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) faults.push(message.text());
  });
  return page;
}

/** As the shop links here: signed in by what it hands over. */
async function handedOver(name: string, language: string): Promise<Page> {
  const page = await phone(language);
  await page.goto(`${url}/privacy?lang=${language}#token=${handOver(ctx, keys.store, name)}`);
  await page.waitForSelector('footer button');
  return page;
}

async function sound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([]);
  expect(await overflowing(page)).toEqual([]);
}

async function part(page: Page, path: string): Promise<void> {
  await page.goto(page.url().replace(/\/privacy[^?]*/, `/privacy${path}`));
  await page.waitForSelector('main h1');
  await page.waitForLoadState('networkidle');
}

const wordsOf = async (language: CenterLanguage) =>
  (await import(`../../web/privacy-center/texts/${language}.ts`)) as {
    readonly TEXTS: Readonly<Record<string, string>>;
  };
const error = (page: Page) => page.textContent('[role=alert]');

describe.skipIf(!present)('the privacy center', () => {
  it.each(['zh-CN', 'de', 'en'] as const)(
    'in %s lets a customer see what is held, withdraw, download and delete',
    async (language) => {
      const name = `u-${language.toLowerCase()}`;
      const id = await customer(name);
      const { TEXTS } = await wordsOf(language);
      const page = await handedOver(name, language);
      expect(page.url()).not.toContain('token');
      expect(await page.getAttribute('html', 'lang')).toBe(language);
      expect(await page.textContent('h1')).toBe(TEXTS['app.title']);

      await page.click('main a[href*="/data"]');
      await page.click('details:has-text("Weiss") summary');
      await page.waitForSelector(`text=${TEXTS['basis.contract']}`);
      expect(await page.textContent('main')).toContain(emailOf(name));

      await page.goBack();
      await page.click('main a[href*="/choices"]');
      const email = page.locator('[data-purpose=marketing-email] button');
      expect(await email.nth(1).getAttribute('aria-pressed')).toBe('true');
      await email.nth(0).click();
      await page.waitForSelector(`[role=status]:has-text("${TEXTS['choices.saved']}")`);
      expect(await email.nth(0).getAttribute('aria-pressed')).toBe('true');

      await part(page, '/download');
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.click('main button:not([aria-busy])'),
      ]);
      const zip = unzipSync(readFileSync(await file.path()));
      const data = Buffer.from(zip['data.json']!).toString();
      expect(data).toContain(emailOf(name));

      await part(page, '/delete');
      expect(await page.textContent('main')).toContain(TEXTS['delete.staysSays']);
      await page.click(`main button:has-text("${TEXTS['delete.do']}")`);
      await page.click(`dialog button:has-text("${TEXTS['delete.yes']}")`);
      await page.waitForSelector(`h1:has-text("${TEXTS['delete.done']}")`);
      await sound(page);
      await page.reload();
      await page.waitForSelector(`h1:has-text("${TEXTS['in.title']}")`);
      const { rows } = await ctx.db.query({
        text: 'SELECT erased_at FROM bailee.customer WHERE id = $1',
        values: [id],
      });
      expect(rows[0]).toMatchObject({ erased_at: expect.any(Date) });
    },
  );

  it(
    'has no fault that axe knows on any part or dialog, light or dark, and nothing wider than a phone',
    async () => {
      await customer('axel');
      const page = await handedOver('axel', 'en');
      for (const path of PARTS) {
        await part(page, path);
        await sound(page);
      }
      await page.click('main button');
      await page.waitForSelector('dialog[open]');
      await sound(page);
      await page.keyboard.press('Escape');
      await part(page, '/data');
      const shows = page.locator('main section > div > div > button');
      while ((await shows.count()) > 0) await shows.first().click();
      await page.waitForLoadState('networkidle');
      for (const line of await page.locator('details').all()) await line.locator('summary').click();
      await page.emulateMedia({ colorScheme: 'dark' });
      await sound(page);
      await page.setViewportSize({ width: 320, height: 700 });
      expect(await overflowing(page)).toEqual([]);
    },
    LONG_MS,
  );

  it('corrects a value where it stands, and shows the new one', async () => {
    await customer('cora');
    const page = await handedOver('cora', 'en');
    await part(page, '/data');
    await page.click('details:has-text("cora Weiss") summary');
    await page.click('details[open] button:has-text("Correct")');
    await sound(page);
    await page.fill('details[open] input', 'Cora Weiß');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[role=status]:has-text("Saved")');
    expect(await page.textContent('details[open] summary')).toContain('Cora Weiß');
  });

  it('takes an objection, says when the answer is due, and lets it be taken back', async () => {
    await customer('olga');
    const page = await handedOver('olga', 'en');
    await part(page, '/requests');
    await page.check('input[value=objection]');
    await page.click('main [type=submit]');
    await page.waitForSelector('[role=status]:has-text("We have your request")');
    expect(await page.textContent('main li')).toMatch(/Due by .*2026/);
    await sound(page);
    await page.click('main button:has-text("Take back")');
    await page.waitForSelector('[role=status]:has-text("taken back")');
  });

  it('lets in by a code from a mail, and by the number of an order, where it shows values in part', async () => {
    await customer('dora');
    const page = await phone('en');
    await page.goto(`${url}/privacy`);
    await page.waitForSelector('input[type=email]');
    await sound(page);
    await page.fill('input[type=email]', emailOf('dora'));
    await page.keyboard.press('Enter');
    await page.waitForSelector('[autocomplete=one-time-code]');
    await sound(page);
    while (await sendCodes(ctx));
    await page.fill('[autocomplete=one-time-code]', /\n(\d{4} \d{4})\r?\n/.exec(smtp.mails.at(-1)!)![1]!);
    await page.keyboard.press('Enter');
    await page.waitForSelector('footer button');
    await page.click('footer button');
    await page.waitForSelector('[role=status]:has-text("You are signed out")');

    await page.click('[data-tab=order]');
    await page.fill('input >> nth=0', 'o-dora');
    await page.fill('input >> nth=1', '10117');
    await sound(page);
    await page.keyboard.press('Enter');
    await page.waitForSelector('footer button');
    await part(page, '/data');
    expect(await page.textContent('main')).not.toContain(emailOf('dora'));
    await part(page, '/delete');
    expect(await page.textContent('main')).toContain('be sure that it is you');
  });

  it('says the same of a customer and of a stranger', async () => {
    await customer('rita');
    const said = [];
    for (const order of ['o-rita', 'no-such-order']) {
      const page = await phone('en');
      await page.goto(`${url}/privacy`);
      await page.click('[data-tab=order]');
      await page.fill('input >> nth=0', order);
      await page.fill('input >> nth=1', '99999');
      await page.keyboard.press('Enter');
      said.push(await error(page));
    }
    expect(said[0]).toBe(said[1]);
    expect(said[0]).toContain('Please check what you typed');
  });

  it('says that a way from the shop works once', async () => {
    await customer('tom');
    const token = handOver(ctx, keys.store, 'tom');
    for (const seen of ['footer button', '[role=status]:has-text("no longer works")']) {
      const page = await phone('en');
      // A way to where one already is changes the fragment alone.
      await page.goto(`${url}/privacy`);
      await page.waitForSelector('main form');
      await page.goto(`${url}/privacy#token=${token}`);
      await page.waitForSelector(seen);
      expect(page.url()).not.toContain('token');
    }
  });

  it('changes its language at once, keeps it in the address alone, and stores nothing in the browser', async () => {
    await customer('lea');
    const page = await handedOver('lea', 'en');
    await page.selectOption('header select', 'ar');
    await page.waitForSelector('html[lang=ar][dir=rtl]');
    expect(page.url()).toContain('lang=ar');
    await sound(page);
    await page.reload();
    await page.waitForSelector('html[lang=ar] footer button');
    expect(await page.evaluate('localStorage.length + sessionStorage.length')).toBe(0);
    const cookies = await page.context().cookies();
    expect(cookies.map(({ name, httpOnly }) => [name, httpOnly])).toEqual([['__Host-bailee-center', true]]);
  });

  it('weighs no more than 120 KB of script at first load', async () => {
    const page = await phone('de');
    await page.goto(`${url}/privacy`);
    await page.waitForLoadState('networkidle');
    const scripts = (await page.evaluate(
      "performance.getEntriesByType('resource').map((one) => one.name).filter((name) => name.endsWith('.js'))",
    )) as string[];
    let bytes = 0;
    for (const script of new Set(scripts)) {
      const answer = await page.request.get(script, { headers: { 'accept-encoding': 'gzip' } });
      bytes += Number(answer.headers()['content-length']);
    }
    expect(scripts.length).toBeGreaterThan(2);
    expect(bytes).toBeLessThanOrEqual(MOST_SCRIPT_BYTES);
  });

  it('ran no script or style that its policy forbids, and threw nothing', () => {
    expect(faults).toEqual([]);
  });
});
