/** Releases: what is asked, what protects the answer, what it cost, who may fetch it and until when. */
import { Type } from 'typebox';
import { ROLES } from './names.ts';

/** Sets of data that can be asked about. */
export const DATASETS = ['orders'] as const;
export type Dataset = (typeof DATASETS)[number];

const closed = { additionalProperties: false } as const;
const Time = Type.String({ format: 'date-time' });
/** Above 0: `0.01`, `1e-6` or `1/3`. A text, so that it is exact. */
const Amount = Type.String({
  pattern: '^(?:\\d{1,9}(?:\\.\\d{1,15})?(?:e-?\\d{1,2})?|\\d{1,12}/\\d{1,12})$',
});
const Currency = Type.String({ pattern: '^[A-Z]{3}$' });
/** Money in hundredths of the currency: `1999` is 19.99. */
const Hundredths = Type.Integer({ minimum: -1_000_000_000_000, maximum: 1_000_000_000_000 });
const Each = Type.Integer({ minimum: 1, maximum: 1000 });
const Bounds = { currency: Currency, lower: Hundredths, upper: Hundredths };
const By = Type.Union([Type.Literal('country'), Type.Literal('month'), Type.Literal('currency')]);
/** `groups` where they are known beforehand; otherwise `delta`, and small groups do not show. */
const Grouping = {
  by: By,
  groups: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { minItems: 1, maxItems: 1000 }),
  ),
  groupsEach: Type.Optional(Each),
  delta: Type.Optional(Amount),
};

export const ReleaseQuestion = Type.Union([
  /** Customers with an order, or orders: at most `ordersEach` of each customer. */
  Type.Object(
    {
      kind: Type.Literal('count'),
      of: Type.Union([Type.Literal('customers'), Type.Literal('orders')]),
      ordersEach: Type.Optional(Each),
    },
    closed,
  ),
  /** Of what each customer spent, clamped to the bounds. */
  Type.Object({ kind: Type.Literal('sum'), ...Bounds }, closed),
  Type.Object({ kind: Type.Literal('mean'), ...Bounds }, closed),
  Type.Object(
    {
      kind: Type.Literal('quantiles'),
      ...Bounds,
      quantiles: Type.Array(Type.Number({ minimum: 0, maximum: 1 }), { minItems: 1, maxItems: 100 }),
    },
    closed,
  ),
  /** Customers by group. */
  Type.Object({ kind: Type.Literal('histogram'), ...Grouping }, closed),
  Type.Object(
    { kind: Type.Literal('top-k'), ...Grouping, k: Type.Integer({ minimum: 1, maximum: 1000 }) },
    closed,
  ),
]);

export const ReleasePrivacy = Type.Union([
  Type.Object({ epsilon: Amount }, closed),
  Type.Object({ rho: Amount }, closed),
]);

const Name = Type.String({ minLength: 1, maxLength: 100 });
const DatasetName = Type.Enum([...DATASETS]);
const RoleName = Type.Enum([...ROLES]);

export const ReleaseBody = Type.Object(
  {
    name: Name,
    dataset: DatasetName,
    purpose: Type.String({ maxLength: 40 }),
    question: ReleaseQuestion,
    privacy: ReleasePrivacy,
    /** Who may fetch it beside the privacy officer; your own role unless given. */
    roles: Type.Optional(Type.Array(RoleName, { maxItems: ROLES.length, uniqueItems: true })),
    until: Time,
  },
  closed,
);

/** What is no id names no release: `not_found`, as for one that does not exist. */
export const ReleasePath = Type.Object({ id: Type.String({ maxLength: 64 }) });

const GroupCount = Type.Object({ group: Type.String(), count: Type.Integer() });
const Noise = Type.Object({
  kind: Type.Union([Type.Literal('laplace'), Type.Literal('gaussian')]),
  /** Scale of Laplace noise, variance of Gaussian; an exact fraction. */
  size: Type.String(),
});
export const ReleaseAnswer = Type.Object({
  /** Money in hundredths. */
  value: Type.Union([
    Type.Number(),
    Type.Immutable(Type.Array(Type.Number())),
    Type.Immutable(Type.Array(GroupCount)),
  ]),
  noise: Noise,
  /** Groups with a lower count are not shown; null where none were selected. */
  threshold: Type.Union([Type.Integer(), Type.Null()]),
});

export const Release = Type.Object({
  id: Type.String(),
  name: Type.String(),
  dataset: Type.String(),
  purpose: Type.String(),
  question: ReleaseQuestion,
  privacy: ReleasePrivacy,
  answer: ReleaseAnswer,
  cost: Type.Object({ rho: Type.String(), delta: Type.String() }),
  roles: Type.Immutable(Type.Array(RoleName)),
  madeAt: Time,
  until: Time,
  ledgerIndex: Type.Integer(),
  /** True: the same question had been answered; nothing was spent. */
  again: Type.Boolean(),
});
export const ReleaseList = Type.Object({
  releases: Type.Immutable(Type.Array(Type.Omit(Release, ['again', 'answer']))),
});

export const BudgetBody = Type.Object(
  {
    dataset: DatasetName,
    purpose: Type.String({ maxLength: 40 }),
    epsilon: Amount,
    /** One half is for the conversion from zCDP, the other for groups that are selected. */
    delta: Amount,
  },
  closed,
);
export const Budget = Type.Object({
  dataset: Type.String(),
  purpose: Type.String(),
  epsilon: Type.String(),
  delta: Type.String(),
  limit: Type.Object({ rho: Type.String(), delta: Type.String() }),
  spent: Type.Object({ rho: Type.String(), delta: Type.String() }),
  setAt: Time,
});
export const BudgetList = Type.Object({ budgets: Type.Immutable(Type.Array(Budget)) });
