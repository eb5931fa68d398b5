/** How long what is kept: kinds of records, the schedule, the calendar and the runs. Answers of `/api/retention/*`. */
import { Type } from 'typebox';

/** Kinds of records whose time a store may set by itself. */
export const TIMED_KINDS = ['behavior', 'sensitive', 'visitors', 'inactive', 'cases', 'orders'] as const;
export type TimedKind = (typeof TIMED_KINDS)[number];
/** Kinds whose time is part of how Bailee works. */
export const FIXED_KINDS = [
  'quarantine',
  'messages',
  'tombstones',
  'tags',
  'caller-checks',
  'choices',
  'openings',
] as const;
export type FixedKind = (typeof FIXED_KINDS)[number];
export type RecordKind = TimedKind | FixedKind;

/** What happens at the end: a month of events is dropped, rows are deleted, or the customer's keys are destroyed. */
export const ENDINGS = ['drop-month', 'delete-rows', 'shred-keys', 'with-customer'] as const;
export type Ending = (typeof ENDINGS)[number];

/** From when the time runs. */
export const ANCHORS = ['received', 'last-change', 'last-activity', 'own-date'] as const;
export type Anchor = (typeof ANCHORS)[number];

/** What is set for a kind: a span, `duty` (goes when the last duty ends), or `never`. */
export type RetentionSetting =
  | { readonly count: number; readonly unit: 'days' | 'months' | 'years' }
  | 'duty'
  | 'never';

/** Why a record whose time is over was passed over. */
export const HOLDS = ['restricted', 'open-case', 'open-request', 'duty', 'not-warned'] as const;
export type Hold = (typeof HOLDS)[number];

const Word = Type.String({ maxLength: 100 });
const Day = Type.String({ maxLength: 10 });
const OrNull = <T extends ReturnType<typeof Type.String>>(type: T) => Type.Union([type, Type.Null()]);
const many = <T extends Parameters<typeof Type.Array>[0]>(type: T) => Type.Immutable(Type.Array(type));

const TermAnswer = Type.Object({
  /** `8 years`, `25 months`. */
  span: Word,
  /** As the law says it: document, end-of-calendar-year … */
  from: Word,
  regime: Word,
  fact: Word,
  says: Type.String(),
  citation: Type.String(),
  /** False where the fact rests on memory. */
  verified: Type.Boolean(),
});
const LineAnswer = Type.Object({
  kind: Word,
  ending: Word,
  anchor: Word,
  /** Names of the fields and events that it holds. */
  fields: many(Word),
  events: many(Word),
  least: many(TermAnswer),
  most: many(TermAnswer),
  /** What is set: `25 months`, `never`, `when the duty ends`; null: each row has its own date. */
  set: OrNull(Word),
  setBy: Type.Union([
    Type.Literal('store'),
    Type.Literal('bailee'),
    Type.Literal('law'),
    Type.Literal('nobody'),
  ]),
  /** Of what began today: the last day on which it must be kept, and the day on which it goes. */
  keptUntil: OrNull(Day),
  goes: OrNull(Day),
  /** Why what the store set does not hold, in a sentence. */
  refused: OrNull(Type.String()),
  /** A duty that outlasts a limit: the duty holds, for these records alone. */
  conflict: OrNull(Type.String()),
  /** Hours before the end at which the customer must have been warned; null: no law asks for it. */
  warnHours: Type.Union([Type.Integer(), Type.Null()]),
});
export const ScheduleAnswer = Type.Object({
  on: Day,
  regions: many(
    Type.Object({
      /** Where these customers live; null: not known. */
      region: OrNull(Word),
      regimes: many(Word),
      lines: many(LineAnswer),
    }),
  ),
});

export const CalendarQuery = Type.Object(
  { months: Type.Optional(Type.String({ maxLength: 3 })) },
  { additionalProperties: false },
);
const Count = Type.Object({ kind: Word, count: Type.Integer() });
export const CalendarAnswer = Type.Object({
  on: Day,
  /** The first is what is due already, with what goes in the present month. */
  months: many(Type.Object({ month: Type.String({ maxLength: 7 }), goes: many(Count) })),
});

const Passed = Type.Object({ kind: Word, because: Word, count: Type.Integer() });
export const DryRunAnswer = Type.Object({ on: Day, goes: many(Count), passed: many(Passed) });
export const RunsAnswer = Type.Object({
  runs: many(
    Type.Object({
      on: Day,
      startedAt: Type.String({ maxLength: 40 }),
      /** Null while it is under way, or was cut off: the next one goes on where it stood. */
      finishedAt: OrNull(Type.String({ maxLength: 40 })),
      gone: many(Count),
      passed: many(Passed),
    }),
  ),
});

/** What cannot go now, whoever asks: by retention class and reason. */
export const HoldsAnswer = Type.Object({
  holds: many(
    Type.Object({
      class: Word,
      kind: Word,
      because: Word,
      count: Type.Integer(),
      /** Of a duty, when the first and the last of them go; null: until what holds it ends. */
      from: OrNull(Day),
      until: OrNull(Day),
    }),
  ),
});

export const WarningsAnswer = Type.Object({
  /** Customers who must be told before they are erased; at most 200, the most urgent first. */
  warnings: many(
    Type.Object({
      customer: Type.String({ maxLength: 36 }),
      warnBy: Type.String({ maxLength: 40 }),
      toldAt: OrNull(Type.String({ maxLength: 40 })),
    }),
  ),
});
export const WarnedPath = Type.Object({ customer: Type.String({ maxLength: 64 }) });
export const WarnedAnswer = Type.Object({ toldAt: Type.String({ maxLength: 40 }) });
