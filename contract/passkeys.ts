/**
 * Passkeys (WebAuthn Level 3). Bodies and answers of `/api/session/passkey…` and `/api/session/step-up/passkey…`. What a browser takes and gives back has the JSON shapes of the standard (§5.1.10, §5.4.9, §5.5).
 */
import { Type } from 'typebox';

/** Holds what a question was asked of this browser by; for five minutes. */
export const QUESTION_COOKIE = '__Host-bailee-question';
export const MOST_PASSKEYS = 10;

const Time = Type.String({ maxLength: 40 });
const base64url = (most: number) =>
  Type.String({ minLength: 1, maxLength: most, pattern: '^[A-Za-z0-9_-]+$' });
const CredentialId = base64url(1400);
const Transports = Type.Array(Type.String({ maxLength: 20 }), { maxItems: 10 });
const Extensions = Type.Object({}, { additionalProperties: true });
const Descriptor = Type.Object({
  id: CredentialId,
  type: Type.Literal('public-key'),
  transports: Type.Optional(Transports),
});

/** For `navigator.credentials.create`, by `PublicKeyCredential.parseCreationOptionsFromJSON`. */
export const NewPasskeyAnswer = Type.Object({
  options: Type.Object({
    rp: Type.Object({ id: Type.String(), name: Type.String() }),
    user: Type.Object({ id: Type.String(), name: Type.String(), displayName: Type.String() }),
    challenge: Type.String(),
    pubKeyCredParams: Type.Array(Type.Object({ type: Type.Literal('public-key'), alg: Type.Integer() })),
    timeout: Type.Integer(),
    excludeCredentials: Type.Array(Descriptor),
    authenticatorSelection: Type.Object({
      residentKey: Type.Literal('required'),
      requireResidentKey: Type.Literal(true),
      userVerification: Type.Literal('required'),
    }),
    attestation: Type.Literal('none'),
  }),
});

/** For `navigator.credentials.get`, by `PublicKeyCredential.parseRequestOptionsFromJSON`. */
export const PasskeyQuestion = Type.Object({
  options: Type.Object({
    rpId: Type.String(),
    challenge: Type.String(),
    timeout: Type.Integer(),
    userVerification: Type.Literal('required'),
    allowCredentials: Type.Optional(Type.Array(Descriptor)),
  }),
});

const credential = {
  id: CredentialId,
  rawId: CredentialId,
  type: Type.Literal('public-key'),
  authenticatorAttachment: Type.Optional(Type.String({ maxLength: 20 })),
  clientExtensionResults: Extensions,
};

/** What the browser made, and how the person calls it. */
export const NewPasskeyBody = Type.Object(
  {
    label: Type.String({ minLength: 1, maxLength: 60 }),
    credential: Type.Object(
      {
        ...credential,
        response: Type.Object(
          {
            clientDataJSON: base64url(4000),
            attestationObject: base64url(20_000),
            transports: Type.Optional(Transports),
            // Browsers send these beside; what counts is inside the attestation object.
            authenticatorData: Type.Optional(base64url(8000)),
            publicKey: Type.Optional(base64url(4000)),
            publicKeyAlgorithm: Type.Optional(Type.Integer()),
          },
          { additionalProperties: false },
        ),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);

/** How a passkey answers a challenge. */
export const PasskeyProof = Type.Object(
  {
    ...credential,
    response: Type.Object(
      {
        clientDataJSON: base64url(4000),
        authenticatorData: base64url(8000),
        signature: base64url(8000),
        userHandle: Type.Optional(base64url(100)),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);
export const PasskeyBody = Type.Object({ credential: PasskeyProof }, { additionalProperties: false });

/** Of one's own. `id` is the SHA-256 of the credential id. */
const Passkey = Type.Object({
  id: base64url(43),
  label: Type.String(),
  createdAt: Time,
  usedAt: Type.Union([Time, Type.Null()]),
});
export const PasskeyAnswer = Type.Object({ passkey: Passkey });
export const PasskeyList = Type.Object({ passkeys: Type.Array(Passkey) });
