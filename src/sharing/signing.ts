/** Signatures of Standard Webhooks (standardwebhooks.com): over id, time and body; `v1` by a shared secret, `v1a` by an Ed25519 key. */
import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';

const WITHIN_MS = 5 * 60_000;
/** DER around the 32 bytes of a public key (RFC 8410). */
const SPKI_FRAME = Buffer.from('302a300506032b6570032100', 'hex');
const MOST_SIGNATURES = 5;

export interface Envelope {
  readonly id: string;
  /** Unix seconds. */
  readonly timestamp: string;
  readonly body: string;
}

/** The bytes of `whsec_…`. */
export function secretBytes(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
}

export function signedText({ id, timestamp, body }: Envelope): string {
  return `${id}.${timestamp}.${body}`;
}

export function signWith(secret: string, envelope: Envelope): string {
  return `v1,${createHmac('sha256', secretBytes(secret)).update(signedText(envelope)).digest('base64')}`;
}

export interface Signer {
  readonly secret: string;
  /** Where there is one, nothing else signs. */
  readonly key: Buffer | null;
}

/** The signature that holds, of those in the header; null: none does, or its time is not now. */
export function heldSignature(
  envelope: Envelope,
  header: unknown,
  { secret, key }: Signer,
  now: number,
): string | null {
  const at = /^\d{1,12}$/.test(envelope.timestamp) ? Number(envelope.timestamp) * 1000 : Number.NaN;
  if (typeof header !== 'string' || !(Math.abs(now - at) <= WITHIN_MS)) return null;
  const given = header.split(' ').slice(0, MOST_SIGNATURES);
  return (
    given.find((each) =>
      key === null ? isSame(each, signWith(secret, envelope)) : isByKey(each, envelope, key),
    ) ?? null
  );
}

export function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function isByKey(given: string, envelope: Envelope, key: Buffer): boolean {
  const signature = Buffer.from(given.replace(/^v1a,/, ''), 'base64');
  if (!given.startsWith('v1a,') || signature.length !== 64) return false;
  try {
    const spki = createPublicKey({ key: Buffer.concat([SPKI_FRAME, key]), format: 'der', type: 'spki' });
    return verify(null, Buffer.from(signedText(envelope)), spki, signature);
  } catch {
    return false;
  }
}
