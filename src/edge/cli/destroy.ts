import { resolve } from 'node:path';
import { type Destroyed, destroyInstallation, removeFiles } from '../../rights/destroy.ts';
import { type Command, type Deps, print, readArgs } from './command.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';
import { refuseWhileServing } from './installation.ts';

const OPTIONS = {
  'yes-destroy-everything': { type: 'boolean' },
  export: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** The end of an installation. */
export const destroyCommand: Command = {
  help: `Usage: bailee destroy --yes-destroy-everything [--export <file>] [--json]

  --yes-destroy-everything   there is no way back
  --export <file>            first write what a legal duty needs (customers, orders) to a new file, readable,
                             as JSON lines
  --json                     as JSON

Drops every table, overwrites and deletes the key file, removes the trial database and the files that a
server left, and lists what remains elsewhere. Stop every node first.`,
  run,
};

async function run(args: string[], deps: Deps): Promise<ExitCode> {
  const { values, words } = readArgs(args, OPTIONS);
  if (values['yes-destroy-everything'] !== true || words.length > 0)
    throw new CommandError(
      EXIT.usage,
      'This destroys every customer’s data and every key for good. Nothing was done. Say --yes-destroy-everything if you mean it.',
    );
  const config = deps.config();
  refuseWhileServing(config);
  const destroyed = await destroyAll(deps, values.export === undefined ? null : resolve(values.export));
  const remains = [...destroyed.remains, ...(await removeFiles(config))];
  const answer = { ...destroyed, remains };
  print(deps, values.json, answer, () => [
    ...(destroyed.exported === null
      ? []
      : [
          `Exported ${destroyed.exported.customers} customers and ${destroyed.exported.orders} orders, readable. Keep the file safe.`,
        ]),
    'Gone for good:',
    ...destroyed.gone.map((each) => `  ${each}`),
    'What remains, and is for you to destroy:',
    ...remains.map((each) => `  ${each}`),
  ]);
  return EXIT.done;
}

async function destroyAll(deps: Deps, exportTo: string | null): Promise<Destroyed> {
  const config = deps.config();
  const app = await deps.compose(config, { log: deps.quietLog(config) });
  let destroyed: Destroyed | undefined;
  try {
    destroyed = await destroyInstallation(app.ctx, exportTo);
    return destroyed;
  } finally {
    // A stop looks for entries to place, and after the destruction there is no table to look in.
    await app.stop().catch((error: unknown) => {
      if (destroyed === undefined) throw error;
    });
  }
}
