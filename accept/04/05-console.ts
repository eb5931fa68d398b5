/** The console as software: no axe fault, usable by keyboard, small at first load, and fast at size. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { Faults, onPostgres } from '../01/faults.ts';
import { makeShop, type Shop, send, serve, type Where } from '../01/shop.ts';
import { openBrowser } from '../browser.ts';
import type { AcceptLine } from '../line.ts';
import { cloneCases, longestFrame } from './cases-at-size.ts';
import { type Hired, hire } from './desk.ts';
import { findAtSize } from './find-at-size.ts';
import { axeFaults, keyboardFaults, scriptBytes } from './page-checks.ts';

const MOST_SCRIPT_BYTES = 250 * 1024;
const MOST_RATIO = 2;
const MOST_FRAME_MS = 50;
const SCROLLS = 3;
const PATIENCE_MS = 60_000;
const SIZES = { customers: 1_000_000, cases: 100_000 };
const QUICK_SIZES = { customers: 20_000, cases: 8_000 };
const ROLES = ['support', 'privacy-officer', 'administrator', 'analyst'];
/** The others' pages are in the suite's own tests of the browser. */
const QUICK_ROLES = ['support'];

/** Buttons that open a dialog, by the page they are on and what stands on them. */
const DIALOGS: Readonly<Record<string, string>> = {
  '/console/cases': 'Log a case',
  '/console/people': 'Invite',
  '/console/keys': 'New key',
};

export const line: AcceptLine = {
  issue: 4,
  number: 5,
  title:
    '0 axe faults, keyboard alone, ≤ 250 KB of script, find among a million, 100,000 cases without a slow frame',
  run: async ({ quick, log }) => {
    const faults = new Faults(log);
    const figures: string[] = [];
    const sizes = quick ? QUICK_SIZES : SIZES;
    await onPostgres(async (where) => {
      const shop = await makeShop(where);
      const { url } = await serve(where);
      await someCustomers(url, shop);
      const browser = await openBrowser();
      try {
        figures.push(await pages({ where, url, browser, faults, log, roles: quick ? QUICK_ROLES : ROLES }));
        const agent = await hire(where, url, ['support'], 'Scroller');
        await cloneCases(where.databaseUrl, sizes.cases);
        figures.push(
          `${sizes.cases} cases: ${await scrolls(await opened(browser, url, agent), url, faults)}`,
        );
      } finally {
        await browser.close();
      }
      const found = await findAtSize({
        url,
        databaseUrl: where.databaseUrl,
        shop,
        large: sizes.customers,
        log,
      });
      const ratio = found.largeMs / found.smallMs;
      faults.check(ratio <= MOST_RATIO, `find takes ${ratio.toFixed(2)} times as long`);
      figures.push(`find among ${sizes.customers}: ${ratio.toFixed(2)} ×`);
    });
    return faults.verdict(figures.join('; '));
  },
};

interface Here {
  readonly where: Where;
  readonly url: string;
  readonly browser: Browser;
  readonly roles: readonly string[];
  readonly faults: Faults;
  readonly log: (message: string) => void;
}

async function pages({ where, url, browser, faults, log, roles }: Here): Promise<string> {
  let [seen, bytes] = [0, 0];
  const done = new Set<string>();
  for (const role of roles) {
    const page = await opened(browser, url, await hire(where, url, [role], `Looks ${role}`));
    bytes = Math.max(bytes, await scriptBytes(page, `${url}/console`));
    const links = await page
      .locator('nav a[href^="/console"]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href')!));
    for (const path of new Set(links)) {
      if (done.has(path)) continue;
      done.add(path);
      seen += 1;
      await page.goto(`${url}${path}`);
      await page.waitForLoadState('networkidle');
      for (const fault of await axeFaults(page)) faults.check(false, `${path}: ${fault}`);
      for (const fault of await keyboardFaults(page)) faults.check(false, `${path}: ${fault}`);
      await dialogs(page, path, faults);
      faults.check(true, path);
    }
    log(`${role}: ${seen} pages so far`);
    await page.context().close();
  }
  faults.check(bytes > 0 && bytes <= MOST_SCRIPT_BYTES, `${bytes} bytes of script at first load`);
  return `${seen} pages, ${Math.round(bytes / 1024)} KB of script at first load`;
}

/** A machine that is busy elsewhere can make any frame long: the smoothest of some scrolls counts, and all are told. */
async function scrolls(page: Page, url: string, faults: Faults): Promise<string> {
  const longest: number[] = [];
  for (let time = 0; time < SCROLLS; time += 1)
    longest.push(await longestFrame(page, `${url}/console/cases`));
  const all = longest.map((each) => each.toFixed(0)).join(', ');
  faults.check(Math.min(...longest) <= MOST_FRAME_MS, `frames of ${all} ms`);
  return `the longest frames of ${SCROLLS} scrolls ${all} ms`;
}

/** The page's own dialog, the palette and the list of shortcuts. */
async function dialogs(page: Page, path: string, faults: Faults): Promise<void> {
  const own = DIALOGS[path];
  const button = own === undefined ? null : page.getByRole('button', { name: new RegExp(`^${own}`) });
  const openings: (() => Promise<unknown>)[] = [
    () => page.keyboard.press('Control+k'),
    () => page.keyboard.press('?'),
  ];
  if (button !== null && (await button.count()) > 0) openings.push(() => button.first().press('Enter'));
  for (const open of openings) {
    await page.evaluate('document.activeElement instanceof HTMLElement && document.activeElement.blur()');
    await open();
    await page.getByRole('dialog').first().waitFor();
    for (const fault of await axeFaults(page)) faults.check(false, `a dialog of ${path}: ${fault}`);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').first().waitFor({ state: 'detached' });
  }
}

async function opened(browser: Browser, url: string, { desk }: Hired): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
  });
  const { hostname } = new URL(url);
  const cookie = { name: '__Host-bailee', value: desk.cookie!, domain: hostname, path: '/' } as const;
  await context.addCookies([{ ...cookie, secure: true, httpOnly: true, sameSite: 'Strict' }]);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}

async function someCustomers(url: string, { writeKeys }: Shop): Promise<void> {
  const events = Array.from({ length: 50 }, (_, n) => [
    { type: 'identify', userId: `c-${n}`, traits: { name: `Person ${n}`, email: `c${n}@example.com` } },
    {
      type: 'track',
      event: 'Support Ticket Opened',
      userId: `c-${n}`,
      properties: { ticket_id: `t-${n}`, subject: 'Late' },
    },
  ]);
  await send(url, writeKeys.server, events.flat());
}
