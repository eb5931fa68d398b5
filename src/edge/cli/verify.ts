import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type LogReport, verifyLog } from '../../ledger/verify/log.ts';
import { verifyReceipt } from '../../ledger/verify/receipt.ts';
import { type Client, connect } from './client.ts';
import { type Command, type Deps, print, readArgs } from './command.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';

const OPTIONS = {
  url: { type: 'string' },
  dir: { type: 'string' },
  vkey: { type: 'string', multiple: true },
  earlier: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;

/** Checks the whole log, or a receipt, with code that shares nothing with the code that wrote it. */
export const verifyCommand: Command = {
  help: `Usage: bailee verify [--url <address> | --dir <folder>] [--vkey <key>]...
       bailee verify receipt <file>... --vkey <key>...

  --url <address>    the server whose ledger to check; else the one that runs here
  --dir <folder>     a copy of the log: its checkpoint, and tile/ below it
  --vkey <key>       a public key that you got elsewhere; may be given again. Without it, the keys
                     that the server itself publishes are used, which proves less
  --earlier <file>   a checkpoint kept from before: the log must still begin with it
  --json             the report as JSON

A receipt needs the key of the log and the key of its receipts. Both are at /ledger/keys; keep a copy.
Ends with ${EXIT.doesNotHold} when the log or the receipt does not hold.`,
  run,
};

async function run(args: string[], deps: Deps): Promise<ExitCode> {
  const { values, words } = readArgs(args, OPTIONS);
  if (words[0] === 'receipt') return runReceipt(deps, words.slice(1), values.vkey ?? [], values.json);
  if (words.length > 0) throw new CommandError(EXIT.usage, `There is nothing to verify called ${words[0]}.`);
  const earlier = (values.earlier ?? []).map(read);
  const { report, trusted } = await verified(deps, values, earlier);
  print(deps, values.json, { ...report, keys: trusted }, () => describeLog(report, trusted));
  return report.ok ? EXIT.done : EXIT.doesNotHold;
}

/** Whose word the keys are: given by the caller, or published by the log itself. */
export type Trust = 'given' | 'published';

async function verified(
  deps: Deps,
  values: { readonly url?: string; readonly dir?: string; readonly vkey?: string[] },
  earlier: readonly string[],
): Promise<{ report: LogReport; trusted: Trust }> {
  if (values.dir !== undefined) {
    if (values.vkey === undefined)
      throw new CommandError(EXIT.usage, 'A copy of a log needs --vkey: the key that you trust.');
    const { dir } = values;
    const checkpoint = read(join(dir, 'checkpoint'));
    const fetchTile = (path: string) => readFile(join(dir, path)).catch(() => null);
    return {
      report: await verifyLog({ fetchTile, checkpoint, vkeys: values.vkey, earlier }),
      trusted: 'given',
    };
  }
  const client = await connect(deps, values.url);
  try {
    return await verifyThrough(client, values.vkey, earlier);
  } finally {
    await client.close();
  }
}

/** Verifies the log that `client` reaches. Without `vkeys`, with the keys that the log itself publishes. */
export async function verifyThrough(
  client: Pick<Client, 'bytes'>,
  vkeys?: readonly string[],
  earlier: readonly string[] = [],
): Promise<{ report: LogReport; trusted: Trust }> {
  const checkpoint = await client.bytes('/ledger/checkpoint');
  if (checkpoint === null) throw new CommandError(EXIT.failed, 'There is no ledger at this address.');
  const report = await verifyLog({
    fetchTile: (path) => client.bytes(`/ledger/${path}`),
    checkpoint: checkpoint.toString('utf8'),
    vkeys: vkeys ?? (await publishedKeys(client)),
    earlier,
  });
  return { report, trusted: vkeys === undefined ? 'published' : 'given' };
}

async function publishedKeys(client: Pick<Client, 'bytes'>): Promise<string[]> {
  const bytes = await client.bytes('/ledger/keys');
  if (bytes === null) return [];
  const { keys } = JSON.parse(bytes.toString('utf8')) as { keys: { vkey: string }[] };
  return keys.map((key) => key.vkey);
}

/** The report as sentences. */
export function describeLog(report: LogReport, trusted: Trust): string[] {
  if (!report.ok)
    return [
      'The ledger does not hold.',
      ...report.problems.map(({ message, path, index }) => {
        const where = [path, index === undefined ? undefined : `entry ${index}`].filter(Boolean).join(', ');
        return `  ${message}${where === '' ? '' : ` (${where})`}`;
      }),
    ];
  return [
    `The ledger holds: ${report.size} entries, every one read, every tile compared.`,
    `Root: ${report.root}`,
    trusted === 'given'
      ? 'The checkpoint is signed by a key that you gave.'
      : 'The checkpoint is signed by a key that the server publishes. Give --vkey to rely on a key of your own.',
  ];
}

function runReceipt(
  deps: Deps,
  words: readonly string[],
  vkeys: readonly string[],
  json: boolean | undefined,
): ExitCode {
  const [file, ...more] = words;
  if (file === undefined)
    throw new CommandError(EXIT.usage, 'Name the file: bailee verify receipt receipt.json --vkey <key>.');
  if (vkeys.length === 0)
    throw new CommandError(
      EXIT.usage,
      'A receipt needs --vkey: the public keys of the log and of its receipts, from /ledger/keys or from your own copy.',
    );
  if (more.length > 0) return runReceipts(deps, words, vkeys, json);
  const report = verifyReceipt(parsed(read(file)), vkeys);
  print(deps, json, report, () =>
    report.shows === null
      ? ['The receipt does not hold.', ...report.problems.map((problem) => `  ${problem}`)]
      : [
          `The receipt holds: ${report.shows.kind}, entry ${report.shows.index} of ${report.shows.origin}.`,
          JSON.stringify(report.shows.entry, null, 2),
        ],
  );
  return report.ok ? EXIT.done : EXIT.doesNotHold;
}

/** Several at once: a line for each, and whether all hold. */
function runReceipts(
  deps: Deps,
  files: readonly string[],
  vkeys: readonly string[],
  json: boolean | undefined,
): ExitCode {
  const reports = files.map((file) => ({ file, ...verifyReceipt(parsed(read(file)), vkeys) }));
  print(deps, json, reports, () =>
    reports.map(
      ({ file, ok, problems }) => `${file}: ${ok ? 'holds' : `does not hold. ${problems.join(' ')}`}`,
    ),
  );
  return reports.every((report) => report.ok) ? EXIT.done : EXIT.doesNotHold;
}

/** Also takes a whole answer that carries its receipt. */
function parsed(text: string): unknown {
  try {
    const value = JSON.parse(text) as { receipt?: unknown } | null;
    return value?.receipt ?? value;
  } catch {
    return null;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new CommandError(EXIT.usage, `The file ${path} cannot be read.`);
  }
}
