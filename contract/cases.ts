/** Cases: inquiries, complaints and feedback. Bodies and answers of `/api/cases`. Lists carry no words of customers. */
import { Type } from 'typebox';
import { Id } from './opening.ts';

const Time = Type.String({ maxLength: 40 });
const names = <Name extends string>(all: readonly Name[]) => Type.Unsafe<Name>({ enum: [...all] });

export const CASE_KINDS = ['inquiry', 'complaint', 'feedback'] as const;
export const CASE_CHANNELS = ['mail', 'phone', 'chat', 'form', 'letter', 'shop'] as const;
/** `new`: nobody took it; `waiting`: for the customer; `solved` may be opened again, `closed` ends it. */
export const CASE_STATUSES = ['new', 'open', 'waiting', 'solved', 'closed'] as const;
export const CASE_PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
/** What it is about, so that a list needs no subject. */
export const CASE_TOPICS = [
  'delivery',
  'return',
  'payment',
  'product',
  'account',
  'privacy',
  'other',
] as const;
const CHANGEABLE = ['status', 'priority', 'topic', 'kind', 'assignee', 'team', 'satisfaction'] as const;
export type CaseKind = (typeof CASE_KINDS)[number];
export type CaseChannel = (typeof CASE_CHANNELS)[number];
export type CaseStatus = (typeof CASE_STATUSES)[number];
export type CasePriority = (typeof CASE_PRIORITIES)[number];
export type CaseTopic = (typeof CASE_TOPICS)[number];

/**
 * How long a customer waits at most for the next answer, in hours. The shop's promise, not a law: the strictest duties to
 * answer (ten days and more) are met by far. Of a complaint the next higher priority counts.
 */
export const SERVICE_LEVEL_HOURS: Readonly<Record<CasePriority, number>> = {
  low: 72,
  normal: 24,
  high: 8,
  urgent: 4,
};

/** A case as a list shows it: nothing here says who, or what they wrote. */
export const CaseItem = Type.Object({
  id: Id,
  /** Counted per store, for talking about it: 1042. Not the shop's own ticket number. */
  number: Type.Integer(),
  customer: Id,
  kind: names(CASE_KINDS),
  channel: names(CASE_CHANNELS),
  topic: names(CASE_TOPICS),
  status: names(CASE_STATUSES),
  priority: names(CASE_PRIORITIES),
  assignee: Type.Union([Id, Type.Null()]),
  team: Type.Union([Id, Type.Null()]),
  /** When the next answer is due by the service level; null while it waits for the customer or is done. */
  dueAt: Type.Union([Time, Type.Null()]),
  createdAt: Time,
  updatedAt: Time,
  /** 1 to 5, given by the customer. */
  satisfaction: Type.Union([Type.Integer(), Type.Null()]),
  /** Whoever changes the case says which version they saw. */
  version: Type.Integer(),
});
/** An address carries texts: numbers and lists in it are read by the route. */
export const CasesQuery = Type.Object(
  {
    /** One or more, with commas between; absent: those that are not solved or closed. */
    status: Type.Optional(Type.String({ maxLength: 60 })),
    kind: Type.Optional(names(CASE_KINDS)),
    priority: Type.Optional(names(CASE_PRIORITIES)),
    topic: Type.Optional(names(CASE_TOPICS)),
    /** `me`, `none`, or the id of a person. */
    assignee: Type.Optional(Type.String({ maxLength: 64 })),
    team: Type.Optional(Type.String({ maxLength: 64 })),
    customer: Type.Optional(Type.String({ maxLength: 64 })),
    /** `due` (soonest first), `updated` (newest first), `created` (newest first). */
    sort: Type.Optional(names(['due', 'updated', 'created'] as const)),
    /** From the answer before. */
    after: Type.Optional(Type.String({ maxLength: 200 })),
    /** 1 to 500; absent: 50. */
    limit: Type.Optional(Type.String({ maxLength: 3 })),
  },
  { additionalProperties: false },
);
export const CasesAnswer = Type.Object({
  cases: Type.Immutable(Type.Array(CaseItem)),
  /** Null on the last page. */
  after: Type.Union([Type.String(), Type.Null()]),
  /** How many there are in all, counted with the first page, up to 100,000. */
  total: Type.Integer(),
});
/** What needs somebody today; cases that are solved or closed are not in it. A day ends at midnight, UTC. */
export const CasesSummary = Type.Object({
  mine: Type.Integer(),
  unassigned: Type.Integer(),
  overdue: Type.Integer(),
  /** Not overdue yet. */
  dueToday: Type.Integer(),
  complaints: Type.Integer(),
  waiting: Type.Integer(),
});
export const CasePath = Type.Object({ id: Type.String({ maxLength: 64 }) });

