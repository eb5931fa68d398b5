/** A real browser with an authenticator of its own (WebAuthn Level 3, §11), against the server. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../accept/browser.ts';
import { SESSION_COOKIE } from '../../contract/staff.ts';
import { hasBrowser } from '../kit/browser.ts';
import { type TestGate, testGate, testStore } from '../kit/gate.ts';
import { testServer } from '../kit/server.ts';
import { type Joined, joined } from '../kit/staff.ts';

const present = hasBrowser();

const PAGE = '<!doctype html><html lang="en"><title>Console</title><h1>Console</h1></html>';
// The package shows its modules alone; the file that a page takes as it is lies two folders above them.
const MODULE = createRequire(import.meta.url).resolve('@simplewebauthn/browser');
const SCRIPT = readFileSync(join(dirname(MODULE), '../dist/bundle/index.umd.min.js'), 'utf8');
/** What a page of the console does. */
const HELPERS = `
  async function post(path, body) {
    const answer = await fetch('/api/session/' + path, {
      method: 'POST',
      headers: { 'x-bailee-console': '1', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  }
  async function add(label) {
    const { body } = await post('passkeys/begin');
    const credential = await SimpleWebAuthnBrowser.startRegistration({ optionsJSON: body.options });
    return (await post('passkeys/finish', { label, credential })).status;
  }
  async function prove(path) {
    const { body } = await post(path + '/begin');
    const credential = await SimpleWebAuthnBrowser.startAuthentication({ optionsJSON: body.options });
    return (await post(path + '/finish', { credential })).status;
  }
  async function session() {
    const answer = await fetch('/api/session', { headers: { 'x-bailee-console': '1' } });
    return { status: answer.status, body: await answer.json() };
  }`;

let ctx: TestGate;
let store: string;
let browser: Browser;
let url: string;
beforeAll(async () => {
  if (!present) return;
  ctx = await testGate();
  store = (await testStore(ctx)).id;
  const { server } = await testServer(ctx);
  const listening = await server.listen({ host: '127.0.0.1', port: 0 });
  url = `http://localhost:${new URL(listening).port}`;
  browser = await openBrowser();
});
afterAll(() => browser?.close());

interface Desk {
  readonly page: Page;
  readonly cdp: CDPSession;
  readonly authenticator: string;
}

/** A browser profile with an authenticator in the machine, on a page of ours. */
async function desk(person: Joined | null, address = url): Promise<Desk> {
  const context = await browser.newContext();
  if (person !== null)
    await context.addCookies([
      {
        name: SESSION_COOKIE,
        value: person.session,
        url: address.replace('http:', 'https:'),
        secure: true,
        httpOnly: true,
        sameSite: 'Strict',
      },
    ]);
  const page = await context.newPage();
  await page.route(`${address}/console`, (route) => route.fulfill({ contentType: 'text/html', body: PAGE }));
  await page.goto(`${address}/console`);
  await page.addScriptTag({ content: SCRIPT });
  await page.addScriptTag({ content: HELPERS });
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { page, cdp, authenticator: authenticatorId };
}

describe.skipIf(!present)('a passkey in a real browser', () => {
  it('is made, signs in without an address after everything else is forgotten, and proves anew', async () => {
    const person = await joined(ctx, store, ['support']);
    const { page } = await desk(person);
    expect(await page.evaluate(`add('This laptop')`)).toBe(200);
    await page.context().clearCookies();
    expect(await page.evaluate('session()')).toMatchObject({ status: 401 });
    expect(await page.evaluate(`prove('passkey')`)).toBe(200);
    expect(await page.evaluate('session()')).toMatchObject({
      status: 200,
      body: { person: { id: person.id }, factors: ['passkey'] },
    });
    ctx.clock.advance(11 * 60_000);
    expect(await page.evaluate('session()')).toMatchObject({ body: { steppedUpUntil: null } });
    expect(await page.evaluate(`prove('step-up/passkey')`)).toBe(200);
    expect(await page.evaluate('session()')).not.toMatchObject({ body: { steppedUpUntil: null } });
    const cookies = await page.context().cookies();
    expect(cookies.map(({ name }) => name)).toEqual([SESSION_COOKIE]);
    expect(cookies[0]).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Strict' });
    expect(await page.evaluate('document.cookie')).toBe('');
  });

  it('is not made twice on one device, and not without its owner’s finger, face or PIN', async () => {
    const person = await joined(ctx, store, ['support']);
    const { page, cdp, authenticator } = await desk(person);
    expect(await page.evaluate(`add('This laptop')`)).toBe(200);
    const twice = await page.evaluate(`add('Again').catch(({ name }) => name)`);
    expect(twice).toBe('InvalidStateError');
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId: authenticator, isUserVerified: false });
    const unseen = await page.evaluate(`prove('passkey').catch(({ name }) => name)`);
    expect(unseen).toBe('NotAllowedError');
  });

  it('that was copied is found out, when the copy and the first both count', async () => {
    const person = await joined(ctx, store, ['support']);
    const { page, cdp, authenticator } = await desk(person);
    await page.evaluate(`add('This laptop')`);
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId: authenticator });
    expect(await page.evaluate(`prove('passkey')`)).toBe(200);
    const copy = await desk(null);
    await copy.cdp.send('WebAuthn.addCredential', {
      authenticatorId: copy.authenticator,
      credential: { ...credentials[0]!, signCount: 0 },
    });
    expect(await copy.page.evaluate(`prove('passkey')`)).toBe(401);
  });
});
