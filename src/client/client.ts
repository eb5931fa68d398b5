/** The client: what a shop's own code asks of Bailee, typed by the contract that guards the server. */
import { randomUUID } from 'node:crypto';
import type { Static } from 'typebox';
import type { CollectedAnswer } from '../../contract/collecting.ts';
import type { ChoicesBody, ChosenAnswer, NoticeAnswer, StandingAnswer } from '../../contract/consent.ts';
import type { IdentifierKind, Purpose } from '../../contract/names.ts';
import type {
  DecideAnswer,
  EraseAnswer,
  FindAnswer,
  LiftAnswer,
  OpenAnswer,
  TimelineAnswer,
} from '../../contract/opening.ts';
import { BaileeError } from './error.ts';
import { type Call, request, type Transport } from './request.ts';

/** Why somebody may look: exactly one of these. */
export type Evidence =
  | { readonly case: string }
  | { readonly order: string }
  | { readonly request: string }
  | { readonly reason: string };

export interface ClientOptions {
  /** Where Bailee answers: `https://data.shop.example`. */
  readonly url: string;
  /** Of a role: opens. Keep it on the server. */
  readonly apiKey?: string;
  /** `server` or `browser`: collects, and reads and records choices. */
  readonly writeKey?: string;
  /** Milliseconds that one try may take; 10,000 unless said otherwise. */
  readonly timeoutMs?: number;
  /** How often a call is made at most; 3 unless said otherwise. */
  readonly tries?: number;
  /** In the place of the global one. */
  readonly fetch?: typeof fetch;
}

/** An event as Segment's clients send it: `{type: 'track', event, userId, properties …}`. */
export type SentEvent = Readonly<Record<string, unknown>> & { readonly type: string };

export interface BaileeClient {
  /** May this be used for this purpose? Answers without data; asks nothing of the ledger. */
  decide(asked: {
    readonly customers: readonly string[];
    readonly purpose: Purpose;
    readonly channel?: string;
  }): Promise<Static<typeof DecideAnswer>['answers']>;
  /** Customers by e-mail, phone, user id, order or case number; masked. An opening, in the ledger. */
  find(asked: {
    readonly identifier: { readonly kind: IdentifierKind; readonly value: string };
    readonly purpose: Purpose;
    readonly evidence?: Evidence;
  }): Promise<Static<typeof FindAnswer>['customers']>;
  /** Fields of a customer, each revealed, masked or withheld with the rule that made it so. In the ledger. */
  open(
    customer: string,
    asked: { readonly purpose: Purpose; readonly fields?: readonly string[]; readonly evidence?: Evidence },
  ): Promise<Static<typeof OpenAnswer>>;
  /** Orders, cases and events, newest first. An opening, in the ledger. */
  timeline(
    customer: string,
    asked: {
      readonly purpose: Purpose;
      readonly evidence?: Evidence;
      /** ISO 8601; items before it. */
      readonly before?: string;
      readonly limit?: number;
    },
  ): Promise<Static<typeof TimelineAnswer>>;
  /** For good; answers with a signed receipt. With the key of a privacy officer. */
  erase(customer: string, evidence: Evidence): Promise<Static<typeof EraseAnswer>>;
  /** Lets a returning buyer be a customer again. With the server key, or that of a privacy officer. */
  liftSuppression(asked: {
    readonly identifier: { readonly kind: IdentifierKind; readonly value: string };
    readonly evidence: Evidence;
  }): Promise<Static<typeof LiftAnswer>>;
  /** Sends events. Each gets a messageId where it has none, so that a second try stores nothing twice. */
  collect(events: readonly SentEvent[]): Promise<Static<typeof CollectedAnswer>>;
  /** What a visitor is asked, in a language, for a region (`DE`, `US-CA`). */
  notice(asked?: { readonly lang?: string; readonly region?: string }): Promise<NoticeAnswer>;
  /** Records what somebody chose; answers with a signed receipt. The same `id` counts once. */
  choose(choices: Static<typeof ChoicesBody>): Promise<Static<typeof ChosenAnswer>>;
  /** What the customer of this token (a JWT that the shop's backend signed) chose so far. */
  choices(token: string): Promise<Static<typeof StandingAnswer>>;
}

/**
 * A client of one store. Makes no call yet. Each method throws `BaileeError` with a stable `code`; calls that
 * were refused for lack of room (429, 503) are made again, others only where nothing can happen twice.
 * Throws `invalid_configuration` for an address that is none.
 */
export function makeClient(options: ClientOptions): BaileeClient {
  const transport: Transport = {
    url: addressOf(options.url),
    fetch: options.fetch ?? fetch,
    timeoutMs: options.timeoutMs ?? 10_000,
    tries: Math.max(1, options.tries ?? 3),
  };
  const api = async <Answer>(path: string, body: unknown, repeatable = false): Promise<Answer> =>
    request(transport, { method: 'POST', path, body, headers: bearer(options.apiKey), repeatable });
  const v1 = async <Answer>(call: Pick<Call, 'method' | 'path' | 'body'>, headers = {}): Promise<Answer> =>
    request(transport, { ...call, headers: { ...writing(options.writeKey), ...headers }, repeatable: true });
  const of = (customer: string, verb: string) => `/api/customers/${encodeURIComponent(customer)}/${verb}`;
  return {
    decide: async (asked) => (await api<Static<typeof DecideAnswer>>('/api/decide', asked, true)).answers,
    find: async (asked) => (await api<Static<typeof FindAnswer>>('/api/customers/find', asked)).customers,
    open: (customer, asked) => api(of(customer, 'open'), asked),
    timeline: (customer, asked) => api(of(customer, 'timeline'), asked),
    erase: (customer, evidence) => api(of(customer, 'erase'), { evidence }),
    liftSuppression: async (asked) =>
      request(transport, {
        method: 'POST',
        path: '/api/suppressions/lift',
        body: asked,
        headers: bearer(options.apiKey ?? options.writeKey),
        repeatable: true,
      }),
    collect: (events) => v1({ method: 'POST', path: '/v1/batch', body: { batch: events.map(named) } }),
    notice: (asked = {}) => v1({ method: 'GET', path: `/v1/consent/notice${query(asked)}` }),
    choose: (choices) =>
      v1({ method: 'POST', path: '/v1/consent/choices', body: { id: randomUUID(), ...choices } }),
    choices: (token) =>
      v1({ method: 'GET', path: '/v1/consent/choices' }, { authorization: `Bearer ${token}` }),
  };
}

function addressOf(url: string): string {
  if (!/^https?:\/\/[^\s?#]+$/.test(url))
    throw new BaileeError(
      'invalid_configuration',
      'url is the address of Bailee, like https://data.shop.example.',
    );
  return url.replace(/\/+$/, '');
}

function bearer(key: string | undefined): Record<string, string> {
  if (key === undefined) throw new BaileeError('unknown_key', 'This call needs an apiKey.');
  return { authorization: `Bearer ${key}` };
}

function writing(key: string | undefined): Record<string, string> {
  if (key === undefined) throw new BaileeError('unknown_key', 'This call needs a writeKey.');
  return { 'x-write-key': key };
}

function named(event: SentEvent): SentEvent {
  return event.messageId === undefined ? { ...event, messageId: randomUUID() } : event;
}

function query(asked: Readonly<Record<string, string | undefined>>): string {
  const told = Object.entries(asked).filter((each): each is [string, string] => each[1] !== undefined);
  return told.length === 0 ? '' : `?${new URLSearchParams(told)}`;
}
