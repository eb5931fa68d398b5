/** Pages of a shop on another origin than Bailee, and what a browser did with them. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, Page } from 'playwright-core';

export interface Shop {
  readonly origin: string;
  close(): void;
}

/** A page with the SDK and nothing else, in the language that its address names: `/de`. */
export async function bareShop(url: string, writeKey: string): Promise<Shop> {
  const server: Server = createServer((request, answer) => {
    const [, language = 'en', region = ''] = (request.url ?? '').split('/');
    const place = region === '' ? '' : ` data-region="${region}"`;
    answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    answer.end(
      `<!doctype html><html lang="${language}"><head><title>Tea</title><link rel="icon" href="data:,"><script src="${url}/sdk/bailee.js" data-write-key="${writeKey}"${place}></script></head><body><main><h1>Tea</h1><a href="#a">More</a></main></body></html>`,
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => server.close(),
  };
}

export interface Fetched {
  readonly url: string;
  /** As the browser's network log counts it: headers and encoded body. */
  readonly bytes: number;
}

/** Every request from here on, with its bytes. */
export async function networkLog(page: Page): Promise<{ readonly fetched: Fetched[] }> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const urls = new Map<string, string>();
  const fetched: Fetched[] = [];
  session.on('Network.requestWillBeSent', ({ requestId, request }) => urls.set(requestId, request.url));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
    fetched.push({ url: urls.get(requestId) ?? '', bytes: encodedDataLength }),
  );
  return { fetched };
}

/** Cookies, entries of every kind of storage, and databases: what a site leaves in a browser. */
export async function leftBehind(page: Page, context: BrowserContext): Promise<number> {
  const entries = (await page.evaluate(`(async () => {
    const databases = await indexedDB.databases();
    const kept = 'caches' in window ? await caches.keys() : [];
    return localStorage.length + sessionStorage.length + databases.length + kept.length + document.cookie.length;
  })()`)) as number;
  return entries + (await context.cookies()).length;
}
