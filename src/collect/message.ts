/** From a raw Segment message to one we understand, or to the reason why not. Nothing is stored here. */
import type { IdentifierKind } from '../../contract/names.ts';
import { isJunk, normalizeIdentifier } from '../catalog/identifiers.ts';
import type { EventCode } from '../platform/errors.ts';
import { hasCard } from './cards.ts';
import { measure } from './scrub.ts';
import type { Source } from './types.ts';

export const MESSAGE_TYPES = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];

const MOST_BYTES = 32 * 1024;
const LONGEST_ID = 256;

export interface Identity {
  readonly kind: IdentifierKind;
  readonly value: string;
}

/** A message that may be collected. */
export interface Message {
  readonly index: number;
  readonly type: MessageType;
  readonly messageId: string | null;
  /** Track: the event's name. */
  readonly event: string | null;
  readonly userId: Identity | null;
  readonly anonymousId: Identity | null;
  /** Alias: the id before. */
  readonly previousId: string | null;
  readonly traits: Record<string, unknown>;
  readonly properties: Record<string, unknown>;
  /** `context.consent.categoryPreferences`. */
  readonly preferences: Record<string, unknown> | null;
  /** Corrected for the sender's clock; UTC milliseconds, never after `receivedAt`. */
  readonly occurredAt: number;
  /** A browser named a customer: it may, but it is not believed. */
  readonly claimed: boolean;
  /** Ids that look like one and are none (`null`, `guest` …). */
  readonly junk: number;
}

export interface Fault {
  readonly index: number;
  readonly messageId: string | null;
  readonly code: EventCode;
  readonly message: string;
  readonly raw: unknown;
}

export interface Sent {
  readonly sentAt: unknown;
  readonly context: unknown;
  readonly receivedAt: number;
}

/** Reads one message. */
export function readMessage(source: Source, raw: unknown, index: number, sent: Sent): Message | Fault {
  if (!isPlain(raw)) return fault(index, raw, null, 'event_invalid', 'An event is a JSON object.');
  const messageId = readMessageId(raw.messageId);
  const failed = (code: EventCode, message: string) => fault(index, raw, messageId, code, message);
  const size = measure(raw, MOST_BYTES);
  if (size.bytes > MOST_BYTES) return failed('event_too_large', 'An event is at most 32 KB.');
  if (size.deep) return failed('event_invalid', 'The event is nested too deep.');
  const type = MESSAGE_TYPES.find((each) => each === raw.type);
  if (type === undefined)
    return failed('event_invalid', `The type must be one of ${MESSAGE_TYPES.join(', ')}.`);
  if (type === 'track' && (typeof raw.event !== 'string' || raw.event === '' || raw.event.length > 200))
    return failed('event_invalid', 'A track event needs a name of at most 200 characters.');
  const occurredAt = occurred(raw, sent);
  if (occurredAt === null) return failed('timestamp_invalid', 'The timestamp is not a date.');
  const identity = readIdentity(source, type, raw);
  if ('code' in identity) return failed(identity.code, identity.message);
  const context = isPlain(raw.context) ? raw.context : isPlain(sent.context) ? sent.context : {};
  return {
    index,
    type,
    messageId,
    event: type === 'track' ? (raw.event as string) : null,
    ...identity,
    traits: isPlain(raw.traits) ? raw.traits : {},
    properties: isPlain(raw.properties) ? raw.properties : {},
    preferences: preferencesOf(type, raw, context),
    occurredAt,
  };
}

function fault(
  index: number,
  raw: unknown,
  messageId: string | null,
  code: EventCode,
  message: string,
): Fault {
  return { index, messageId, code, message, raw };
}

export function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readMessageId(value: unknown): string | null {
  if (typeof value !== 'string' || value === '' || value.length > LONGEST_ID || !value.isWellFormed())
    return null;
  return value;
}

function preferencesOf(
  type: MessageType,
  raw: Record<string, unknown>,
  context: Record<string, unknown>,
): Record<string, unknown> | null {
  const own = Object.hasOwn(context, 'consent') ? context.consent : null;
  const inContext = isPlain(own) && isPlain(own.categoryPreferences) ? own.categoryPreferences : null;
  if (type !== 'track' || raw.event !== 'Segment Consent Preference Updated') return inContext;
  // The reserved event may carry the preferences in its properties instead.
  const properties = isPlain(raw.properties) ? raw.properties : {};
  return isPlain(properties.categoryPreferences) ? properties.categoryPreferences : inContext;
}

/** Time of an event = receivedAt − (sentAt − originalTimestamp): the sender's clock cancels out. */
function occurred(raw: Record<string, unknown>, sent: Sent): number | null {
  const stamp = raw.originalTimestamp ?? raw.timestamp;
  if (stamp === undefined || stamp === null) return sent.receivedAt;
  const original = instant(stamp);
  if (original === null) return null;
  const sentAt = instant(raw.sentAt ?? sent.sentAt);
  const corrected = sentAt === null ? original : sent.receivedAt - (sentAt - original);
  return Math.min(Math.max(corrected, 0), sent.receivedAt);
}

function instant(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) && Math.abs(value) < 8.64e15 ? value : null;
  if (typeof value !== 'string' || value.length > 40) return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : time;
}

type ReadIdentity = Pick<Message, 'userId' | 'anonymousId' | 'previousId' | 'claimed' | 'junk'>;

function readIdentity(
  source: Source,
  type: MessageType,
  raw: Record<string, unknown>,
): ReadIdentity | { code: EventCode; message: string } {
  const user = readId('userId', raw.userId);
  const device = readId('anonymousId', raw.anonymousId);
  if (user === 'card' || device === 'card')
    return { code: 'card_number', message: 'An id holds a full card number.' };
  if (user === 'invalid' || device === 'invalid')
    return { code: 'identity_invalid', message: 'An id is not a usable text.' };
  const previousId = type === 'alias' && typeof raw.previousId === 'string' ? raw.previousId : null;
  if (source.kind === 'browser') {
    if (type === 'alias' || type === 'group')
      return { code: 'not_your_device', message: 'A browser key speaks for its own device alone.' };
    if (!isIdentity(device))
      return isIdentity(user)
        ? { code: 'not_your_device', message: 'A browser key needs the anonymousId of its own device.' }
        : { code: 'identity_missing', message: 'The event names nobody: give an anonymousId.' };
    return {
      userId: null,
      anonymousId: device,
      previousId: null,
      claimed: isIdentity(user),
      junk: user === 'junk' ? 1 : 0,
    };
  }
  const junk = (user === 'junk' ? 1 : 0) + (device === 'junk' ? 1 : 0);
  if (!isIdentity(user) && !isIdentity(device))
    return { code: 'identity_missing', message: 'The event names nobody: give a userId or an anonymousId.' };
  if (type === 'alias' && (previousId === null || isJunk(previousId) || hasCard(previousId)))
    return { code: 'identity_missing', message: 'An alias needs a previousId.' };
  return {
    userId: isIdentity(user) ? user : null,
    anonymousId: isIdentity(device) ? device : null,
    previousId,
    claimed: false,
    junk,
  };
}

function isIdentity(read: Identity | 'none' | 'junk' | 'invalid' | 'card'): read is Identity {
  return typeof read === 'object';
}

function readId(
  kind: 'userId' | 'anonymousId',
  value: unknown,
): Identity | 'none' | 'junk' | 'invalid' | 'card' {
  if (value === undefined || value === null) return 'none';
  const normalized = normalizeIdentifier(kind, value);
  if (!normalized.ok) return normalized.why;
  return hasCard(normalized.value) ? 'card' : { kind, value: normalized.value };
}
