/** Approvals, break-glass, alerts and people one knows. Bodies and answers of `/api/approvals`, `/api/break-glass`, `/api/alerts` and `/api/known`. */
import { Type } from 'typebox';
import { Id, Identifier } from './opening.ts';

const Time = Type.String({ maxLength: 40 });
const OrNull = <T extends ReturnType<typeof Type.String>>(type: T) => Type.Union([type, Type.Null()]);
const PurposeName = Type.String({ maxLength: 64 });
const ReasonText = Type.String({ minLength: 1, maxLength: 500 });
const strict = { additionalProperties: false };

export const ConditionPath = Type.Object({ id: Type.String({ maxLength: 64 }) });
/** In the words of who asked; null when the customer is erased. Reading it is recorded. */
export const ReasonAnswer = Type.Object({ reason: OrNull(Type.String()) });

export const AskApprovalBody = Type.Object(
  {
    customer: Id,
    /** Absent: an opening of `fields` for `purpose`. An erasure names neither. */
    act: Type.Optional(Type.Union([Type.Literal('opening'), Type.Literal('erasure')])),
    fields: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: 5 })),
    purpose: Type.Optional(PurposeName),
    evidence: Type.Optional(Type.Unknown()),
    reason: ReasonText,
  },
  strict,
);
export const AskApprovalAnswer = Type.Object({
  id: Id,
  /** `delayed`: nobody else could approve, so it opens later by itself. */
  state: Type.Union([Type.Literal('asked'), Type.Literal('delayed')]),
  opensAt: OrNull(Time),
  until: Time,
});
export const DecideApprovalBody = Type.Object({ approve: Type.Boolean() }, strict);
export const DecideApprovalAnswer = Type.Object({ until: OrNull(Time) });
export const ApprovalList = Type.Object({
  approvals: Type.Immutable(
    Type.Array(
      Type.Object({
        id: Id,
        customer: Id,
        askedBy: Id,
        role: Type.String(),
        act: Type.Union([Type.Literal('opening'), Type.Literal('erasure')]),
        fields: Type.Immutable(Type.Array(Type.String())),
        purpose: PurposeName,
        evidence: Type.String(),
        state: Type.Union([
          Type.Literal('asked'),
          Type.Literal('approved'),
          Type.Literal('delayed'),
          Type.Literal('refused'),
          Type.Literal('used'),
          Type.Literal('lapsed'),
        ]),
        askedAt: Time,
        decidedBy: OrNull(Id),
        opensAt: OrNull(Time),
        until: Time,
      }),
    ),
  ),
});

/** Exactly one of `customer` and `identifier`. */
export const BreakGlassBody = Type.Object(
  {
    customer: Type.Optional(Id),
    identifier: Type.Optional(Identifier),
    purpose: PurposeName,
    reason: ReasonText,
  },
  strict,
);
export const BreakGlassAnswer = Type.Object({ id: Id, customer: Id, until: Time });
export const ReviewBody = Type.Object({ justified: Type.Boolean() }, strict);
export const BreakGlassList = Type.Object({
  breakGlass: Type.Immutable(
    Type.Array(
      Type.Object({
        id: Id,
        customer: OrNull(Id),
        person: Id,
        role: Type.String(),
        purpose: PurposeName,
        brokenAt: Time,
        until: Time,
        state: Type.Union([
          Type.Literal('unreviewed'),
          Type.Literal('justified'),
          Type.Literal('not-justified'),
        ]),
        reviewedBy: OrNull(Id),
        reviewedAt: OrNull(Time),
      }),
    ),
  ),
});

export const AlertList = Type.Object({
  alerts: Type.Immutable(
    Type.Array(
      Type.Object({
        id: Id,
        kind: Type.Union([
          Type.Literal('break-glass'),
          Type.Literal('person-known'),
          Type.Literal('approval-alone'),
          Type.Literal('recovery'),
          Type.Literal('rights-given'),
          Type.Literal('request-due'),
          Type.Literal('request-overdue'),
        ]),
        /** Null: nobody did it, its time came. */
        person: OrNull(Id),
        customer: OrNull(Id),
        /** The approval, the break-glass, the API key or the request. */
        subject: OrNull(Id),
        raisedAt: Time,
        seenBy: OrNull(Id),
        seenAt: OrNull(Time),
      }),
    ),
  ),
});

const Relation = Type.Union([Type.Literal('self'), Type.Literal('declared')]);
const KnownKind = Type.Union([Type.Literal('email'), Type.Literal('phone'), Type.Literal('userId')]);
export const DeclareBody = Type.Object(
  {
    relation: Relation,
    identifier: Type.Object({ kind: KnownKind, value: Type.String({ maxLength: 1000 }) }, strict),
  },
  strict,
);
/** What was declared, without the values: those are kept nowhere. */
export const KnownList = Type.Object({
  known: Type.Immutable(
    Type.Array(Type.Object({ id: Id, relation: Relation, kind: KnownKind, declaredAt: Time })),
  ),
});
