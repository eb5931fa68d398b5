/**
 * The demo shop as its own storefront would tell it: Segment-style messages for `POST /v1/batch`,
 * events named as in Segment's e-commerce specification (version 2).
 */
import { type DemoProperties, momentsOf } from './moments.ts';
import type { Person } from './people.ts';
import { type Life, lives } from './plan.ts';

export interface DemoInput {
  readonly seed: number;
  /** UTC milliseconds; the demo ends here, so that it looks recent. */
  readonly now: number;
  readonly customers: number;
}

interface Envelope {
  /** Follows from seed, customer and place in its story: sending the demo twice stores it once. */
  readonly messageId: string;
  readonly userId?: string;
  readonly anonymousId?: string;
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  readonly context: {
    readonly consent?: { readonly categoryPreferences: Readonly<Record<string, boolean>> };
    readonly locale: string;
    readonly ip?: string;
  };
}

export type DemoMessage = Envelope &
  (
    | { readonly type: 'identify'; readonly traits: DemoProperties }
    | { readonly type: 'track'; readonly event: string; readonly properties: DemoProperties }
    | { readonly type: 'page'; readonly name: string; readonly properties: DemoProperties }
  );

export interface DemoCustomer {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Order numbers, oldest first. */
  readonly orders: readonly string[];
  /** Ticket numbers, oldest first. */
  readonly tickets: readonly string[];
  /** Those of `tickets` that nobody closed: evidence for customer service. */
  readonly openTickets: readonly string[];
}

/**
 * All messages of the demo shop, one customer after another: `identify` first, then by time.
 * Pure: the same input gives the same messages. None lies after `now`.
 */
export function* demoMessages({ seed, now, customers }: DemoInput): Generator<DemoMessage> {
  for (const life of lives(seed, now, customers)) yield* messagesOf(seed, life);
}

/** Who is in the demo shop, for the page that shows what to try. */
export function demoCustomers({ seed, now, customers }: DemoInput): DemoCustomer[] {
  return lives(seed, now, customers).map(({ person, orders, tickets }) => ({
    userId: person.userId,
    email: person.email,
    name: person.name,
    country: person.region.country,
    orders: orders.map((order) => order.number),
    tickets: tickets.map((ticket) => ticket.number),
    openTickets: tickets.filter((ticket) => ticket.closedAt === undefined).map((ticket) => ticket.number),
  }));
}

function* messagesOf(seed: number, life: Life): Generator<DemoMessage> {
  const { person } = life;
  let place = 0;
  const messageId = () => `demo-${seed}-${person.userId}-${place++}`;
  yield {
    type: 'identify',
    messageId: messageId(),
    userId: person.userId,
    anonymousId: person.anonymousId,
    traits: traitsOf(person, life.registeredAt),
    timestamp: new Date(life.registeredAt).toISOString(),
    context: contextOf(person, true),
  };
  for (const moment of momentsOf(seed, life)) {
    yield {
      ...moment.call,
      messageId: messageId(),
      ...(moment.by === 'device' ? {} : { userId: person.userId }),
      ...(moment.by === 'shop' ? {} : { anonymousId: person.anonymousId }),
      timestamp: new Date(moment.at).toISOString(),
      context: contextOf(person, moment.by !== 'shop'),
    };
  }
}

function contextOf(person: Person, fromDevice: boolean): Envelope['context'] {
  return {
    ...(person.consent === undefined ? {} : { consent: { categoryPreferences: { ...person.consent } } }),
    locale: person.region.locale,
    ...(fromDevice ? { ip: person.ip } : {}),
  };
}

function traitsOf(person: Person, registeredAt: number): DemoProperties {
  return {
    email: person.email,
    name: person.name,
    firstName: person.givenName,
    lastName: person.familyName,
    ...(person.phone === undefined ? {} : { phone: person.phone }),
    address: { ...person.address },
    birthday: person.birthday,
    language: person.region.language,
    ...(person.nationalId === undefined ? {} : { nationalId: person.nationalId }),
    ...(person.card === undefined
      ? {}
      : { paymentCardBrand: person.card.brand, paymentCardLast4: person.card.last4 }),
    createdAt: new Date(registeredAt).toISOString(),
  };
}