const Text = Type.String({ minLength: 1, maxLength: 20_000 });
export const NewCaseBody = Type.Object(
  {
    customer: Id,
    kind: names(CASE_KINDS),
    channel: names(CASE_CHANNELS),
    topic: names(CASE_TOPICS),
    priority: Type.Optional(names(CASE_PRIORITIES)),
    /** The order it is about, by its number. */
    order: Type.Optional(Type.String({ maxLength: 200 })),
    subject: Type.String({ minLength: 1, maxLength: 500 }),
    text: Text,
    assignee: Type.Optional(Type.Union([Id, Type.Null()])),
    team: Type.Optional(Type.Union([Id, Type.Null()])),
  },
  { additionalProperties: false },
);
/** `case` is the case after the change. */
export const CaseAnswer = Type.Object({ case: CaseItem });
export const ChangeCaseBody = Type.Object(
  {
    /** As it was seen: `conflict` when somebody else changed the case meanwhile. */
    version: Type.Integer({ minimum: 1 }),
    status: Type.Optional(names(CASE_STATUSES)),
    priority: Type.Optional(names(CASE_PRIORITIES)),
    topic: Type.Optional(names(CASE_TOPICS)),
    kind: Type.Optional(names(CASE_KINDS)),
    assignee: Type.Optional(Type.Union([Id, Type.Null()])),
    team: Type.Optional(Type.Union([Id, Type.Null()])),
  },
  { additionalProperties: false },
);
/** `answer` goes to the customer by mail where the case has an address; `note` stays inside. */
export const MessageBody = Type.Object(
  { kind: names(['answer', 'note'] as const), text: Text },
  { additionalProperties: false },
);
export const MessageAnswer = Type.Object({ message: Id, case: CaseItem });
export const SatisfactionBody = Type.Object(
  { satisfaction: Type.Integer({ minimum: 1, maximum: 5 }) },
  { additionalProperties: false },
);
/** The last 12 weeks of UTC, the oldest first, by when the cases came. */
export const SatisfactionAnswer = Type.Object({
  weeks: Type.Immutable(
    Type.Array(
      Type.Object({
        /** Its Monday, `2026-11-23`. */
        week: Type.String(),
        cases: Type.Integer(),
        /** How many customers gave 1, 2, 3, 4 and 5. */
        given: Type.Immutable(Type.Array(Type.Integer(), { minItems: 5, maxItems: 5 })),
      }),
    ),
  ),
});
/** A case that is closed serves as evidence no more: the privacy officer reads it with a reason. */
export const ReadCaseBody = Type.Object(
  { reason: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })) },
  { additionalProperties: false },
);
/** What changed in a case: `status` from `new` to `open`. Of `assignee` and `team` the ids. */
export const CaseChange = Type.Object({
  what: names(CHANGEABLE),
  from: Type.Union([Type.String(), Type.Null()]),
  to: Type.Union([Type.String(), Type.Null()]),
});
const Shown = names(['revealed', 'masked', 'withheld'] as const);
export const CaseMessage = Type.Object({
  id: Id,
  kind: names(['incoming', 'answer', 'note', 'event'] as const),
  at: Time,
  /** Who of the staff wrote it; null: the customer, or the system. */
  by: Type.Union([Id, Type.Null()]),
  state: Shown,
  text: Type.Union([Type.String(), Type.Null()]),
  /** Of an event; it has no text. */
  change: Type.Optional(CaseChange),
  /** Of an answer: whether it left. `none`: no mail is sent from here. */
  sent: Type.Optional(names(['waiting', 'sent', 'failed', 'none'] as const)),
  attachments: Type.Immutable(
    Type.Array(
      Type.Object({
        id: Id,
        name: Type.String(),
        /** Found from the content, whatever the sender called it. */
        type: Type.String(),
        bytes: Type.Integer(),
        /** A program, a script, or a page that may run one. */
        unsafe: Type.Boolean(),
        /** Whether the operator’s virus scanner looks at it before it is handed out. */
        scan: names(['when-opened', 'none'] as const),
      }),
    ),
  ),
});
const Opening = Type.Object({ id: Type.String(), ledgerIndex: Type.Integer() });
/** Reading a case is an opening, with the case as its evidence. */
export const ReadCaseAnswer = Type.Object({
  case: CaseItem,
  /** Number of the shop's own ticket, where it came from there. */
  ticket: Type.Union([Type.String(), Type.Null()]),
  order: Type.Union([Type.String(), Type.Null()]),
  subject: Type.Object({ state: Shown, text: Type.Union([Type.String(), Type.Null()]) }),
  messages: Type.Immutable(Type.Array(CaseMessage)),
  opening: Opening,
});
export const AttachmentPath = Type.Object({
  id: Type.String({ maxLength: 64 }),
  attachment: Type.String({ maxLength: 64 }),
});
export const FindCaseBody = Type.Object(
  {
    /** Of Bailee (1042) or of the shop (T-1). */
    number: Type.String({ minLength: 1, maxLength: 200 }),
  },
  { additionalProperties: false },
);
/** None, one, or two: the number of Bailee and that of the shop may name different cases. */
export const FindCaseAnswer = Type.Object({ cases: Type.Immutable(Type.Array(CaseItem)) });
const Canned = Type.Object({ id: Id, title: Type.String(), language: Type.String(), text: Type.String() });
export const CannedList = Type.Object({ answers: Type.Immutable(Type.Array(Canned)) });
export const CannedBody = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 100 }),
    language: Type.String({ maxLength: 20 }),
    text: Text,
  },
  { additionalProperties: false },
);
export const CannedAnswer = Type.Object({ answer: Canned });
