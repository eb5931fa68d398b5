/** A shop's page in a real browser, beside a real Bailee on another origin. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { browserPath, openBrowser } from '../../accept/browser.ts';
import type { GateCtx } from '../../src/gate/context.ts';
import { closeAfterFile } from './closing.ts';
import { testServer } from './server.ts';
import { gateContext, makeStore, type TestStore } from './store.ts';

/** Whether there is a browser. Asked in each file that needs one, so that its skipped tests give the reason. */
export function hasBrowser(): boolean {
  const present = browserPath() !== null;
  if (!present) console.log('Skipped: there is no Chromium (apt-get install chromium, or set CHROMIUM).');
  return present;
}

const WAIT_MS = 60_000;

const PRINTED = `window.printed = [];
  window.faults = [];
  console.log = (...words) => printed.push(words.map(String).join(' '));
  addEventListener('error', ({ message }) => faults.push(message));
  addEventListener('unhandledrejection', ({ reason }) => faults.push(String(reason)));`;

export interface Sent {
  readonly path: string;
  readonly body: string;
}

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Requests to Bailee, in the order in which they left; preflights not among them. */
  readonly sent: readonly Sent[];
  /** Evaluates an expression in the page. */
  run<Result = unknown>(expression: string): Promise<Result>;
}

export interface ShopPages {
  readonly ctx: GateCtx;
  readonly store: TestStore;
  /** Where Bailee answers. */
  readonly url: string;
  /** Opens a page whose head holds the SDK, with more attributes, and whose body is `body`. */
  visit(options?: VisitOptions): Promise<Visit>;
}

export interface VisitOptions {
  readonly attributes?: string;
  readonly head?: string;
  readonly body?: string;
  readonly language?: string;
  readonly context?: BrowserContextOptions;
  /** The whole page, instead. */
  readonly page?: string;
  /** Keeps in the page what it prints, and its errors. */
  readonly printed?: boolean;
  /** Runs in the page before anything else. */
  readonly before?: string;
  /** A visit in a browser that was there before. */
  readonly within?: BrowserContext;
}

/** Closed after the test file. */
export async function shopPages(): Promise<ShopPages> {
  const ctx = await gateContext();
  const store = await makeStore(ctx, { demo: true });
  const { server } = await testServer(ctx);
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  const pages = new Map<string, string>();
  const shop = createServer((request, answer) => {
    const html = pages.get(request.url ?? '');
    answer.writeHead(html === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
    answer.end(html ?? '');
  }).listen(0, '127.0.0.1');
  await once(shop, 'listening');
  const origin = `http://localhost:${(shop.address() as AddressInfo).port}`;
  const browser: Browser = await openBrowser();
  closeAfterFile(async () => {
    await browser.close();
    shop.close();
  });
  let made = 0;
  const visit = async (options: VisitOptions = {}): Promise<Visit> => {
    const {
      attributes = '',
      head = '',
      body = '<h1>Tea</h1><a href="#a">More</a>',
      language = 'en',
    } = options;
    const path = `/${made++}`;
    const script = `<script src="${url}/sdk/bailee.js" data-write-key="${store.browserKey}" ${attributes}></script>`;
    const whole = `<!doctype html><html lang="${language}"><head><title>Tea</title>${script}${head}</head><body>${body}</body></html>`;
    pages.set(path, options.page ?? whole);
    const context = options.within ?? (await browser.newContext(options.context));
    const page = await context.newPage();
    page.setDefaultTimeout(WAIT_MS);
    const sent: Sent[] = [];
    page.on('request', (request) => {
      const address = new URL(request.url());
      if (address.origin !== url || request.method() === 'OPTIONS') return;
      sent.push({ path: address.pathname, body: request.postData() ?? '' });
    });
    if (options.before !== undefined) await page.addInitScript(options.before);
    if (options.printed === true) await page.addInitScript(PRINTED);
    await page.goto(origin + path);
    return { page, context, sent, run: (expression) => page.evaluate(expression) as never };
  };
  return { ctx, store, url, visit };
}

/** Buttons and switches by the attributes that never change. */
export const act = (action: string): string => `#bailee [data-consent-action="${action}"]`;
export const toggle = (purpose: string): string => `#bailee input[data-consent-purpose="${purpose}"]`;

/** All that a page may have left behind. */
export async function stored({ context, run }: Visit): Promise<number> {
  const entries = await run<number>('localStorage.length + sessionStorage.length');
  return entries + (await context.cookies()).length;
}
