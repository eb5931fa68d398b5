import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byBruteForce, HEADER, QUASI, smallTable, treeOf } from '../../../test/kit/small-tables.ts';
import { isBaileeError } from '../../platform/errors.ts';
import { verifyTable } from '../verify/verify-table.ts';
import { type AnonymizedTable, anonymizeTable, type TableInput } from './anonymize.ts';

/** Null when the engine says that the table cannot be protected. */
function attempt(input: TableInput): AnonymizedTable | null {
  try {
    return anonymizeTable(input);
  } catch (error) {
    if (isBaileeError(error, 'not_protected') && /coarsest/.test(error.message)) return null;
    throw error;
  }
}

function verdict(input: TableInput, rows: readonly (readonly string[])[]) {
  const reference = new Map<string, number>();
  for (const row of input.rows) reference.set(row[3]!, (reference.get(row[3]!) ?? 0) + 1);
  const { quasi, k, sensitive, diversity, closeness } = input;
  return verifyTable(HEADER, rows, {
    quasi,
    k,
    reference,
    ...(sensitive === undefined ? {} : { sensitive }),
    ...(diversity === undefined ? {} : { diversity }),
    ...(closeness === undefined ? {} : { closeness }),
  });
}

describe('a table made anonymous as a whole', () => {
  it('loses exactly as little as the best of all generalizations, tried one by one', () => {
    fc.assert(
      fc.property(smallTable, (input) => {
        const made = attempt(input);
        const best = byBruteForce(input);
        expect(made === null).toBe(best === null);
        if (made === null || best === null) return;
        expect(1 - made.granularity).toBeCloseTo(best.loss, 10);
      }),
      { numRuns: 300 },
    );
  });

  it('passes the verifier, whatever was asked', () => {
    fc.assert(
      fc.property(smallTable, (input) => {
        const made = attempt(input);
        if (made !== null) expect(verdict(input, made.rows).faults).toEqual([]);
      }),
    );
  });

  it('never suppresses more rows than allowed, and says how many', () => {
    fc.assert(
      fc.property(smallTable, (input) => {
        const made = attempt(input);
        if (made === null) return;
        const blank = made.rows.filter((row) => row.every((cell) => cell === '*'));
        const share = input.suppression ?? 0;
        expect(made.suppressed).toBeLessThanOrEqual(share * input.rows.length + 1e-9);
        expect(blank).toHaveLength(made.suppressed);
      }),
    );
  });

  it('comes out the same, row by row, in whatever order the rows come in', () => {
    fc.assert(
      fc.property(smallTable, fc.infiniteStream(fc.nat()), (input, lots) => {
        const shuffled = input.rows
          .map((row) => ({ row, lot: lots.next().value as number }))
          .sort((a, b) => a.lot - b.lot)
          .map(({ row }) => row);
        const [one, other] = [attempt(input), attempt({ ...input, rows: shuffled })];
        expect(other?.vector).toEqual(one?.vector);
        expect(other?.granularity).toBe(one?.granularity);
        expect(other?.rows.map(String).sort()).toEqual(one?.rows.map(String).sort());
      }),
    );
  });
});

