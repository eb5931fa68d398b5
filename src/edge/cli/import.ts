import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Mapping, parseMapping } from '../../collect/import-mapping.ts';
import { projectRoot } from '../../platform/migrate.ts';
import { connect } from './client.ts';
import { type Command, type Deps, print, readArgs } from './command.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';
import { runImportConsents } from './import-consents.ts';
import { type FileRow, hashOf, lookAt, rowsOf, type SourceFile } from './import-file.ts';
import { countTwins } from './import-ordinals.ts';

const OPTIONS = {
  mapping: { type: 'string' },
  store: { type: 'string' },
  key: { type: 'string' },
  again: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

/** Rows of a request, and their length as JSON: whichever comes first. */
const MOST_ROWS = 2_000;
const MOST_CHARACTERS = 300_000;
/** Text packs to about a tenth. */
const PACKED = 10;

/** Brings a file in: once, whatever happens on the way. */
export const importCommand: Command = {
  help: `Usage: bailee import <file> --mapping <name or file> [options]
       bailee import consents <file> [options]      consents of another system, JSON Lines

  --mapping <mapping>  a ready mapping (${readyMappings().join(', ')}) or a YAML file of your own
  --store <store>      id or name; needed only when there are several
  --key <key>          an administrator's API key, where you are not the operator
  --again              read a file that is already imported once more, from its first line
  --json               the report as JSON

The file is CSV or JSON Lines, plain or gzip, of any size. Each line is stored once: stop the command
whenever you like, even by pulling the plug, and run it again; it goes on where it was. Lines that cannot
be read wait in quarantine with a reason. Lines of erased customers are not brought back.`,
  run,
};

function mappingFolder(): string {
  return join(projectRoot(), 'packs', 'imports');
}

function readyMappings(): string[] {
  return readdirSync(mappingFolder())
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.replace(/\.yaml$/, ''));
}

interface Given {
  readonly source: SourceFile;
  readonly mapping: Mapping;
  /** What names the import in every request. */
  readonly identity: { readonly file: string; readonly mapping: string; readonly mappingName: string };
}

/** Counts over all runs of an import. */
interface Whole {
  readonly id: string;
  readonly linesDone: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly notCollected: number;
  readonly finished: boolean;
}

interface Answer {
  readonly linesDone: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly quarantined: Readonly<Record<string, number>>;
  readonly notCollected: Readonly<Record<string, number>>;
}

/** What one run did, and below `whole` what all runs of this import did together. */
interface Report {
  readonly import: string;
  readonly file: string;
  /** Rows of the file. */
  readonly lines: number;
  /** Done by an earlier run. */
  readonly skipped: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly quarantinedByCode: Readonly<Record<string, number>>;
  readonly notCollected: number;
  readonly notCollectedByReason: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly whole: Omit<Whole, 'id' | 'linesDone' | 'finished'> & { readonly lines: number };
}

async function run(args: string[], deps: Deps): Promise<ExitCode> {
  const started = performance.now();
  const { values, words } = readArgs(args, OPTIONS);
  const [path, consents] = words;
  if (path === 'consents' && consents !== undefined && words.length === 2)
    return runImportConsents(consents, values, deps);
  if (path === undefined || words.length > 1)
    throw new CommandError(EXIT.usage, 'Name one file: bailee import orders.csv --mapping online-retail.');
  if (values.mapping === undefined)
    throw new CommandError(
      EXIT.usage,
      `Give a mapping with --mapping: a YAML file, or ${readyMappings().join(', ')}.`,
    );
  const given = await prepare(path, values.mapping);
  const client = await connect(deps);
  try {
    const as = values.key === undefined ? 'operator' : { key: values.key };
    const post = (address: string, body: object) =>
      client.request({ method: 'POST', path: `/api/imports${address}`, body, as });
    const { store, again } = values;
    const state = (await post('', {
      ...given.identity,
      ...(store === undefined ? {} : { store }),
      ...(again === true ? { again } : {}),
    })) as Whole;
    const tally = state.finished ? emptyTally(state) : await send(given, state, post, deps);
    const whole = state.finished
      ? state
      : ((await post(`/${state.id}/finish`, { lines: tally.lines })) as Whole);
    const report = reportOf(path, tally, whole, performance.now() - started);
    print(deps, values.json, report, () => describe(report));
    return EXIT.done;
  } finally {
    deps.progress(null);
    await client.close();
  }
}

async function prepare(path: string, asked: string): Promise<Given> {
  const { text, name } = readMapping(asked);
  const mapping = parseMapping(text, name);
  const source = await lookAt(path, mapping);
  return {
    source,
    mapping,
    identity: { file: await hashOf(path), mapping: text, mappingName: name },
  };
}

function readMapping(asked: string): { text: string; name: string } {
  const isFile = /[/\\]|\.ya?ml$/i.test(asked);
  if (!isFile && !readyMappings().includes(asked))
    throw new CommandError(
      EXIT.usage,
      `There is no ready mapping ${asked}. There are: ${readyMappings().join(', ')}; or name a YAML file.`,
    );
  const path = isFile ? asked : join(mappingFolder(), `${asked}.yaml`);
  try {
    return { text: readFileSync(path, 'utf8'), name: basename(path) };
  } catch {
    throw new CommandError(EXIT.usage, `The file ${path} cannot be read.`);
  }
}

