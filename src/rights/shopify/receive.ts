/**
 * Shopify's mandatory webhooks: what the platform tells about customers becomes a request. Nothing is done or said
 * before the signature holds, and whoever is not known is answered like everybody else.
 */
import type { IdentifierKind } from '../../../contract/names.ts';
import type { RequestKind } from '../../../contract/requests.ts';
import { SHOPIFY_TOPICS, type ShopifyTopic } from '../../../contract/shopify.ts';
import { normalizeIdentifier } from '../../catalog/identifiers.ts';
import type { GateCtx } from '../../gate/context.ts';
import { identifierToken, messageToken } from '../../keys/blind.ts';
import { BaileeError, isBaileeError } from '../../platform/errors.ts';
import { lookUp } from '../../vault/identify.ts';
import { createRequest } from '../requests/create.ts';
import { askToRedact } from './redact-shop.ts';
import { secretsOf } from './settings.ts';
import { appOfDomain, takeMessage, wasTaken } from './sql.ts';
import { isSignedByShopify } from './verify.ts';

export interface ShopifyMessage {
  /** The bytes as they came. */
  readonly body: Buffer;
  /** `X-Shopify-Hmac-Sha256`, `-Topic`, `-Shop-Domain`, `-Webhook-Id` (or `-Event-Id`). */
  readonly signature: unknown;
  readonly topic: unknown;
  readonly domain: unknown;
  readonly id: unknown;
}

const ASKS: Readonly<Partial<Record<ShopifyTopic, RequestKind>>> = {
  'customers/data_request': 'access',
  'customers/redact': 'erasure',
};
/** Takes the place of an app that does not exist, so that nobody hears from the clock which shops there are. */
const NOBODYS_SECRETS = ['no app of any shop has this secret'];

/** Throws `bad_signature`, and for signed ones `bad_request`. The same message twice is taken once. */
export async function receiveShopify(ctx: GateCtx, message: ShopifyMessage): Promise<void> {
  const domain = typeof message.domain === 'string' ? message.domain.toLowerCase() : '';
  const app = await appOfDomain(ctx.db, domain);
  const secrets = app === null ? [] : await secretsOf(ctx, ctx.db, app);
  const signed = isSignedByShopify(
    message.body,
    message.signature,
    secrets.length === 0 ? NOBODYS_SECRETS : secrets,
  );
  if (app === null || secrets.length === 0 || !signed)
    throw new BaileeError('bad_signature', 'No app of a store here signed this message.');
  const topic = SHOPIFY_TOPICS.find((each) => each === message.topic);
  if (topic === undefined)
    throw new BaileeError('bad_request', 'This topic is not taken here.', { topics: SHOPIFY_TOPICS });
  const store = app.store_id;
  const content = readContent(message.body, domain);
  const token = messageToken(ctx, store, nameOf(message));
  if (await wasTaken(ctx.db, store, token)) return;
  const kind = ASKS[topic];
  if (kind === undefined) await askToRedact(ctx, store);
  else await askFor(ctx, { store, kind, content, token });
  await takeMessage(ctx.db, store, token, new Date(ctx.clock.now()));
}

/** A retry carries the id of the first try; without one the content stands for it. No messageId of a shop can begin so. */
function nameOf({ id, body }: ShopifyMessage): string {
  const named = typeof id === 'string' && id !== '' ? id.slice(0, 200) : body.toString('base64');
  return `\u0000shopify/${named}`;
}

interface Content {
  readonly customer?: { readonly id?: unknown; readonly email?: unknown; readonly phone?: unknown };
}

/** Throws `bad_request` unless it speaks of the shop whose app signed it. */
function readContent(body: Buffer, domain: string): Content {
  let content: unknown = null;
  try {
    content = JSON.parse(body.toString('utf8'));
  } catch {
    // Said below.
  }
  const shop = (content as { readonly shop_domain?: unknown } | null)?.shop_domain;
  if (typeof shop !== 'string' || shop.toLowerCase() !== domain)
    throw new BaileeError('bad_request', 'The body is not a message about the shop that is named.');
  return content as Content;
}

interface Asking {
  readonly store: string;
  readonly kind: RequestKind;
  readonly content: Content;
  readonly token: Buffer;
}

/** A request for everybody who is found by the account, the address or the number; nobody is no fault. */
async function askFor(ctx: GateCtx, { store, kind, content, token }: Asking): Promise<void> {
  const { id, email, phone } = content.customer ?? {};
  const given: readonly [IdentifierKind, unknown][] = [
    ['userId', id],
    ['email', email],
    ['phone', phone],
  ];
  const tokens = given.flatMap(([name, value]) => {
    const normalized = normalizeIdentifier(name, value);
    return normalized.ok ? [{ kind: name, token: identifierToken(ctx, store, name, normalized.value) }] : [];
  });
  const found = await lookUp(ctx.db, store, tokens);
  const customers = [...new Set([...found.values()].map(({ customer }) => customer))];
  for (const [nth, customer] of customers.entries()) {
    const asked = { customer, kind, channel: 'shop', proof: 'shop', id: idOf(token, nth) } as const;
    try {
      await createRequest(ctx, { author: { type: 'shop', store }, ...asked });
    } catch (error) {
      // Erased or merged away since it was found: there is nothing left to ask for.
      if (!isBaileeError(error, 'already_erased') && !isBaileeError(error, 'not_found')) throw error;
    }
  }
}

/** The same for the same message, so that a try that was cut off is taken up and not doubled (RFC 9562 §5.8). */
function idOf(token: Buffer, nth: number): string {
  const bytes = Buffer.from(token);
  bytes[0] = bytes[0]! ^ nth;
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
