/**
 * Every page of the console, as the first role whose rail leads to it: full, empty, on its way and failing; at two
 * widths, in both languages, light and dark. A page that joins a rail is in the pictures by that.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page, Route } from 'playwright-core';
import { type Answer, makeShop, serve } from './01/shop.ts';
import { type Desk, hire, signInDemo } from './04/desk.ts';
import { capture, overflowing } from './capture.ts';
import type { PictureFolder } from './picture-folder.ts';
import {
  chooseSubject,
  FURTHER,
  fillDemo,
  NO_SUBJECT,
  prepare,
  type State,
  type Subject,
} from './screens-pages.ts';
import type { Server } from './server.ts';

const SIZES = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
] as const;
const LANGUAGES = ['en', 'zh-CN'] as const;
const THEMES = ['light', 'dark'] as const;
const ROLES = ['support', 'privacy-officer', 'administrator', 'analyst', 'auditor'];
/** Of a long page, this much is shown; all of it is measured. */
const MOST_HEIGHT = 1800;
const PATIENCE_MS = 60_000;
/** What fails is tried again twice before the page says so; a busy machine takes its time. */
const FAILING_MS = 90_000;
const SETTLE_MS = 120;
/** Some words are asked for again in the other language. */
const LANGUAGE_MS = 700;
const OWN_NAME = '简体中文';
const NOTHING_COMES = "document.querySelector('#main .animate-pulse, #main [aria-busy=true]') === null";
const STATES: readonly State[] = ['full', 'loading', 'error', 'empty'];

export interface Into {
  readonly folder: PictureFolder;
  /** One sentence for each thing that is wrong. */
  readonly faults: string[];
  /** Names of pages, and states; none: all. */
  readonly only: readonly string[];
}

interface Visitor {
  readonly role: string;
  readonly desk: Desk;
}

interface Visit {
  readonly browser: Browser;
  readonly url: string;
  readonly visitors: readonly Visitor[];
  readonly subject: Subject;
  readonly state: State;
  readonly into: Into;
}

export async function consoleSeries(browser: Browser, demo: Server, into: Into): Promise<void> {
  const states = STATES.filter((state) => into.only.includes(state));
  const wanted = (state: State) => states.length === 0 || states.includes(state);
  if (wanted('full')) await outside(browser, demo.url, into);
  const visitors: Visitor[] = [];
  for (const role of ROLES) visitors.push({ role, desk: await signInDemo(demo.url, role) });
  const [support, officer] = visitors.map(({ desk }) => desk);
  const subject = await chooseSubject(demo, support!);
  await fillDemo(demo, support!, officer!);
  await seeNotice(browser, demo.url);
  for (const state of STATES.filter((each) => each !== 'empty' && wanted(each)))
    await pictures({ browser, url: demo.url, visitors, subject, state, into });
  if (wanted('empty')) await emptySeries(browser, into);
}

/** The first visitor of the shop makes the first version of the notice. */
async function seeNotice(browser: Browser, url: string): Promise<void> {
  const page = await open(browser, url, 'en', null);
  await page.goto(`${url}/shop`);
  await page.waitForSelector('#bailee', { state: 'attached' });
  await page.context().close();
}

