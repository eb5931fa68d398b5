/** The whole way in memory: encode, search, write, verify. The command line does the same with files. */
import { BaileeError } from '../../platform/errors.ts';
import { makeTableVerifier } from '../verify/table.ts';
import { makeEncoder } from './encode.ts';
import { readHierarchy } from './hierarchy.ts';
import { measure, type Utility } from './measure.ts';
import { prepare } from './prepare.ts';
import { recode } from './recoding.ts';
import { blankShare, makeRender } from './render.ts';
import type { Closeness, Diversity, Presence } from './types.ts';

export interface TableInput {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns that others may know of a person. */
  readonly quasi: readonly string[];
  /** Per quasi-identifier, lines of a value and its generalizations, the last the same for all. */
  readonly hierarchies: Readonly<Record<string, readonly (readonly string[])[]>>;
  /** Every released row looks like at least k − 1 others. */
  readonly k: number;
  /** Share of the rows that may be suppressed, 0 … 1; nothing when absent. */
  readonly suppression?: number;
  /** The column that must not become known; needed by `diversity` and `closeness`. */
  readonly sensitive?: string;
  readonly diversity?: Diversity;
  readonly closeness?: Closeness;
  /** Rows of the population, with the same header; needed by `kMap` and `presence`. Contains the table. */
  readonly population?: readonly (readonly string[])[];
  readonly kMap?: number;
  readonly presence?: Presence;
  /** Recode class by class instead of the whole table by one rule: keeps more, is harder to explain. */
  readonly local?: boolean;
}

export interface AnonymizedTable extends Utility {
  readonly header: readonly string[];
  /** In the order of the input. A suppressed row is `*` in every cell. */
  readonly rows: string[][];
  /** The level of each quasi-identifier; null after local recoding. */
  readonly vector: readonly number[] | null;
  readonly suppressed: number;
  readonly classes: number;
}

/**
 * Makes a table of which every row hides among others, and lets the independent verifier pass it before it is
 * answered. Throws `bad_request`, `invalid_table` or `invalid_hierarchy` (naming field, row or column),
 * `not_protected` when what is asked cannot be reached or the verifier refuses.
 */
export function anonymizeTable(input: TableInput): AnonymizedTable {
  const { header, rows, sensitive } = input;
  const wanted = [...input.quasi, ...(sensitive === undefined ? [] : [sensitive])];
  const encoder = makeEncoder(header, wanted);
  for (const row of rows) encoder.add(row);
  for (const person of input.population ?? []) encoder.add(person);
  const columns = encoder.columns();
  const problem = prepare({
    quasi: columns.slice(0, input.quasi.length),
    sensitive: columns[input.quasi.length] ?? null,
    rows: rows.length,
    hierarchies: new Map(
      Object.entries(input.hierarchies).map(([column, lines]) => [column, readHierarchy(column, lines)]),
    ),
    criteria: {
      k: input.k,
      ...(input.diversity === undefined ? {} : { diversity: input.diversity }),
      ...(input.closeness === undefined ? {} : { closeness: input.closeness }),
      ...(input.kMap === undefined ? {} : { kMap: input.kMap }),
      ...(input.presence === undefined ? {} : { presence: input.presence }),
    },
    suppression: input.suppression ?? 0,
  });
  const recoding = recode(problem, input.local ?? false);
  const render = makeRender(problem, recoding, header);
  const released = rows.map((row, at) => render(at, row));
  verify(input, released, blankShare(problem, recoding, header));
  const { vector, suppressed, classes } = recoding;
  return {
    header,
    rows: released,
    vector,
    suppressed,
    classes: classes.length,
    ...measure(problem, recoding),
  };
}

function verify(input: TableInput, released: readonly string[][], suppression: number): void {
  const { header, rows, quasi, k, sensitive, diversity, closeness } = input;
  const place = sensitive === undefined ? -1 : header.indexOf(sensitive);
  const reference = new Map<string, number>();
  if (place >= 0) for (const row of rows) reference.set(row[place]!, (reference.get(row[place]!) ?? 0) + 1);
  const verifier = makeTableVerifier(header, {
    quasi,
    k,
    reference,
    generalizations: new Map(Object.entries(input.hierarchies).filter(([column]) => quasi.includes(column))),
    suppression,
    ...(sensitive === undefined ? {} : { sensitive }),
    ...(diversity === undefined ? {} : { diversity }),
    ...(closeness === undefined ? {} : { closeness }),
  });
  released.forEach((row, at) => {
    verifier.add(row, rows[at]!);
  });
  const { holds, faults } = verifier.finish();
  if (!holds) throw new BaileeError('not_protected', `The verifier refuses the table: ${faults.join(' ')}`);
}
