/** Random bits that come again, for tests of chance: AES-256 in counter mode under a key made of a name. */
import { type CipherCCM, createCipheriv, createHash } from 'node:crypto';

/** Fills bytes, the same for the same name. */
export function seededFill(name: string): (bytes: Uint8Array) => void {
  const key = createHash('sha256').update(name).digest();
  const stream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16)) as unknown as Pick<CipherCCM, 'update'>;
  return (bytes) => bytes.set(stream.update(Buffer.alloc(bytes.length)));
}
