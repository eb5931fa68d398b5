/** The privacy center of customers: signing in, what is held, who looked, and what they may do. Bodies and answers of `/v1/center/*`. */
import { type Static, Type } from 'typebox';
import { Id } from './opening.ts';
import { OwnRequestAnswer, OwnRequestsAnswer, REQUEST_KINDS } from './requests.ts';

/** Every request but a GET carries it, with the value 1: a form or an image of another site cannot set it. */
export const CENTER_HEADER = 'x-bailee-center';
export const CENTER_COOKIE = '__Host-bailee-center';

const strict = { additionalProperties: false };
const Text = Type.String();
const Time = Type.String({ maxLength: 40 });
const Day = Type.String({ maxLength: 10 });
const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);
const many = <T extends Parameters<typeof Type.Array>[0]>(type: T) => Type.Immutable(Type.Array(type));
const names = <Name extends string>(all: readonly Name[]) => Type.Unsafe<Name>({ enum: [...all] });

/** How it was shown who somebody is, the strongest first. */
export const STRENGTHS = ['signed-in', 'code', 'order'] as const;
export type Strength = (typeof STRENGTHS)[number];
/** `see-masked`: what is held, with parts of each value hidden. `refuse`: say no to a purpose; `choose`: say yes, too. */
export const ACTS = [
  'see-masked',
  'refuse',
  'ask',
  'see',
  'looks',
  'choose',
  'tags',
  'correct',
  'download',
  'erase',
] as const;
export type Act = (typeof ACTS)[number];
/** Ways to sign in; `code` only where the shop set a mail server. */
export const WAYS = ['token', 'code', 'order'] as const;

export const CenterAnswer = Type.Object({
  store: Type.Object({ name: Text, country: OrNull(Text) }),
  ways: many(names(WAYS)),
});

export const CenterCodeBody = Type.Object(
  {
    email: Type.String({ minLength: 3, maxLength: 254 }),
    /** BCP 47, of the mail; absent: English. */
    language: Type.Optional(Type.String({ maxLength: 35 })),
  },
  strict,
);
/** The same for every address. */
export const CenterDone = Type.Object({ done: Type.Literal(true) });

/** One of: `{token}`; `{email, code}`; `{order, email}`; `{order, postalCode}`. */
export const CenterSignInBody = Type.Object(
  {
    token: Type.Optional(Type.String({ minLength: 1, maxLength: 4096 })),
    email: Type.Optional(Type.String({ minLength: 3, maxLength: 254 })),
    /** Spaces and dashes do not count. */
    code: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
    order: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    postalCode: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
  },
  strict,
);
export const CenterSession = Type.Object({
  strength: names(STRENGTHS),
  /** What this strength opens. For the rest sign in again, more strongly. */
  may: many(names(ACTS)),
  store: Type.Object({ name: Text }),
  /** Without use it ends then; and at `longestUntil` in any case. */
  endsAt: Time,
  longestUntil: Time,
});
export type CenterSession = Static<typeof CenterSession>;
export const CenterEndBody = Type.Object(
  {
    /** True: also on all other devices. */
    all: Type.Optional(Type.Boolean()),
  },
  strict,
);

/** `described`: it is held, and not handed out, `because` of a rule. `masked`: this sign-in sees a part of it. */
export const HELD_STATES = ['given', 'masked', 'described'] as const;
const HELD = {
  state: names(HELD_STATES),
  because: many(Type.Object({ rule: Text, source: Text })),
  /** Names; each is explained in `purposes` of the overview. */
  purposes: many(Text),
  /** Explained in `retention` of the overview. */
  retention: Text,
};
export const PageQuery = Type.Object(
  {
    /** From the answer before. */
    after: Type.Optional(Type.String({ maxLength: 200 })),
    /** 1 to 100; absent: 20. */
    limit: Type.Optional(Type.String({ maxLength: 3 })),
  },
  strict,
);
const Term = Type.Object({ span: Text, from: Text, regime: Text, says: Text, citation: Text });
const Opening = Type.Object({ id: Text, ledgerIndex: Type.Integer() });

