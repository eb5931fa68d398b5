/** Asking, finding and opening: bodies and answers of `/api/decide` and `/api/customers`. */
import { Type } from 'typebox';
import { IDENTIFIER_KINDS, type IdentifierKind } from './names.ts';

const UUID = '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$';
export const Id = Type.String({ pattern: UUID });

const KINDS = Object.keys(IDENTIFIER_KINDS) as IdentifierKind[];

export const Identifier = Type.Object(
  { kind: Type.Union(KINDS.map((kind) => Type.Literal(kind))), value: Type.String({ maxLength: 1000 }) },
  { additionalProperties: false },
);

/** A purpose that does not exist has an error of its own, so any short text passes here. */
const PurposeName = Type.String({ maxLength: 64 });
/** One of {case}, {order}, {request}, {reason}; read by the gate, which has an error of its own. */
const EvidenceGiven = Type.Optional(Type.Unknown());

const Reason = Type.Object({ rule: Type.String(), source: Type.String() });
const Opening = Type.Object({ id: Type.String(), ledgerIndex: Type.Integer() });

export const CustomerPath = Type.Object({ id: Type.String({ maxLength: 64 }) });

export const DecideBody = Type.Object(
  {
    customers: Type.Array(Id, { minItems: 1 }),
    purpose: PurposeName,
    channel: Type.Optional(Type.String({ maxLength: 64 })),
  },
  { additionalProperties: false },
);
export const DecideAnswer = Type.Object({
  answers: Type.Immutable(
    Type.Array(
      Type.Object({
        customer: Type.String(),
        allowed: Type.Boolean(),
        because: Type.Immutable(Type.Array(Reason)),
      }),
    ),
  ),
});

export const FindBody = Type.Object(
  { identifier: Identifier, purpose: PurposeName, evidence: EvidenceGiven },
  { additionalProperties: false },
);
const Shown = Type.Union([Type.String(), Type.Null()]);
export const FindAnswer = Type.Object({
  customers: Type.Immutable(
    Type.Array(Type.Object({ id: Type.String(), name: Shown, email: Shown, phone: Shown, opening: Opening })),
  ),
});

export const OpenBody = Type.Object(
  {
    purpose: PurposeName,
    fields: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 200 })),
    evidence: EvidenceGiven,
    /** A person in a session asks for one to five named fields themselves, and says why. */
    reveal: Type.Optional(
      Type.Object({ reason: Type.String({ minLength: 1, maxLength: 500 }) }, { additionalProperties: false }),
    ),
  },
  { additionalProperties: false },
);
export const OpenAnswer = Type.Object({
  fields: Type.Record(
    Type.String(),
    Type.Object({
      state: Type.Union([Type.Literal('revealed'), Type.Literal('masked'), Type.Literal('withheld')]),
      /** As the catalog declares it; absent when withheld, null when nothing is stored. */
      value: Type.Optional(Type.Unknown()),
      because: Type.Immutable(Type.Array(Reason)),
    }),
  ),
  opening: Opening,
});

export const TimelineBody = Type.Object(
  {
    purpose: PurposeName,
    evidence: EvidenceGiven,
    /** ISO 8601; items before it. */
    before: Type.Optional(Type.String({ maxLength: 40 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  { additionalProperties: false },
);
export const TimelineAnswer = Type.Object({
  items: Type.Immutable(
    Type.Array(
      Type.Object({
        kind: Type.Union([Type.Literal('order'), Type.Literal('case'), Type.Literal('event')]),
        id: Type.String(),
        at: Type.String(),
        name: Type.Optional(Type.String()),
        value: Type.Unknown(),
        /** Free texts in it that are not shown as they are, by path. */
        texts: Type.Optional(
          Type.Record(Type.String(), Type.Union([Type.Literal('masked'), Type.Literal('withheld')])),
        ),
      }),
    ),
  ),
  opening: Opening,
});

export const PackageBody = Type.Object(
  {
    evidence: EvidenceGiven,
    /** BCP 47; English where the package does not speak it. */
    language: Type.Optional(Type.String({ pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$', maxLength: 35 })),
  },
  { additionalProperties: false },
);

export const EraseBody = Type.Object({ evidence: EvidenceGiven }, { additionalProperties: false });
export const EraseAnswer = Type.Object({
  erasure: Type.String(),
  customers: Type.Immutable(Type.Array(Type.String())),
  erased: Type.Immutable(Type.Array(Type.String())),
  kept: Type.Immutable(
    Type.Array(Type.Object({ class: Type.String(), purpose: Type.String(), because: Type.String() })),
  ),
  keyBackups: Type.String(),
  /** Signed: it goes out whole, or it would not verify. */
  receipt: Type.Unknown(),
});

export const LiftBody = Type.Object(
  { identifier: Identifier, evidence: EvidenceGiven },
  { additionalProperties: false },
);
export const LiftAnswer = Type.Object({ lifted: Type.Boolean() });
