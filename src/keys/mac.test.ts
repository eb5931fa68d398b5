import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mac } from './mac.ts';

describe('the keyed hash of short values', () => {
  it('is HMAC-SHA-256 for any key and message, also those longer than a block or the scratch space', () => {
    const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((each) => Buffer.from(each));
    fc.assert(
      fc.property(
        bytes(200),
        fc.oneof(bytes(3000), fc.string({ unit: 'binary', maxLength: 900 })),
        (key, message) => {
          expect(mac(key, message)).toEqual(createHmac('sha256', key).update(message).digest());
        },
      ),
    );
  });

  it('leaves nothing of one message in the next', () => {
    const key = Buffer.alloc(32, 7);
    mac(key, 'a long message that fills the scratch space');
    expect(mac(key, 'short')).toEqual(createHmac('sha256', key).update('short').digest());
  });
});
