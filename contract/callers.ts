/** Checking who calls by questions. Bodies and answers of `/api/customers/{id}/verify-caller`. */
import { Type } from 'typebox';
import { Id } from './opening.ts';

const strict = { additionalProperties: false };
const Time = Type.String({ maxLength: 40 });

export const CALLER_QUESTIONS = [
  /** Options are months, `01` to `12`. */
  'last-order-month',
  /** Options are bands of money, `20-50 EUR`. */
  'last-order-amount',
  /** Options are bands, `3-4`, of the calendar year in UTC. */
  'orders-this-year',
  /** Options are the last two characters. */
  'postal-code-end',
  /** Options are days of the month, `01` to `31`. */
  'birthday-day',
] as const;
export type CallerQuestion = (typeof CALLER_QUESTIONS)[number];

export const VerifyCallerBody = Type.Object(
  { purpose: Type.String({ maxLength: 64 }), evidence: Type.Optional(Type.Unknown()) },
  strict,
);
/** One option of each is right; nothing here says which. */
export const VerifyCallerAnswer = Type.Object({
  check: Id,
  /** To be answered before. */
  until: Time,
  questions: Type.Immutable(
    Type.Array(
      Type.Object({
        question: Type.Unsafe<CallerQuestion>({ enum: [...CALLER_QUESTIONS] }),
        options: Type.Immutable(Type.Array(Type.String())),
      }),
    ),
  ),
});
export const CallerCheckPath = Type.Object({
  id: Type.String({ maxLength: 64 }),
  check: Type.String({ maxLength: 64 }),
});
/** In the order of the questions. */
export const CallerAnswersBody = Type.Object(
  { answers: Type.Array(Type.String({ maxLength: 40 }), { minItems: 1, maxItems: 5 }) },
  strict,
);
/** Passed or not, and no more: which answer was wrong is told to nobody. */
export const CallerAnswersAnswer = Type.Object({
  passed: Type.Boolean(),
  verifiedUntil: Type.Union([Time, Type.Null()]),
});
