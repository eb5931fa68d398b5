/**
 * Every part of the privacy center at two widths, in three languages, light and dark: all of them measured, and those of
 * `KEPT` drawn.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { ask, find, open, serve } from './01/shop.ts';
import {
  addCustomer,
  type CenterShop,
  enter,
  handOver,
  makeCenterShop,
  openPhone,
  part,
} from './05/center.ts';
import { capture, overflowing } from './capture.ts';
import type { PictureFolder } from './picture-folder.ts';

const WIDTHS = [390, 1440] as const;
const LANGUAGES = ['en', 'zh-CN', 'de'] as const;
const PARTS = ['home', 'data', 'looks', 'choices', 'tags', 'requests', 'download', 'delete'] as const;
const USER = 'katharina';
const SETTLE_MS = 150;

/** Of each part one or more, so that every language, width and appearance is looked at. */
const KEPT = new Set([
  ...['sign-in-en-390-light', 'sign-in-zh-CN-390-dark', 'sign-in-de-1440-light'],
  ...['home-zh-CN-390-light', 'home-de-390-light', 'home-en-1440-light', 'home-en-390-dark'],
  ...['data-en-390-light', 'data-zh-CN-390-light', 'data-de-390-light', 'data-de-1440-dark'],
  ...['looks-de-390-light', 'looks-zh-CN-1440-light'],
  ...['choices-en-390-light', 'choices-zh-CN-390-dark', 'choices-de-1440-light'],
  ...['tags-zh-CN-390-light', 'tags-en-390-dark'],
  ...['requests-de-390-light', 'requests-en-1440-light'],
  'download-zh-CN-390-light',
  ...['delete-en-390-light', 'delete-de-390-dark'],
  'question-zh-CN-390-light',
]);

export interface Into {
  readonly folder: PictureFolder;
  /** One sentence for each element that sticks out. */
  readonly faults: string[];
}

export async function centerSeries(browser: Browser, into: Into): Promise<void> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'bailee-screens-center-'));
  const where = { dataFolder };
  const shop = await makeCenterShop(where);
  // No mail leaves: the form that asks for a code is all that is wanted.
  const server = await serve(where, { env: { BAILEE_SMTP_URL: 'smtp://127.0.0.1:9' } });
  try {
    await fillCenter(server.url, shop);
    for (const language of LANGUAGES)
      for (const width of WIDTHS)
        for (const dark of [false, true])
          await oneWay(browser, server.url, shop, { language, width, dark }, into);
  } finally {
    await server.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

/** Somebody of whom much is held, at whom support has looked. */
async function fillCenter(url: string, shop: CenterShop): Promise<void> {
  await addCustomer(url, shop, USER);
  const [support, officer] = [shop.apiKeys.support!, shop.apiKeys.privacyOfficer!];
  const asking = { purpose: 'customer-service', evidence: { case: `T-${USER}` } };
  const [found] = await find(url, support, { kind: 'order', value: `A-${USER}` }, asking);
  if (found === undefined) throw new Error('the customer of the pictures is not there');
  await open(url, support, found.id, { ...asking, fields: ['identity.name', 'contact.phone'] });
  const tag = {
    name: 'Asks for gift wrap',
    meaning: 'Parcels are wrapped without being asked again.',
    rule: null,
    purposes: ['customer-service'],
    days: 365,
  };
  const made = await ask(`${url}/api/tags`, officer, tag);
  const { id } = made.body as { id: string };
  await ask(`${url}/api/customers/${found.id}/tags`, support, { tag: id, evidence: asking.evidence });
}

interface Way {
  readonly language: string;
  readonly width: number;
  readonly dark: boolean;
}

async function oneWay(browser: Browser, url: string, shop: CenterShop, way: Way, into: Into): Promise<void> {
  const { language, width, dark } = way;
  const page = await openPhone(browser, way);
  const save = (name: string) =>
    picture(page, `${name}-${language}-${width}-${dark ? 'dark' : 'light'}`, into);
  const address = `${url}/privacy?lang=${language}`;
  await page.goto(address);
  await page.waitForSelector('main form');
  await save('sign-in');
  await enter(page, address, await handOver(shop, USER));
  for (const name of PARTS) {
    await part(page, name === 'home' ? '' : name);
    if (name === 'data') await unfold(page);
    if (name === 'requests') await objectOnce(page);
    await save(name);
  }
  await page.locator('main button').last().click();
  await page.waitForSelector('dialog[open]');
  await save('question');
  await page.context().close();
  console.log(`center ${language} ${width} ${dark ? 'dark' : 'light'}`);
}

/** One line with its reasons, and the orders. */
async function unfold(page: Page): Promise<void> {
  await page.locator('details summary').first().click();
  await page.locator('main section > div > div > button').first().click();
  await page.waitForLoadState('networkidle');
}

async function objectOnce(page: Page): Promise<void> {
  if ((await page.locator('main li').count()) > 0) return;
  await page.check('input[value=objection]');
  await page.click('main [type=submit]');
  await page.waitForSelector('main li');
  await page.reload();
  await page.waitForSelector('main li');
}

async function picture(page: Page, name: string, { folder, faults }: Into): Promise<void> {
  await page.evaluate('document.activeElement instanceof HTMLElement && document.activeElement.blur()');
  await page.waitForSelector('.animate-pulse', { state: 'detached' });
  await page.evaluate('scrollTo(0, 0)');
  await page.waitForTimeout(SETTLE_MS);
  for (const each of await overflowing(page)) faults.push(`center/${name}: ${each} sticks out`);
  if (KEPT.has(name)) await folder.save(`${name}.webp`, await capture(page, !name.startsWith('question')));
}
