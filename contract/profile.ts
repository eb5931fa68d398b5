/** One customer on one page. Body and answer of `/api/customers/{id}/profile`, and who looked. */
import { Type } from 'typebox';
import { CaseItem } from './cases.ts';
import { Id, OpenAnswer, TimelineAnswer } from './opening.ts';

const Time = Type.String({ maxLength: 40 });

export const ProfileBody = Type.Object(
  { purpose: Type.String({ maxLength: 64 }), evidence: Type.Optional(Type.Unknown()) },
  { additionalProperties: false },
);
/** What of it the gate withholds is not there; each field says why. */
export const ProfileAnswer = Type.Object({
  customer: Type.Object({
    id: Id,
    kind: Type.Union([Type.Literal('visitor'), Type.Literal('customer'), Type.Literal('guest')]),
    since: Time,
    region: Type.Union([Type.String(), Type.Null()]),
    restricted: Type.Boolean(),
    erased: Type.Boolean(),
  }),
  fields: OpenAnswer.properties.fields,
  timeline: TimelineAnswer.properties.items,
  choices: Type.Immutable(
    Type.Array(
      Type.Object({
        purpose: Type.String(),
        channel: Type.Union([Type.String(), Type.Null()]),
        state: Type.Union([Type.Literal('granted'), Type.Literal('refused')]),
        how: Type.String(),
        at: Time,
      }),
    ),
  ),
  cases: Type.Immutable(Type.Array(CaseItem)),
  openings: Type.Immutable(Type.Array(Type.Object({ id: Type.String(), ledgerIndex: Type.Integer() }))),
});

/** Who looked, when, in which role and for what; names only for the privacy officer and the auditor. */
export const LookedQuery = Type.Object(
  {
    before: Type.Optional(Time),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  { additionalProperties: false },
);
export const LookedAnswer = Type.Object({
  looks: Type.Immutable(
    Type.Array(
      Type.Object({
        id: Type.String(),
        /** Null until it has its place in the ledger, at most a second. */
        ledgerIndex: Type.Union([Type.Integer(), Type.Null()]),
        at: Time,
        kind: Type.String(),
        actor: Type.Object({
          type: Type.String(),
          id: Type.Union([Type.String(), Type.Null()]),
          role: Type.Union([Type.String(), Type.Null()]),
        }),
        purpose: Type.Union([Type.String(), Type.Null()]),
        evidence: Type.Union([Type.String(), Type.Null()]),
        /** Fields that were shown whole. */
        revealed: Type.Immutable(Type.Array(Type.String())),
        masked: Type.Immutable(Type.Array(Type.String())),
      }),
    ),
  ),
});
