/** From coded columns, hierarchies and criteria to a problem that can be searched. */
import { BaileeError } from '../../platform/errors.ts';
import { orderOf } from './closeness.ts';
import { makeDomain } from './domain.ts';
import { checkCriteria, suppressionLimit } from './options.ts';
import { makeProblem, type Problem, type Spread } from './problem.ts';
import type { CodedColumn, Criteria, Hierarchy } from './types.ts';

export interface Asked {
  /** The quasi-identifiers, coded over the rows of the table and then those of the population, if any. */
  readonly quasi: readonly CodedColumn[];
  /** The sensitive column, coded over the same rows; needed by ℓ-diversity and t-closeness alone. */
  readonly sensitive: CodedColumn | null;
  /** Rows of the table; what follows is the population. */
  readonly rows: number;
  readonly hierarchies: ReadonlyMap<string, Hierarchy>;
  readonly criteria: Criteria;
  /** Share of the rows that may be suppressed, 0 … 1. */
  readonly suppression: number;
}

/**
 * Throws `bad_request` for a criterion that means nothing, `invalid_table` for a table with fewer rows than k,
 * `invalid_hierarchy` for a value without one.
 */
export function prepare(asked: Asked): Problem {
  const { quasi, rows, criteria, hierarchies } = asked;
  checkCriteria(criteria);
  const limit = suppressionLimit(asked.suppression, rows);
  if (quasi.length === 0)
    throw new BaileeError('bad_request', 'quasi must name at least one column.', { field: 'quasi' });
  if (rows < criteria.k)
    throw new BaileeError('invalid_table', `The table has ${rows} rows, fewer than k = ${criteria.k}.`, {
      rows,
    });
  const domains = quasi.map((column) => {
    const hierarchy = hierarchies.get(column.name);
    if (hierarchy !== undefined) return makeDomain(column, hierarchy);
    throw new BaileeError('invalid_hierarchy', `There is no hierarchy for ${column.name}.`, {
      column: column.name,
    });
  });
  const all = quasi[0]!.codes.length;
  const sensitive = sensitiveOf(asked, all);
  checkPopulation(criteria, all > rows);
  const codes = quasi.map((column) => column.codes);
  return makeProblem(
    { count: all, codes, sensitive: sensitive?.codes ?? null, ofTable: rows, hasPopulation: all > rows },
    domains,
    { criteria, limit, spread: sensitive?.spread ?? null },
  );
}

function checkPopulation({ kMap, presence }: Criteria, given: boolean): void {
  if ((kMap !== undefined || presence !== undefined) && !given)
    throw new BaileeError('bad_request', 'k-map and δ-presence need a population.', { field: 'population' });
}

/** Codes by the order of the values, so that nothing depends on the order of the rows. */
function sensitiveOf(
  { sensitive, criteria, rows }: Asked,
  all: number,
): { codes: Uint32Array; spread: Spread } | null {
  if (criteria.diversity === undefined && criteria.closeness === undefined) return null;
  if (sensitive === null)
    throw new BaileeError('bad_request', 'ℓ-diversity and t-closeness need a sensitive column.', {
      field: 'sensitive',
    });
  const sorted = orderOf(sensitive.values);
  const rank = new Uint32Array(sorted.length);
  sorted.forEach((code, at) => {
    rank[code] = at;
  });
  const codes = new Uint32Array(all);
  const counts = new Float64Array(Math.max(1, sorted.length));
  for (let row = 0; row < rows; row++) {
    codes[row] = rank[sensitive.codes[row]!]!;
    counts[codes[row]!]! += 1;
  }
  const order = Uint32Array.from(counts, (_, code) => code);
  return { codes, spread: { counts, total: rows, order } };
}
