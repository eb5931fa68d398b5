/** Requests of customers about their data. Bodies and answers of `/api/requests` and `/v1/requests`; none carries a word of theirs. */
import { Type } from 'typebox';
import { Id } from './opening.ts';

const Time = Type.String({ maxLength: 40 });
const Day = Type.String({ maxLength: 10 });
const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);
const names = <Name extends string>(all: readonly Name[]) => Type.Unsafe<Name>({ enum: [...all] });

export const REQUEST_KINDS = [
  'access',
  'portability',
  'correction',
  'erasure',
  'restriction',
  'objection',
  'withdrawal',
  'opt-out',
  'limit-sensitive',
  'human-review',
  'complaint',
] as const;
/** `extended` is in progress with more time; `appealed` is refused and looked at again. The last three end it. */
export const REQUEST_STATES = [
  'received',
  'identity-checked',
  'in-progress',
  'extended',
  'appealed',
  'fulfilled',
  'refused',
  'withdrawn',
] as const;
export const REQUEST_CHANNELS = ['center', 'mail', 'letter', 'phone', 'shop', 'import'] as const;
/** How it was proved who asks: signed in at the shop, a verified caller, a code, an order, a document seen, an authorized agent, the shop's platform. */
export const PROOFS = ['signed-in', 'caller', 'code', 'order', 'document', 'agent', 'shop'] as const;
/** What a law accepts as a reason to say no. */
export const REFUSALS = [
  'identity-not-proved',
  'unfounded-or-excessive',
  'rights-of-others',
  'legal-duty',
  'legal-claims',
  'no-such-right',
  'nothing-held',
] as const;
/** Why more time is needed (GDPR Art 12(3)). */
export const EXTENSIONS = ['complex', 'many-requests'] as const;
export const REQUEST_STEPS = [
  'acknowledge',
  'prove',
  'start',
  'wait',
  'resume',
  'extend',
  'fulfil',
  'refuse',
  'withdraw',
  'appeal',
  'lift',
] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];
export type RequestState = (typeof REQUEST_STATES)[number];
export type RequestChannel = (typeof REQUEST_CHANNELS)[number];
export type Proof = (typeof PROOFS)[number];
export type Refusal = (typeof REFUSALS)[number];
export type Extension = (typeof EXTENSIONS)[number];
export type RequestStep = (typeof REQUEST_STEPS)[number];

