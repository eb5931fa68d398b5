import { describe, expect, it } from 'vitest';
import { treeOf } from '../../../test/kit/small-tables.ts';
import { anonymizeTable } from './anonymize.ts';
import { makeEncoder } from './encode.ts';
import { readHierarchy } from './hierarchy.ts';
import { prepare } from './prepare.ts';
import { queryError } from './query-error.ts';
import { recode } from './recoding.ts';

const rows = ['v0', 'v0', 'v1', 'v4', 'v4', 'v5', 'v6', 'v6'].map((age) => [age]);
const input = { header: ['age'], rows, quasi: ['age'], hierarchies: { age: treeOf(8) } };

describe('how much of a table is kept', () => {
  it('is all of it when nothing was generalized', () => {
    const made = anonymizeTable({ ...input, k: 1 });
    expect(made).toMatchObject({ granularity: 1, nonUniformEntropy: 1, averageClassSize: 8 / 5 });
    expect(made.discernibility).toBe(4 + 1 + 4 + 1 + 4);
  });

  it('is nothing when all rows are alike', () => {
    const made = anonymizeTable({ ...input, k: 8 });
    expect(made).toMatchObject({ granularity: 0, nonUniformEntropy: 0, averageClassSize: 8, classes: 1 });
    expect(made.discernibility).toBe(64);
  });

  it('counts a pair of eight values as one seventh lost, and entropy by how the values are spread', () => {
    const made = anonymizeTable({ ...input, k: 2 });
    expect(made.vector).toEqual([1]);
    expect(made.granularity).toBeCloseTo(6 / 7, 12);
    const own = -2 * Math.log2(2 / 3) - Math.log2(1 / 3);
    const most = 6 * Math.log2(8 / 2) + 2 * Math.log2(8);
    expect(made.nonUniformEntropy).toBeCloseTo(1 - (2 * own) / most, 12);
    expect(made.discernibility).toBe(9 + 9 + 4);
  });

  it('counts a suppressed row as lost whole, and as hidden among all', () => {
    const flat = { age: Array.from({ length: 8 }, (_, at) => [`v${at}`, '*']) };
    const made = anonymizeTable({ ...input, hierarchies: flat, k: 2, suppression: 0.25 });
    expect(made).toMatchObject({ vector: [0], suppressed: 2, granularity: 0.75 });
    expect(made.discernibility).toBe(4 + 4 + 4 + 2 * 8);
  });
});

describe('the error of queries', () => {
  function errorAt(k: number): number {
    const encoder = makeEncoder(input.header, input.quasi);
    for (const row of rows) encoder.add(row);
    const problem = prepare({
      quasi: encoder.columns(),
      sensitive: null,
      rows: rows.length,
      hierarchies: new Map([['age', readHierarchy('age', treeOf(8))]]),
      criteria: { k },
      suppression: 0,
    });
    let state = 7;
    const draw = () => {
      state = (state * 1103515245 + 12345) % 2 ** 31;
      return state / 2 ** 31;
    };
    return queryError(problem, recode(problem, false), 101, draw);
  }

  it('is nothing on a table that was not changed, and grows with what is hidden', () => {
    expect(errorAt(1)).toBeCloseTo(0, 12);
    expect(errorAt(8)).toBeGreaterThan(0.05);
  });
});
