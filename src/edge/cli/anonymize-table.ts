/** `bailee anonymize table`: reads twice, writes once under another name, verifies, and only then renames. */

import { makeEncoder } from '../../anonymize/table/encode.ts';
import { readHierarchy } from '../../anonymize/table/hierarchy.ts';
import { granularityOf } from '../../anonymize/table/measure.ts';
import { prepare } from '../../anonymize/table/prepare.ts';
import type { Problem } from '../../anonymize/table/problem.ts';
import { recode } from '../../anonymize/table/recoding.ts';
import { makeRender } from '../../anonymize/table/render.ts';
import type { CodedColumn } from '../../anonymize/table/types.ts';
import { type Deps, print, readArgs } from './command.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';
import { buildingsOf, type Lines, readHierarchies } from './table-hierarchies.ts';
import {
  CRITERIA_OPTIONS,
  needed,
  numberOf,
  type ToldOptions,
  tableOptions,
  toldByHeader,
} from './table-options.ts';
import { type Release, writeRelease } from './table-release.ts';
import { tableRows } from './table-rows.ts';

const OPTIONS = {
  ...CRITERIA_OPTIONS,
  hierarchies: { type: 'string' },
  build: { type: 'string', multiple: true },
  population: { type: 'string' },
  'k-map': { type: 'string' },
  presence: { type: 'string' },
  local: { type: 'boolean' },
  output: { type: 'string' },
} as const;

export async function runTable(args: string[], deps: Deps): Promise<ExitCode> {
  const { values, words } = readArgs(args, OPTIONS);
  if (words.length > 0) throw new CommandError(EXIT.usage, `There is no word ${words[0]} here.`);
  const output = needed('output', values.output);
  const suppression = numberOf('suppression', values.suppression ?? '0');
  const buildings = buildingsOf(values.build ?? []);
  const options = await toldByHeader(tableOptions(values));
  const criteria = { ...options.criteria, ...populationCriteria(values) };
  try {
    const table = await readTable(options, values.population, deps);
    const quasi = table.columns.slice(0, options.quasi.length);
    const lines = await readHierarchies(quasi, values.hierarchies, options.delimiter, buildings);
    const started = performance.now();
    const problem = prepare({
      quasi,
      sensitive: table.columns[options.quasi.length] ?? null,
      rows: table.rows,
      hierarchies: new Map([...lines].map(([name, each]) => [name, readHierarchy(name, each)])),
      criteria,
      suppression,
    });
    const grouped = performance.now();
    const recoding = recode(problem, values.local ?? false);
    const searchMs = performance.now() - grouped;
    const render = makeRender(problem, recoding, table.header);
    const { limit } = problem;
    await writeRelease(releaseOf(options, table, { lines, output, limit, render }), deps);
    const answer = {
      vector: recoding.vector,
      suppressed: recoding.suppressed,
      granularity: granularityOf(problem, recoding),
      classes: recoding.classes.length,
      rows: table.rows,
      searchMs,
      peakBytes: process.resourceUsage().maxRSS * 1024,
      encodeMs: table.encodeMs + grouped - started,
    };
    print(deps, values.json, answer, () => sentences(answer, problem, output));
    return EXIT.done;
  } finally {
    deps.progress(null);
  }
}

interface ReadTable {
  readonly header: readonly string[];
  /** Rows of the table; the columns go on with the population. */
  readonly rows: number;
  /** Quasi-identifiers, then the sensitive column, if any. */
  readonly columns: CodedColumn[];
  /** Time spent on encoding alone. */
  readonly encodeMs: number;
}

async function readTable(
  { input, delimiter, quasi, sensitive }: ToldOptions,
  population: string | undefined,
  deps: Deps,
): Promise<ReadTable> {
  const wanted = [...quasi, ...(sensitive === null ? [] : [sensitive])];
  let encoder: ReturnType<typeof makeEncoder> | null = null;
  let header: string[] = [];
  let encodeMs = 0;
  for await (const batch of tableRows(input, delimiter)) {
    const from = encoder === null && batch.length > 0 ? 1 : 0;
    if (from === 1) header = batch[0]!;
    if (batch.length === 0) continue;
    encoder ??= makeEncoder(header, wanted);
    const started = performance.now();
    for (let at = from; at < batch.length; at++) encoder.add(batch[at]!);
    encodeMs += performance.now() - started;
    deps.progress(`${encoder.rows()} rows read`);
  }
  if (encoder === null) throw new CommandError(EXIT.failed, 'The file is empty.');
  const rows = encoder.rows();
  if (population !== undefined) await addPopulation(population, delimiter, header, quasi, encoder);
  return { header, rows, columns: encoder.columns(), encodeMs };
}

/** The population may have other columns, and in another order; the quasi-identifiers it must have. */
async function addPopulation(
  path: string,
  delimiter: string,
  header: readonly string[],
  quasi: readonly string[],
  encoder: ReturnType<typeof makeEncoder>,
): Promise<void> {
  let places: number[] | null = null;
  for await (const batch of tableRows(path, delimiter))
    for (const row of batch) {
      if (places === null) {
        places = header.map((name) => row.indexOf(name));
        const missing = quasi.find((name) => !row.includes(name));
        if (missing !== undefined)
          throw new CommandError(EXIT.failed, `The population has no column ${JSON.stringify(missing)}.`);
      } else encoder.add(places.map((place) => row[place] ?? ''));
    }
}

function populationCriteria(values: { readonly 'k-map'?: string; readonly presence?: string }): object {
  const { 'k-map': kMap, presence } = values;
  const [min, max] = presence?.split(':').map((text) => numberOf('presence', text)) ?? [];
  return {
    ...(kMap === undefined ? {} : { kMap: numberOf('k-map', kMap) }),
    ...(min === undefined ? {} : { presence: { min, max: max ?? 1 } }),
  };
}

function releaseOf(
  { input, delimiter, quasi, sensitive, criteria }: ToldOptions,
  { header, rows, columns }: ReadTable,
  rest: { lines: Lines; output: string; limit: number; render: Release['render'] },
): Release {
  const column = sensitive === null ? undefined : columns[quasi.length];
  const reference = new Map<string, number>();
  for (let row = 0; column !== undefined && row < rows; row++) {
    const value = column.values[column.codes[row]!]!;
    reference.set(value, (reference.get(value) ?? 0) + 1);
  }
  const { lines, output, limit, render } = rest;
  return {
    input,
    output,
    delimiter,
    header,
    rows,
    render,
    limit,
    expected: {
      quasi,
      k: criteria.k,
      generalizations: lines,
      reference,
      ...(sensitive === null ? {} : { sensitive }),
      ...(criteria.diversity === undefined ? {} : { diversity: criteria.diversity }),
      ...(criteria.closeness === undefined ? {} : { closeness: criteria.closeness }),
    },
  };
}

function sentences(
  answer: {
    readonly vector: readonly number[] | null;
    readonly suppressed: number;
    readonly granularity: number;
    readonly classes: number;
    readonly rows: number;
  },
  { domains }: Problem,
  output: string,
): string[] {
  const { vector } = answer;
  return [
    `${output} is written and verified.`,
    `${answer.rows} rows in ${answer.classes} classes, ${answer.suppressed} rows suppressed.`,
    `Granularity kept: ${answer.granularity.toFixed(4)}.`,
    ...(vector === null
      ? ['Recoded class by class.']
      : domains.map(({ name, levels }, at) => `  ${name}: level ${vector[at]} of ${levels - 1}`)),
  ];
}
