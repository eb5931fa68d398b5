import { describe, expect, it } from 'vitest';
import { type Expected, makeTableVerifier } from './table.ts';
import { verifyTable } from './verify-table.ts';

const HEADER = ['age', 'place', 'illness'];
const EXPECTED: Expected = { quasi: ['age', 'place'], k: 2 };
const SOUND = [
  ['30-39', 'north', 'flu'],
  ['30-39', 'north', 'cold'],
  ['*', '*', '*'],
  ['40-49', 'south', 'flu'],
  ['40-49', 'south', 'flu'],
];

describe('the verifier of tables', () => {
  it('passes a table whose every class is large enough; a row that says nothing belongs to none', () => {
    const report = verifyTable(HEADER, SOUND, EXPECTED);
    expect(report).toEqual({ holds: true, rows: 5, blank: 1, classes: 2, smallest: 2, faults: [] });
  });

  it.each<[string, (rows: string[][]) => void, Partial<Expected>]>([
    ['a row is left out', (rows) => rows.splice(0, 1), {}],
    ['a cell is made exact again', (rows) => rows[0]?.splice(0, 1, '34'), {}],
    ['a row is blanked in the columns that others know alone', (rows) => rows[0]?.splice(0, 2, '*', '*'), {}],
    ['there are no rows', (rows) => rows.splice(0), {}],
    ['more rows are blank than allowed', () => undefined, { suppression: 0.1 }],
    [
      'a class has one illness alone',
      () => undefined,
      { sensitive: 'illness', diversity: { kind: 'distinct', l: 2 } },
    ],
    [
      'a class differs too much from the whole',
      () => undefined,
      { sensitive: 'illness', closeness: { distance: 'equal', t: 0.2 } },
    ],
  ])('refuses a table when %s', (_, tamper, more) => {
    const rows = SOUND.map((row) => [...row]);
    tamper(rows);
    const report = verifyTable(HEADER, rows, { ...EXPECTED, ...more });
    expect(report.holds).toBe(false);
    expect(report.faults).toHaveLength(1);
  });

  it('holds each row against its original: a generalization of it, and nothing else changed', () => {
    const generalizations = new Map([
      [
        'age',
        [
          ['34', '30-39', '*'],
          ['35', '30-39', '*'],
          ['44', '40-49', '*'],
        ],
      ],
      [
        'place',
        [
          ['Kiel', 'north', '*'],
          ['Ulm', 'south', '*'],
        ],
      ],
    ]);
    const judge = (...pairs: [string[], string[]][]) => {
      const verifier = makeTableVerifier(HEADER, { ...EXPECTED, generalizations });
      for (const [released, original] of pairs) verifier.add(released, original);
      return verifier.finish().faults;
    };
    const first: [string[], string[]] = [SOUND[0]!, ['34', 'Kiel', 'flu']];
    expect(judge(first, [SOUND[1]!, ['35', 'Kiel', 'cold']])).toEqual([]);
    expect(judge(first, [SOUND[1]!, ['44', 'Kiel', 'cold']])).toEqual([
      '1 rows say what their originals do not.',
    ]);
    expect(judge(first, [SOUND[1]!, ['35', 'Kiel', 'flu']])).toHaveLength(1);
    const verifier = makeTableVerifier(HEADER, { ...EXPECTED, generalizations });
    verifier.add(SOUND[0]!);
    verifier.add(SOUND[1]!);
    expect(verifier.finish().holds).toBe(false);
  });

  it.each<[string, readonly string[], Partial<Expected>, RegExp]>([
    ['a column that is not there', ['age', 'illness'], {}, /no column "place"/],
    ['a column that stands twice', ['age', 'place', 'age'], {}, /more than one column "age"/],
    ['k that is no number', HEADER, { k: Number.NaN }, /^k must/],
    ['no columns', HEADER, { quasi: [] }, /^quasi must/],
    ['a column named twice', HEADER, { quasi: ['age', 'age'] }, /^quasi must/],
    ['a share that is none', HEADER, { suppression: Number.NaN }, /^suppression must/],
    ['ℓ without a sensitive column', HEADER, { diversity: { kind: 'distinct', l: 2 } }, /sensitive column/],
    [
      'ℓ that is no number',
      HEADER,
      { sensitive: 'illness', diversity: { kind: 'entropy', l: Number.NaN } },
      /^l must/,
    ],
    ['t above 1', HEADER, { sensitive: 'illness', closeness: { distance: 'equal', t: 2 } }, /^t must/],
  ])('refuses to judge with %s', (_, header, more, message) => {
    expect(() => makeTableVerifier(header, { ...EXPECTED, ...more })).toThrow(message);
  });

  it('names a row of another width', () => {
    expect(() => verifyTable(HEADER, [...SOUND, ['30-39']], EXPECTED)).toThrow(/^Row 6 has 1 cells/);
  });

  it('does not mistake cells with a comma for two cells', () => {
    const rows = [
      ['a,b', 'c', 'flu'],
      ['a', 'b,c', 'flu'],
    ];
    expect(verifyTable(HEADER, rows, EXPECTED)).toMatchObject({ holds: false, classes: 2 });
  });
});