const TagHeld = Type.Object({
  id: Id,
  name: Text,
  meaning: Text,
  by: names(['rule', 'person'] as const),
  /** What a rule counts; null for a tag that a person gave. */
  rule: OrNull(
    Type.Object({
      counts: names(['orders', 'cases'] as const),
      atLeast: Type.Integer(),
      withinDays: Type.Integer(),
    }),
  ),
  evidence: Text,
  since: Time,
  until: Time,
  purposes: many(Text),
});

export const HeldAnswer = Type.Object({
  store: Type.Object({ name: Text, country: OrNull(Text) }),
  about: Type.Object({
    since: Time,
    /** ISO 3166; null: not known. */
    region: OrNull(Text),
    restricted: Type.Boolean(),
    /** Accounts and devices that count as this person. */
    together: Type.Integer(),
  }),
  purposes: many(
    Type.Object({
      name: Text,
      /** `contract`, `legal-obligation`, `legitimate-interest`, `consent`. */
      basis: Text,
      /** The law: `GDPR art. 6(1)(b)`. */
      source: Text,
      iri: Text,
    }),
  ),
  retention: many(
    Type.Object({
      class: Text,
      /** `25 months`, `duty`, `never`; null: ends with the customer. */
      set: OrNull(Text),
      /** From when it runs: `last-activity`, `last-change`, `received`, `own-date`. */
      anchor: Text,
      /** Of what began, or was used last, today: until when it must be kept, and the day on which it goes. */
      keptUntil: OrNull(Day),
      goes: OrNull(Day),
      /** The duties behind it. */
      least: many(Term),
    }),
  ),
  /** Who received any of it. Empty: nobody. */
  recipients: many(Type.Object({ name: Text, purpose: Text, since: Time })),
  values: many(
    Type.Object({
      field: Text,
      class: Text,
      sensitivity: Text,
      /** Null where it is described. */
      value: Type.Unknown(),
      sources: many(Type.Object({ from: names(['shop', 'device'] as const), at: Time, since: Time })),
      /** It may be corrected here. */
      correctable: Type.Boolean(),
      ...HELD,
    }),
  ),
  identifiers: many(
    Type.Object({
      kind: Text,
      value: Text,
      verified: Type.Boolean(),
      since: Time,
      retention: Text,
      purposes: many(Text),
    }),
  ),
  tags: many(TagHeld),
  /** How many of each there are; they have pages of their own. */
  counts: Type.Object({
    orders: Type.Integer(),
    cases: Type.Integer(),
    events: Type.Integer(),
    choices: Type.Integer(),
    looks: Type.Integer(),
  }),
  /** This look, as it is recorded. */
  opening: Opening,
});
export type HeldAnswer = Static<typeof HeldAnswer>;

export const HeldOrdersAnswer = Type.Object({
  orders: many(
    Type.Object({
      id: Id,
      at: Time,
      /** `placed`, `updated`, `refunded`, `cancelled`; the rest as the shop told it. Null: described or masked. */
      order: Type.Unknown(),
      party: Type.Unknown(),
      /** Until when it must be kept, and when it goes. */
      keptUntil: OrNull(Day),
      goes: OrNull(Day),
      ...HELD,
    }),
  ),
  after: OrNull(Text),
});
export const HeldCasesAnswer = Type.Object({
  cases: many(
    Type.Object({
      number: Type.Integer(),
      kind: Text,
      topic: Text,
      channel: Text,
      status: Text,
      at: Time,
      details: Type.Unknown(),
      messages: many(
        Type.Object({
          at: Time,
          from: names(['customer', 'shop'] as const),
          text: OrNull(Text),
          files: many(Type.Object({ name: OrNull(Text), type: Text, bytes: Type.Integer() })),
        }),
      ),
      ...HELD,
    }),
  ),
  after: OrNull(Text),
});
export const HeldEventsAnswer = Type.Object({
  events: many(Type.Object({ name: Text, at: Time, received: Time, value: Type.Unknown(), ...HELD })),
  after: OrNull(Text),
});

/** When, for what and in which role; never who. */
export const CenterLooksAnswer = Type.Object({
  looks: many(
    Type.Object({
      id: Id,
      ledgerIndex: OrNull(Type.Integer()),
      at: Time,
      /** `opening`, `opening-refused`, `approval`, `break-glass`, `looked`, `tag`, `caller-check`, `case`. */
      kind: Text,
      step: OrNull(Text),
      /** `person`, `api-key`, `job`, `customer` (themselves). */
      by: Text,
      role: OrNull(Text),
      purpose: OrNull(Text),
      evidence: OrNull(Text),
      revealed: many(Text),
      masked: many(Text),
    }),
  ),
  after: OrNull(Text),
});

