/**
 * The demo shop at `/shop`, on this machine alone: a document, its files, and the backend that takes an order.
 * The backend speaks to Bailee as any shop's would, over `/v1` with the server write key.
 */
import { join } from 'node:path';
import type { FastifyReply } from 'fastify';
import type { Static } from 'typebox';
import { CheckoutAnswer, CheckoutBody } from '../../../contract/shop.ts';
import { isLoopback } from '../../platform/config.ts';
import { BaileeError } from '../../platform/errors.ts';
import { projectRoot } from '../../platform/migrate.ts';
import type { ShopKeys } from './app.ts';
import type { Edge, Server } from './edge.ts';
import { packText } from './packing.ts';
import { packedFile, sendPacked } from './routes-sdk.ts';
import { type Shelf, shelfIn, shopLanguage, shopPage, shopRegion } from './shop-page.ts';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const ASSETS = {
  'shop.js': 'text/javascript; charset=utf-8',
  'shop.css': 'text/css; charset=utf-8',
} as const;

export function shopRoutes(server: Server, { app }: Edge): void {
  const keysHere = (): ShopKeys => {
    const keys = isLoopback(app.ctx.config.host) ? app.shop() : null;
    if (keys === null) throw new BaileeError('not_found', 'This installation has no demo shop.');
    return keys;
  };

  for (const url of ['/shop', '/shop/*'])
    server.get(url, { onSend: packText }, async (request, reply): Promise<FastifyReply> => {
      const keys = keysHere();
      const { lang, region } = request.query as { readonly lang?: unknown; readonly region?: unknown };
      const language = shopLanguage(lang, request.headers['accept-language']);
      return reply
        .header('content-security-policy', POLICY)
        .header('vary', 'accept-language')
        .type('text/html; charset=utf-8')
        .send(shopPage(language, shopRegion(region), app.url(), keys.browser));
    });

  for (const [file, type] of Object.entries(ASSETS)) {
    const found = packedFile(join(projectRoot(), 'dist', 'web', 'storefront', file));
    server.get(`/shop/assets/${file}`, async (request, reply) => {
      keysHere();
      if (found === null) throw new BaileeError('not_found', 'The shop is not built. Run npm run build.');
      return sendPacked(request, reply.header('cache-control', 'no-cache'), found, type);
    });
  }

  const schema = { body: CheckoutBody, response: { 200: CheckoutAnswer } };
  server.post('/shop/checkout', { schema }, async ({ body }) => {
    const keys = keysHere();
    const order = `M-${app.ctx.random.id().slice(-8).toUpperCase()}`;
    const shelf = shelfIn(shopLanguage(body.language, undefined), app.url());
    const batch = eventsOf(body, shelf, order, `shop-${app.ctx.random.id()}`);
    const authorization = `Basic ${Buffer.from(`${keys.server}:`).toString('base64')}`;
    const sent = {
      method: 'POST',
      url: '/v1/batch',
      headers: { authorization },
      payload: { batch },
    } as const;
    const answer = await server.inject(sent);
    const { accepted } = answer.json() as { accepted?: number };
    if (accepted !== batch.length) throw new BaileeError('internal', 'The order could not be recorded.');
    return { order };
  });
}

/** Who bought, and what: two events, as a shop's backend sends them. Throws `invalid_body`. */
function eventsOf(
  body: Static<typeof CheckoutBody>,
  { currency, products }: Shelf,
  order: string,
  userId: string,
): object[] {
  const { name, email, phone, street, postalCode, city, lines, anonymousId } = body;
  const bought = lines.map(({ id, quantity }) => {
    const product = products.find((each) => each.id === id);
    if (product === undefined)
      throw new BaileeError('invalid_body', 'There is no such product.', { path: '/lines' });
    return {
      product_id: id,
      sku: product.sku,
      name: product.name,
      category: product.category,
      price: product.price,
      quantity,
    };
  });
  const total =
    Math.round(bought.reduce((sum, { price, quantity }) => sum + price * quantity, 0) * 100) / 100;
  const device = anonymousId === undefined ? {} : { anonymousId };
  const address = { street, postalCode, city };
  return [
    {
      type: 'identify',
      userId,
      ...device,
      traits: { name, email, address, ...(phone === undefined ? {} : { phone }) },
    },
    {
      type: 'track',
      userId,
      ...device,
      event: 'Order Completed',
      properties: { order_id: order, total, currency, products: bought },
    },
  ];
}
