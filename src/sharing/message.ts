/** What a recipient is sent, in the shape that it speaks. It names the customer by what the recipient knows, and by nothing else. */
import { createHmac } from 'node:crypto';
import type { DeliveryRow, Identity, RecipientRow } from '../vault/recipients.ts';
import type { Call } from './post.ts';
import { secretBytes, signWith } from './signing.ts';

/** What a recipient's row keeps sealed. */
export interface RecipientSecrets {
  /** `whsec_…`. */
  readonly secret: string;
  readonly authorization: string | null;
}

export interface Message {
  readonly delivery: DeliveryRow;
  readonly recipient: RecipientRow;
  readonly secrets: RecipientSecrets;
  readonly identities: readonly Identity[];
  /** Where they confirm it; null: the server has no address outside. */
  readonly confirmAt: string | null;
  /** UTC milliseconds. */
  readonly now: number;
}

const DUE_MS = 30 * 86_400_000;
/** Of what they may do nothing more with it. */
const OBJECTED = ['partner-sharing'];

/** Signed by Standard Webhooks whatever its shape; `Authorization` as the recipient asks for it. */
export function callOf(message: Message): Call {
  const { delivery, recipient, secrets, now } = message;
  const body = JSON.stringify(bodyOf(message));
  const envelope = { id: delivery.id, timestamp: String(Math.floor(now / 1000)), body };
  return {
    url: recipient.url,
    body,
    headers: {
      'webhook-id': envelope.id,
      'webhook-timestamp': envelope.timestamp,
      'webhook-signature': signWith(secrets.secret, envelope),
      ...(secrets.authorization === null ? {} : { authorization: secrets.authorization }),
    },
  };
}

function bodyOf(message: Message): object {
  switch (message.recipient.protocol) {
    case 'webhook':
      return ownShape(message);
    case 'opendsr':
      return openDsrShape(message);
    case 'ketch':
      return ketchShape(message);
  }
}

function ownShape({ delivery, identities, confirmAt }: Message): object {
  const { id, kind, made_at } = delivery;
  return {
    type: kind === 'erasure' ? 'customer.erased' : 'customer.objected',
    timestamp: made_at.toISOString(),
    data: {
      id,
      identities: identities.map((each) => ({ type: each.kind, value: each.value })),
      ...(kind === 'objection' ? { purposes: OBJECTED } : {}),
      confirmAt,
    },
  };
}

const OPEN_DSR = {
  pseudonym: { identity_type: 'controller_customer_id', identity_format: 'raw' },
  'email-sha256': { identity_type: 'email', identity_format: 'sha256' },
  account: { identity_type: 'controller_customer_id', identity_format: 'raw' },
} as const;

/**
 * OpenDSR §7.1 (github.com/opengdpr/OpenDSR). It knows no objection: who may not have data any more is asked to erase it.
 */
function openDsrShape({ delivery, identities, confirmAt }: Message): object {
  return {
    regulation: 'gdpr',
    subject_request_id: delivery.id,
    subject_request_type: 'erasure',
    submitted_time: delivery.made_at.toISOString(),
    subject_identities: identities.map(({ kind, value }) => ({ ...OPEN_DSR[kind], identity_value: value })),
    api_version: '2.0',
    ...(confirmAt === null ? {} : { status_callback_urls: [confirmAt] }),
  };
}

const KETCH = {
  pseudonym: { identitySpace: 'pseudonym', identityFormat: 'raw' },
  'email-sha256': { identitySpace: 'email', identityFormat: 'sha256' },
  account: { identitySpace: 'account_id', identityFormat: 'raw' },
} as const;

/** `DeleteRequest` and `RestrictProcessingRequest` of the Ketch forwarder (github.com/ketch-com/ketch-forwarder). */
function ketchShape({ delivery, identities, confirmAt, secrets }: Message): object {
  const { id, kind, store_id, made_at } = delivery;
  const authorization = `Bearer ${callbackToken(secrets.secret, id)}`;
  return {
    apiVersion: 'dsr/v1',
    kind: kind === 'erasure' ? 'DeleteRequest' : 'RestrictProcessingRequest',
    metadata: { uid: id, tenant: store_id },
    request: {
      ...{ property: 'bailee', environment: 'production', regulation: 'gdpr', jurisdiction: 'gdpr' },
      ...(kind === 'objection' ? { purposes: OBJECTED } : {}),
      identities: identities.map((each) => ({ ...KETCH[each.kind], identityValue: each.value })),
      callbacks: confirmAt === null ? [] : [{ url: confirmAt, headers: { Authorization: authorization } }],
      subject: {},
      submittedTimestamp: Math.floor(made_at.getTime() / 1000),
      dueTimestamp: Math.floor((made_at.getTime() + DUE_MS) / 1000),
    },
  };
}

/** What a callback of the Ketch forwarder presents: of one message, and made by nobody else. */
export function callbackToken(secret: string, id: string): string {
  return createHmac('sha256', secretBytes(secret)).update(`callback.${id}`).digest('base64url');
}