const ChoiceState = names(['granted', 'refused'] as const);
export const CenterChoicesAnswer = Type.Object({
  /** Every optional purpose, in the order of the notice; in the language that was asked for. */
  purposes: many(
    Type.Object({
      purpose: Text,
      name: Text,
      description: Text,
      /** Null: never asked, which counts as no. */
      state: OrNull(ChoiceState),
    }),
  ),
  notice: OrNull(Type.Object({ version: Type.Integer(), language: Text })),
  gpc: names(['honored', 'absent'] as const),
  /** Newest first. */
  history: many(
    Type.Object({
      id: Id,
      at: Time,
      purpose: Text,
      channel: OrNull(Text),
      recipient: OrNull(Text),
      state: ChoiceState,
      how: Text,
      place: OrNull(Text),
      until: OrNull(Time),
      ledgerIndex: OrNull(Type.Integer()),
    }),
  ),
  after: OrNull(Text),
});
export const ChoicesQuery = Type.Object(
  { ...PageQuery.properties, language: Type.Optional(Type.String({ maxLength: 35 })) },
  strict,
);
export const CenterChoiceBody = Type.Object(
  {
    /** Optional purposes → yes or no. Personalization is one of them. */
    choices: Type.Record(Type.String({ maxLength: 64 }), Type.Boolean()),
    /** What was read: `notice` of the answer before. */
    notice: Type.Optional(
      Type.Object(
        { version: Type.Integer({ minimum: 1 }), language: Type.String({ maxLength: 35 }) },
        strict,
      ),
    ),
    /** A UUID: the same request, sent again, counts once. */
    id: Type.Optional(Id),
  },
  strict,
);
export const CenterChoiceAnswer = Type.Object({
  choices: Type.Record(Text, Type.Unknown()),
  /** Absent where nothing changed. */
  ledgerIndex: Type.Optional(Type.Integer()),
  /** Signed; to be kept as a file. It goes out whole, or it would not verify. */
  receipt: Type.Optional(Type.Unknown()),
});

/** Of a choice in the history. */
export const ChoicePath = Type.Object({ id: Type.String({ maxLength: 64 }) });
export const ChoiceReceiptAnswer = Type.Object({
  /** Signed: it goes out whole, or it would not verify. */
  receipt: Type.Unknown(),
});

export const TagPath = Type.Object({ id: Type.String({ maxLength: 64 }) });
export const TagsGoneAnswer = Type.Object({ removed: Type.Integer() });

export const CorrectBody = Type.Object(
  {
    field: Type.String({ minLength: 1, maxLength: 100 }),
    value: Type.Unknown(),
  },
  strict,
);
export const CorrectAnswer = Type.Object({
  field: Text,
  /** As it is kept now. */
  value: Type.Unknown(),
  ledgerIndex: Type.Integer(),
});

export const DownloadBody = Type.Object({ language: Type.Optional(names(['en', 'zh-CN'] as const)) }, strict);
export const CenterEraseBody = Type.Object(
  {
    /** The customer has read what goes and what stays. */
    confirm: Type.Literal(true),
  },
  strict,
);
const Kept = Type.Object({
  class: Text,
  purpose: Text,
  because: Text,
  /** How many orders are kept, and the day on which the last of them goes; null: not known. */
  orders: Type.Integer(),
  until: OrNull(Day),
  least: many(Term),
});
/** Before: what an erasure would keep. */
export const ErasePreviewAnswer = Type.Object({ erases: many(Text), keeps: many(Kept) });
export const CenterEraseAnswer = Type.Object({
  erasure: Id,
  erased: many(Text),
  kept: many(Kept),
  keyBackups: Text,
  /** Signed: it goes out whole, or it would not verify. */
  receipt: Type.Unknown(),
});

export const CenterRequestBody = Type.Object(
  {
    kind: names(REQUEST_KINDS),
    /** A UUID: the same request, sent again, counts once. */
    id: Type.Optional(Id),
  },
  strict,
);
export const CenterRequestAnswer = OwnRequestAnswer;
export const CenterRequestsAnswer = OwnRequestsAnswer;
