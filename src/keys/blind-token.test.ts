import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blindToken } from './blind-token.ts';

describe('a blind token', () => {
  it('is HMAC-SHA-256, cut to 16 bytes, under the key that HKDF derives for its use', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.string(),
        fc.string(),
        (bytes, use, value) => {
          const root = Buffer.from(bytes);
          const key = Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), use, 32));
          const whole = createHmac('sha256', key).update(value).digest();
          expect(blindToken(root, use, value)).toEqual(whole.subarray(0, 16));
        },
      ),
    );
  });

  it('does not link the same value across uses or roots', () => {
    const [one, two] = [randomBytes(32), randomBytes(32)];
    const tokens = [
      blindToken(one, 'shop/email/v1', 'mira@example.org'),
      blindToken(one, 'shop/email/v2', 'mira@example.org'),
      blindToken(one, 'other/email/v1', 'mira@example.org'),
      blindToken(two, 'shop/email/v1', 'mira@example.org'),
    ].map((token) => token.toString('hex'));
    expect(new Set(tokens).size).toBe(tokens.length);
  });
});
