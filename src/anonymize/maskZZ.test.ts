import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MASK_KINDS } from '../../contract/names.ts';
import { mask } from './mask.ts';

const LOCALES = [
  'en',
  'de-DE',
  'zh-CN',
  'zh',
  'ja',
  'ko-KR',
  'ar-EG',
  'ru',
  'fr_CA',
  '',
  'not a locale',
  '\0',
];
const locale = fc.constantFrom(...LOCALES);
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 80 })
    .map((units) => String.fromCharCode(...units)),
);

fc.configureGlobal({ numRuns: 20000 });
describe('a name', () => {
  it.each([
    ['Anna Müller', 'en', 'A*** M***'],
    ['Étienne de La Tour', 'fr', 'É*** d*** L***'],
    ['Анна Михайлова', 'ru', 'А*** М***'],
    ['محمد أحمد', 'ar', 'م*** أ***'],
    ['Ελένη', 'el', 'Ε***'],
    ['राम वर्मा', 'hi', 'रा*** व***'],
    ['李明', 'zh', '李*'],
    ['李小龙', 'zh', '李**'],
    ['欧阳娜娜', 'zh-CN', '欧阳**'],
    ['歐陽修', 'zh-TW', '歐陽*'],
    ['欧阳', 'zh', '欧*'],
    ['约翰·史密斯', 'zh', '约* 史**'],
    ['李明', 'en', '李*'],
    ['𠮷田太郎', 'ja', '𠮷**'],
    ['山田 太郎', 'ja', '山* 太*'],
    ['長孫太郎', 'ja', '長**'],
    ['サトウ', 'ja', 'サ**'],
    ['김철수', 'ko', '김**'],
    ['남궁민수', 'ko', '남궁**'],
    ['Anna', 'nonsense locale', 'A***'],
  ])('%s in %s shows as %s', (name, given, shown) => expect(mask('name', name, given)).toBe(shown));

  it.each([
    ['A', '***'],
    ['李', '*'],
    ['1234', '***'],
    ['😀😀', '***'],
    ['👨‍👩‍👧', '***'],
    [`a${'\u0301'.repeat(500)}b`, '***'],
    ['A***', '***'],
  ])('too short or odd to hide anything shows nothing: %s', (name, shown) => {
    expect(mask('name', name, 'en')).toBe(shown);
  });

  it('tells no more than three first letters, whatever its length', () => {
    const word = fc.string({
      unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'),
      minLength: 2,
      maxLength: 40,
    });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 9 }), locale, (words, given) => {
        const shown = mask('name', words.join(' '), given)!;
        expect(shown.replace(/\*\*\*/g, '').split(' ')).toEqual(words.slice(0, 3).map((one) => one[0]));
      }),
    );
  });

  it('of Chinese characters is one of few forms, whatever its length', () => {
    const name = fc.string({
      unit: fc.constantFrom(...'李王张欧阳娜明小龙司马'),
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(name, locale, (given, tag) => {
        const shown = mask('name', given, tag)!;
        expect(shown).toMatch(/^\p{Script=Han}{0,2}\*{1,2}$/u);
        expect(shown.replaceAll('*', '').length).toBeLessThan(given.length);
      }),
    );
  });
});

describe('an e-mail address', () => {
  it.each([
    ['anna@example.com', 'a***@e***.com'],
    ['Anna.Mueller+shop@mail.example.co.uk', 'A***@m***.uk'],
    ['a@example.com', '***@e***.com'],
    ['anna@x.org', 'a***@***.org'],
    ['用户@例子.中国', '用***@例***.中国'],
    ['"a@b"@example.com', '***@e***.com'],
    ['13812345612@qq.com', '***@q***.com'],
    ['anna@localhost', 'a***@l***'],
    ['anna@example.annamueller', 'a***@e***'],
    ['1@2.3', '***@***'],
  ])('%s shows as %s', (address, shown) => expect(mask('email', address, 'en')).toBe(shown));

  it.each(['anna', '@example.com', 'anna@', ''])('that is none has no masked form: %s', (value) => {
    expect(mask('email', value, 'en')).toBeNull();
  });

  it('never shows its local part or its host, nor how long they are', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const [local, domain] = address.split('@') as [string, string];
        const [shownLocal, shownDomain] = mask('email', address, 'en')!.split('@') as [string, string];
        expect(shownLocal).toMatch(/^\p{L}?\*\*\*$/u);
        expect(shownLocal).not.toBe(local);
        expect(shownLocal.includes(local) && /\p{L}/u.test(local)).toBe(false);
        expect(shownDomain).toMatch(/^\p{L}?\*\*\*(\.[a-z0-9-]{2,24})?$/u);
        expect(shownDomain.split('***')[0]).not.toBe(domain.slice(0, domain.lastIndexOf('.')));
      }),
    );
  });
});

