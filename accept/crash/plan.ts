/** What the clients of a schedule do, decided by its seed: batches, openings, merges, choices, erasures, rotations. */
import type { Purpose } from '../../contract/names.ts';
import type { Evidence } from '../../src/gate/evidence.ts';
import { Dice } from './dice.ts';
import type { Kind } from './ports.ts';

export const PEOPLE = 3;
export const NODES = 2;
const CLIENTS = 3;

export interface Sent {
  readonly messageId: string;
  readonly person: number;
  readonly type: 'identify' | 'order' | 'refund' | 'view' | 'ticket' | 'bad' | 'alias' | 'sign-in';
  readonly raw: Readonly<Record<string, unknown>>;
}

export type Step =
  | { readonly kind: 'collect' | 'merge'; readonly events: readonly Sent[] }
  | {
      readonly kind: 'open';
      readonly how: 'open' | 'find' | 'timeline';
      readonly role: 'support' | 'privacy-officer' | 'marketing';
      readonly purpose: Purpose;
      readonly person: number;
      readonly evidence: Evidence | null;
    }
  | { readonly kind: 'choose'; readonly person: number; readonly choices: Readonly<Record<string, boolean>> }
  | { readonly kind: 'erase'; readonly person: number }
  | { readonly kind: 'rotate' | 'sequence' | 'sweep' };

export interface Plan {
  readonly seed: number;
  /** Before the faults begin: everyone known, with an order, a ticket, a device and choices. */
  readonly first: readonly Sent[];
  /** Per client: steps, and whether a failed one is tried again at once. */
  readonly clients: readonly (readonly {
    readonly step: Step;
    readonly again: boolean;
    readonly node: number;
  }[])[];
}

export const user = (person: number) => `user-${person}`;
export const device = (person: number) => `device-${person}`;
export const email = (person: number) => `someone-${person}@example.com`;
export const phone = (person: number) => `+4915112345${String(person).padStart(3, '0')}`;
export const firstOrder = (person: number) => `first-${person}`;
export const firstTicket = (person: number) => `ticket-${person}`;
/** Part of every name that a person is given: it must not be seen where nothing may be released. */
export const NAME_MARK = 'Tremblay';

const PREFERENCES = { analytics: true, 'marketing-email': true };

/** Makes messages with ids and numbers of their own. */
class Writer {
  readonly #seed: number;
  #count = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  #message(type: Sent['type'], person: number, raw: (id: string) => Record<string, unknown>): Sent {
    this.#count += 1;
    const messageId = `m${this.#seed}-${this.#count}`;
    return { messageId, person, type, raw: { messageId, ...raw(messageId) } };
  }

  identify(person: number): Sent {
    return this.#message('identify', person, (id) => ({
      type: 'identify',
      userId: user(person),
      traits: { name: `${id} ${NAME_MARK}`, email: email(person), phone: phone(person) },
    }));
  }

  order(person: number, number?: string): Sent {
    return this.#message('order', person, (id) => ({
      type: 'track',
      event: 'Order Completed',
      userId: user(person),
      properties: {
        order_id: number ?? id,
        affiliation: id,
        total: 12,
        currency: 'EUR',
        billing: { name: `${id} ${NAME_MARK}`, city: 'Bonn', country: 'DE' },
        products: [`${id}/a`, `${id}/b`].map((name) => ({ product_id: name, name, price: 6, quantity: 1 })),
      },
    }));
  }

  refund(person: number, order: string): Sent {
    return this.#message('refund', person, (id) => ({
      type: 'track',
      event: 'Order Refunded',
      userId: user(person),
      properties: { order_id: order, affiliation: id, total: 12, currency: 'EUR' },
    }));
  }

  view(person: number, onDevice: boolean): Sent {
    return this.#message('view', person, (id) => ({
      type: 'track',
      event: 'Product Viewed',
      ...(onDevice ? { anonymousId: device(person) } : { userId: user(person) }),
      context: { consent: { categoryPreferences: PREFERENCES } },
      properties: { product_id: id },
    }));
  }

  ticket(person: number, number?: string): Sent {
    return this.#message('ticket', person, (id) => ({
      type: 'track',
      event: 'Support Ticket Opened',
      userId: user(person),
      properties: { ticket_id: number ?? id, order_id: firstOrder(person), subject: id, body: NAME_MARK },
    }));
  }

  bad(person: number): Sent {
    return this.#message('bad', person, () => ({
      type: 'nonsense',
      userId: user(person),
      traits: { email: email(person), name: NAME_MARK },
    }));
  }

  alias(person: number, before: number): Sent {
    return this.#message('alias', person, () => ({
      type: 'alias',
      userId: user(person),
      previousId: user(before),
    }));
  }

  /** The account signs in on a device that was a visitor so far. */
  signIn(person: number, onDeviceOf: number): Sent {
    return this.#message('sign-in', person, (id) => ({
      type: 'track',
      event: 'Order Completed',
      userId: user(person),
      anonymousId: device(onDeviceOf),
      properties: {
        order_id: id,
        affiliation: id,
        total: 3,
        currency: 'EUR',
        products: [`${id}/a`, `${id}/b`].map((name) => ({ product_id: name, name, price: 6, quantity: 1 })),
      },
    }));
  }
}