/** At a store where nothing has happened yet. */
async function emptySeries(browser: Browser, into: Into): Promise<void> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'bailee-screens-'));
  const where = { dataFolder };
  await makeShop(where);
  const empty = await serve(where);
  try {
    // One who is everything: a small shop on its first day.
    const { desk } = await hire(where, empty.url, ROLES, 'Ana Costa');
    const visitors = ROLES.map((role) => ({ role, desk }));
    await pictures({ browser, url: empty.url, visitors, subject: NO_SUBJECT, state: 'empty', into });
  } finally {
    await empty.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

function isWanted(page: string, { only }: Into): boolean {
  const pages = only.filter((each) => !STATES.some((state) => state === each));
  return pages.length === 0 || pages.includes(page);
}

/** The pages before sign-in. */
async function outside(browser: Browser, url: string, into: Into): Promise<void> {
  for (const [name, path] of [
    ['sign-in', '/console'],
    ['join', '/console/join'],
  ] as const) {
    if (!isWanted(name, into)) continue;
    for (const language of LANGUAGES) {
      const page = await open(browser, url, language, null);
      await page.goto(`${url}${path}`);
      await page.waitForLoadState('networkidle');
      await inAllWays(page, `${name}-full-${language}`, into);
      await page.context().close();
    }
  }
}

/** All pages in one state, each as the first who has it. */
async function pictures(visit: Visit): Promise<void> {
  const { browser, url, visitors, subject, state, into } = visit;
  const done = new Set<string>();
  for (const { role, desk } of visitors) {
    await must(desk.post('/api/session/role', { role }));
    const rail = (await railOf(browser, url, desk)).map((path) => ({
      name: path.replace(/^\/console\/?/, '').replaceAll('/', '-') || 'home',
      path: path === '/console/ledger' && state === 'full' ? `${path}?index=12` : path,
    }));
    const further = FURTHER.filter((each) => each.role === role).map(({ name, path }) => ({
      name,
      path: path(subject, state),
    }));
    const own = [...rail, ...further].filter(({ name }) => !done.has(name) && isWanted(name, into));
    for (const { name } of own) done.add(name);
    const page = await open(browser, url, 'en', desk);
    for (const { name, path } of own) {
      await must(desk.post('/api/session/language', { language: 'en' }));
      await bring(page, { ...visit, name, path });
      for (const language of LANGUAGES) {
        if (language !== 'en') await speak(page, language);
        if (state !== 'loading') await settled(page);
        await inAllWays(page, `${name}-${state}-${language}`, into);
      }
    }
    await page.context().close();
    if (own.length > 0) console.log(`console ${state}: ${own.map(({ name }) => name).join(', ')}`);
  }
}

async function bring(
  page: Page,
  { url, path, name, state, subject, into }: Visit & { readonly name: string; readonly path: string },
): Promise<void> {
  const fails = state === 'loading' || state === 'error';
  const block = async () => {
    if (fails) await page.route('**/api/**', (route) => meet(route, state));
  };
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.setViewportSize(SIZES[1]);
  // Of a customer, the page fails and not the way to it.
  if (!name.startsWith('customer')) await block();
  try {
    await page.goto('about:blank');
    await page.goto(`${url}${path}`, { waitUntil: 'domcontentloaded' });
    await page.locator('#main h1').waitFor();
    await prepare(page, name, subject, state, block);
    if (state === 'full' || state === 'empty') await page.waitForLoadState('networkidle');
    if (state !== 'loading') await settled(page);
  } catch (error) {
    into.faults.push(`${name} ${state}: ${(error as Error).message.split('\n')[0]}`);
  }
}

/** Until nothing of the page is on its way any more. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(NOTHING_COMES, undefined, { timeout: FAILING_MS });
}

/** By the menu of commands, so that what is on the page stays. */
async function speak(page: Page, language: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(OWN_NAME);
  await page.keyboard.press('Enter');
  await page.waitForSelector(`html[lang=${language}]`);
  await page.waitForTimeout(LANGUAGE_MS);
  await page.evaluate('document.activeElement instanceof HTMLElement && document.activeElement.blur()');
}

async function must(answer: Promise<Answer>): Promise<void> {
  const { status, text } = await answer;
  if (status !== 200) throw new Error(text);
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
  const page = await open(browser, url, 'en', desk);
  await page.goto(`${url}/console`);
  await page.waitForSelector('nav a');
  const links = await page
    .locator('nav a[href^="/console"]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('href')!));
  await page.context().close();
  return [...new Set(links)];
}

async function open(browser: Browser, url: string, language: string, desk: Desk | null): Promise<Page> {
  const context = await browser.newContext({
    viewport: SIZES[1],
    reducedMotion: 'reduce',
    locale: language,
    timezoneId: 'UTC',
  });
  if (desk !== null) {
    const { hostname } = new URL(url);
    const cookie = { name: '__Host-bailee', value: desk.cookie!, domain: hostname, path: '/' } as const;
    await context.addCookies([{ ...cookie, secure: true, httpOnly: true, sameSite: 'Strict' }]);
  }
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}

async function inAllWays(page: Page, name: string, { folder, faults }: Into): Promise<void> {
  await page.mouse.move(0, 0);
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.waitForTimeout(SETTLE_MS);
    const height = (await page.evaluate('document.documentElement.scrollHeight')) as number;
    if (height > size.height)
      await page.setViewportSize({ width: size.width, height: Math.min(height, MOST_HEIGHT) });
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(SETTLE_MS);
      const whole = `${name}-${size.width}-${colorScheme}`;
      for (const each of await overflowing(page)) faults.push(`${whole}: ${each} sticks out`);
      await folder.save(`${whole}.webp`, await capture(page, false));
    }
  }
}
