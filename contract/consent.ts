/** Notices, choices of a device or a customer, and signals: what browser, shop and server say to each other. */
import { Type } from 'typebox';
import { OPTIONAL_PURPOSES, type Purpose } from './names.ts';

/** Where a choice was made. */
export const CHOICE_PLACES = [
  'banner',
  'settings',
  'privacy-center',
  'checkout',
  'email',
  'phone',
  'store',
  'import',
] as const;
export type ChoicePlace = (typeof CHOICE_PLACES)[number];

/** How it was made sure that whoever chose for a child may do so (16 CFR 312.5(b); GDPR art. 8(2)). */
export const GUARDIAN_CHECKS = [
  'signed-form',
  'payment-card',
  'phone-call',
  'video-call',
  'id-document',
] as const;
export type GuardianCheck = (typeof GUARDIAN_CHECKS)[number];

/** What Global Privacy Control closes. The sale of data rests on `partner-sharing`, and closes with it. */
export const GPC_PURPOSES = ['advertising', 'partner-sharing'] as const satisfies readonly Purpose[];

/** BCP 47, as far as notices go: a language, perhaps a script or a region. */
const Language = Type.String({ pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$' });
/** ISO 3166-1, or 3166-2 where states have laws of their own: DE, US-CA. */
const Region = Type.String({ pattern: '^[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?$' });
const WriteKey = Type.String({ maxLength: 200 });

function perPurpose<Value>(value: Value): Record<Purpose, Value> {
  return Object.fromEntries(OPTIONAL_PURPOSES.map((purpose) => [purpose, value])) as Record<Purpose, Value>;
}

export const NoticeQuery = Type.Object(
  { lang: Type.Optional(Language), region: Type.Optional(Region), writeKey: Type.Optional(WriteKey) },
  { additionalProperties: false },
);

export const NoticeText = Type.Object({
  title: Type.String(),
  body: Type.String(),
  accept: Type.String(),
  refuse: Type.String(),
  choose: Type.String(),
  save: Type.String(),
  back: Type.String(),
  close: Type.String(),
  /** Of the way back that always stays. */
  reopen: Type.String(),
  /** Beside what needs no choice. */
  always: Type.String(),
  gpcHonored: Type.String(),
  /** Above the list, where a notice has that form. */
  listIntro: Type.String(),
  on: Type.String(),
  off: Type.String(),
  /** Name of the link to the store's policy. */
  policyLink: Type.Optional(Type.String()),
});

export const NoticeAnswer = Type.Object({
  version: Type.Integer(),
  language: Type.String(),
  direction: Type.Union([Type.Literal('ltr'), Type.Literal('rtl')]),
  /** No native speaker has read this text yet. */
  draft: Type.Boolean(),
  /** Empty: unknown; then the strictest terms hold. */
  region: Type.String(),
  regimes: Type.Array(Type.String()),
  model: Type.Union([Type.Literal('opt-in'), Type.Literal('opt-out'), Type.Literal('notice-only')]),
  form: Type.Union([Type.Literal('layered'), Type.Literal('list')]),
  /** Need a consent of their own: no button may grant them together with others. */
  separate: Type.Array(Type.String()),
  askAgainAfterDays: Type.Integer(),
  /** Null: until withdrawn. */
  grantLastsDays: Type.Union([Type.Integer(), Type.Null()]),
  /** SHA-256 (hex) of the terms; kept with each choice. */
  policyFingerprint: Type.String(),
  gpc: Type.Literal('honored'),
  purposes: Type.Array(
    Type.Object({
      purpose: Type.String(),
      name: Type.String(),
      description: Type.String(),
      default: Type.Union([Type.Literal('closed'), Type.Literal('open')]),
      /** Global Privacy Control closes it. */
      gpc: Type.Boolean(),
    }),
  ),
  text: NoticeText,
  /** False: this browser refused, and may not be asked again while this answer is kept. */
  asked: Type.Boolean(),
});

/** True grants, false refuses; a purpose that is not named stays as it stands. */
export const Choices = Type.Object(perPurpose(Type.Optional(Type.Boolean())), {
  additionalProperties: false,
});

/** The same by channel: `{"marketing-phone": {"whatsapp": false}}`. */
const Channels = Type.Object(
  perPurpose(Type.Optional(Type.Record(Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' }), Type.Boolean()))),
  { additionalProperties: false },
);

export const ChoicesBody = Type.Object(
  {
    /** Looked at by the consent room, which has an error of its own for a purpose that does not exist. */
    choices: Type.Record(Type.String({ maxLength: 64 }), Type.Boolean()),
    channels: Type.Optional(Channels),
    /** The device; a browser key speaks for nobody else. */
    anonymousId: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    /** The customer; with the server key alone. */
    userId: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    /** The customer, as the shop's backend vouches for them: a signed token. */
    token: Type.Optional(Type.String({ minLength: 1, maxLength: 4096 })),
    writeKey: Type.Optional(WriteKey),
    /** What the person read. */
    notice: Type.Optional(
      Type.Object(
        { version: Type.Integer({ minimum: 1 }), language: Language },
        { additionalProperties: false },
      ),
    ),
    how: Type.Optional(Type.Union(CHOICE_PLACES.map((place) => Type.Literal(place)))),
    region: Type.Optional(Region),
    signals: Type.Optional(
      Type.Object({ gpc: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
    ),
    /** Made by the caller (a UUID): the same request, sent again, counts once. */
    id: Type.Optional(Type.String({ pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' })),
    /** For this recipient alone. */
    recipient: Type.Optional(Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,63}$' })),
    /** A parent chose, for a child; with the server key alone. */
    guardian: Type.Optional(
      Type.Object(
        {
          verifiedBy: Type.Union(GUARDIAN_CHECKS.map((check) => Type.Literal(check))),
          /** The parent, where they are a customer too. */
          userId: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);

const Gpc = Type.Union([Type.Literal('honored'), Type.Literal('absent')]);
const Standing = {
  choices: Type.Record(Type.String(), Type.Unknown()),
  /** `honored`: the browser, or another of this customer's, sends Global Privacy Control. */
  gpc: Gpc,
};

export const StandingAnswer = Type.Object({
  ...Standing,
  /** Whoever refused may not be asked before (ISO 8601); null: may be asked. */
  askAgainAt: Type.Union([Type.String(), Type.Null()]),
});

export const ChosenAnswer = Type.Object({
  ...Standing,
  /** Granted, once the person has followed the link in the mail that went out. */
  waiting: Type.Optional(Type.Array(Type.String())),
  /** Index of the entry in the ledger; absent when nothing changed. */
  ledgerIndex: Type.Optional(Type.Integer()),
  receipt: Type.Optional(Type.Unknown()),
});
