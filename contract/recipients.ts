/** Recipients of data, what they are told, and what they confirm. Bodies and answers of `/api/recipients` and `/v1/acknowledgements`. */
import { Type } from 'typebox';
import { PURPOSES, type Purpose } from './names.ts';
import { Id } from './opening.ts';

const Time = Type.String({ maxLength: 40 });
const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);
const names = <Name extends string>(all: readonly Name[]) => Type.Unsafe<Name>({ enum: [...all] });

export const RECIPIENT_PROTOCOLS = ['webhook', 'opendsr', 'ketch'] as const;
export type RecipientProtocol = (typeof RECIPIENT_PROTOCOLS)[number];
/** By what a recipient knows a customer: a pseudonym that nobody else has, a hash of the address, or the shop's account. */
export const RECIPIENT_IDENTIFIERS = ['pseudonym', 'email-sha256', 'account'] as const;
export type RecipientIdentifier = (typeof RECIPIENT_IDENTIFIERS)[number];
export const DELIVERY_KINDS = ['erasure', 'objection'] as const;
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];
/** `refused`: they say that they did not do it. `not-known`: they know the customer by nothing that is held. */
export const DELIVERY_STATES = [
  'waiting',
  'delivered',
  'confirmed',
  'refused',
  'given-up',
  'not-known',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
export const OUTCOMES = ['done', 'nothing-held', 'refused'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const NewRecipientBody = Type.Object(
  {
    name: Type.String({ pattern: '^[^\\u0000-\\u001f]{1,100}$' }),
    protocol: names(RECIPIENT_PROTOCOLS),
    /** https. */
    url: Type.String({ maxLength: 500 }),
    identify: names(RECIPIENT_IDENTIFIERS),
    purposes: Type.Array(names<Purpose>(PURPOSES), { minItems: 1, maxItems: 20 }),
    /** Names of catalog fields. */
    fields: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 100 }),
    /** `whsec_` and base64 of 24 to 64 bytes; absent: one is made, and told once. */
    secret: Type.Optional(Type.String({ pattern: '^whsec_[A-Za-z0-9+/]{32,88}={0,2}$' })),
    /** Sent as `Authorization`, where the recipient asks for one. */
    authorization: Type.Optional(Type.String({ pattern: '^[\\x20-\\x7e]{1,500}$' })),
    /** `whpk_` and base64 of an Ed25519 key: what they confirm is signed by it. Absent: by the secret. */
    verifyKey: Type.Optional(Type.String({ pattern: '^whpk_[A-Za-z0-9+/]{43}=$' })),
  },
  { additionalProperties: false },
);
const Recipient = Type.Object({
  id: Id,
  name: Type.String(),
  protocol: names(RECIPIENT_PROTOCOLS),
  url: Type.String(),
  identify: names(RECIPIENT_IDENTIFIERS),
  purposes: Type.Array(Type.String()),
  fields: Type.Array(Type.String()),
  madeAt: Time,
  removedAt: OrNull(Time),
  /** Messages by how they stand. */
  messages: Type.Record(names(DELIVERY_STATES), Type.Integer()),
});
export const RecipientsAnswer = Type.Object({ recipients: Type.Immutable(Type.Array(Recipient)) });
export const NewRecipientAnswer = Type.Object({
  id: Id,
  /** Told this once. */
  secret: Type.String(),
});
export const RecipientPath = Type.Object({ id: Type.String({ maxLength: 64 }) });
export const RemovedAnswer = Type.Object({ removed: Type.Boolean() });
export const PseudonymsBody = Type.Object(
  { customers: Type.Array(Id, { minItems: 1, maxItems: 500 }) },
  { additionalProperties: false },
);
export const PseudonymsAnswer = Type.Object({
  /** In the order of the customers. */
  pseudonyms: Type.Array(Type.String()),
});

const Told = Type.Object({
  recipient: Id,
  name: Type.String(),
  message: Id,
  about: names(DELIVERY_KINDS),
  state: names(DELIVERY_STATES),
  toldAt: OrNull(Time),
  confirmedAt: OrNull(Time),
  outcome: OrNull(names(OUTCOMES)),
  /** What they signed, and by which means: `v1,` their secret, `v1a,` their key. */
  said: OrNull(Type.String()),
  signature: OrNull(Type.String()),
});
/** Signed like a receipt: a signed note whose text is the canonical JSON (RFC 8785) without `signature`, and a newline. */
export const CertificateAnswer = Type.Object({
  type: Type.Literal('bailee-recipients-certificate/v1'),
  about: Type.Object({ request: OrNull(Id), erasure: OrNull(Id) }),
  at: Time,
  /** Everybody was told, and confirmed. */
  complete: Type.Boolean(),
  recipients: Type.Immutable(Type.Array(Told)),
  vkey: Type.String(),
  signature: Type.String(),
});
export const ErasurePath = Type.Object({ id: Type.String({ maxLength: 64 }) });
export const AcknowledgedAnswer = Type.Object({ received: Type.Boolean() });
