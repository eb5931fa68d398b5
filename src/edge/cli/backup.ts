import { resolve } from 'node:path';
import { backup } from '../../rights/backup.ts';
import { type Command, type Deps, print, readArgs } from './command.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';
import { inInstallation, noWords } from './installation.ts';

const OPTIONS = { data: { type: 'string' }, keys: { type: 'string' }, json: { type: 'boolean' } } as const;

/** Two files of one moment. */
export const backupCommand: Command = {
  help: `Usage: bailee backup --data <file> --keys <file> [--json]

  --data <file>   the data: ciphertext, ids, times and counts
  --keys <file>   the keys: wrapped, useless without the key file or BAILEE_ROOT_KEY
  --json          as JSON

Both are of one moment, while the server goes on (the trial engine must be stopped first). Keep them in two
places, and a copy of the key file and of the erasure journal (erasures.jsonl) in a third. A file that is
there is never written over. A keys file dies at the next bailee rotate: make a new one after it.

Example: bailee backup --data /backup/shop.data --keys /vault/shop.keys`,
  run,
};

async function run(args: string[], deps: Deps): Promise<ExitCode> {
  const { values, words } = readArgs(args, OPTIONS);
  noWords('backup', words);
  if (values.data === undefined && values.keys === undefined)
    throw new CommandError(EXIT.usage, 'backup needs --data, --keys, or both; see bailee backup --help.');
  const pathOf = (path: string | undefined) => (path === undefined ? null : resolve(path));
  const made = await inInstallation(deps, ({ ctx }) =>
    backup(ctx, { data: pathOf(values.data), keys: pathOf(values.keys) }, (rows) =>
      deps.progress(`${rows} rows`),
    ),
  );
  print(deps, values.json, made, () => [
    `Backup ${made.id} of ${made.createdAt}, with ${made.ledgerSize} entries in the ledger:`,
    ...(made.dataRows === null ? [] : [`  ${values.data}: ${made.dataRows} rows of sealed data.`]),
    ...(made.keyRows === null
      ? []
      : [
          `  ${values.keys}: ${made.keyRows} rows of wrapped keys. It dies when epoch ${made.epochs.join(', ')} is destroyed.`,
        ]),
  ]);
  return EXIT.done;
}
