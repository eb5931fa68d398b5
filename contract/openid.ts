/** The ways to sign in, and the company's own one: `/api/session/ways` and `/api/session/openid/…`. */
import { Type } from 'typebox';

/** After `/console`, with an error code behind it: a sign-in that began with a link has failed. */
export const SIGN_IN_FAILED = '#sign-in=';

/** Which ways to sign in this installation has, as it is reached now. */
export const WaysAnswer = Type.Object({
  password: Type.Literal(true),
  passkey: Type.Boolean(),
  openid: Type.Boolean(),
});

const Value = Type.Optional(Type.String({ maxLength: 4000 }));
/** What a provider sends back (RFC 6749, 4.1.2; RFC 9207). It may add what it likes, which nobody reads. */
export const OpenidCallback = Type.Object(
  { code: Value, state: Value, iss: Value, error: Value, error_description: Value },
  { additionalProperties: true },
);
