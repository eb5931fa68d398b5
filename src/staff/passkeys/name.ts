/** How a passkey is named outside: its credential id can be a thousand bytes long. */
import { createHash } from 'node:crypto';

/** SHA-256 of the credential id, in base64url. */
export function passkeyName(id: Buffer): string {
  return createHash('sha256').update(id).digest('base64url');
}
