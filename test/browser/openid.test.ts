/** The company's own sign-in in a real browser: away to another site and back, with the cookies that a browser lets through. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../accept/browser.ts';
import { SESSION_COOKIE } from '../../contract/staff.ts';
import { hasBrowser } from '../kit/browser.ts';
import { type TestGate, testGate, testStore } from '../kit/gate.ts';
import { CLIENT, type TestProvider, testProvider } from '../kit/provider.ts';
import { testServer } from '../kit/server.ts';
import { joined } from '../kit/staff.ts';

const present = hasBrowser();

const PAGE =
  '<!doctype html><html lang="en"><title>Console</title><a href="/api/session/openid/begin">Sign in</a></html>';

let ctx: TestGate;
let store: string;
let provider: TestProvider;
let browser: Browser;
let url: string;
beforeAll(async () => {
  if (!present) return;
  ctx = await testGate();
  store = (await testStore(ctx)).id;
  const port = await freePort();
  const config = {
    ...ctx.config,
    ...{
      openidIssuer: `http://127.0.0.1:${port}`,
      openidClientId: CLIENT.id,
      openidClientSecret: CLIENT.secret,
    },
  };
  const { server } = await testServer({ ...ctx, config });
  const listening = await server.listen({ host: '127.0.0.1', port: 0 });
  url = `http://localhost:${new URL(listening).port}`;
  provider = await testProvider(`${url}/api/session/openid/callback`, { port });
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** Each side must know the other's address before it starts. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Follows the link of a page of ours until the console is open. */
async function follow(): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.route(`${url}/start`, (route) => route.fulfill({ contentType: 'text/html', body: PAGE }));
  await page.goto(`${url}/start`);
  await page.click('a');
  await page.waitForURL(/\/console(#.*)?$/);
  return page;
}

/** Who is signed in, as a page of ours asks. */
async function session(page: Page): Promise<unknown> {
  await page.goto(`${url}/start`);
  return page.evaluate(
    `fetch('/api/session', { headers: { 'x-bailee-console': '1' } }).then((answer) => answer.json())`,
  );
}

describe.skipIf(!present)('the company’s own sign-in in a real browser', () => {
  it('leads to another site and back into the console, signed in', async () => {
    const ana = await joined(ctx, store, ['support']);
    provider.account = { sub: 'ana', email: ana.email, email_verified: true, amr: ['mfa'] };
    const page = await follow();
    expect(page.url()).toBe(`${url}/console`);
    expect(await session(page)).toMatchObject({ person: { id: ana.id }, factors: ['openid', 'code'] });
    const own = (await page.context().cookies()).filter(({ name }) => name.startsWith('__Host-bailee'));
    expect(own.map(({ name }) => name)).toEqual([SESSION_COOKIE]);
  });

  it('leads back to the console with the reason, where nobody here has that address', async () => {
    provider.account = { sub: 'stranger', email: 'stranger@shop.example', email_verified: true };
    const page = await follow();
    expect(page.url()).toBe(`${url}/console#sign-in=sign_in_refused`);
    expect(await session(page)).toMatchObject({ error: { code: 'sign_in_required' } });
  });
});
