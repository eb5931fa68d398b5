import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IDENTIFIER_KINDS, type IdentifierKind } from '../../contract/names.ts';
import { isJunk, normalizeIdentifier } from './identifiers.ts';

const KINDS = Object.keys(IDENTIFIER_KINDS) as IdentifierKind[];
const value = (kind: IdentifierKind, given: unknown, country?: string | null) => {
  const normalized = normalizeIdentifier(kind, given, country);
  return normalized.ok ? normalized.value : normalized.why;
};

describe('an id that says nothing', () => {
  const JUNK = [
    ...[
      'null',
      'undefined',
      'guest',
      'anonymous',
      '[object Object]',
      '',
      ' ',
      '0',
      '00000',
      '-',
      '--',
      '0-0',
      '.',
    ],
    ...[
      'NULL',
      'Undefined',
      ' Guest ',
      'ANONYMOUS',
      '[OBJECT OBJECT]',
      'NaN',
      'none',
      'nil',
      'unknown',
      'true',
    ],
    ...['false', 'n/a', '{}', '[]', '""', "''", '\t\n', '\u00a0', 'ｎｕｌｌ', '０００', 'test', 'user_id'],
    '00000000-0000-0000-0000-000000000000',
  ];

  it.each(JUNK.map((junk) => [junk]))('%j never identifies anyone', (junk) => {
    for (const kind of KINDS) expect(normalizeIdentifier(kind, junk)).toEqual({ ok: false, why: 'junk' });
  });

  it('is the number 0, too', () => {
    for (const kind of KINDS) expect(value(kind, 0)).toBe('junk');
  });

  it('is not one that merely contains such a word', () => {
    for (const id of [
      'guest-17',
      'null7',
      'undefined_user_5',
      '1000',
      '00000000-0000-0000-0000-000000000001',
    ]) {
      expect(isJunk(id)).toBe(false);
      expect(value('userId', id)).toBe(id);
    }
  });
});

describe('a value that cannot name anyone', () => {
  it('is invalid when it is no text and no whole number', () => {
    const others = [
      null,
      undefined,
      true,
      {},
      [],
      ['a'],
      Number.NaN,
      Infinity,
      1.5,
      2 ** 60,
      7n,
      Symbol('a'),
      () => 'a',
    ];
    for (const kind of KINDS) for (const other of others) expect(value(kind, other)).toBe('invalid');
    expect(value('userId', { toString: () => 'user-1' })).toBe('invalid');
  });

  it('is invalid when too long, with control characters, or with half a character', () => {
    expect(value('userId', 'a'.repeat(256))).toHaveLength(256);
    expect(value('userId', 'a'.repeat(257))).toBe('invalid');
    expect(value('order', 'a'.repeat(129))).toBe('invalid');
    // One sign that the compatibility form spells out in 18.
    expect(value('order', '\ufdfa'.repeat(8))).toBe('invalid');
    for (const bad of ['a\u0000b', 'a\u0007', 'a\nb', 'a\u007fb', 'a\ud800b', '\udc00x'])
      for (const kind of KINDS) expect(value(kind, bad)).toBe('invalid');
  });
});

