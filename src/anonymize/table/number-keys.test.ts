import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeNumberKeys } from './number-keys.ts';

describe('numbering keys', () => {
  it('gives equal keys equal numbers and different keys different ones, in the order in which they come', () => {
    const numberKeys = makeNumberKeys();
    const size = fc.constantFrom(2, 1_000, 2 ** 31);
    const parts = fc.array(size, { minLength: 1, maxLength: 4 }).chain((sizes) =>
      fc.record({
        sizes: fc.constant(sizes),
        keys: fc.array(fc.tuple(...sizes.map((each) => fc.nat({ max: each - 1 }))), { maxLength: 200 }),
      }),
    );
    fc.assert(
      fc.property(parts, ({ sizes, keys }) => {
        const out = new Uint32Array(keys.length);
        const columns = sizes.map((each, at) => ({
          size: each,
          codes: Uint32Array.from(keys, (key) => key[at]!),
        }));
        const known = new Map<string, number>();
        const expected = keys.map((key) => {
          if (!known.has(String(key))) known.set(String(key), known.size);
          return known.get(String(key));
        });
        expect(numberKeys(columns, keys.length, out)).toBe(known.size);
        expect([...out]).toEqual(expected);
      }),
    );
  });
});