function oneEvent(dice: Dice, writer: Writer, person: number): Sent {
  switch (dice.below(6)) {
    case 0:
      return writer.identify(person);
    case 1:
    case 2:
      return writer.order(person);
    case 3:
      return writer.ticket(person);
    case 4:
      return writer.refund(person, firstOrder(person));
    default:
      return writer.bad(person);
  }
}

function collecting(dice: Dice, writer: Writer, before: Sent[]): Step {
  // A view alone in its batch, so that the answer tells whether it was collected.
  if (dice.once(5)) return { kind: 'collect', events: [writer.view(dice.below(PEOPLE), dice.once(2))] };
  const events = Array.from({ length: 1 + dice.below(3) }, () =>
    before.length > 0 && dice.once(4) ? dice.pick(before) : oneEvent(dice, writer, dice.below(PEOPLE)),
  );
  before.push(...events);
  return { kind: 'collect', events };
}

function opening(dice: Dice): Step {
  const person = dice.below(PEOPLE);
  const base = { kind: 'open', person } as const;
  const support = { role: 'support', purpose: 'customer-service' } as const;
  switch (dice.below(5)) {
    case 0:
      return { ...base, ...support, how: 'open', evidence: { case: firstTicket(person) } };
    case 1:
      return { ...base, ...support, how: 'find', evidence: { order: firstOrder(person) } };
    case 2:
      return { ...base, ...support, how: 'timeline', evidence: { case: firstTicket(person) } };
    case 3:
      return { ...base, how: 'open', role: 'marketing', purpose: 'marketing-email', evidence: null };
    default:
      return {
        ...base,
        how: 'open',
        role: 'privacy-officer',
        purpose: 'legal-duty',
        evidence: { reason: 'audit' },
      };
  }
}

function stepOf(kind: Kind, dice: Dice, writer: Writer, before: Sent[]): Step {
  const person = dice.below(PEOPLE);
  switch (kind) {
    case 'collect':
      return collecting(dice, writer, before);
    case 'open':
      return opening(dice);
    case 'merge':
      return {
        kind,
        events: [
          dice.once(2)
            ? writer.alias(person, (person + 1) % PEOPLE)
            : writer.signIn(person, dice.once(4) ? (person + 1) % PEOPLE : person),
        ],
      };
    case 'choose':
      return { kind, person, choices: { 'marketing-email': dice.once(3), analytics: dice.once(2) } };
    case 'erase':
      return { kind, person };
    default:
      return { kind };
  }
}

const WEIGHTED: readonly Kind[] = [
  ...(['collect', 'collect', 'collect', 'open', 'open', 'open', 'merge', 'choose', 'erase'] as const),
  ...(['rotate', 'sequence', 'sweep'] as const),
];

/** The plan of a seed. `must`: the kind that the fault is for; it comes at least twice. */
export function planOf(seed: number, must: Kind | null): Plan {
  const dice = new Dice(`plan/${seed}`);
  const writer = new Writer(seed);
  const first = Array.from({ length: PEOPLE }, (_, person) => [
    writer.identify(person),
    writer.order(person, firstOrder(person)),
    writer.ticket(person, firstTicket(person)),
    writer.view(person, true),
  ]).flat();
  const before: Sent[] = [...first];
  const forced = new Map<number, Kind>(
    must === null
      ? []
      : [
          [0, must],
          [1 + dice.below(2), must],
        ],
  );
  const clients = Array.from({ length: CLIENTS }, (_, client) =>
    Array.from({ length: 2 + dice.below(3) }, (_, at) => {
      const kind = at === 0 ? (forced.get(client) ?? dice.pick(WEIGHTED)) : dice.pick(WEIGHTED);
      return {
        step: stepOf(kind, dice, writer, before),
        again: dice.once(3),
        node: dice.once(4) ? dice.below(NODES) : client % NODES,
      };
    }),
  );
  return { seed, first, clients };
}
