import { openDatabase } from '../../platform/database.ts';
import { type MoveProgress, move } from '../../rights/move.ts';
import { type Command, type Deps, print, readArgs } from './command.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';
import { inInstallation, needed, noWords, refuseWhileServing } from './installation.ts';

const OPTIONS = { to: { type: 'string' }, json: { type: 'boolean' } } as const;

/** From a trial to PostgreSQL. */
export const moveCommand: Command = {
  help: `Usage: bailee move --to postgres://user:password@host/database [--json]

Copies everything from the trial in BAILEE_DATA into an empty PostgreSQL database: customers, identifiers,
keys, API keys and the ledger, under the same key file. Stop the server first. The trial is left as it was.

Example: bailee move --to postgres://bailee@127.0.0.1/bailee`,
  run,
};

function sayProgress({ step, done }: MoveProgress): string {
  if (step === 'check') return 'Checking the copy';
  return `${done} ${{ copy: 'rows read', load: 'rows written', index: 'identifiers', sweep: 'erasures' }[step]}`;
}

async function run(args: string[], deps: Deps): Promise<ExitCode> {
  const { values, words } = readArgs(args, OPTIONS);
  noWords('move', words);
  const to = needed('move', 'to', values.to);
  if (!/^postgres(ql)?:\/\//.test(to))
    throw new CommandError(EXIT.usage, '--to must start with postgres://.');
  const config = deps.config();
  if (config.databaseUrl !== null)
    throw new CommandError(EXIT.usage, 'move starts from the trial: leave DATABASE_URL unset for it.');
  refuseWhileServing(config);
  const target = openDatabase({ engine: 'postgres', connectionString: to, pool: config.pool });
  try {
    const moved = await inInstallation(deps, ({ ctx }) =>
      move(ctx, target, (progress) => deps.progress(sayProgress(progress))),
    );
    print(deps, values.json, moved, () => [
      `Moved ${moved.rows} rows; ${moved.identifiers} identifiers can be found there. API keys stay as they are.`,
      'Next: set DATABASE_URL to that database, keep BAILEE_DATA (its key file and erasure journal are in use), and run bailee start.',
      `The trial database is left in ${config.data}/pg. Delete it once all is well: it does not know what happens from now on.`,
    ]);
    return EXIT.done;
  } finally {
    await target.close();
  }
}