describe('a telephone number', () => {
  it.each([
    ['+49 30 901820', 'en', '+49 ****20'],
    ['030 901820', 'de-DE', '+49 ****20'],
    ['030 901820', 'de', '****20'],
    ['+1 213 373 4253', 'de', '+1 ****53'],
    ['13812345612', 'zh-CN', '138****12'],
    ['13812345612', 'zh', '138****12'],
    ['+86 138 1234 5612', 'zh-CN', '138****12'],
    ['+86 138 1234 5612', 'en', '+86 138****12'],
    ['+971 50 123 4567', 'ar', '+971 ****67'],
    ['٠٥٠١٢٣٤٥٦٧', 'ar-AE', '+971 ****67'],
    ['+81 90-1234-5678', 'ja', '+81 ****78'],
    ['12', 'de', '****'],
    ['110', 'zh-CN', '****'],
    ['call 00000', 'en', '****'],
  ])('%s in %s shows as %s', (phone, given, shown) => expect(mask('phone', phone, given)).toBe(shown));

  it('that holds no digit has no masked form', () => {
    for (const value of ['none', '+', 'x'.repeat(100)]) expect(mask('phone', value, 'en')).toBeNull();
  });

  it('never shows more than country code, a Chinese network and two digits', () => {
    const phone = fc.string({ unit: fc.constantFrom(...'+0123456789 -()'), minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(phone, locale, (given, tag) => {
        const shown = mask('phone', given, tag);
        expect(shown ?? '****').toMatch(/^(\+\d{1,3} )?(1[3-9]\d)?\*{4}(\d{2})?$/);
        const digits = given.replace(/\D/g, '');
        if (digits.length >= 3) expect(shown ?? '').not.toContain(digits);
      }),
      { numRuns: 20000 },
    );
  });
});

describe('an address or a place', () => {
  it('shows city and country, never the street', () => {
    const given = { street: '5 rue X', city: 'Lyon', postalCode: '69001', country: 'FR' };
    expect(mask('address', given, 'fr')).toBe('Lyon, FR');
    expect(mask('address', { city: '東京都', country: '日本' }, 'ja')).toBe('東京都, 日本');
    expect(mask('address', { country: 'EG' }, 'ar')).toBe('EG');
    expect(mask('address', { street: '5 rue X' }, 'fr')).toBeNull();
    expect(mask('address', '5 rue X, Lyon', 'fr')).toBeNull();
    expect(mask('address', ['Lyon'], 'fr')).toBeNull();
  });

  it('does not take a street in the city box for a city', () => {
    expect(mask('address', { city: '5 Main Street', country: 'US' }, 'en')).toBe('US');
    expect(mask('address', { city: 'care of Anna Maria Müller upstairs', country: 'US' }, 'en')).toBe('US');
    expect(mask('address', { city: 'x'.repeat(100) }, 'en')).toBeNull();
    expect(mask('address', Object.create({ city: 'Lyon' }), 'en')).toBeNull();
  });

  it('of a written place shows the country or a first letter', () => {
    expect(mask('place', 'Lyon, France', 'fr')).toBe('France');
    expect(mask('place', 'DE', 'de')).toBe('DE');
    expect(mask('place', 'Reykjavik', 'is')).toBe('R***');
    expect(mask('place', { city: 'Lyon', country: 'FR' }, 'fr')).toBe('Lyon, FR');
    expect(mask('place', '', 'fr')).toBeNull();
  });
});

describe('ids, cards, addresses of machines, dates and amounts', () => {
  it.each([
    ['id', 'user-00017', '****17'],
    ['id', 123456789, '****89'],
    ['id', 'u-17', '****'],
    ['id', 'user-00017 😀', '****'],
    ['card-last4', '4242', '**** 4242'],
    ['card-last4', '4111 1111 1111 1234', '**** 1234'],
    ['card-last4', '42', null],
    ['card-last4', '123456', null],
    ['ip', '203.0.113.77', '203.0.113.x'],
    ['ip', '::ffff:203.0.113.77', '203.0.113.x'],
    ['ip', '2001:db8:85a3:8d3:1319:8a2e:370:7348', '2001:db8:85a3::/48'],
    ['ip', '2001:0DB8::1', '2001:db8::/48'],
    ['ip', 'fe80::1%eth0', 'fe80::/48'],
    ['ip', '::1', '::/48'],
    ['ip', '64:ff9b::192.0.2.1', '64:ff9b::/48'],
    ['ip', '300.1.1.1', null],
    ['ip', '1::2::3', null],
    ['ip', '1:2:3', null],
    ['ip', 'host', null],
    ['date', '1990-05-17', '1990'],
    ['date', '2026-11-22T05:30:00Z', '2026'],
    ['date', 0, '1970'],
    ['date', '17.05.1990', null],
    ['date', Number.NaN, null],
    ['number', 0, '0–9'],
    ['number', 9.5, '0–9'],
    ['number', 250, '100–999'],
    ['number', '1500.00', '1,000–9,999'],
    ['number', 1e300, '≥ 1,000,000'],
    ['number', -5, '< 0'],
    ['number', Number.POSITIVE_INFINITY, null],
    ['number', 'many', null],
    ['text', 'anything at all', null],
    ['hidden', 'anything at all', null],
  ] as const)('%s %s shows as %s', (kind, value, shown) => expect(mask(kind, value, 'en')).toBe(shown));

  it('an amount is written as its locale writes numbers', () => {
    expect(mask('number', 1500, 'de')).toBe('1.000–9.999');
  });

  it('an id never shows more than two signs', () => {
    fc.assert(
      fc.property(anyText, (id) => {
        expect(mask('id', id, 'en') ?? '****').toMatch(/^\*{4}([A-Za-z0-9]{2})?$/);
      }),
    );
  });

  it('an IP address never shows its host', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV6(), (v4, v6) => {
        expect(mask('ip', v4, 'en')).toBe(`${v4.split('.').slice(0, 3).map(Number).join('.')}.x`);
        expect(mask('ip', v6, 'en') ?? '::/48').toMatch(
          /^([0-9a-f]{0,4}(:[0-9a-f]{1,4}){0,2}::\/48|[\d.]+\.x)$/,
        );
      }),
    );
  });
});

