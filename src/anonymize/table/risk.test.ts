import { describe, expect, it } from 'vitest';
import { makeEncoder } from './encode.ts';
import { riskOf } from './risk.ts';

function coded(rows: readonly (readonly string[])[]) {
  const encoder = makeEncoder(['age', 'sex'], ['age', 'sex']);
  for (const row of rows) encoder.add(row);
  return encoder.columns();
}

const TABLE = [
  ['30', 'f'],
  ['30', 'f'],
  ['30', 'm'],
  ['41', 'm'],
];

describe('the risk of a table', () => {
  it('is one over the rows that look the same', () => {
    const risk = riskOf(coded(TABLE), 4);
    expect(risk.prosecutor).toEqual({ highest: 1, mean: 0.75 });
    expect(risk.journalist).toEqual({ highest: 1, mean: 0.75 });
    expect(risk.uniqueness).toEqual({ inTable: 0.5, inPopulation: null });
  });

  it('names the rows that stand alone, and the column that sets most of them apart', () => {
    const risk = riskOf(coded(TABLE), 4);
    expect(risk.riskiestRows.map(({ row }) => row)).toEqual([3, 4, 1, 2]);
    expect(risk.riskiestColumns).toEqual([
      { column: 'age', adds: 0.25 },
      { column: 'sex', adds: 0.25 },
    ]);
  });

  it('falls for a journalist and a marketer when the population has more who look the same', () => {
    const people = [...TABLE, ['30', 'm'], ['30', 'm'], ['30', 'm'], ['50', 'm']];
    const risk = riskOf(coded([...TABLE, ...people]), 4);
    expect(risk.prosecutor.highest).toBe(1);
    expect(risk.journalist).toEqual({ highest: 1, mean: (0.5 + 0.5 + 0.25 + 1) / 4 });
    expect(risk.marketer).toBe(risk.journalist.mean);
    expect(risk.uniqueness).toEqual({ inTable: 0.5, inPopulation: 0.25 });
  });
});
