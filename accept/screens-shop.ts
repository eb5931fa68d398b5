/** Banner, panel and shop at two widths, in four languages, light and dark. */
import type { Browser, Page } from 'playwright-core';
import { capture, overflowing } from './capture.ts';
import type { PictureFolder } from './picture-folder.ts';

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

export interface Into {
  readonly folder: PictureFolder;
  /** One sentence for each element that sticks out. */
  readonly faults: string[];
}

export async function shopSeries(browser: Browser, url: string, { folder, faults }: Into): Promise<void> {
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
          for (const each of await overflowing(page)) faults.push(`${file}: ${each} sticks out`);
          await folder.save(file, await capture(page, full));
        }
        await context.close();
        console.log(`${language} ${viewport.width} ${colorScheme}`);
      }
}
