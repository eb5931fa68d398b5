/** A page of the console in a browser of its own, as somebody who is signed in; and what axe says of it. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { SESSION_COOKIE } from '../../contract/staff.ts';

/** A busy machine takes its time, and a fault is still told before the test is over. */
const WAIT_MS = 60_000;

export interface ConsoleVisit {
  /** Value of the session cookie; absent: nobody is signed in. */
  readonly session?: string | undefined;
  /** Pixels; absent: 1,280. */
  readonly width?: number;
  /** What the page takes for the time of day, UTC milliseconds; absent: it is told by the machine. */
  readonly now?: number;
  /** What goes wrong on the page is added here: the test fails by it at its end. */
  readonly faults: string[];
}

/** Goes to an address of the console, and does not wait for what is on it. */
export async function visitConsole(
  browser: Browser,
  address: string,
  { session, width = 1280, now, faults }: ConsoleVisit,
): Promise<Page> {
  const viewport = { width, height: 800 };
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en', viewport });
  if (now !== undefined) await context.clock.setFixedTime(now);
  if (session !== undefined)
    await context.addCookies([
      { name: SESSION_COOKIE, value: session, domain: '127.0.0.1', path: '/', secure: true, httpOnly: true },
    ]);
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS);
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) faults.push(message.text());
  });
  await page.goto(address);
  return page;
}

/** No fault by any rule that axe has. */
export async function sound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([]);
}