interface Tally {
  lines: number;
  readonly skipped: number;
  stored: number;
  duplicates: number;
  readonly quarantined: Record<string, number>;
  readonly notCollected: Record<string, number>;
}

function emptyTally({ linesDone, finished }: Whole): Tally {
  return {
    lines: finished ? linesDone : 0,
    skipped: linesDone,
    stored: 0,
    duplicates: 0,
    quarantined: {},
    notCollected: {},
  };
}

interface WireRow {
  readonly row: string;
  readonly nth?: number;
  readonly values: FileRow['values'];
  readonly fault?: string;
}

/** Reads the file, passes over what is done, and sends the rest, one chunk on its way while the next is read. */
async function send(
  { source, mapping, identity }: Given,
  state: Whole,
  post: (address: string, body: object) => Promise<unknown>,
  deps: Deps,
): Promise<Tally> {
  const tally = emptyTally(state);
  const share = (bytes: number) => `${Math.floor((100 * bytes) / Math.max(source.size, 1))} %`;
  const twins = await countTwins(
    rowsOf(source, mapping, (bytes) => deps.progress(`Reading the file: ${share(bytes)}`)),
    source.size * (source.packed ? PACKED : 1),
  );
  let onTheWay: Promise<void> = Promise.resolve();
  let bytesRead = 0;
  try {
    let from = state.linesDone;
    for await (const rows of chunksOf(source)) {
      await onTheWay;
      const first = from;
      from += rows.length;
      onTheWay = post(`/${state.id}/rows`, { ...identity, from: first, rows }).then((answer) => {
        add(tally, answer as Answer);
        deps.progress(`Importing: ${first + rows.length} lines, ${share(bytesRead)}`);
      });
      // Awaited in the next round; until then a failure has no one else to tell.
      onTheWay.catch(() => undefined);
    }
    await onTheWay;
    return tally;
  } finally {
    twins.close();
  }

  async function* chunksOf(file: SourceFile): AsyncGenerator<WireRow[]> {
    let rows: WireRow[] = [];
    let characters = 0;
    for await (const row of rowsOf(file, mapping, (bytes) => (bytesRead = bytes))) {
      tally.lines += 1;
      if (tally.lines <= tally.skipped) continue;
      const wire = wireRow(row, twins.of(tally.lines));
      const length = JSON.stringify(wire).length;
      if (rows.length >= MOST_ROWS || (rows.length > 0 && characters + length > MOST_CHARACTERS)) {
        yield rows;
        rows = [];
        characters = 0;
      }
      rows.push(wire);
      characters += length;
    }
    if (rows.length > 0) yield rows;
  }
}

function wireRow({ hash, values, fault }: FileRow, nth: number): WireRow {
  return {
    row: hash.toString('base64url'),
    ...(nth === 0 ? {} : { nth }),
    values,
    ...(fault === null ? {} : { fault }),
  };
}

function add(tally: Tally, answer: Answer): void {
  tally.stored += answer.stored;
  tally.duplicates += answer.duplicates;
  for (const kind of ['quarantined', 'notCollected'] as const)
    for (const [name, count] of Object.entries(answer[kind]))
      tally[kind][name] = (tally[kind][name] ?? 0) + count;
}

function reportOf(path: string, tally: Tally, whole: Whole, milliseconds: number): Report {
  const sum = (counts: Readonly<Record<string, number>>) =>
    Object.values(counts).reduce((all, one) => all + one, 0);
  const { id, linesDone, finished: _finished, ...counts } = whole;
  return {
    import: id,
    file: basename(path),
    lines: tally.lines,
    skipped: tally.skipped,
    stored: tally.stored,
    duplicates: tally.duplicates,
    quarantined: sum(tally.quarantined),
    quarantinedByCode: tally.quarantined,
    notCollected: sum(tally.notCollected),
    notCollectedByReason: tally.notCollected,
    seconds: Math.round(milliseconds / 100) / 10,
    whole: { lines: linesDone, ...counts },
  };
}

function describe(report: Report): string[] {
  const by = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(([name, count]) => `  ${name}: ${count}`);
  const done = report.skipped === report.lines;
  return [
    done && report.lines > 0
      ? `${report.file} was imported before: all ${report.lines} lines are done. Read it once more with --again.`
      : `${report.file}: ${report.lines} lines in ${report.seconds} s.`,
    ...(report.skipped > 0 && !done ? [`Done by an earlier run: ${report.skipped}`] : []),
    `Stored: ${report.stored}`,
    ...(report.duplicates > 0 ? [`Stored before: ${report.duplicates}`] : []),
    `In quarantine: ${report.quarantined}`,
    ...by(report.quarantinedByCode),
    `Not collected: ${report.notCollected}`,
    ...by(report.notCollectedByReason),
    'Totals: bailee report orders --by country,month',
  ];
}
