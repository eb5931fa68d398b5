import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Building, buildHierarchy, buildLines } from './build.ts';
import { makeEncoder } from './encode.ts';

function column(values: readonly string[]) {
  const encoder = makeEncoder(['c'], ['c']);
  for (const value of values) encoder.add([value]);
  return encoder.columns()[0]!;
}

describe('a hierarchy that is built', () => {
  it.each<[string, string[], Building, string[]]>([
    ['numbers', ['37'], { kind: 'number', widths: [5, 20] }, ['37', '[35, 40[', '[20, 40[', '*']],
    ['negative numbers', ['-1'], { kind: 'number', widths: [10] }, ['-1', '[-10, 0[', '*']],
    [
      'dates',
      ['1987-11-03'],
      { kind: 'date', steps: ['month', 'quarter', 'year', 'decade'] },
      ['1987-11-03', '1987-11', '1987-Q4', '1987', '1980s', '*'],
    ],
    ['postal codes', ['60314'], { kind: 'place', keep: [3, 1] }, ['60314', '603**', '6****', '*']],
    [
      'paths of places',
      ['Asia/Japan/Kyoto'],
      { kind: 'place', separator: '/' },
      ['Asia/Japan/Kyoto', 'Asia/Japan', 'Asia', '*'],
    ],
    [
      'named groups',
      ['nurse'],
      { kind: 'category', groups: { care: ['nurse', 'doctor'] } },
      ['nurse', 'care', '*'],
    ],
    ['no groups', ['nurse'], { kind: 'category' }, ['nurse', '*']],
  ])('of %s has the levels asked for', (_, values, building, line) => {
    expect(buildLines(column(values), building)).toEqual([line]);
  });

  it('of numbers is a tree for all numbers and widths, and each number lies in its interval', () => {
    const widths = fc.constantFrom([0.1, 0.2, 1], [5, 10, 20], [3, 9], [0.25, 1]);
    const numbers = fc.uniqueArray(fc.double({ min: -1e6, max: 1e6, noNaN: true }).map(String), {
      minLength: 1,
      maxLength: 50,
    });
    fc.assert(
      fc.property(numbers, widths, (values, steps) => {
        const building: Building = { kind: 'number', widths: steps };
        buildHierarchy(column(values), building);
        for (const [value, narrow] of buildLines(column(values), building)) {
          const [from, to] = narrow!.slice(1, -1).split(', ').map(Number);
          const slack = 1e-9 * Math.abs(Number(value)) + 1e-9;
          expect(Number(value)).toBeGreaterThanOrEqual(from! - slack);
          expect(Number(value)).toBeLessThan(to! + slack);
        }
      }),
    );
  });

  it.each<[string, string[], Building]>([
    ['NaN', ['1', 'NaN'], { kind: 'number', widths: [5] }],
    ['nothing', ['1', ' '], { kind: 'number', widths: [5] }],
    ['infinity', ['1', 'Infinity'], { kind: 'number', widths: [5] }],
    ['a month of 13', ['2020-01-01', '2020-13-01'], { kind: 'date', steps: ['year'] }],
  ])('names the row that holds %s', (_, values, building) => {
    expect(() => buildHierarchy(column(values), building)).toThrow(/^Row 2 has no/);
  });

  it.each<[string, Building]>([
    ['widths that do not nest', { kind: 'number', widths: [5, 12] }],
    ['a width that is no number', { kind: 'number', widths: [Number.NaN] }],
    ['a value in two groups', { kind: 'category', groups: { a: ['1'], b: ['1'] } }],
    ['steps from coarse to fine', { kind: 'date', steps: ['year', 'month'] }],
    ['prefixes from short to long', { kind: 'place', keep: [1, 3] }],
  ])('is refused for %s', (_, building) => {
    const values = building.kind === 'date' ? ['2020-01-01', '2020-02-01'] : ['1000', '1200'];
    expect(() => buildHierarchy(column(values), building)).toThrow(
      expect.objectContaining({ code: 'invalid_hierarchy' }),
    );
  });
});
