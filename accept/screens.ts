/**
 * `npm run screens` renews `docs/screens/`: banner, panel and shop at two widths, in four languages, light and
 * dark, and every page of the console. It fails when anything on a page is wider than the page.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { capture, overflowing } from './capture.ts';
import { consoleSeries } from './screens-console.ts';
import { startServer } from './server.ts';

const FOLDER = fileURLToPath(new URL('../../docs/screens/', import.meta.url));
const SIZES = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
] as const;
const LANGUAGES = [
  { name: 'en', query: 'lang=en' },
  // A visitor in China reads a list, with consents of their own.
  { name: 'zh', query: 'lang=zh-CN&region=CN' },
  { name: 'de', query: 'lang=de' },
  { name: 'ar', query: 'lang=ar' },
] as const;
const THEMES = ['light', 'dark'] as const;
/** A busy machine takes its time. */
const PATIENCE_MS = 120_000;

interface Shot {
  readonly name: string;
  readonly full: boolean;
  /** Brings the page to where the picture is taken. */
  readonly to: (page: Page, at: (path: string) => string) => Promise<unknown>;
}

const settled = (page: Page) => page.waitForSelector('#bailee', { state: 'attached' });
const visit = (path: string) => async (page: Page, at: (path: string) => string) => {
  await page.goto(at(path));
  await settled(page);
};

const SHOTS: readonly Shot[] = [
  { name: 'banner', full: false, to: visit('') },
  {
    name: 'panel',
    full: false,
    async to(page, at) {
      await visit('')(page, at);
      const choose = await page.$('[data-consent-action=choose]');
      if (choose !== null) return choose.click();
      await page.click('[data-consent-action=refuse]');
      return page.click('[data-consent-reopen]');
    },
  },
  {
    name: 'home',
    full: true,
    async to(page, at) {
      await visit('')(page, at);
      const refuse = await page.$('#bailee section [data-consent-action=refuse]');
      await refuse?.click();
    },
  },
  { name: 'shelf', full: false, to: visit('/c/home') },
  { name: 'product', full: true, to: visit('/p/p-107') },
  {
    name: 'basket',
    full: false,
    async to(page) {
      await page.click('form.add .button');
      await page.click('.said a');
    },
  },
  { name: 'checkout', full: true, to: (page) => page.click('.basket > .button') },
  { name: 'account', full: false, to: visit('/account') },
];

async function series(browser: Browser, url: string, faults: string[]): Promise<number> {
  let bytes = 0;
  for (const { name: language, query } of LANGUAGES)
    for (const viewport of SIZES)
      for (const colorScheme of THEMES) {
        const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
        const page = await context.newPage();
        page.setDefaultTimeout(PATIENCE_MS);
        for (const { name, full, to } of SHOTS) {
          await to(page, (path) => `${url}/shop${path}?${query}`);
          await page.mouse.move(0, 0);
          const file = `${name}-${language}-${viewport.width}-${colorScheme}.webp`;
          for (const each of await overflowing(page)) faults.push(`${file}: ${each}`);
          const picture = await capture(page, full);
          bytes += picture.length;
          writeFileSync(join(FOLDER, file), picture);
        }
        await context.close();
        console.log(`${language} ${viewport.width} ${colorScheme}`);
      }
  return bytes;
}

const server = await startServer();
const browser = await openBrowser();
try {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const faults: string[] = [];
  const bytes =
    (await series(browser, server.url, faults)) +
    (await consoleSeries(browser, server, { folder: join(FOLDER, 'console'), faults }));
  for (const fault of faults) console.error(`overflows: ${fault}`);
  console.log(`docs/screens: ${Math.round(bytes / 1024)} KB, ${faults.length} overflows`);
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  await browser.close();
  await server.stop();
}
