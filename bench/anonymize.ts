/** Searching a million rows for the best generalization, against encoding and grouping those rows once. */
import { QUASI, readAdult, readTrees, resampled, type Table } from '../accept/03/adult.ts';
import { makeEncoder } from '../src/anonymize/table/encode.ts';
import { readHierarchy } from '../src/anonymize/table/hierarchy.ts';
import { prepare } from '../src/anonymize/table/prepare.ts';
import { recode } from '../src/anonymize/table/recoding.ts';
import { type Bench, timed } from './bench.ts';

const ROWS = 1_000_000;
const SEED = 3;
const K = 5;

/** A million rows take seconds to make, and three benches share them. */
let made: Table | null = null;

function million(): Table {
  made ??= resampled(readAdult(), ROWS, SEED);
  return made;
}

function benchOf(name: string, what: string, goal: number, suppression: number, local: boolean): Bench {
  return {
    name,
    what: `${what}, a million rows, against encoding and grouping them once`,
    better: 'lower',
    goal,
    async run(runs) {
      const { header, rows } = million();
      const hierarchies = new Map(
        Object.entries(readTrees()).map(([column, lines]) => [column, readHierarchy(column, lines)]),
      );
      const encodeAndGroup = () => {
        const encoder = makeEncoder(header, QUASI);
        for (const row of rows) encoder.add(row);
        const quasi = encoder.columns();
        return prepare({ quasi, sensitive: null, rows: ROWS, hierarchies, criteria: { k: K }, suppression });
      };
      const pairs = [];
      let problem = encodeAndGroup();
      recode(problem, local);
      for (let run = 0; run < runs; run += 1) {
        const baselineMs = await timed(() => {
          problem = encodeAndGroup();
        });
        pairs.push({ oursMs: await timed(() => recode(problem, local)), baselineMs });
      }
      return pairs;
    },
  };
}

export const anonymizeBenches: readonly Bench[] = [
  benchOf('anonymize-table', 'the optimum with 4 % suppression', 6, 0.04, false),
  benchOf('anonymize-table-0', 'the optimum without suppression', 5, 0, false),
  benchOf('anonymize-local', 'local recoding', 20, 0, true),
];
