/**
 * Judges a table that is about to be released, with code of its own: nothing here is taken from the search, so that
 * a fault in one does not hide in the other. Plain maps and texts, one pass, no cleverness.
 */
import { BaileeError } from '../../platform/errors.ts';
import { distance } from './distance.ts';
import { diverse, type Ell } from './diverse.ts';
import { type Generalizations, makeGeneralizes } from './generalizes.ts';

/** What must hold. Names and numbers as in the criteria of the search. */
export interface Expected {
  readonly quasi: readonly string[];
  readonly k: number;
  readonly sensitive?: string;
  readonly diversity?: Ell;
  readonly closeness?: { readonly distance: 'equal' | 'ordered'; readonly t: number };
  /**
   * For t-closeness: how often each sensitive value occurs in the table that the release was made from. Without it
   * the release itself is the measure.
   */
  readonly reference?: ReadonlyMap<string, number>;
  /** To hold each row against its original: the hierarchies of the quasi-identifiers, as lines. */
  readonly generalizations?: Generalizations;
  /** Share of blank rows allowed, 0 … 1; any when absent. */
  readonly suppression?: number;
}

export interface TableReport {
  readonly holds: boolean;
  readonly rows: number;
  /** Rows whose every cell is `*`: they say nothing, and belong to no class. */
  readonly blank: number;
  readonly classes: number;
  /** Rows of the smallest class; 0 when there is no class. */
  readonly smallest: number;
  /** What does not hold, the first of each kind, with the first row concerned. No values. */
  readonly faults: readonly string[];
}

export interface TableVerifier {
  /**
   * Takes the next row, and its original when `generalizations` were given.
   * Throws `invalid_table` for a row of another width than the header.
   */
  readonly add: (row: readonly string[], original?: readonly string[]) => void;
  readonly finish: () => TableReport;
}

interface Class {
  readonly firstRow: number;
  rows: number;
  readonly sensitive: Map<string, number>;
}

/** Throws `invalid_table` or `bad_request` for a column that is not there once, or an expectation that means nothing. */
export function makeTableVerifier(header: readonly string[], expected: Expected): TableVerifier {
  checkExpected(expected);
  const quasi = expected.quasi.map((name) => onlyPlace(header, name));
  const sensitive = expected.sensitive === undefined ? null : onlyPlace(header, expected.sensitive);
  const generalizes = makeGeneralizes(header, expected.generalizations ?? new Map());
  const classes = new Map<string, Class>();
  let rows = 0;
  let blank = 0;
  let untrue = 0;
  return {
    add(row, original) {
      rows += 1;
      if (row.length !== header.length)
        throw new BaileeError(
          'invalid_table',
          `Row ${rows} has ${row.length} cells, the header has ${header.length}.`,
          { row: rows },
        );
      if (row.every((cell) => cell === '*')) {
        blank += 1;
        return;
      }
      if (expected.generalizations !== undefined && !generalizes(row, original ?? [])) untrue += 1;
      const key = JSON.stringify(quasi.map((place) => row[place]));
      let own = classes.get(key);
      if (own === undefined) {
        own = { firstRow: rows, rows: 0, sensitive: new Map() };
        classes.set(key, own);
      }
      own.rows += 1;
      if (sensitive !== null)
        own.sensitive.set(row[sensitive]!, (own.sensitive.get(row[sensitive]!) ?? 0) + 1);
    },
    finish: () => judge([...classes.values()], { rows, blank, untrue }, expected),
  };
}

interface Counts {
  readonly rows: number;
  readonly blank: number;
  /** Rows that are no generalization of their original. */
  readonly untrue: number;
}

function judge(classes: readonly Class[], { rows, blank, untrue }: Counts, expected: Expected): TableReport {
  const { k, diversity, closeness, suppression } = expected;
  const reference = expected.reference ?? wholeOf(classes);
  const faults: string[] = [];
  const first = (fails: (one: Class) => boolean, say: (one: Class) => string) => {
    const found = classes.filter(fails);
    if (found.length > 0) faults.push(`${say(found[0]!)} (${found.length} such classes).`);
  };
  first(
    (one) => one.rows < k,
    (one) => `The class of row ${one.firstRow} has ${one.rows} rows, fewer than k = ${k}`,
  );
  if (diversity !== undefined)
    first(
      (one) => !diverse([...one.sensitive.values()], diversity),
      (one) => `The class of row ${one.firstRow} is not diverse enough`,
    );
  if (closeness !== undefined)
    first(
      (one) => distance(one.sensitive, reference, closeness.distance) > closeness.t + 1e-9,
      (one) => `The class of row ${one.firstRow} differs too much from the whole table`,
    );
  if (untrue > 0) faults.push(`${untrue} rows say what their originals do not.`);
  if (rows === 0) faults.push('The table has no rows.');
  if (suppression !== undefined && blank > suppression * rows + 1e-9)
    faults.push(`${blank} of ${rows} rows are blank, more than allowed.`);
  const smallest = classes.reduce((least, one) => Math.min(least, one.rows), Number.POSITIVE_INFINITY);
  return {
    holds: faults.length === 0,
    rows,
    blank,
    classes: classes.length,
    smallest: classes.length === 0 ? 0 : smallest,
    faults,
  };
}

function wholeOf(classes: readonly Class[]): Map<string, number> {
  const whole = new Map<string, number>();
  for (const one of classes)
    for (const [value, count] of one.sensitive) whole.set(value, (whole.get(value) ?? 0) + count);
  return whole;
}

function onlyPlace(header: readonly string[], name: string): number {
  const places = header.flatMap((each, at) => (each === name ? [at] : []));
  if (places.length === 1) return places[0]!;
  throw new BaileeError(
    'invalid_table',
    `The table has ${places.length === 0 ? 'no' : 'more than one'} column ${JSON.stringify(name)}.`,
    { column: name },
  );
}

function checkExpected({ quasi, k, sensitive, diversity, closeness, suppression }: Expected): void {
  const refuse = (field: string, message: string) => {
    throw new BaileeError('bad_request', message, { field });
  };
  if (quasi.length === 0 || new Set(quasi).size !== quasi.length)
    refuse('quasi', 'quasi must name columns, each once.');
  if (!(Number.isSafeInteger(k) && k >= 1)) refuse('k', 'k must be a whole number from 1 on.');
  if ((diversity ?? closeness) !== undefined && sensitive === undefined)
    refuse('sensitive', 'ℓ-diversity and t-closeness need a sensitive column.');
  if (diversity !== undefined && !(diversity.l >= 1 && (diversity.kind !== 'recursive' || diversity.c > 0)))
    refuse('l', 'l must be a number from 1 on, c above 0.');
  if (closeness !== undefined && !(closeness.t >= 0 && closeness.t <= 1))
    refuse('t', 't must be a number from 0 to 1.');
  if (suppression !== undefined && !(suppression >= 0 && suppression <= 1))
    refuse('suppression', 'suppression must be a number from 0 to 1.');
}
