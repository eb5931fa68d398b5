/** A store with a privacy center for the scripts: customers with something held, and the shop's backend that hands them over. */
import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Browser, Page } from 'playwright-core';
import { command, type MadeStore, type Shop, send, shopOf, type Where } from '../01/shop.ts';

const PATIENCE_MS = 90_000;

export interface CenterShop extends Shop {
  /** Base64url; signs what hands a customer over. */
  readonly secret: string;
}

/** Makes a store by `bailee init`, before any server runs. */
export async function makeCenterShop(where: Where): Promise<CenterShop> {
  const said = await command(['init', '--name', 'Meadow & Mill', '--country', 'DE', '--json'], where);
  const made = JSON.parse(said.stdout) as MadeStore & { secrets: { customerTokenSecret: string } };
  return { ...shopOf(made), secret: made.secrets.customerTokenSecret };
}

/** As the shop's backend signs it when a customer clicks. */
export async function handOver({ store, secret }: CenterShop, userId: string): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setAudience(store)
    .setIssuedAt()
    .setExpirationTime('5 minutes')
    .setJti(randomUUID())
    .sign(Buffer.from(secret, 'base64url'));
}

/** A customer with a name, contacts, an order, a conversation, something browsed, and a yes. */
export async function addCustomer(url: string, shop: CenterShop, userId: string): Promise<void> {
  const who = { userId };
  const address = { street: 'Lindenweg 4', city: 'Berlin', postal_code: '10117', country: 'DE' };
  const consent = { consent: { categoryPreferences: { analytics: true, 'marketing-email': true } } };
  const products = [
    { product_id: 'p-107', name: 'Teapot', price: 44.5, quantity: 1 },
    { product_id: 'p-101', name: 'Mug', price: 10, quantity: 2 },
  ];
  const order = { order_id: `A-${userId}`, total: 64.5, currency: 'EUR', products, billing: address };
  const traits = { name: 'Katharina Weiss', phone: '+4940123456', birthday: '1987-04-12', address };
  await send(url, shop.writeKeys.server, [
    { type: 'track', event: 'Segment Consent Preference Updated', ...who, context: consent },
    { type: 'identify', ...who, traits: { ...traits, email: `${userId}@example.com` } },
    { type: 'track', event: 'Order Completed', ...who, properties: order },
    {
      type: 'track',
      event: 'Support Ticket Opened',
      ...who,
      properties: { ticket_id: `T-${userId}`, subject: 'Teapot', message: 'The teapot came in pieces.' },
    },
    { type: 'track', event: 'Product Viewed', ...who, properties: { product_id: 'p-107', name: 'Teapot' } },
  ]);
}

export interface Phone {
  readonly language: string;
  readonly width?: number;
  readonly dark?: boolean;
}

/** A browser of its own, of the size of a phone unless told. */
export async function openPhone(
  browser: Browser,
  { language, width = 390, dark = false }: Phone,
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 900 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: language,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}

/** Signed in by what the shop hands over; the overview is shown. */
export async function enter(page: Page, address: string, token: string): Promise<void> {
  await page.goto(`${address}#token=${token}`);
  await page.waitForSelector('footer button');
}

/** A part of the center, loaded. */
export async function part(page: Page, name: string): Promise<void> {
  await page.goto(page.url().replace(/\/privacy[^?#]*/, `/privacy/${name}`));
  await page.waitForSelector('main h1');
  await page.waitForLoadState('networkidle');
}
