import { rotateKeys } from '../../rights/rotate.ts';
import { type Command, type Deps, print, readArgs } from './command.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { inInstallation, noWords } from './installation.ts';

/** A new epoch, and the end of the old one. */
export const rotateCommand: Command = {
  help: `Usage: bailee rotate [--json]

Makes a new epoch key, wraps every key under it, and destroys the old epoch key. No data is rewritten.
Stopped half way, the same command goes on. On PostgreSQL it may run beside the server.

With BAILEE_ROOT_KEY: set the new root, and the old one as BAILEE_PREVIOUS_ROOT_KEY, then rotate, then
destroy the old one.

Afterwards every older key backup is dead: make a new one.`,
  run,
};

async function run(args: string[], deps: Deps): Promise<ExitCode> {
  const { values, words } = readArgs(args, { json: { type: 'boolean' } });
  noWords('rotate', words);
  const rotated = await inInstallation(deps, ({ ctx }) =>
    rotateKeys(ctx, (done) => deps.progress(`${done} keys wrapped anew`)),
  );
  print(deps, values.json, rotated, () => [
    `Epoch ${rotated.epoch}: ${rotated.rewrapped} keys wrapped anew. Entry ${rotated.ledgerIndex} in the ledger says so.`,
    rotated.olderBackups,
  ]);
  return EXIT.done;
}
