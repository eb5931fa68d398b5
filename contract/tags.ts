/** Tags of customers. Bodies and answers of `/api/tags` and `/api/customers/{id}/tags`. */
import { Type } from 'typebox';
import { PURPOSES } from './names.ts';
import { Id } from './opening.ts';

const strict = { additionalProperties: false };
const Time = Type.String({ maxLength: 40 });
const TextOrNull = Type.Union([Type.String(), Type.Null()]);
const PurposeNames = Type.Unsafe<(typeof PURPOSES)[number]>({ enum: [...PURPOSES] });

/** Given by itself to whoever had at least so many orders or cases in so many days. Null: people give it by hand. */
export const TagRule = Type.Object(
  {
    counts: Type.Union([Type.Literal('orders'), Type.Literal('cases')]),
    atLeast: Type.Integer({ minimum: 1, maximum: 1000 }),
    withinDays: Type.Integer({ minimum: 1, maximum: 730 }),
  },
  strict,
);
const rule = Type.Union([TagRule, Type.Null()]);
export const NewTagBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 60 }),
    /** In plain words. */
    meaning: Type.String({ minLength: 1, maxLength: 300 }),
    rule,
    /** It is given and shown for these alone. */
    purposes: Type.Array(PurposeNames, { minItems: 1, maxItems: 14, uniqueItems: true }),
    /** Until it ends by itself. */
    days: Type.Integer({ minimum: 1, maximum: 730 }),
  },
  strict,
);
export const NewTagAnswer = Type.Object({ id: Id });
export const TagPath = Type.Object({ id: Type.String({ maxLength: 64 }) });
export const TagList = Type.Object({
  tags: Type.Immutable(
    Type.Array(
      Type.Object({
        id: Id,
        name: Type.String(),
        meaning: Type.String(),
        rule,
        purposes: Type.Immutable(Type.Array(Type.String())),
        days: Type.Integer(),
        definedAt: Time,
      }),
    ),
  ),
});

export const GiveTagBody = Type.Object({ tag: Id, evidence: Type.Optional(Type.Unknown()) }, strict);
export const GiveTagAnswer = Type.Object({ until: Time });
export const RemoveTagBody = Type.Object({ evidence: Type.Optional(Type.Unknown()) }, strict);
export const CustomerTagPath = Type.Object({
  id: Type.String({ maxLength: 64 }),
  tag: Type.String({ maxLength: 64 }),
});
/** A tag as the page of a customer shows it. */
export const TagShown = Type.Object({
  id: Id,
  name: Type.String(),
  meaning: Type.String(),
  /** `job`: its rule. The id is for the privacy officer, security and the auditor. */
  by: Type.Object({ type: Type.String(), id: TextOrNull, role: TextOrNull }),
  /** Kind of evidence it was given with. */
  evidence: Type.String(),
  givenAt: Time,
  until: Time,
});