export const RequestItem = Type.Object({
  id: Id,
  /** Counted per store, for talking about it. */
  number: Type.Integer(),
  customer: Id,
  kind: names(REQUEST_KINDS),
  state: names(REQUEST_STATES),
  channel: names(REQUEST_CHANNELS),
  receivedAt: Time,
  /** Last day for telling the customer that it came; null: no law asks, or they were told. */
  acknowledgeOn: OrNull(Day),
  /** Last day for the answer, where the shop is. */
  dueOn: Day,
  dueAt: Time,
  extended: Type.Boolean(),
  /** The shop waits for the customer. */
  waits: Type.Boolean(),
  proof: OrNull(names(PROOFS)),
  handler: OrNull(Id),
  refusedBecause: OrNull(names(REFUSALS)),
  endedAt: OrNull(Time),
  version: Type.Integer(),
});
const Ground = Type.Object({
  regime: Type.String(),
  says: Type.String(),
  citation: Type.String(),
  verified: Type.Boolean(),
});
export const Clock = Type.Object({
  dueOn: Day,
  /** Where the law counts no days, its words; then the day is a target. */
  speed: OrNull(Type.String()),
  because: Type.Immutable(Type.Array(Ground)),
  acknowledgeOn: OrNull(Day),
  /** The last day if it is extended; null: no law in play allows it. */
  extendableTo: OrNull(Day),
  /** Waiting for the customer moves the last day. */
  waitingMoves: Type.Boolean(),
});
const Step = Type.Object({
  step: Type.String(),
  at: Time,
  /** A person or a key; null: the customer, or the system. */
  by: OrNull(Id),
  details: Type.Record(Type.String(), Type.Unknown()),
  /** Where the ledger keeps it; null: taken before this was kept. */
  ledgerIndex: OrNull(Type.Integer()),
});
/** What an erasure leaves, by whose law, and until which day. */
export const Hold = Type.Object({
  class: Type.String(),
  records: Type.Literal('orders'),
  count: Type.Integer(),
  because: Type.Literal('duty'),
  /** Last day of the longest duty; null: no law in force names one. */
  until: OrNull(Day),
  /** When it goes; null: nothing ends it. */
  goes: OrNull(Day),
  laws: Type.Immutable(Type.Array(Ground)),
});
export const RequestPath = Type.Object({ id: Type.String({ maxLength: 64 }) });
export const RequestAnswer = Type.Object({ request: RequestItem });
export const NewRequestAnswer = Type.Object({
  request: RequestItem,
  /** The same was asked before and is not answered yet: that one goes on. */
  joined: Type.Boolean(),
});
export const OneRequestAnswer = Type.Object({
  request: RequestItem,
  clock: Clock,
  steps: Type.Immutable(Type.Array(Step)),
  /** Of an erasure that is not done: what will stay. */
  stays: Type.Immutable(Type.Array(Hold)),
  /** What may be done next. */
  next: Type.Immutable(Type.Array(names(REQUEST_STEPS))),
});
export const RequestsQuery = Type.Object(
  {
    /** `open` (soonest due first; absent: this) or `ended` (newest first). */
    show: Type.Optional(names(['open', 'ended'] as const)),
    kind: Type.Optional(names(REQUEST_KINDS)),
    state: Type.Optional(names(REQUEST_STATES)),
    customer: Type.Optional(Type.String({ maxLength: 64 })),
    /** From the answer before. */
    after: Type.Optional(Type.String({ maxLength: 200 })),
    /** 1 to 500; absent: 50. */
    limit: Type.Optional(Type.String({ maxLength: 3 })),
  },
  { additionalProperties: false },
);
export const RequestsAnswer = Type.Object({
  requests: Type.Immutable(Type.Array(RequestItem)),
  after: OrNull(Type.String()),
});
/** Of those that are not ended; each counted up to a thousand. */
export const RequestsSummary = Type.Object({
  open: Type.Integer(),
  overdue: Type.Integer(),
  /** Within seven days, and not overdue. */
  dueSoon: Type.Integer(),
  /** Who asks is not proved yet. */
  unproved: Type.Integer(),
  /** Not told yet that it came, though a law asks for it. */
  unacknowledged: Type.Integer(),
});
export const NewRequestBody = Type.Object(
  {
    customer: Id,
    kind: names(REQUEST_KINDS),
    channel: names(REQUEST_CHANNELS),
    /** When it came; absent: now. Not in the future. */
    receivedAt: Type.Optional(Time),
    proof: Type.Optional(names(PROOFS)),
    /** Id of the request in the system that sends it: the same one counts once. */
    id: Type.Optional(Id),
  },
  { additionalProperties: false },
);
export const StepBody = Type.Object(
  {
    /** As it was seen: `conflict` when somebody else changed it meanwhile. */
    version: Type.Integer({ minimum: 1 }),
    step: names(REQUEST_STEPS),
    /** Of `prove`. */
    proof: Type.Optional(names(PROOFS)),
    /** Of `extend` and `refuse`. */
    because: Type.Optional(names([...EXTENSIONS, ...REFUSALS])),
    /** Of `fulfil` of a correction: the fields that are right now. */
    fields: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: 50 })),
  },
  { additionalProperties: false },
);
export const DeadlineQuery = Type.Object(
  {
    kind: names([...REQUEST_KINDS, 'appeal'] as const),
    /** ISO 3166; absent: not known. */
    customer: Type.Optional(Type.String({ maxLength: 6 })),
    store: Type.Optional(Type.String({ maxLength: 6 })),
    /** A day, or a moment with `zone`. */
    received: Time,
    zone: Type.Optional(Type.String({ maxLength: 60 })),
    extended: Type.Optional(names(['true', 'false'] as const)),
    /** Whole days for which the shop waited for the customer. */
    waited: Type.Optional(Type.String({ maxLength: 3 })),
    /** Days with commas between, that are no business days. */
    holidays: Type.Optional(Type.String({ maxLength: 600 })),
  },
  { additionalProperties: false },
);
export const OwnRequestBody = Type.Object(
  {
    kind: names(REQUEST_KINDS),
    id: Type.Optional(Id),
    token: Type.Optional(Type.String({ maxLength: 4096 })),
    writeKey: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
);
const OwnRequest = Type.Object({
  id: Id,
  number: Type.Integer(),
  kind: names(REQUEST_KINDS),
  state: names(REQUEST_STATES),
  receivedAt: Time,
  dueOn: Day,
  waits: Type.Boolean(),
  refusedBecause: OrNull(names(REFUSALS)),
  endedAt: OrNull(Time),
});
export const OwnRequestAnswer = Type.Object({ request: OwnRequest, joined: Type.Boolean() });
export const OwnRequestsAnswer = Type.Object({ requests: Type.Immutable(Type.Array(OwnRequest)) });
