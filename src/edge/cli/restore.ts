import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Restored } from '../../rights/restore.ts';
import { restore } from '../../rights/restore.ts';
import { type Command, type Deps, print, readArgs } from './command.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';
import { inInstallation, needed, noWords, refuseWhileServing } from './installation.ts';

const OPTIONS = {
  data: { type: 'string' },
  keys: { type: 'string' },
  journal: { type: 'string', multiple: true },
  force: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

/** A backup takes the place of what is here. */
export const restoreCommand: Command = {
  help: `Usage: bailee restore --data <file> --keys <file> [--journal <file>]... [--force] [--json]

  --data <file>      the data file of a backup
  --keys <file>      its keys file, or a later one of the same installation
  --journal <file>   an erasure journal kept elsewhere; those in BAILEE_DATA are found by themselves
  --force            replace what is in this installation
  --json             as JSON

Stop every node first. Both files are checked whole before anything is written, and all is written in one
transaction: nobody can be asked about before every known erasure is replayed and the indexes are built.
Put the key file (or BAILEE_ROOT_KEY) in place before. On a new machine, bring the journal along: without
the old database, it alone tells who was erased after the backup.

Example: bailee restore --data shop.data --keys shop.keys --journal erasures.jsonl`,
  run,
};

const STEPS = {
  check: () => 'Checking both files',
  load: (done: number) => `${done} rows`,
  index: (done: number) => `${done} identifiers`,
  sweep: (done: number) => `${done} erasures deleted to the last row`,
} as const;

async function run(args: string[], deps: Deps): Promise<ExitCode> {
  const { values, words } = readArgs(args, OPTIONS);
  noWords('restore', words);
  const data = resolve(needed('restore', 'data', values.data));
  const keys = resolve(needed('restore', 'keys', values.keys));
  const config = deps.config();
  refuseWhileServing(config);
  // A start would make a new key file, and a backup is of another.
  if (config.rootKey === null && !existsSync(config.keysFile))
    throw new CommandError(
      EXIT.wrongRootKey,
      `There is no key file at ${config.keysFile}. Put the one that the backup was made under there, or set BAILEE_ROOT_KEY.`,
    );
  const restored = await inInstallation(deps, ({ ctx }) =>
    restore(
      ctx,
      {
        data,
        keys,
        journals: (values.journal ?? []).map((path) => resolve(path)),
        force: values.force === true,
      },
      ({ step, done }) => deps.progress(STEPS[step](done)),
    ),
  );
  print(deps, values.json, restored, () => describe(restored));
  return EXIT.done;
}

const LOG = {
  continued: 'The ledger went on from where it was: nobody outside sees a fork.',
  loaded: 'The ledger is the backup’s. Whoever kept a later checkpoint of the lost one will see a fork.',
  replaced:
    'The ledger that was here was another one and is gone. Whoever kept a checkpoint of it will see a fork.',
} as const;

function describe(restored: Restored): string[] {
  return [
    `Restored the backup of ${restored.takenAt}: ${restored.rows} rows, ${restored.identifiers} identifiers can be found.`,
    `${restored.erasures} erasures were replayed, ${restored.fromJournals} of them known from a journal alone.`,
    ...(restored.unreadable > 0
      ? [
          `${restored.unreadable} lines of a journal could not be read. If another copy of it exists, restore again with that.`,
        ]
      : []),
    restored.carriedOver
      ? 'Choices, restrictions, undone merges and revoked keys since the backup were carried over from the database that was here.'
      : `The database that the backup was taken of was not here. Choices, restrictions and revoked keys since ${restored.takenAt} are lost: take withdrawals again before you use optional purposes, and revoke keys again.`,
    LOG[restored.log],
    `The restore itself is entry ${restored.ledgerIndex}.`,
  ];
}
