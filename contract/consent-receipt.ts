/**
 * The receipt of a choice: the record of ISO/IEC TS 27560:2023, and beside it what proves it (the entry of the
 * ledger, its salt, its proof, and the signature). Published as JSON Schema.
 */
import { Type } from 'typebox';

const Iri = Type.String({ pattern: '^https://' });
const Time = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' });

const PurposeOfRecord = Type.Object(
  {
    purpose: Type.String(),
    /** Concept of the W3C Data Privacy Vocabulary. */
    purpose_iri: Iri,
    lawful_basis: Type.String(),
    lawful_basis_iri: Iri,
    /** Categories of personal data that the purpose may use. */
    pii_categories: Type.Array(Type.String()),
    /** Absent: whoever the purpose reaches. */
    recipient: Type.Optional(Type.String()),
    withdrawal_method: Type.String(),
    /** Absent: kept until the consent is withdrawn. */
    valid_until: Type.Optional(Time),
  },
  { additionalProperties: false },
);

const EventOfRecord = Type.Object(
  {
    event_time: Time,
    event_type: Type.Union([Type.Literal('explicit'), Type.Literal('asserted'), Type.Literal('signal')]),
    event_state: Type.Union([Type.Literal('given'), Type.Literal('refused'), Type.Literal('withdrawn')]),
    event_state_iri: Iri,
    purpose: Type.String(),
    channel: Type.Optional(Type.String()),
    /** Where: banner, settings, checkout, unsubscribe … */
    method: Type.String(),
    /** Who chose: the person, or a parent for a child. */
    entity: Type.Union([Type.Literal('pii_principal'), Type.Literal('guardian')]),
  },
  { additionalProperties: false },
);

export const ConsentReceipt = Type.Object(
  {
    schema_version: Type.Literal('ISO/IEC TS 27560:2023'),
    record_id: Type.String(),
    /** Id of the customer in this installation; `unknown` where a refusal was made by somebody unknown. */
    pii_principal_id: Type.String(),
    /** Laws that the notice followed. */
    jurisdiction: Type.Array(Type.String()),
    pii_processing: Type.Object(
      {
        /** The exact text: its version, language and SHA-256. Absent: chosen without a notice of Bailee. */
        privacy_notice: Type.Optional(
          Type.Object(
            {
              version: Type.Integer(),
              language: Type.String(),
              sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
            },
            { additionalProperties: false },
          ),
        ),
        purposes: Type.Array(PurposeOfRecord, { minItems: 1 }),
      },
      { additionalProperties: false },
    ),
    parties: Type.Array(
      Type.Object(
        {
          party_id: Type.String(),
          party_role: Type.Literal('pii_controller'),
          party_name: Type.String(),
          party_country: Type.Optional(Type.String()),
        },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
    events: Type.Array(EventOfRecord, { minItems: 1 }),
    type: Type.Literal('bailee-consent-receipt/v1'),
    kind: Type.Union([Type.Literal('choice'), Type.Literal('refusal')]),
    /** What the leaf of the ledger commits to. */
    entry: Type.Record(Type.String(), Type.Unknown()),
    /** 32 bytes in base64. */
    salt: Type.String(),
    /** A `.tlog-proof` (c2sp.org/tlog-proof). */
    proof: Type.String(),
    vkey: Type.String(),
    /** Lines of a signed note over the canonical JSON (RFC 8785) of all other members. */
    signature: Type.String(),
  },
  { additionalProperties: false },
);

const PURPOSE_EXAMPLE = {
  purpose: 'analytics',
  purpose_iri: 'https://w3id.org/dpv#ServiceUsageAnalytics',
  lawful_basis: 'consent',
  lawful_basis_iri: 'https://w3id.org/dpv/legal/eu/gdpr#A6-1-a',
  pii_categories: ['behavior'],
  withdrawal_method: 'the same page, or POST /v1/consent/choices',
};
const SHARED_EXAMPLE = {
  schema_version: 'ISO/IEC TS 27560:2023',
  jurisdiction: ['EU-GDPR'],
  parties: [
    {
      party_id: '019aa5d2-0000-7000-8000-000000000001',
      party_role: 'pii_controller',
      party_name: 'Meadow & Mill',
      party_country: 'DE',
    },
  ],
  type: 'bailee-consent-receipt/v1',
  salt: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  proof: 'c2sp.org/tlog-proof@v1\nindex 7\n…',
  vkey: 'bailee.local/ledger/receipts+…',
  signature: '— bailee.local/ledger/receipts …\n',
};
const NOTICE_EXAMPLE = {
  version: 3,
  language: 'de',
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
};

/** A consent given, and a refusal by somebody unknown. Times are UTC, states and bases are in the words of the schema. */
export const CONSENT_RECEIPT_EXAMPLES = [
  {
    ...SHARED_EXAMPLE,
    record_id: '019aa5d2-7c1e-7bd1-9a35-3d1f0c2b7e10',
    pii_principal_id: '019aa5d2-1111-7bd1-9a35-3d1f0c2b7e11',
    pii_processing: { privacy_notice: NOTICE_EXAMPLE, purposes: [PURPOSE_EXAMPLE] },
    events: [
      {
        event_time: '2026-11-22T09:00:00.000Z',
        event_type: 'explicit',
        event_state: 'given',
        event_state_iri: 'https://w3id.org/dpv#ConsentGiven',
        purpose: 'analytics',
        method: 'banner',
        entity: 'pii_principal',
      },
    ],
    kind: 'choice',
    entry: {
      v: 1,
      kind: 'choice',
      at: 1795338000000,
      choices: { analytics: 'granted' },
      notice: NOTICE_EXAMPLE,
    },
  },
  {
    ...SHARED_EXAMPLE,
    record_id: '019aa5d2-7c1e-7bd1-9a35-3d1f0c2b7e12',
    pii_principal_id: 'unknown',
    pii_processing: { privacy_notice: NOTICE_EXAMPLE, purposes: [PURPOSE_EXAMPLE] },
    events: [
      {
        event_time: '2026-11-22T09:00:01.000Z',
        event_type: 'explicit',
        event_state: 'refused',
        event_state_iri: 'https://w3id.org/dpv#ConsentRefused',
        purpose: 'analytics',
        method: 'banner',
        entity: 'pii_principal',
      },
    ],
    kind: 'refusal',
    entry: {
      v: 1,
      kind: 'refusal',
      at: 1795338001000,
      choices: { analytics: 'refused' },
      notice: NOTICE_EXAMPLE,
    },
  },
];
