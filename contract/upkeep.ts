/** What was not stored, and why: the quarantine and the counts of what is not declared. */
import { Type } from 'typebox';
import { Id } from './opening.ts';

const Time = Type.String({ format: 'date-time' });

export const QuarantineQuery = Type.Object(
  {
    /** `next` of the page before. */
    after: Type.Optional(Type.String({ maxLength: 64 })),
    limit: Type.Optional(Type.String({ maxLength: 10 })),
  },
  { additionalProperties: false },
);
export const QuarantineAnswer = Type.Object({
  items: Type.Immutable(
    Type.Array(
      Type.Object({
        id: Type.String(),
        code: Type.String(),
        message: Type.String(),
        source: Type.String(),
        receivedAt: Time,
        expiresAt: Time,
      }),
    ),
  ),
  /** Null on the last page. */
  next: Type.Union([Type.String(), Type.Null()]),
});

/** Without `ids`: all of the store. */
export const ReplayBody = Type.Object(
  { ids: Type.Optional(Type.Array(Id, { maxItems: 1000 })) },
  { additionalProperties: false },
);
export const ReplayAnswer = Type.Object({ replayed: Type.Integer(), stillQuarantined: Type.Integer() });

export const UndeclaredAnswer = Type.Object({
  items: Type.Immutable(
    Type.Array(
      Type.Object({
        reason: Type.String(),
        name: Type.String(),
        count: Type.Integer(),
        firstAt: Time,
        lastAt: Time,
        /** Of an undeclared field that seems to hold personal data: what the catalog could say of it. */
        suggestion: Type.Optional(
          Type.Object({
            type: Type.String(),
            confidence: Type.Number(),
            /** Values looked at; none is kept. */
            sampled: Type.Integer(),
            /** Null for what is stored nowhere. */
            entry: Type.Union([
              Type.Object({
                field: Type.String(),
                class: Type.String(),
                sensitivity: Type.String(),
                identifiability: Type.String(),
                mask: Type.String(),
              }),
              Type.Null(),
            ]),
          }),
        ),
      }),
    ),
  ),
});
