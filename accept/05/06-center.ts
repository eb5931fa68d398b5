/**
 * The privacy center as a customer would try it, on a phone, in Chinese, German and English: withdraw, download, delete. No
 * fault that axe knows, nothing wider than the phone, light at first load, and painted in time on a slow phone.
 */
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import type { Browser, Page } from 'playwright-core';
import { Faults, onPostgres } from '../01/faults.ts';
import { serve } from '../01/shop.ts';
import { axeFaults, keyboardFaults, scriptBytes } from '../04/page-checks.ts';
import { openBrowser } from '../browser.ts';
import { overflowing } from '../capture.ts';
import type { AcceptLine } from '../line.ts';
import { addCustomer, type CenterShop, enter, handOver, makeCenterShop, openPhone, part } from './center.ts';

const LANGUAGES = ['zh-CN', 'de', 'en'] as const;
const PARTS = ['', 'data', 'looks', 'choices', 'tags', 'requests', 'download', 'delete'];
const MOST_SCRIPT_BYTES = 120 * 1024;
const MOST_PAINT_MS = 2_500;
const PAINTS = 5;
/** A slow phone network, and a phone a quarter as fast as this machine. */
const SLOW = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
};
const SLOWER = 4;

interface Around {
  readonly url: string;
  readonly shop: CenterShop;
  readonly browser: Browser;
  readonly faults: Faults;
  readonly log: (message: string) => void;
}

export const line: AcceptLine = {
  issue: 5,
  number: 6,
  // test/browser/privacy-center.test.ts walks the same ways with every run of the suite.
  quick: false,
  title:
    'The privacy center on a phone: withdraw, download, delete in three languages; axe, weight, first paint',
  run: async ({ log }) => {
    const faults = new Faults(log);
    const figures: string[] = [];
    await onPostgres(async (where) => {
      const shop = await makeCenterShop(where);
      const { url } = await serve(where);
      const browser = await openBrowser();
      const around = { url, shop, browser, faults, log };
      try {
        for (const language of LANGUAGES) await walk(around, language);
        const outside = await openPhone(browser, { language: 'de' });
        const bytes = await scriptBytes(outside, `${url}/privacy`);
        faults.check(bytes > 0 && bytes <= MOST_SCRIPT_BYTES, `${bytes} bytes of script at first load`);
        figures.push(`${Math.round(bytes / 1024)} KB of script`);
        figures.push(await paints(around));
      } finally {
        await browser.close();
      }
    });
    return faults.verdict(figures.join('; '));
  },
};

/** One customer of one language, from the shop's account to the end. */
async function walk({ url, shop, browser, faults, log }: Around, language: string): Promise<void> {
  const userId = `u-${language.toLowerCase()}`;
  await addCustomer(url, shop, userId);
  const page = await openPhone(browser, { language });
  await page.goto(`${url}/privacy`);
  await page.waitForSelector('main form');
  await sound(page, faults, `sign-in in ${language}`);
  await enter(page, `${url}/privacy?lang=${language}`, await handOver(shop, userId));
  faults.check(!page.url().includes('token'), 'the token stays in the address');
  faults.equal(await page.getAttribute('html', 'lang'), language, 'language of the document');
  for (const name of PARTS) {
    await part(page, name);
    const where = `${name === '' ? 'overview' : name} in ${language}`;
    await sound(page, faults, where);
    for (const fault of await keyboardFaults(page)) faults.check(false, `${where}: ${fault}`);
  }
  await withdraw(page, faults);
  await download(page, faults, `${userId}@example.com`);
  await erase(page, faults, language);
  const again = await openPhone(browser, { language });
  await again.goto(`${url}/privacy?lang=${language}#token=${await handOver(shop, userId)}`);
  await again.waitForSelector('main form');
  faults.check(true, 'nobody is there after the deletion');
  await again.context().close();
  await page.context().close();
  log(`${language}: walked`);
}

async function sound(page: Page, faults: Faults, where: string): Promise<void> {
  for (const fault of await axeFaults(page)) faults.check(false, `${where}: ${fault}`);
  for (const wide of await overflowing(page)) faults.check(false, `${where}: ${wide} sticks out`);
  faults.check(true, where);
}

async function withdraw(page: Page, faults: Faults): Promise<void> {
  await part(page, 'choices');
  const buttons = page.locator('[data-purpose=marketing-email] button');
  const pressed = (nth: number) => buttons.nth(nth).getAttribute('aria-pressed');
  faults.equal(await pressed(1), 'true', 'the yes before');
  await buttons.nth(0).click();
  await page.waitForSelector('[role=status] button');
  await page.reload();
  await buttons.first().waitFor();
  faults.equal(await pressed(0), 'true', 'the no after');
}

async function download(page: Page, faults: Faults, email: string): Promise<void> {
  await part(page, 'download');
  const [file] = await Promise.all([page.waitForEvent('download'), page.click('main button')]);
  const zip = unzipSync(readFileSync(await file.path()));
  faults.check(Buffer.from(zip['data.json'] ?? []).includes(email), 'the file holds the address');
}

async function erase(page: Page, faults: Faults, language: string): Promise<void> {
  await part(page, 'delete');
  await page.locator('main button').last().click();
  await page.waitForSelector('dialog[open]');
  await sound(page, faults, `the question in ${language}`);
  await page.locator('dialog div > button').last().click();
  await page.waitForSelector('main h1:focus');
  await page.waitForSelector('dialog', { state: 'detached' });
  await sound(page, faults, `deleted in ${language}`);
}

/** Median of the largest contentful paint, in a browser that has nothing yet. */
async function paints({ url, browser, faults }: Around): Promise<string> {
  const took: number[] = [];
  for (let time = 0; time < PAINTS; time += 1) {
    const page = await openPhone(browser, { language: 'de' });
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', SLOW);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await page.goto(`${url}/privacy`);
    await page.waitForSelector('main form');
    took.push((await page.evaluate(LARGEST_PAINT)) as number);
    await page.context().close();
  }
  const median = took.sort((a, b) => a - b)[Math.floor(PAINTS / 2)]!;
  faults.check(median <= MOST_PAINT_MS, `the largest paint comes after ${median.toFixed(0)} ms`);
  return `largest paint ${median.toFixed(0)} ms on a slow phone`;
}

const LARGEST_PAINT = `new Promise((resolve) => {
  new PerformanceObserver((list) => setTimeout(() => resolve(list.getEntries().at(-1).startTime), 500))
    .observe({ type: 'largest-contentful-paint', buffered: true });
})`;
