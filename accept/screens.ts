/**
 * `npm run screens` renews `docs/screens/`: banner, panel and shop at two widths, in four languages, light and
 * dark. It fails when anything on a page is wider than the page. `npm run screens -- http://127.0.0.1:4000` takes
 * the demo shop of a server that runs already.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
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
const QUALITY = 62;
/** A busy machine takes its time. */
const PATIENCE_MS = 120_000;

/** Elements that stick out of the page, by tag and class. */
const OVERFLOWING = `(() => {
  const wide = document.documentElement.clientWidth;
  const out = [...document.body.querySelectorAll('*')].filter((one) => {
    const { left, right, width } = one.getBoundingClientRect();
    const hidden = one.closest('.skip, svg, pre, .shelves, dialog:not([open])');
    return width > 0 && !hidden && (left < -1 || right > wide + 1);
  });
  const scrolls = document.documentElement.scrollWidth > wide ? ['html'] : [];
  return [...scrolls, ...out.map((one) => one.localName + '.' + one.className)];
})()`;

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

async function capture(page: Page, full: boolean): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { cssContentSize } = await session.send('Page.getLayoutMetrics');
  const clip = { x: 0, y: 0, width: cssContentSize.width, height: cssContentSize.height, scale: 1 };
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality: QUALITY,
    ...(full ? { clip, captureBeyondViewport: true } : {}),
  });
  return Buffer.from(data, 'base64');
}

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
          for (const each of (await page.evaluate(OVERFLOWING)) as string[]) faults.push(`${file}: ${each}`);
          const picture = await capture(page, full);
          bytes += picture.length;
          writeFileSync(join(FOLDER, file), picture);
        }
        await context.close();
        console.log(`${language} ${viewport.width} ${colorScheme}`);
      }
  return bytes;
}

const [running] = process.argv.slice(2);
const server = running === undefined ? await startServer() : null;
const browser = await openBrowser();
try {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const faults: string[] = [];
  const bytes = await series(browser, running ?? server!.url, faults);
  for (const fault of faults) console.error(`overflows: ${fault}`);
  console.log(`docs/screens: ${Math.round(bytes / 1024)} KB, ${faults.length} overflows`);
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  await browser.close();
  await server?.stop();
}
