import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressesIn, isSigned } from './unsubscribes.ts';

const secret = Buffer.alloc(32, 7);
const now = Date.UTC(2026, 10, 22);
const sign = (body: Buffer, seconds: number) =>
  `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex')}`;

describe('what a mail service tells', () => {
  it('is believed when it is signed, and not when one byte of it, or its time, is another', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (bytes, at, change) => {
          const body = Buffer.from(bytes);
          const header = sign(body, now / 1000);
          const other = Buffer.from(body);
          other[at % other.length]! ^= change;
          return isSigned(body, header, secret, now) && !isSigned(other, header, secret, now);
        },
      ),
    );
    const body = Buffer.from('{}');
    for (const late of [-301, 301])
      expect(isSigned(body, sign(body, now / 1000 + late), secret, now)).toBe(false);
    for (const odd of [undefined, '', 't=1', ['t=1,v1=2']])
      expect(isSigned(body, odd, secret, now)).toBe(false);
  });

  it('names nobody in a shape that is not known', () => {
    fc.assert(fc.property(fc.jsonValue(), (body) => Array.isArray(addressesIn(body))));
    expect(
      addressesIn({ events: [{ type: 'bounce', email: 'a@example.com' }, { type: 'unsubscribe' }] }),
    ).toEqual([]);
  });
});
