/**
 * A signed message of the Data Rights Protocol (§3.07): base64 of an Ed25519 signature (64 bytes) and the JSON that it
 * signs, as libsodium's `crypto_sign` joins them. Checked in the order that the protocol asks for.
 */
import { createPublicKey, verify } from 'node:crypto';
import { DRP_VERSIONS, type DrpRefusal } from '../../../contract/drp.ts';
import { BaileeError, type ErrorCode } from '../../platform/errors.ts';

const SIGNATURE_BYTES = 64;
/** DER around the 32 bytes of a public key (RFC 8410). */
const SPKI_FRAME = Buffer.from('302a300506032b6570032100', 'hex');
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
/** With a zone, so that it is one moment. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/;
/** The protocol recommends ten minutes; nothing needs more than a day. */
const LONGEST_MS = 86_400_000;

export type Claims = Readonly<Record<string, unknown>>;

/** What a refusal is told as: `fatal`, where sending the same again is of no use. */
export function refusal(code: ErrorCode, reason: DrpRefusal, message: string, fatal = false): BaileeError {
  return new BaileeError(code, message, { reason, fatal });
}

/** The claims. Throws `bad_request` for what is no such message, `forbidden` when this key did not sign it. */
export function openSigned(body: string, key: Buffer): Claims {
  const text = body.trim();
  const bytes = Buffer.from(text, 'base64');
  if (!BASE64.test(text) || bytes.length <= SIGNATURE_BYTES)
    throw refusal('bad_request', 'not-base64', 'The body is not a signed message in base64.');
  const signed = bytes.subarray(SIGNATURE_BYTES);
  if (!isSigned(signed, bytes.subarray(0, SIGNATURE_BYTES), key))
    throw refusal('forbidden', 'signature', 'The message is not signed by this agent.');
  return claimsIn(signed);
}

/** Whether one of the keys signed it: for the one message that comes before the agent is known. */
export function isSignedBy(body: string, key: Buffer): boolean {
  const bytes = Buffer.from(body.trim(), 'base64');
  return isSigned(bytes.subarray(SIGNATURE_BYTES), bytes.subarray(0, SIGNATURE_BYTES), key);
}

function isSigned(signed: Buffer, signature: Buffer, key: Buffer): boolean {
  try {
    const spki = Buffer.concat([SPKI_FRAME, key]);
    return verify(null, signed, createPublicKey({ key: spki, format: 'der', type: 'spki' }), signature);
  } catch {
    return false;
  }
}

function claimsIn(signed: Buffer): Claims {
  let claims: unknown = null;
  try {
    claims = JSON.parse(signed.toString('utf8'));
  } catch {
    // Said below.
  }
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims))
    throw refusal('bad_request', 'unsupported', 'The signed message is not a JSON object.');
  return claims as Claims;
}

export interface Bound {
  /** `agent-id` and `business-id` that it must name. */
  readonly agent: string;
  readonly business: string;
  /** UTC milliseconds. */
  readonly now: number;
}

/** For whom and when it holds. Resolves with its `issued-at`. Throws `forbidden`, `bad_request`. */
export function needBound(claims: Claims, { agent, business, now }: Bound): number {
  if (claims['agent-id'] !== agent)
    throw refusal('forbidden', 'agent', 'agent-id is not the agent that presents this message.');
  if (claims['business-id'] !== business)
    throw refusal('forbidden', 'business', 'business-id is not this business.');
  const issued = momentOf(claims['issued-at']);
  const expires = momentOf(claims['expires-at']);
  if (issued === null || issued > now)
    throw refusal('bad_request', 'not-yet', 'issued-at lies in the future, or is no ISO 8601 time.');
  if (expires === null || expires <= now || expires - issued > LONGEST_MS)
    throw refusal('bad_request', 'expired', 'expires-at is over, or more than a day after issued-at.', true);
  const version = claims['drp.version'];
  if (!DRP_VERSIONS.some((each) => each === version))
    throw refusal('bad_request', 'unsupported', 'This drp.version is not spoken here.', true);
  return issued;
}

function momentOf(value: unknown): number | null {
  if (typeof value !== 'string' || !MOMENT.test(value)) return null;
  const at = Date.parse(value);
  return Number.isFinite(at) ? at : null;
}
