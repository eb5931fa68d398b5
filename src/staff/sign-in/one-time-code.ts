/** One-time codes of an authenticator app (TOTP, RFC 6238): six digits, thirty seconds, each once. */
import { Secret, TOTP } from 'otpauth';
import type { Ctx, Tx } from '../../platform/ports.ts';
import { openTotp, sealTotp, staffRing } from '../people/sealed.ts';
import { type PersonRow, setTotp, useTotpStep } from '../people/sql.ts';

const PERIOD = 30;
/** Steps before and after: clocks of phones go wrong by half a minute. */
const WINDOW = 1;
const SECRET_BYTES = 20;

function totpOf(secret: string, label = '', issuer = 'Bailee'): TOTP {
  return new TOTP({
    issuer,
    label,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD,
  });
}

export interface Enrolment {
  /** `otpauth://…`, as a picture or a link. */
  readonly uri: string;
  /** The same by hand, base32. */
  readonly secret: string;
}

/** A new secret; it counts once a code of it was shown. */
export async function beginEnrolment(
  ctx: Ctx,
  tx: Tx,
  person: PersonRow,
  { email, store }: { readonly email: string; readonly store: string },
): Promise<Enrolment> {
  const secret = new Secret({ buffer: new Uint8Array(ctx.random.bytes(SECRET_BYTES)).buffer }).base32;
  const ring = await staffRing(ctx, tx, [person.id]);
  await setTotp(tx, person.id, sealTotp(ctx, ring, { id: person.id, store: person.store_id }, secret));
  return { uri: totpOf(secret, email, `Bailee ${store}`).toString(), secret };
}

/** Whether the code is right now, and was not used before. Uses it. */
export async function codeHolds(ctx: Ctx, tx: Tx, person: PersonRow, code: string): Promise<boolean> {
  if (person.totp === null || !/^\d{6}$/.test(code)) return false;
  const ring = await staffRing(ctx, tx, [person.id]);
  const totp = totpOf(openTotp(ctx, ring, { id: person.id, store: person.store_id }, person.totp));
  const now = ctx.clock.now();
  const delta = totp.validate({ token: code, timestamp: now, window: WINDOW });
  if (delta === null) return false;
  return useTotpStep(tx, person.id, TOTP.counter({ period: PERIOD, timestamp: now }) + delta);
}