describe('every mask', () => {
  const kind = fc.constantFrom(...MASK_KINDS);

  it('gives a short well-formed text or nothing, and never throws, whatever it meets', () => {
    fc.assert(
      fc.property(kind, fc.oneof(fc.anything(), anyText), locale, (one, value, tag) => {
        const shown = mask(one, value, tag);
        if (shown === null) return;
        expect(shown.length).toBeLessThanOrEqual(100);
        expect(shown).not.toMatch(/\p{Surrogate}|\p{Cc}/u);
      }),
      { numRuns: 20000 },
    );
  });

  it('tells a long value from a longer one only in what it shows', () => {
    const letters = fc.integer({ min: 20, max: 400 });
    fc.assert(
      fc.property(fc.constantFrom('name', 'email', 'id' as const), letters, letters, (one, left, right) => {
        const value = (length: number): string =>
          one === 'email' ? `${'a'.repeat(length)}@${'b'.repeat(length)}.com` : 'a'.repeat(length);
        expect(mask(one, value(left), 'en')).toBe(mask(one, value(right), 'en'));
      }),
    );
  });

  it('withholds a value that breaks it', () => {
    const trap = new Proxy(
      {},
      {
        getOwnPropertyDescriptor: () => {
          throw new Error('trap');
        },
      },
    );
    expect(mask('address', trap, 'en')).toBeNull();
    expect(mask('name', { toString: () => 'Anna' }, 'en')).toBeNull();
  });
});
