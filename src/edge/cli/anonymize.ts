/** Makes tables safe to hand out, and judges tables that others made. */

import { makeEncoder } from '../../anonymize/table/encode.ts';
import { riskOf } from '../../anonymize/table/risk.ts';
import { makeTableVerifier, type TableVerifier } from '../../anonymize/verify/table.ts';
import { runTable } from './anonymize-table.ts';
import { type Command, type Deps, print, readArgs } from './command.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';
import {
  CRITERIA_HELP,
  CRITERIA_OPTIONS,
  delimiterOf,
  needed,
  numberOf,
  tableOptions,
  toldByHeader,
} from './table-options.ts';
import { tableRows, tellDelimiter } from './table-rows.ts';

export const anonymizeCommand: Command = {
  help: `Usage: bailee anonymize table --input <csv> --hierarchies <folder> --quasi a,b --k 5 --output <csv>
       bailee anonymize verify --input <csv> --quasi a,b --k 5
       bailee anonymize risk --input <csv> --quasi a,b

${CRITERIA_HELP}
  --suppression <share>  rows that may be blanked, 0.04 for 4 %; none when absent
  --hierarchies <folder> one file <anything>_hierarchy_<column>.csv per column: a value per row,
                         its generalizations to the right, the last the same on every row
  --build <how>          instead of a file: age=number:5:10, born=date:month:year, zip=place:3:1,
                         region=place:/, job=category; may be given again
  --local                recode class by class: keeps more of the table
  --population <csv>     everyone the table was drawn from; for --k-map <number>, --presence <min:max>
  --json                 the answer as JSON

Nothing is written unless a verifier that shares no code with the search has passed it.
Ends with ${EXIT.doesNotHold} when a table that is verified does not hold.`,
  run,
};

async function run(args: string[], deps: Deps): Promise<ExitCode> {
  const [word, ...rest] = args;
  if (word === 'table') return runTable(rest, deps);
  if (word === 'verify') return runVerify(rest, deps);
  if (word === 'risk') return runRisk(rest, deps);
  throw new CommandError(EXIT.usage, 'Say what to do: bailee anonymize table, verify or risk.');
}

async function runVerify(args: string[], deps: Deps): Promise<ExitCode> {
  const { values, words } = readArgs(args, CRITERIA_OPTIONS);
  if (words.length > 0) throw new CommandError(EXIT.usage, `There is no word ${words[0]} here.`);
  const { input, delimiter, quasi, sensitive, criteria } = await toldByHeader(tableOptions(values));
  const expected = {
    quasi,
    ...criteria,
    ...(sensitive === null ? {} : { sensitive }),
    ...(values.suppression === undefined ? {} : { suppression: numberOf('suppression', values.suppression) }),
  };
  let verifier: TableVerifier | null = null;
  for await (const batch of tableRows(input, delimiter))
    for (const row of batch) {
      if (verifier === null) verifier = makeTableVerifier(row, expected);
      else verifier.add(row);
    }
  if (verifier === null) throw new CommandError(EXIT.failed, 'The file is empty.');
  const report = verifier.finish();
  print(deps, values.json, report, () =>
    report.holds
      ? [
          `The table holds: ${report.rows} rows, ${report.classes} classes, the smallest has ${report.smallest}.`,
        ]
      : ['The table does not hold.', ...report.faults.map((fault) => `  ${fault}`)],
  );
  return report.holds ? EXIT.done : EXIT.doesNotHold;
}

const RISK_OPTIONS = {
  input: { type: 'string' },
  delimiter: { type: 'string' },
  quasi: { type: 'string' },
  json: { type: 'boolean' },
} as const;

async function runRisk(args: string[], deps: Deps): Promise<ExitCode> {
  const { values, words } = readArgs(args, RISK_OPTIONS);
  if (words.length > 0) throw new CommandError(EXIT.usage, `There is no word ${words[0]} here.`);
  const quasi = needed('quasi', values.quasi).split(',');
  const input = needed('input', values.input);
  const delimiter = delimiterOf(values.delimiter) ?? (await tellDelimiter(input, quasi));
  let encoder: ReturnType<typeof makeEncoder> | null = null;
  for await (const batch of tableRows(input, delimiter))
    for (const row of batch) {
      if (encoder === null) encoder = makeEncoder(row, quasi);
      else encoder.add(row);
    }
  if (encoder === null || encoder.rows() === 0) throw new CommandError(EXIT.failed, 'The table has no rows.');
  const risk = riskOf(encoder.columns(), encoder.rows());
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  print(deps, values.json, risk, () => [
    `Someone known to be in the table is found with ${percent(risk.prosecutor.mean)} on average, ${percent(risk.prosecutor.highest)} at most.`,
    `${percent(risk.uniqueness.inTable)} of the rows look like no other.`,
    `The riskiest column is ${risk.riskiestColumns[0]?.column}, the riskiest row is row ${risk.riskiestRows[0]?.row}.`,
  ]);
  return EXIT.done;
}
