/** Who a message is about, as its sender may say: a server of anyone in its store, a browser of its own device alone. */
import type { IdentifierKind } from '../../contract/names.ts';
import { normalizeIdentifier } from '../catalog/identifiers.ts';
import type { EventCode } from '../platform/errors.ts';
import { hasCard } from './cards.ts';
import type { Source } from './types.ts';

export interface Identity {
  readonly kind: IdentifierKind;
  readonly value: string;
}

export interface Identities {
  readonly userId: Identity | null;
  readonly anonymousId: Identity | null;
  /** Alias: the id before, normalized. */
  readonly previousId: string | null;
  /** A browser named a customer: it may, but it is not believed. */
  readonly claimed: boolean;
  /** Ids that look like one and are none (`null`, `guest` …). */
  readonly junk: number;
}

interface Refusal {
  readonly code: EventCode;
  readonly message: string;
}

type ReadId = Identity | 'none' | 'junk' | 'invalid' | 'card';

/** The identities of a message, or why it cannot be anybody's. */
export function readIdentities(
  source: Source,
  type: string,
  raw: Readonly<Record<string, unknown>>,
): Identities | Refusal {
  const user = readId('userId', raw.userId);
  const device = readId('anonymousId', raw.anonymousId);
  const previous = type === 'alias' ? readId('userId', raw.previousId) : 'none';
  if (user === 'card' || device === 'card' || previous === 'card')
    return { code: 'card_number', message: 'An id holds a full card number.' };
  if (user === 'invalid' || device === 'invalid' || previous === 'invalid')
    return { code: 'identity_invalid', message: 'An id is not a usable text.' };
  const junk = (user === 'junk' ? 1 : 0) + (device === 'junk' ? 1 : 0);
  if (source.kind === 'browser') return ofBrowser(type, user, device, junk);
  if (!isIdentity(user) && !isIdentity(device))
    return { code: 'identity_missing', message: 'The event names nobody: give a userId or an anonymousId.' };
  if (type === 'alias' && !isIdentity(previous))
    return { code: 'identity_missing', message: 'An alias needs a previousId.' };
  return {
    userId: isIdentity(user) ? user : null,
    anonymousId: isIdentity(device) ? device : null,
    previousId: isIdentity(previous) ? previous.value : null,
    claimed: false,
    junk,
  };
}

function ofBrowser(type: string, user: ReadId, device: ReadId, junk: number): Identities | Refusal {
  if (type === 'alias' || type === 'group')
    return { code: 'not_your_device', message: 'A browser key speaks for its own device alone.' };
  if (!isIdentity(device))
    return isIdentity(user)
      ? { code: 'not_your_device', message: 'A browser key needs the anonymousId of its own device.' }
      : { code: 'identity_missing', message: 'The event names nobody: give an anonymousId.' };
  return { userId: null, anonymousId: device, previousId: null, claimed: isIdentity(user), junk };
}

function isIdentity(read: ReadId): read is Identity {
  return typeof read === 'object';
}

function readId(kind: 'userId' | 'anonymousId', value: unknown): ReadId {
  if (value === undefined || value === null) return 'none';
  const normalized = normalizeIdentifier(kind, value);
  if (!normalized.ok) return normalized.why;
  return hasCard(normalized.value) ? 'card' : { kind, value: normalized.value };
}
