/**
 * Every page of the console that a rail leads to, as the first role that has it: full, empty, on its way and failing;
 * at two widths, in both languages, light and dark.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import { makeShop, serve } from './01/shop.ts';
import { type Desk, hire, signInDemo } from './04/desk.ts';
import { capture, overflowing } from './capture.ts';
import type { Server } from './server.ts';

const SIZES = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
] as const;
const LANGUAGES = ['en', 'zh-CN'] as const;
const THEMES = ['light', 'dark'] as const;
const ROLES = ['support', 'privacy-officer', 'administrator', 'analyst', 'auditor'];
const PATIENCE_MS = 60_000;
const SETTLE_MS = 400;

type State = 'full' | 'empty' | 'loading' | 'error';

export interface Into {
  readonly folder: string;
  /** One sentence for each element that sticks out. */
  readonly faults: string[];
}

interface Visitor {
  readonly role: string;
  readonly desk: Desk;
}

/** Answers how many bytes the pictures have. */
export async function consoleSeries(browser: Browser, demo: Server, into: Into): Promise<number> {
  mkdirSync(into.folder, { recursive: true });
  const full: Visitor[] = [];
  for (const role of ROLES) full.push({ role, desk: await signInDemo(demo.url, role) });
  let bytes = await outside(browser, demo.url, into);
  for (const state of ['full', 'loading', 'error'] as const)
    bytes += await pictures(browser, demo.url, full, state, into);
  const dataFolder = mkdtempSync(join(tmpdir(), 'bailee-screens-'));
  const where = { dataFolder };
  await makeShop(where);
  const empty = await serve(where);
  try {
    const visitors: Visitor[] = [];
    for (const role of ROLES)
      visitors.push({ role, desk: (await hire(where, empty.url, [role], `Somebody ${role}`)).desk });
    bytes += await pictures(browser, empty.url, visitors, 'empty', into);
  } finally {
    await empty.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
  return bytes;
}

/** The page before sign-in. */
async function outside(browser: Browser, url: string, into: Into): Promise<number> {
  let bytes = 0;
  await inAllWays(browser, async (page, language, suffix) => {
    await page.goto(`${url}/console`);
    await page.waitForLoadState('networkidle');
    if (language === 'zh-CN') await page.getByText('简体中文').click();
    bytes += await take(page, `sign-in-full-${suffix}`, into);
  });
  return bytes;
}

async function pictures(
  browser: Browser,
  url: string,
  visitors: readonly Visitor[],
  state: State,
  into: Into,
): Promise<number> {
  let bytes = 0;
  const done = new Set<string>();
  for (const { role, desk } of visitors) {
    const paths = await railOf(browser, url, desk);
    const own = paths.filter((path) => !done.has(path));
    for (const path of own) done.add(path);
    await inAllWays(browser, async (page, language, suffix) => {
      await desk.post('/api/session/language', { language });
      await signedIn(page.context(), url, desk);
      for (const path of own) {
        await page.unrouteAll({ behavior: 'ignoreErrors' });
        if (state === 'loading' || state === 'error')
          await page.route('**/api/**', (route) => meet(route, state));
        await page.goto(`${url}${path}`);
        if (state !== 'loading') await page.waitForLoadState('networkidle', { timeout: PATIENCE_MS });
        const name = path.replace(/^\/console\/?/, '').replaceAll('/', '-') || 'home';
        bytes += await take(page, `${name}-${state}-${suffix}`, into);
      }
    });
    console.log(`console ${state}: ${role}, ${own.length} pages`);
  }
  return bytes;
}

/** Who is signed in is answered; everything else never comes, or fails. */
async function meet(route: Route, state: 'loading' | 'error'): Promise<void> {
  if (/\/api\/session$/.test(new URL(route.request().url()).pathname)) return route.continue();
  if (state === 'loading') return;
  const error = {
    code: 'database_unavailable',
    message: 'The database does not answer.',
    requestId: 'req-1',
  };
  await route.fulfill({ status: 503, contentType: 'application/json', body: JSON.stringify({ error }) });
}

async function railOf(browser: Browser, url: string, desk: Desk): Promise<string[]> {
  const context = await browser.newContext({ viewport: SIZES[1] });
  await signedIn(context, url, desk);
  const page = await context.newPage();
  await page.goto(`${url}/console`);
  await page.waitForSelector('nav a', { timeout: PATIENCE_MS });
  const links = await page
    .locator('nav a[href^="/console"]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('href')!));
  await context.close();
  return [...new Set(links)];
}

async function inAllWays(
  browser: Browser,
  work: (page: Page, language: string, suffix: string) => Promise<void>,
): Promise<void> {
  for (const language of LANGUAGES)
    for (const viewport of SIZES)
      for (const colorScheme of THEMES) {
        const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
        const page = await context.newPage();
        page.setDefaultTimeout(PATIENCE_MS);
        await work(page, language, `${language}-${viewport.width}-${colorScheme}`);
        await context.close();
      }
}

async function signedIn(context: BrowserContext, url: string, desk: Desk): Promise<void> {
  const { hostname } = new URL(url);
  const cookie = { name: '__Host-bailee', value: desk.cookie!, domain: hostname, path: '/' } as const;
  await context.addCookies([{ ...cookie, secure: true, httpOnly: true, sameSite: 'Strict' }]);
}

async function take(page: Page, name: string, { folder, faults }: Into): Promise<number> {
  await page.waitForTimeout(SETTLE_MS);
  await page.mouse.move(0, 0);
  for (const each of await overflowing(page)) faults.push(`${name}: ${each}`);
  const picture = await capture(page, false);
  writeFileSync(join(folder, `${name}.webp`), picture);
  return picture.length;
}
