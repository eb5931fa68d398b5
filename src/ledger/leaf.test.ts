import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CanonicalEntry, type CanonicalValue, canonical, commit, opens } from './leaf.ts';

const salt = Buffer.alloc(32, 5);
const text = fc.string({ unit: 'grapheme' }).filter((s) => !/\p{Surrogate}/u.test(s));
const { value } = fc.letrec<{ value: CanonicalValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const entry = fc.dictionary(text, value, { maxKeys: 5, noNullPrototype: true });

describe('a canonical entry', () => {
  it('has one spelling, whatever the order of its members', () => {
    fc.assert(
      fc.property(entry, (one) => {
        const reversed = Object.fromEntries(Object.entries(one).reverse());
        expect(canonical(reversed)).toBe(canonical(one));
        expect(JSON.parse(canonical(one))).toEqual(JSON.parse(JSON.stringify(one)));
      }),
    );
  });

  it('sorts by UTF-16 units and escapes as RFC 8785 does', () => {
    // The example of RFC 8785 §3.2.3, its values shortened.
    const members = {
      '\u20ac': 1,
      '\r': 2,
      '\ufb33': 3,
      '1': 4,
      '\ud83d\ude00': 5,
      '\u0080': 6,
      '\u00f6': 7,
    };
    expect(canonical(members)).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
    );
    expect(canonical({ a: [true, null, -0, '\u2028"\\\b\u0001'] })).toBe(
      '{"a":[true,null,0,"\u2028\\"\\\\\\b\\u0001"]}',
    );
  });

  it('refuses what has no single spelling', () => {
    let deep: CanonicalValue = 0;
    for (let level = 0; level < 40; level++) deep = [deep];
    const refused: unknown[] = [0.5, NaN, Infinity, 2 ** 53, undefined, 1n, new Date(0), Buffer.of(1)];
    refused.push('\ud800', '\udc00x', [undefined], new Array(1), new Map(), () => 1, Symbol('s'), deep);
    for (const bad of refused) {
      expect(() => canonical({ bad } as unknown as CanonicalEntry)).toThrow(/cannot hold/);
    }
    expect(() => canonical({ '\ud800': 1 })).toThrow(/surrogate/);
  });
});

describe('a leaf', () => {
  it('is a commitment of constant length, whatever it commits to', () => {
    fc.assert(
      fc.property(entry, (one) => {
        const leaf = commit(one, salt).toString();
        expect(leaf).toMatch(/^\{"v":1,"c":"[A-Za-z0-9+/]{43}="\}$/);
      }),
    );
  });

  it('opens with its entry and salt, and with no other', () => {
    fc.assert(
      fc.property(entry, entry, (one, two) => {
        const leaf = commit(one, salt);
        expect(opens(leaf, one, salt)).toBe(true);
        expect(opens(leaf, one, Buffer.alloc(32, 6))).toBe(false);
        expect(opens(leaf.subarray(1), one, salt)).toBe(false);
        expect(opens(leaf, two, salt)).toBe(canonical(one) === canonical(two));
      }),
    );
  });

  it('is not made with a short salt', () => {
    expect(() => commit({}, Buffer.alloc(16))).toThrow(/32 bytes/);
  });
});
