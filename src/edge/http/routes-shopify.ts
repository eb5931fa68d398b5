/** Shopify's mandatory webhooks, and the administrator's side of them. */
import {
  RedactionBody,
  RedactionPath,
  ShopifyAnswer,
  ShopifyBody,
  WebhookAnswer,
} from '../../../contract/shopify.ts';
import { receiveShopify } from '../../rights/shopify/receive.ts';
import { decideToRedact } from '../../rights/shopify/redact-shop.ts';
import { readShopify, setShopify } from '../../rights/shopify/settings.ts';
import { actorOf, caller, provenCaller } from './credentials.ts';
import type { Edge, Server } from './edge.ts';
import { rowId } from './reading.ts';

const MOST_WEBHOOK_BYTES = 256 * 1024;

/** No key: the signature over the bytes as they came says who sends. */
export function shopifyWebhookRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.register(async (signed: Server) => {
    signed.removeAllContentTypeParsers();
    signed.addContentTypeParser('*', { parseAs: 'buffer' }, async (_: unknown, body: unknown) => body);
    signed.post(
      '/v1/shopify/webhooks',
      { bodyLimit: MOST_WEBHOOK_BYTES, schema: { response: { 200: WebhookAnswer } } },
      async ({ body, headers }) => {
        await receiveShopify(ctx, {
          body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
          signature: headers['x-shopify-hmac-sha256'],
          topic: headers['x-shopify-topic'],
          domain: headers['x-shopify-shop-domain'],
          id: headers['x-shopify-webhook-id'] ?? headers['x-shopify-event-id'],
        });
        return { received: true };
      },
    );
  });
}

export function shopifyRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.get('/shopify', { schema: { response: { 200: ShopifyAnswer } } }, async (request) =>
    readShopify(ctx, actorOf(caller(request))),
  );

  server.put(
    '/shopify',
    { schema: { body: ShopifyBody, response: { 200: ShopifyAnswer } } },
    async (request) => {
      const actor = actorOf(provenCaller(request));
      await setShopify(ctx, { actor, ...request.body });
      return readShopify(ctx, actor);
    },
  );

  server.post(
    '/shopify/redactions/:id',
    { schema: { params: RedactionPath, body: RedactionBody, response: { 200: ShopifyAnswer } } },
    async (request) => {
      const actor = actorOf(provenCaller(request));
      await decideToRedact(ctx, { actor, id: rowId(request.params.id), confirm: request.body.confirm });
      return readShopify(ctx, actor);
    },
  );
}
