/** `data.json` of an access package: all that is held of a customer. Published as JSON Schema; it only grows. */
import { type Static, Type } from 'typebox';

const Time = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' });
const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);
const Closed = { additionalProperties: false } as const;

/** Of everything that is held. */
const HELD = {
  /** Names of purposes; each is explained in `purposes`. */
  purposes: Type.Array(Type.String()),
  /** Retention class; each is explained in `retention`. */
  retention: Type.String(),
  /** Absent: handed out. Otherwise why it is not, in words. */
  described: Type.Optional(Type.String()),
  /** The rules by which it is described. */
  because: Type.Optional(Type.Array(Type.Object({ rule: Type.String(), source: Type.String() }, Closed))),
};

const Source = Type.Object(
  {
    from: Type.Union([Type.Literal('shop'), Type.Literal('device')]),
    /** When it was said there, and when it arrived here. */
    at: Time,
    since: Time,
  },
  Closed,
);

const FileHeld = Type.Object(
  {
    name: OrNull(Type.String()),
    type: Type.String(),
    bytes: Type.Integer(),
    at: Time,
    /** Where it lies in the ZIP; null: it is described. */
    path: OrNull(Type.String()),
  },
  Closed,
);

const ValueHeld = Type.Object(
  {
    field: Type.String(),
    called: Type.String(),
    value: Type.Unknown(),
    sources: Type.Array(Source),
    ...HELD,
  },
  Closed,
);
const IdentifierHeld = Type.Object(
  {
    kind: Type.String(),
    value: Type.String(),
    verified: Type.Boolean(),
    since: Time,
    purposes: HELD.purposes,
    retention: HELD.retention,
  },
  Closed,
);
const OrderHeld = Type.Object(
  { at: Time, from: Type.Literal('shop'), order: Type.Unknown(), invoiceParty: Type.Unknown(), ...HELD },
  Closed,
);
const MessageHeld = Type.Object(
  {
    kind: Type.String(),
    at: Time,
    from: Type.Union([Type.Literal('customer'), Type.Literal('shop')]),
    text: OrNull(Type.String()),
    changed: OrNull(Type.String()),
    files: Type.Array(FileHeld),
  },
  Closed,
);
const CaseHeld = Type.Object(
  {
    number: Type.Integer(),
    kind: Type.String(),
    topic: Type.String(),
    channel: Type.String(),
    status: Type.String(),
    satisfaction: OrNull(Type.Integer()),
    at: Time,
    details: Type.Unknown(),
    /** The order it is about: its place in `orders`, from 1. */
    order: OrNull(Type.Integer()),
    messages: Type.Array(MessageHeld),
    ...HELD,
  },
  Closed,
);
const EventHeld = Type.Object(
  {
    name: Type.String(),
    at: Time,
    since: Time,
    from: Type.Literal('shop-or-device'),
    value: Type.Unknown(),
    ...HELD,
  },
  Closed,
);
const ChoiceHeld = Type.Object(
  {
    at: Time,
    purpose: Type.String(),
    channel: OrNull(Type.String()),
    recipient: OrNull(Type.String()),
    state: Type.Union([Type.Literal('granted'), Type.Literal('refused')]),
    how: Type.String(),
    byGuardian: Type.Boolean(),
    notice: OrNull(Type.Integer()),
    noticeLanguage: OrNull(Type.String()),
    place: OrNull(Type.String()),
    region: OrNull(Type.String()),
    until: OrNull(Time),
    /** Where the public record commits to it. */
    ledgerIndex: OrNull(Type.Integer()),
  },
  Closed,
);
const TagHeld = Type.Object(
  {
    name: Type.String(),
    meaning: Type.String(),
    by: Type.Union([Type.Literal('rule'), Type.Literal('person')]),
    /** Of a rule: what it counts. */
    logic: OrNull(Type.String()),
    evidence: Type.String(),
    since: Time,
    until: Time,
    removed: OrNull(Time),
    purposes: HELD.purposes,
  },
  Closed,
);
const LookHeld = Type.Object(
  {
    at: Time,
    kind: Type.String(),
    step: OrNull(Type.String()),
    by: Type.String(),
    role: OrNull(Type.String()),
    purpose: OrNull(Type.String()),
    evidence: OrNull(Type.String()),
    revealed: Type.Array(Type.String()),
    masked: Type.Array(Type.String()),
    ledgerIndex: OrNull(Type.Integer()),
  },
  Closed,
);
const RequestHeld = Type.Object(
  {
    number: Type.Integer(),
    kind: Type.String(),
    state: Type.String(),
    received: Time,
    due: Time,
    ended: OrNull(Time),
    refusedBecause: OrNull(Type.String()),
  },
  Closed,
);
const QuarantinedHeld = Type.Object(
  { code: Type.String(), since: Time, until: Time, value: Type.Unknown() },
  Closed,
);

export const AccessPackage = Type.Object(
  {
    type: Type.Literal('bailee-access-package/v1'),
    made: Time,
    language: Type.String(),
    store: Type.Object({ name: Type.String(), country: OrNull(Type.String()) }, Closed),
    about: Type.Object(
      {
        customer: Type.String(),
        since: Time,
        together: Type.Integer({ minimum: 1 }),
        region: OrNull(Type.String()),
        restricted: Type.Boolean(),
        erased: Type.Boolean(),
        /** How accounts and devices came to be one person. */
        links: Type.Array(Type.Object({ because: Type.String(), since: Time, until: OrNull(Time) }, Closed)),
      },
      Closed,
    ),
    purposes: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          called: Type.String(),
          basis: Type.String(),
          source: Type.String(),
          iri: Type.String(),
        },
        Closed,
      ),
    ),
    retention: Type.Array(Type.Object({ class: Type.String(), rule: Type.String() }, Closed)),
    recipients: Type.Object({ recipients: Type.Array(Type.String()), says: Type.String() }, Closed),
    /** Whether a program decided anything; the logic stands with each tag. */
    automated: Type.String(),
    values: Type.Array(ValueHeld),
    identifiers: Type.Array(IdentifierHeld),
    orders: Type.Array(OrderHeld),
    cases: Type.Array(CaseHeld),
    events: Type.Array(EventHeld),
    choices: Type.Array(ChoiceHeld),
    tags: Type.Array(TagHeld),
    openings: Type.Array(LookHeld),
    requests: Type.Array(RequestHeld),
    quarantined: Type.Array(QuarantinedHeld),
    /** Records about the customer that hold nothing to show, with the reason. */
    elsewhere: Type.Array(Type.Object({ what: Type.String(), because: Type.String() }, Closed)),
    opening: Type.Object({ id: Type.String(), ledgerIndex: Type.Integer() }, Closed),
  },
  Closed,
);
export type AccessDocument = Static<typeof AccessPackage>;
