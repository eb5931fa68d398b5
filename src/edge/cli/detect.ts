import type { Readable } from 'node:stream';
import { detect } from '../../detect/detect.ts';
import { DetectError } from '../../detect/failure.ts';
import { presidioLabels } from '../../detect/presidio.ts';
import type { DetectedSpan } from '../../detect/types.ts';
import { linesOf } from '../../platform/lines.ts';
import { type Command, type Deps, print, readArgs } from './command.ts';
import { describeTable, tableReport } from './detect-table.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';

const OPTIONS = {
  json: { type: 'boolean' },
  labels: { type: 'string' },
  region: { type: 'string' },
  delimiter: { type: 'string' },
} as const;

/** Written at once, so that a million short texts are not a million writes. */
const BATCH_UNITS = 1 << 16;

/** Finds personal data in texts. Needs no installation. */
export const detectCommand: Command = {
  help: `Usage: bailee detect [--json] [--labels presidio] [--region <country>] < texts.jsonl
       bailee detect table <file> [--delimiter <sign>] [--json]

  --json              one line for each text: {"id","spans":[{"start","end","type","score"}]}
  --labels presidio   types by the names that Presidio gives them; others are left out
  --region <country>  two letters (ISO 3166-1): where numbers without a country code are from
  --delimiter <sign>  between the columns of a CSV file; found out when absent

Each line of the input is {"id","text"}. Offsets are UTF-16 units, the end exclusive. A line that is no
such object ends the command and is named by its number; what was written before it stands.
Of a table, the first 1,000 rows are read, and the report holds counts and no values.
Example: echo '{"id":1,"text":"Call +1 212 555 0123"}' | bailee detect --json`,
  run: (args, deps) => run(args, deps, process.stdin),
};

async function run(args: string[], deps: Deps, input: Readable): Promise<ExitCode> {
  const { values, words } = readArgs(args, OPTIONS);
  if (words[0] === 'table') return runTable(words.slice(1), values, deps);
  if (words.length > 0)
    throw new CommandError(EXIT.usage, 'Texts come on standard input: bailee detect < texts.jsonl');
  if (values.labels !== undefined && values.labels !== 'presidio')
    throw new CommandError(EXIT.usage, 'The only other labels are: presidio.');
  if (values.region !== undefined && !/^[A-Z]{2}$/.test(values.region))
    throw new CommandError(EXIT.usage, '--region takes two capital letters, such as DE.');
  await answerTexts(input, values, deps);
  return EXIT.done;
}

/** Answers each line of the input as it comes. Throws `CommandError` that names the line it cannot read. */
export async function answerTexts(input: Readable, values: Wanted, deps: Deps): Promise<void> {
  let batch: string[] = [];
  let units = 0;
  let number = 0;
  const flush = () => {
    if (batch.length > 0) deps.out(batch.join('\n'));
    batch = [];
    units = 0;
  };
  try {
    for await (const line of linesOf(input)) {
      number += 1;
      if (line.trim() === '') continue;
      const answer = answerTo(line, number, values);
      batch.push(answer);
      units += answer.length;
      if (units >= BATCH_UNITS) flush();
    }
  } finally {
    flush();
  }
}

async function runTable(
  words: readonly string[],
  values: { readonly json?: boolean; readonly delimiter?: string },
  deps: Deps,
): Promise<ExitCode> {
  const [file] = words;
  if (file === undefined || words.length > 1)
    throw new CommandError(EXIT.usage, 'Name one file: bailee detect table customers.csv');
  const reports = await tableReport(file, values.delimiter);
  print(deps, values.json, reports, () => describeTable(reports));
  return EXIT.done;
}

interface Wanted {
  readonly json?: boolean;
  readonly labels?: string;
  readonly region?: string;
}

function answerTo(line: string, number: number, wanted: Wanted): string {
  const { id, text } = parse(line, number);
  let spans: DetectedSpan[];
  try {
    spans = detect(text, wanted.region === undefined ? {} : { region: wanted.region });
  } catch (error) {
    if (error instanceof DetectError) throw bad(number, error.message);
    throw error;
  }
  if (wanted.labels === 'presidio') spans = presidioLabels(spans, text);
  if (wanted.json === true)
    return JSON.stringify({
      id,
      spans: spans.map(({ start, end, type, score, kind }) => ({
        start,
        end,
        type,
        score,
        ...(kind === undefined ? {} : { kind }),
      })),
    });
  const list = spans.map(({ type, start, end }) => `${type} ${start}-${end}`).join(', ');
  return `${String(id)}: ${list === '' ? 'nothing' : list}`;
}

function parse(line: string, number: number): { readonly id: string | number; readonly text: string } {
  let value: { readonly id?: unknown; readonly text?: unknown } | null = null;
  try {
    value = JSON.parse(line);
  } catch {
    throw bad(number, 'It is not JSON.');
  }
  const { id, text } = value ?? {};
  if (typeof id !== 'string' && typeof id !== 'number')
    throw bad(number, 'It has no "id" (a string or a number).');
  if (typeof text !== 'string') throw bad(number, 'It has no "text" (a string).');
  return { id, text };
}

function bad(number: number, why: string): CommandError {
  return new CommandError(EXIT.failed, `Line ${number} cannot be read. ${why}`);
}
