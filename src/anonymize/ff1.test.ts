import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ff1Decrypt, ff1Encrypt } from './ff1.ts';
import { openFormat, sealFormat } from './keepFormat.ts';

const hex = (text: string) => Buffer.from(text, 'hex');
const digitsOf = (text: string) => [...text].map((sign) => Number.parseInt(sign, 36));
const textOf = (digits: readonly number[]) => digits.map((digit) => digit.toString(36)).join('');

/** Samples 1 to 9 that NIST published for FF1. */
const AES_128 = '2b7e151628aed2a6abf7158809cf4f3c';
const AES_192 = '2b7e151628aed2a6abf7158809cf4f3cef4359d8d580aa4f';
const AES_256 = '2b7e151628aed2a6abf7158809cf4f3cef4359d8d580aa4f7f036d6f04fc6a94';
const TEN = '39383736353433323130';
const LETTERS = '3737373770717273373737';
const SAMPLES = [
  [AES_128, 10, '', '0123456789', '2433477484'],
  [AES_128, 10, TEN, '0123456789', '6124200773'],
  [AES_128, 36, LETTERS, '0123456789abcdefghi', 'a9tv40mll9kdu509eum'],
  [AES_192, 10, '', '0123456789', '2830668132'],
  [AES_192, 10, TEN, '0123456789', '2496655549'],
  [AES_192, 36, LETTERS, '0123456789abcdefghi', 'xbj3kv35jrawxv32ysr'],
  [AES_256, 10, '', '0123456789', '6657667009'],
  [AES_256, 10, TEN, '0123456789', '1001623463'],
  [AES_256, 36, LETTERS, '0123456789abcdefghi', 'xs8a0azh2avyalyzuwd'],
] as const;

describe('FF1', () => {
  it.each(SAMPLES)(
    'gives the sample of NIST for key %s, radix %d, tweak "%s"',
    (key, radix, tweak, plain, sealed) => {
      const ff1 = { key: hex(key), radix, tweak: hex(tweak) };
      expect(textOf(ff1Encrypt(ff1, digitsOf(plain)))).toBe(sealed);
      expect(textOf(ff1Decrypt(ff1, digitsOf(sealed)))).toBe(plain);
    },
  );

  it('gives back what it was given, for every radix and length', () => {
    const some = fc.integer({ min: 2, max: 65_536 }).chain((radix) =>
      fc.record({
        radix: fc.constant(radix),
        digits: fc.array(fc.integer({ min: 0, max: radix - 1 }), { minLength: 20, maxLength: 90 }),
        tweak: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
      }),
    );
    fc.assert(
      fc.property(some, ({ radix, digits, tweak }) => {
        const ff1 = { key: hex(AES_256), radix, tweak };
        const sealed = ff1Encrypt(ff1, digits);
        expect(sealed).toHaveLength(digits.length);
        expect(ff1Decrypt(ff1, sealed)).toEqual(digits);
      }),
    );
  });

  it('maps each value to another one of its own: a permutation of the small domain it is tried on', () => {
    const ff1 = { key: hex(AES_128), radix: 10, leastDomain: 1_000 };
    const seen = new Set<string>();
    for (let value = 0; value < 1_000; value += 1)
      seen.add(textOf(ff1Encrypt(ff1, digitsOf(String(value).padStart(3, '0')))));
    expect(seen.size).toBe(1_000);
  });

  it.each([
    ['fewer than a million values', { radix: 10 }, [1, 2, 3, 4, 5], 'domain_too_small'],
    ['one digit of a large radix', { radix: 65_536 }, [1], 'domain_too_small'],
    [
      'a limit below that of the first edition',
      { radix: 10, leastDomain: 10 },
      [1, 2, 3],
      'invalid_parameter',
    ],
    ['a radix of one', { radix: 1 }, [0, 0, 0, 0, 0, 0], 'invalid_parameter'],
    ['a digit that the radix does not have', { radix: 10 }, [1, 2, 3, 4, 5, 10], 'invalid_value'],
    ['a digit that is none', { radix: 10 }, [1, 2, 3, 4, 5, Number.NaN], 'invalid_value'],
    ['too many digits', { radix: 10 }, new Array<number>(5_000).fill(1), 'invalid_value'],
  ])('refuses %s', (_, ff1, digits, code) => {
    expect(() => ff1Encrypt({ key: hex(AES_128), ...ff1 }, digits)).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it('refuses a key of any other length, and says nothing of it', () => {
    for (const length of [0, 1, 15, 17, 20, 33])
      expect(() => ff1Encrypt({ key: Buffer.alloc(length), radix: 10 }, [1, 2, 3, 4, 5, 6])).toThrow(
        expect.objectContaining({ code: 'invalid_key' }),
      );
  });
});

describe('a kept format', () => {
  const key = hex(AES_256);

  it('leaves dashes and spaces where they were and changes the digits between them', () => {
    const sealed = sealFormat({ key, alphabet: 'digits' }, '4111-1111 1111-1111');
    expect(sealed).toMatch(/^\d{4}-\d{4} \d{4}-\d{4}$/);
    expect(sealed).not.toBe('4111-1111 1111-1111');
    expect(openFormat({ key, alphabet: 'digits' }, sealed)).toBe('4111-1111 1111-1111');
  });

  it('comes back whatever the text is, if it has enough signs', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const value = `${text}abc123`;
        expect(
          openFormat({ key, alphabet: 'alphanumeric' }, sealFormat({ key, alphabet: 'alphanumeric' }, value)),
        ).toBe(value);
      }),
    );
  });

  it('of fewer than six digits is refused', () => {
    expect(() => sealFormat({ key, alphabet: 'digits' }, 'room 12-345')).toThrow(
      expect.objectContaining({ code: 'domain_too_small' }),
    );
  });
});
