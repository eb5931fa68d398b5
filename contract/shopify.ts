/** Messages of Shopify about customers, and how a store is bound to its app there. Bodies and answers of `/v1/shopify` and `/api/shopify`. */
import { Type } from 'typebox';
import { Id } from './opening.ts';

const Time = Type.String({ maxLength: 40 });
const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);

export const SHOPIFY_TOPICS = ['customers/data_request', 'customers/redact', 'shop/redact'] as const;
export type ShopifyTopic = (typeof SHOPIFY_TOPICS)[number];
export const REDACTION_STATES = ['waiting', 'confirmed', 'declined', 'done'] as const;
export type RedactionState = (typeof REDACTION_STATES)[number];

/** The same for everybody, known or not. */
export const WebhookAnswer = Type.Object({ received: Type.Boolean() });

export const ShopifyBody = Type.Object(
  {
    /** As in `X-Shopify-Shop-Domain`. */
    domain: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,80}\\.myshopify\\.com$' }),
    /** The app's client secrets, newest first; several while one replaces another. None: nothing of Shopify is taken any more. */
    secrets: Type.Array(Type.String({ minLength: 16, maxLength: 200 }), { maxItems: 3 }),
  },
  { additionalProperties: false },
);
const Redaction = Type.Object({
  id: Id,
  askedAt: Time,
  state: Type.Unsafe<RedactionState>({ enum: [...REDACTION_STATES] }),
  decidedBy: OrNull(Id),
  decidedAt: OrNull(Time),
  endedAt: OrNull(Time),
});
export const ShopifyAnswer = Type.Object({
  /** Null: no app is bound to this store. */
  domain: OrNull(Type.String()),
  /** How many there are. What they are is never told again. */
  secrets: Type.Integer(),
  /** Newest first. */
  redactions: Type.Immutable(Type.Array(Redaction)),
});
export const RedactionPath = Type.Object({ id: Type.String({ maxLength: 64 }) });
export const RedactionBody = Type.Object(
  {
    /** True: every customer of this store is erased. False: the message was wrong. */
    confirm: Type.Boolean(),
  },
  { additionalProperties: false },
);
