/** Notices, choices of a device or a customer, and signals: what browser, shop and server say to each other. */
import { type Static, Type } from 'typebox';
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

/** How it was made sure that whoever chose for a child may do so (16 CFR 312.5(b); GDPR art. 8(2)). */
export const GUARDIAN_CHECKS = [
  'signed-form',
  'payment-card',
  'phone-call',
  'video-call',
  'id-document',
] as const;

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
export type NoticeAnswer = Static<typeof NoticeAnswer>;

/** By channel; true grants, false refuses: `{"marketing-phone": {"whatsapp": false}}`. */
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
    /** Where a yes to mails goes to be confirmed; with the server key alone. Used once, kept nowhere. */
    confirm: Type.Optional(
      Type.Object({ email: Type.String({ minLength: 3, maxLength: 320 }) }, { additionalProperties: false }),
    ),
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

/** In the languages of advertising; each only where the store turned it on. */
export const SignalsAnswer = Type.Object({
  gpc: Gpc,
  /** The sale of data rests on sharing with partners. */
  sale: Type.Union([Type.Literal('open'), Type.Literal('closed')]),
  /** Google Consent Mode v2: name → granted or denied. */
  consentMode: Type.Optional(Type.Record(Type.String(), Type.String())),
  /** TC string of IAB TCF 2.3. */
  tcf: Type.Optional(Type.String()),
  /** GPP string of IAB, with the US national section. */
  gpp: Type.Optional(Type.String()),
});
export type SignalsAnswer = Static<typeof SignalsAnswer>;

export const ChosenAnswer = Type.Object({
  ...Standing,
  /** Granted, once the person has followed the link in the mail that went out. */
  waiting: Type.Optional(Type.Immutable(Type.Array(Type.String()))),
  /** Index of the entry in the ledger; absent when nothing changed. */
  ledgerIndex: Type.Optional(Type.Integer()),
  receipt: Type.Optional(Type.Unknown()),
});

/** The headers of a mail to a customer. */
export const MailHeadersBody = Type.Object(
  {
    userId: Type.String({ minLength: 1, maxLength: 256 }),
    purpose: Type.String({ maxLength: 64 }),
    language: Type.Optional(Language),
    writeKey: Type.Optional(WriteKey),
  },
  { additionalProperties: false },
);
export const MailHeadersAnswer = Type.Object({
  headers: Type.Object({ 'List-Unsubscribe': Type.String(), 'List-Unsubscribe-Post': Type.String() }),
});

/** How many of those that a mail service told of were known, and refused from now on. */
export const UnsubscribesAnswer = Type.Object({
  received: Type.Integer(),
  stopped: Type.Integer(),
  unknown: Type.Integer(),
});

const Worded = Type.Object({
  name: Type.String({ maxLength: 200 }),
  description: Type.String({ maxLength: 2000 }),
});

/** A new version of a store's notice. */
export const PublishBody = Type.Object(
  {
    /** Id or name; needed by the operator alone, and only when there are several. */
    store: Type.Optional(Type.String({ maxLength: 100 })),
    /** True: a change of substance; who granted before is asked again. */
    substance: Type.Boolean(),
    /** What is different, in a sentence. */
    change: Type.String({ minLength: 1, maxLength: 500 }),
    purposes: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 20 })),
    /** By language; what is not named stays as Bailee words it. */
    texts: Type.Optional(
      Type.Record(
        Language,
        Type.Object(
          {
            text: Type.Optional(Type.Partial(NoticeText)),
            purposes: Type.Optional(
              Type.Object(perPurpose(Type.Optional(Worded)), { additionalProperties: false }),
            ),
          },
          { additionalProperties: false },
        ),
      ),
    ),
  },
  { additionalProperties: false },
);
export const PublishedAnswer = Type.Object({
  version: Type.Integer(),
  languages: Type.Array(Type.String()),
  ledgerIndex: Type.Integer(),
});

const Jwk = Type.Object(
  {
    kty: Type.Union([Type.Literal('OKP'), Type.Literal('EC')]),
    crv: Type.Union([Type.Literal('Ed25519'), Type.Literal('P-256')]),
    x: Type.String({ maxLength: 100 }),
    y: Type.Optional(Type.String({ maxLength: 100 })),
    kid: Type.Optional(Type.String({ maxLength: 100 })),
    use: Type.Optional(Type.Literal('sig')),
    alg: Type.Optional(Type.Union([Type.Literal('EdDSA'), Type.Literal('Ed25519'), Type.Literal('ES256')])),
  },
  { additionalProperties: false },
);

/** What a store turns on; what is not named stays. */
export const ConsentSettingsBody = Type.Object(
  {
    store: Type.Optional(Type.String({ maxLength: 100 })),
    /** Public keys (RFC 7517) that sign customer tokens. */
    tokenKeys: Type.Optional(Type.Array(Jwk, { maxItems: 10 })),
    doubleOptIn: Type.Optional(Type.Boolean()),
    consentMode: Type.Optional(Type.Boolean()),
    gpp: Type.Optional(Type.Boolean()),
    tcf: Type.Optional(
      Type.Union([
        Type.Null(),
        Type.Object(
          {
            cmpId: Type.Integer({ minimum: 2, maximum: 4095 }),
            cmpVersion: Type.Integer({ minimum: 0, maximum: 4095 }),
            /** The Global Vendor List, as IAB publishes it. */
            vendorList: Type.Unknown(),
          },
          { additionalProperties: false },
        ),
      ]),
    ),
  },
  { additionalProperties: false },
);
export const ConsentSettingsAnswer = Type.Object({
  tokenKeys: Type.Integer(),
  doubleOptIn: Type.Boolean(),
  consentMode: Type.Boolean(),
  gpp: Type.Boolean(),
  tcf: Type.Boolean(),
});

export const SecretsBody = Type.Object(
  { store: Type.Optional(Type.String({ maxLength: 100 })) },
  { additionalProperties: false },
);
/** Shown once. Those before are void. */
export const SecretsAnswer = Type.Object({
  /** Base64url of 32 bytes: signs customer tokens by HS256. */
  customerTokenSecret: Type.String(),
  /** The same kind: signs what a mail service tells. */
  webhookSecret: Type.String(),
});