describe('an e-mail address', () => {
  it.each([
    ['ann@example.com', 'ann@example.com'],
    ['  Ann@Example.COM ', 'ann@example.com'],
    ['ANN+shop@EXAMPLE.co.uk', 'ann+shop@example.co.uk'],
    ['ａｎｎ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'ann@example.com'],
    ['用户@例子.广告', '用户@例子.广告'],
    ['JOSÉ@example.com', 'josé@example.com'],
    ['jose\u0301@example.com', 'josé@example.com'],
    ['o’neil@example.com', 'o’neil@example.com'],
    ['a@b@example.com', 'a@b@example.com'],
  ])('%j is read as %j', (given, expected) => {
    expect(value('email', given)).toBe(expected);
  });

  it.each(
    [
      ...[
        'ann',
        '@example.com',
        'ann@',
        'ann@example',
        'ann@.com',
        'ann@example.',
        'ann@exa..mple.com',
        'a b@c.de',
      ],
      ...[
        '<ann@example.com>',
        'ann@example.com, bob@example.com',
        '"ann"@example.com',
        'mailto:ann@example.com',
      ],
      ...[
        `${'a'.repeat(65)}@example.com`,
        `ann@${'a'.repeat(250)}.com`,
        '12345',
        'javascript:alert(1)@x.com',
      ],
    ].map((bad) => [bad]),
  )('%j is refused', (bad) => {
    expect(value('email', bad)).toBe('invalid');
  });

  it('is one however its capitals are composed', () => {
    expect(value('email', 'J\u030con@example.com')).toBe(value('email', '\u01f0on@example.com'));
    expect(value('email', 'H\u0331@example.com')).toBe(value('email', '\u1e96@example.com'));
  });

  it('does not grow past its limit by being written small', () => {
    const grown = `ann@${'\u0130'.repeat(120)}.${'a'.repeat(120)}.com`;
    expect(grown.length).toBeLessThanOrEqual(254);
    expect(value('email', grown)).toBe('invalid');
  });
});

describe('a phone number', () => {
  it.each([
    ['+44 20 7946 0958', undefined, '+442079460958'],
    ['020 7946 0958', 'GB', '+442079460958'],
    ['(212) 555-0123', 'US', '+12125550123'],
    ['+1 (212) 555-0123', 'GB', '+12125550123'],
    ['０２０ ７９４６ ０９５８', 'GB', '+442079460958'],
    ['+٤٤٢٠٧٩٤٦٠٩٥٨', undefined, '+442079460958'],
    [442079460958, 'GB', '+442079460958'],
  ])('%j of %s is read as %s', (given, country, expected) => {
    expect(value('phone', given, country)).toBe(expected);
  });

  it.each([
    ['020 7946 0958', undefined],
    ['020 7946 0958', null],
    ['020 7946 0958', 'XX'],
    ['020 7946 0958', ''],
    ['020 7946 0958', '__proto__'],
    ['12', 'GB'],
    ['call me', 'GB'],
    ['+999 123', undefined],
    ['+', undefined],
    // Each reading drops a zero, so that one number would be two people.
    ['+61000000000', undefined],
    ['+6100000000', undefined],
  ])('%j of country %j is refused', (given, country) => {
    expect(value('phone', given, country)).toBe('invalid');
  });
});

describe('an id of the shop', () => {
  it('keeps its capitals, loses the space around it, and takes a whole number', () => {
    expect(value('userId', ' User-42 ')).toBe('User-42');
    expect(value('order', 1042)).toBe('1042');
    expect(value('case', -7)).toBe('-7');
    expect(value('anonymousId', 'ﬁ-１')).toBe('fi-1');
  });
});

describe('normalizing', () => {
  const letters = fc.constantFrom(
    ...'aZzJHTWYİıſßẞΣςKÅ@.+-_ 09٤０ǰ\u030c\u0331\u0308\u0307\u0345\u200b\u00a0ﬁﷺ¨',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: letters, maxLength: 40 }),
    fc.string({ unit: letters, minLength: 1, maxLength: 12 }).map((local) => `${local}@Example.com`),
    fc.emailAddress(),
    fc
      .string({ unit: fc.constantFrom(...'0123456789'), minLength: 4, maxLength: 14 })
      .map((digits) => `+${digits}`),
    fc
      .string({ unit: fc.constantFrom(...'00061'), minLength: 4, maxLength: 14 })
      .map((digits) => `+${digits}`),
    fc.string({ unit: fc.constantFrom(...'+0123456789 ()-x;,'), maxLength: 20 }),
    fc.integer({ min: 1_000_000, max: 99_999_999_999 }).map((digits) => `+${digits}`),
  );
  const countries = fc.option(
    fc.oneof(fc.constantFrom('GB', 'US', 'DE', 'BR', 'JP', 'IT', 'EG', 'ZZ'), fc.string()),
  );

  it('is the same done twice: what was normalized once stays as it is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), texts, countries, (kind, text, country) => {
        const once = normalizeIdentifier(kind, text, country);
        if (once.ok) {
          expect(normalizeIdentifier(kind, once.value, country)).toEqual(once);
          expect(normalizeIdentifier(kind, once.value)).toEqual(once);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('never throws, whatever it is given', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSparseArray: true,
    });
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), fc.oneof(anything, texts), countries, (kind, given, country) => {
        const normalized = normalizeIdentifier(kind, given, country);
        if (normalized.ok) expect(normalized.value.trim()).not.toBe('');
        else expect(['junk', 'invalid']).toContain(normalized.why);
      }),
      { numRuns: 2000 },
    );
  });
});
