import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pseudonym } from './pseudonym.ts';
import { sivDecrypt, sivEncrypt } from './siv.ts';
import { openToken, sealToken } from './token.ts';

const key = createHash('sha512').update('a key for this test').digest();
const use = { purpose: 'analytics', recipient: 'agency' };
const text = fc.string({ unit: 'grapheme', maxLength: 60 });
const hex = (digits: string) => Buffer.from(digits, 'hex');

describe('AES-SIV', () => {
  it('gives the ciphertext of RFC 5297, A.1 and A.2', () => {
    const first = hex('fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff');
    const associated = hex('101112131415161718191a1b1c1d1e1f2021222324252627');
    expect(sivEncrypt(first, hex('112233445566778899aabbccddee'), [associated]).toString('hex')).toBe(
      '85632d07c6e8f37f950acd320a2ecc9340c02b9690c4dc04daef7f6afe5c',
    );
    const second = hex('7f7e7d7c7b7a79787776757473727170404142434445464748494a4b4c4d4e4f');
    const several = [
      hex('00112233445566778899aabbccddeeffdeaddadadeaddadaffeeddccbbaa99887766554433221100'),
      hex('102030405060708090a0'),
      hex('09f911029d74e35bd84156c5635688c0'),
    ];
    const plain = Buffer.from('this is some plaintext to encrypt using SIV-AES');
    expect(sivEncrypt(second, plain, several).toString('hex')).toBe(
      '7bdb6e3b432667eb06f4d14bff2fbd0fcb900f2fddbe404326601965c889bf17dba77ceb094fa663b7a3f748ba8af829ea64ad544a272e9c485b62a3fd5c0d',
    );
  });

  it('tells associated values apart by where they end', () => {
    const sealed = sivEncrypt(key, Buffer.from('value'), [Buffer.from('ab'), Buffer.from('c')]);
    expect(() => sivDecrypt(key, sealed, [Buffer.from('a'), Buffer.from('bc')])).toThrow(
      'not made with this key',
    );
  });

  it('refuses a key of another length and more associated values than the standard allows', () => {
    expect(() => sivEncrypt(key.subarray(1), Buffer.alloc(1))).toThrow(
      expect.objectContaining({ code: 'invalid_key' }),
    );
    const many = new Array<Buffer>(127).fill(Buffer.alloc(0));
    expect(() => sivEncrypt(key, Buffer.alloc(1), many)).toThrow(
      expect.objectContaining({ code: 'invalid_parameter' }),
    );
  });
});

describe('a token', () => {
  it('gives back its value, and is the same for the same value', () => {
    fc.assert(
      fc.property(text, (value) => {
        const token = sealToken(key, value, use);
        expect(openToken(key, token, use)).toBe(value);
        expect(sealToken(key, value, use)).toBe(token);
        expect(token).toMatch(/^[\w-]+$/);
      }),
    );
  });

  it('opens for its own purpose and recipient alone', () => {
    const token = sealToken(key, 'order 7', use);
    for (const other of [
      { ...use, purpose: 'research' },
      { ...use, recipient: 'press' },
      { purpose: 'agency', recipient: 'analytics' },
    ])
      expect(() => openToken(key, token, other)).toThrow(expect.objectContaining({ code: 'invalid_token' }));
  });

  it('is refused with any sign changed, added or left out', () => {
    const token = sealToken(key, 'order 7', use);
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...'Aa0-_=!'), (at, sign) => {
        const changed = token.slice(0, at) + sign + token.slice(at + 1);
        fc.pre(changed !== token);
        expect(() => openToken(key, changed, use)).toThrow(
          expect.objectContaining({ code: 'invalid_token' }),
        );
      }),
    );
    for (const changed of [`${token}A`, `${token}=`, ` ${token}`, token.slice(1), ''])
      expect(() => openToken(key, changed, use)).toThrow(expect.objectContaining({ code: 'invalid_token' }));
  });

  it('of half a surrogate pair is refused, since it could not come back', () => {
    expect(() => sealToken(key, 'a\ud800', use)).toThrow(expect.objectContaining({ code: 'invalid_value' }));
  });
});

describe('a pseudonym', () => {
  it('is the same for one person, purpose and recipient, and another for any other', () => {
    const some = fc.record({
      value: text.filter((one) => one !== ''),
      purpose: fc.constantFrom('a', 'ab'),
      recipient: fc.constantFrom('b', 'bc', 'c'),
    });
    fc.assert(
      fc.property(some, some, (a, b) => {
        const same = a.value === b.value && a.purpose === b.purpose && a.recipient === b.recipient;
        expect(pseudonym(key, a.value, a) === pseudonym(key, b.value, b)).toBe(same);
      }),
    );
  });

  it('is 22 signs that tell nothing of how long the value is', () => {
    for (const value of ['a', 'a@example.org', 'x'.repeat(10_000)])
      expect(pseudonym(key, value, use)).toMatch(/^[\w-]{22}$/);
  });

  it('needs a key of 32 bytes, a value, a purpose and a recipient', () => {
    expect(() => pseudonym(key.subarray(0, 31), 'a', use)).toThrow(
      expect.objectContaining({ code: 'invalid_key' }),
    );
    expect(() => pseudonym(key, '', use)).toThrow(expect.objectContaining({ code: 'invalid_parameter' }));
    expect(() => pseudonym(key, 'a', { ...use, recipient: '' })).toThrow('recipient must be a text');
  });
});
