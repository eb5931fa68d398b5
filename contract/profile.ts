/** One customer on one page. Bodies and answers of `/api/customers/{id}/profile` and of who looked. */
import { Type } from 'typebox';
import { CaseItem } from './cases.ts';
import { Id, OpenAnswer, TimelineAnswer } from './opening.ts';
import { TagShown } from './tags.ts';

const Time = Type.String({ maxLength: 40 });
const Text = Type.String();
const TextOrNull = Type.Union([Text, Type.Null()]);
const PurposeName = Type.String({ maxLength: 64 });
const Reasons = Type.Immutable(Type.Array(Type.Object({ rule: Text, source: Text })));
const Opening = Type.Object({ id: Text, ledgerIndex: Type.Integer() });

/** Somebody of the shop. The id is for the privacy officer, security and the auditor; others see the role. */
const By = Type.Object({ type: Text, id: TextOrNull, role: TextOrNull });

export const ProfileBody = Type.Object(
  { purpose: PurposeName, evidence: Type.Optional(Type.Unknown()) },
  { additionalProperties: false },
);
/** What the gate withholds is not there: each field says why, and `withheld` says it of the timeline. */
export const ProfileAnswer = Type.Object({
  customer: Type.Object({
    id: Id,
    kind: Type.Union([Type.Literal('visitor'), Type.Literal('customer'), Type.Literal('guest')]),
    since: Time,
    /** ISO 3166-1 or -2; null: not known. */
    region: TextOrNull,
    restricted: Type.Boolean(),
    erased: Type.Boolean(),
  }),
  /** Why the purpose is not open for this customer at all; empty when it is. */
  because: Reasons,
  fields: OpenAnswer.properties.fields,
  timeline: TimelineAnswer.properties.items,
  /** Kinds of the timeline of which nothing, or not all, may be shown; whether there is any is not told. */
  withheld: Type.Immutable(
    Type.Array(
      Type.Object({
        kind: Type.Union([Type.Literal('order'), Type.Literal('case'), Type.Literal('event')]),
        because: Reasons,
      }),
    ),
  ),
  choices: Type.Immutable(
    Type.Array(
      Type.Object({
        purpose: Text,
        /** `recipient:<name>` where it is for one recipient alone. */
        channel: TextOrNull,
        state: Type.Union([Type.Literal('granted'), Type.Literal('refused')]),
        how: Text,
        at: Time,
      }),
    ),
  ),
  tags: Type.Immutable(Type.Array(TagShown)),
  /** Whoever calls passed the questions, for the case at hand. */
  verified: Type.Union([Type.Object({ until: Time, case: TextOrNull }), Type.Null()]),
  /** The newest of all states; absent for roles that see no cases, and where the purpose is not open. */
  cases: Type.Optional(Type.Immutable(Type.Array(CaseItem))),
  /** What this page is recorded as. */
  openings: Type.Immutable(Type.Array(Opening)),
});

/** Who looked. The privacy officer, security and the auditor need neither purpose nor evidence. */
export const LookedBody = Type.Object(
  {
    purpose: Type.Optional(PurposeName),
    evidence: Type.Optional(Type.Unknown()),
    /** Id of the last look of the page before; the newest come first. */
    after: Type.Optional(Id),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  { additionalProperties: false },
);
export const LookedAnswer = Type.Object({
  looks: Type.Immutable(
    Type.Array(
      Type.Object({
        id: Text,
        /** Null until it has its place in the ledger, at most a second. */
        ledgerIndex: Type.Union([Type.Integer(), Type.Null()]),
        at: Time,
        /** `opening`, `opening-refused`, `approval`, `break-glass`, `looked`, `tag`, `caller-check`, `case`. */
        kind: Text,
        /** Of what has steps: `asked`, `approved`, `read` … */
        step: TextOrNull,
        actor: By,
        purpose: TextOrNull,
        /** Its kind: `case`, `order` … */
        evidence: TextOrNull,
        /** Fields that were shown whole. */
        revealed: Type.Immutable(Type.Array(Text)),
        masked: Type.Immutable(Type.Array(Text)),
        /** How much of the timeline was shown; null where none was asked for. */
        timeline: Type.Union([
          Type.Object({ orders: Type.Integer(), cases: Type.Integer(), events: Type.Integer() }),
          Type.Null(),
        ]),
      }),
    ),
  ),
  /** For the next page; null on the last. */
  after: TextOrNull,
});
