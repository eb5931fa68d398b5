import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { connect } from './client.ts';
import { type Deps, print } from './command.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';

const MOST_LINES = 200;

interface Answer {
  readonly recorded: number;
  readonly unchanged: number;
  readonly refused: readonly { readonly line: number; readonly reason: string }[];
}

interface Report {
  recorded: number;
  unchanged: number;
  /** By line of the file, from 1. */
  readonly refused: { line: number; reason: string }[];
}

interface Options {
  readonly store?: string;
  readonly key?: string;
  readonly json?: boolean;
}

/**
 * Brings a file of consents in (JSON Lines). Lines that were brought in before change nothing, so a run that was
 * cut short is simply run again. Ends with a failure when a line was refused.
 */
export async function runImportConsents(file: string, options: Options, deps: Deps): Promise<ExitCode> {
  const client = await connect(deps);
  const report: Report = { recorded: 0, unchanged: 0, refused: [] };
  const as = options.key === undefined ? 'operator' : { key: options.key };
  const store = options.store === undefined ? {} : { store: options.store };
  let before = 0;
  const send = async (lines: readonly unknown[]) => {
    if (lines.length === 0) return;
    const call = { method: 'POST', path: '/api/imports/consents', body: { ...store, lines }, as } as const;
    const answer = (await client.request(call)) as Answer;
    report.recorded += answer.recorded;
    report.unchanged += answer.unchanged;
    for (const { line, reason } of answer.refused) report.refused.push({ line: before + line + 1, reason });
    before += lines.length;
    deps.progress(`${before} lines`);
  };
  try {
    let lines: unknown[] = [];
    for await (const line of linesOf(file)) {
      lines.push(line);
      if (lines.length < MOST_LINES) continue;
      await send(lines);
      lines = [];
    }
    await send(lines);
  } finally {
    deps.progress(null);
    await client.close();
  }
  print(deps, options.json, report, () => [
    `${report.recorded} recorded, ${report.unchanged} changed nothing, ${report.refused.length} refused.`,
    ...report.refused.slice(0, 20).map(({ line, reason }) => `  line ${line}: ${reason}`),
  ]);
  return report.refused.length === 0 ? EXIT.done : EXIT.failed;
}

/** Each line as JSON; one that is none is passed on as null, and refused by its number. */
async function* linesOf(file: string): AsyncGenerator<unknown> {
  const stream = createReadStream(file);
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line.trim() === '') yield null;
      else yield parsed(line);
    }
  } catch {
    throw new CommandError(EXIT.usage, `The file ${file} cannot be read.`);
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
