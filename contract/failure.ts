/** The one shape of every error. */
import { Type } from 'typebox';

export const Failure = Type.Object({
  error: Type.Object({
    /** One of the closed union; each has a page in `docs/errors/`. */
    code: Type.String(),
    message: Type.String(),
    requestId: Type.String(),
    details: Type.Optional(Type.Unknown()),
  }),
});
