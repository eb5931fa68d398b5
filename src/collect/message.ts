/** From a raw Segment message to one we understand, or to the reason why not. Nothing is stored here. */
import type { EventCode } from '../platform/errors.ts';
import { hasCard } from './cards.ts';
import { type Identities, readIdentities } from './identity.ts';
import { occurred } from './occurred.ts';
import { regionOf } from './region.ts';
import { measure } from './scrub.ts';
import type { Source } from './types.ts';

const MESSAGE_TYPES = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];

const MOST_BYTES = 32 * 1024;
const LONGEST_ID = 256;
/** The event by which Segment's consent tools tell a choice. */
export const CHOICE_EVENT = 'Segment Consent Preference Updated';

/** A message that may be collected. */
export interface Message extends Identities {
  readonly index: number;
  readonly type: MessageType;
  readonly messageId: string | null;
  /** Track: the event's name. */
  readonly event: string | null;
  /** As they were sent. */
  readonly traits: Record<string, unknown>;
  /** As they were sent. */
  readonly properties: Record<string, unknown>;
  /** ISO 3166 code of where the customer lives, as a server tells it; null: not told. */
  readonly region: string | null;
  /** `context.consent.categoryPreferences`. */
  readonly preferences: Record<string, unknown> | null;
  /** Corrected for the sender's clock; UTC milliseconds, never after `receivedAt`. */
  readonly occurredAt: number;
}

export interface Fault {
  readonly index: number;
  readonly messageId: string | null;
  readonly code: EventCode;
  readonly message: string;
  /** With what its batch said of it (`sentAt`, `context`), so that it can be read again alone. */
  readonly raw: unknown;
  /** When it first came, if that was before now; UTC milliseconds. */
  readonly receivedAt?: number;
}

export interface Sent {
  readonly sentAt: unknown;
  readonly context: unknown;
  readonly receivedAt: number;
}

/** Reads one message. */
export function readMessage(source: Source, raw: unknown, index: number, sent: Sent): Message | Fault {
  if (!isPlain(raw))
    return { index, raw, messageId: null, ...fault('event_invalid', 'An event is a JSON object.') };
  const messageId = readMessageId(raw.messageId);
  const read = readPlain(source, raw, sent);
  if ('code' in read) return { index, messageId, ...read, raw: alone(raw, sent) };
  return { index, messageId, ...read };
}

function fault(code: EventCode, message: string): Pick<Fault, 'code' | 'message'> {
  return { code, message };
}

function alone(raw: Record<string, unknown>, { sentAt, context }: Sent): Record<string, unknown> {
  const merged = contextOf(raw, context);
  return {
    ...raw,
    ...(raw.sentAt === undefined && sentAt !== undefined ? { sentAt } : {}),
    ...(merged === null ? {} : { context: merged }),
  };
}

function readPlain(
  source: Source,
  raw: Record<string, unknown>,
  sent: Sent,
): Omit<Message, 'index' | 'messageId'> | Pick<Fault, 'code' | 'message'> {
  const size = measure(raw, MOST_BYTES);
  if (size.bytes > MOST_BYTES) return fault('event_too_large', 'An event is at most 32 KB.');
  if (size.deep) return fault('event_invalid', 'The event is nested too deep.');
  const type = MESSAGE_TYPES.find((each) => each === raw.type);
  if (type === undefined)
    return fault('event_invalid', `The type must be one of ${MESSAGE_TYPES.join(', ')}.`);
  if (type === 'track' && (typeof raw.event !== 'string' || raw.event === '' || raw.event.length > 200))
    return fault('event_invalid', 'A track event needs a name of at most 200 characters.');
  const occurredAt = occurred({
    original: [raw.originalTimestamp, raw.timestamp],
    sentAt: [raw.sentAt, sent.sentAt],
    receivedAt: sent.receivedAt,
  });
  if (occurredAt === null) return fault('timestamp_invalid', 'The timestamp is not a date.');
  const identities = readIdentities(source, type, raw);
  if ('code' in identities) return identities;
  if (numbersACard(raw.properties))
    return fault('card_number', 'An order or ticket number is a full card number.');
  const context = contextOf(raw, sent.context) ?? {};
  return {
    type,
    event: type === 'track' ? (raw.event as string) : null,
    ...identities,
    traits: type === 'identify' ? traitsOf(raw, context) : {},
    properties: type === 'identify' ? {} : propertiesOf(type, raw),
    region: regionIn(source, type, raw, context),
    preferences: preferencesOf(raw, context),
    occurredAt,
  };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readMessageId(value: unknown): string | null {
  if (typeof value !== 'string' || value === '' || value.length > LONGEST_ID || !value.isWellFormed())
    return null;
  return value;
}

/** A number that is cut would name another order. */
function numbersACard(properties: unknown): boolean {
  if (!isPlain(properties)) return false;
  return [properties.order_id, properties.ticket_id].some(
    (id) => (typeof id === 'string' || typeof id === 'number') && hasCard(String(id)),
  );
}

/** The batch's context, and over it the event's own. */
function contextOf(raw: Record<string, unknown>, ofBatch: unknown): Record<string, unknown> | null {
  if (!isPlain(ofBatch)) return isPlain(raw.context) ? raw.context : null;
  return isPlain(raw.context) ? { ...ofBatch, ...raw.context } : ofBatch;
}

/** By the address of an identify, the place where an order goes, or where the event came from, in this order. */
function regionIn(
  source: Source,
  type: MessageType,
  raw: Record<string, unknown>,
  context: Record<string, unknown>,
): string | null {
  const traits = type === 'identify' ? traitsOf(raw, context) : {};
  const { shipping, billing } = propertiesOf(type, raw);
  return regionOf(source, traits.address, traits, shipping, billing, context.location);
}

/** Some clients put the traits of an identify into its context. */
function traitsOf(raw: Record<string, unknown>, context: Record<string, unknown>): Record<string, unknown> {
  const traits = isPlain(raw.traits) ? raw.traits : context.traits;
  return isPlain(traits) ? traits : {};
}

/** Of pages and screens, name and category stand beside the properties. */
function propertiesOf(type: MessageType, raw: Record<string, unknown>): Record<string, unknown> {
  const own = isPlain(raw.properties) ? raw.properties : {};
  if (type !== 'page' && type !== 'screen') return own;
  const beside: Record<string, unknown> = {};
  for (const name of ['name', 'category'] as const)
    if (typeof raw[name] === 'string' && raw[name] !== '') beside[name] = raw[name];
  return { ...beside, ...own };
}

function preferencesOf(
  raw: Record<string, unknown>,
  context: Record<string, unknown>,
): Record<string, unknown> | null {
  const own = Object.hasOwn(context, 'consent') ? context.consent : null;
  const inContext = isPlain(own) && isPlain(own.categoryPreferences) ? own.categoryPreferences : null;
  if (raw.type !== 'track' || raw.event !== CHOICE_EVENT) return inContext;
  // The reserved event may carry the preferences in its properties instead.
  const properties = isPlain(raw.properties) ? raw.properties : {};
  return isPlain(properties.categoryPreferences) ? properties.categoryPreferences : inContext;
}