describe('a table recoded class by class', () => {
  const local = smallTable.map((input) => ({ ...input, local: true }));

  it('passes the verifier, and suppresses no row', () => {
    fc.assert(
      fc.property(local, (input) => {
        const made = attempt(input);
        if (made === null) return;
        expect(verdict(input, made.rows).faults).toEqual([]);
        expect(made.suppressed).toBe(0);
        expect(made.vector).toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  it('is possible exactly when some rule for the whole table is, without suppression', () => {
    fc.assert(
      fc.property(local, (input) => {
        const [made, whole] = [attempt(input), attempt({ ...input, local: false, suppression: 0 })];
        expect(made === null).toBe(whole === null);
      }),
    );
  });

  it('is found in any order of the rows, with the same granularity', () => {
    fc.assert(
      fc.property(local, (input) => {
        const backward = attempt({ ...input, rows: input.rows.toReversed() });
        const forward = attempt(input);
        expect(backward?.granularity).toBe(forward?.granularity);
      }),
    );
  });
});

describe('a population', () => {
  const row = (age: number) => [`v${age}`, 'v0', 'v0', 'v0'];
  const input: TableInput = {
    header: HEADER,
    rows: [row(0), row(1), row(4)],
    population: [row(0), row(0), row(1), row(1), row(4), row(5), row(5), row(6)],
    quasi: QUASI,
    hierarchies: { age: treeOf(7), place: treeOf(1), job: treeOf(1) },
    k: 1,
  };

  it('hides each class among at least as many people as k-map asks for', () => {
    expect(anonymizeTable({ ...input, kMap: 2 }).vector?.[0]).toBe(1);
    expect(anonymizeTable({ ...input, kMap: 4 }).vector?.[0]).toBe(2);
    expect(() => anonymizeTable({ ...input, kMap: 9 })).toThrow(/not even the coarsest/);
  });

  it('keeps the chance of being in the table within what δ-presence allows', () => {
    // On level 0 one of one; on level 1 two of four, one of three and none of one; on level 2 two of four and one of four.
    expect(anonymizeTable({ ...input, presence: { min: 0, max: 0.5 } }).vector?.[0]).toBe(1);
    expect(anonymizeTable({ ...input, presence: { min: 0.2, max: 0.5 } }).vector?.[0]).toBe(2);
    expect(anonymizeTable({ ...input, presence: { min: 0.3, max: 0.4 } }).vector?.[0]).toBe(3);
  });

  it('is needed for k-map, and is no match for local recoding', () => {
    const { population, ...alone } = input;
    expect(population).toHaveLength(8);
    expect(() => anonymizeTable({ ...alone, kMap: 2 })).toThrow(/need a population/);
    expect(() => anonymizeTable({ ...input, kMap: 2, local: true })).toThrow(/not locally/);
  });
});

describe('bad input', () => {
  const sound: TableInput = {
    header: HEADER,
    rows: [
      ['v0', 'v0', 'v0', 'v0'],
      ['v1', 'v0', 'v0', 'v1'],
    ],
    quasi: QUASI,
    hierarchies: { age: treeOf(7), place: treeOf(1), job: treeOf(1) },
    k: 2,
  };

  it.each<[string, Partial<TableInput>, RegExp]>([
    ['fewer rows than k', { k: 3 }, /2 rows, fewer than k = 3/],
    ['k that is no number', { k: Number.NaN }, /^k must be/],
    ['k of zero', { k: 0 }, /^k must be/],
    ['suppression that is no number', { suppression: Number.NaN }, /^suppression must be/],
    ['suppression above 1', { suppression: 1.1 }, /^suppression must be/],
    [
      't that is no number',
      { sensitive: 'illness', closeness: { distance: 'equal', t: Number.NaN } },
      /^t must/,
    ],
    [
      'ℓ that is no number',
      { sensitive: 'illness', diversity: { kind: 'entropy', l: Number.NaN } },
      /^l must/,
    ],
    ['c of zero', { sensitive: 'illness', diversity: { kind: 'recursive', c: 0, l: 2 } }, /^c must/],
    ['ℓ without a sensitive column', { diversity: { kind: 'distinct', l: 2 } }, /need a sensitive column/],
    ['a column that is not there', { quasi: ['age', 'shoe'] }, /no column "shoe"/],
    ['no column at all', { quasi: [] }, /at least one column/],
    ['a column named twice', { quasi: ['age', 'age'] }, /named twice/],
    ['a short row', { rows: [['v0', 'v0', 'v0', 'v0'], ['v0']] }, /Row 2 has 1 cells/],
    [
      'a value that the hierarchy misses',
      { rows: [...sound.rows, ['v9', 'v0', 'v0', 'v0']] },
      /age misses the value of row 3/,
    ],
    ['no hierarchy', { hierarchies: { age: treeOf(7) } }, /no hierarchy for place/],
  ])('%s is refused, naming the row or the field', (_, change, message) => {
    expect(() => anonymizeTable({ ...sound, ...change })).toThrow(message);
  });

  it('never repeats a value of the table', () => {
    const secret = 'Jane Roe';
    const rows = [...sound.rows, [secret, 'v0', 'v0', 'v0']];
    try {
      anonymizeTable({ ...sound, rows });
      expect.unreachable();
    } catch (error) {
      expect(`${(error as Error).message} ${JSON.stringify(error)}`).not.toContain(secret);
    }
  });
});
