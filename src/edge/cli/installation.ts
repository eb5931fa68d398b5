/** For commands that work on the installation itself, not through its surface: they open it in this process. */
import type { Config } from '../../platform/config.ts';
import type { App, Deps } from './command.ts';
import { CommandError, EXIT } from './exit.ts';
import { readRun } from './run-file.ts';

/** Opens the installation, works, and closes it whatever happens. Throws `data_folder_locked` for a trial that is in use. */
export async function inInstallation<T>(deps: Deps, work: (app: App) => Promise<T>): Promise<T> {
  const config = deps.config();
  const app = await deps.compose(config, { log: deps.quietLog(config) });
  try {
    return await work(app);
  } finally {
    deps.progress(null);
    await app.stop();
  }
}

/** For what must not happen under a running server's feet. */
export function refuseWhileServing(config: Config): void {
  const run = readRun(config.data);
  if (run !== null)
    throw new CommandError(
      EXIT.locked,
      `A server runs on this data folder (process ${run.pid}). Stop it, and every other node on this database, then run the command again.`,
    );
}

export function noWords(name: string, words: readonly string[]): void {
  if (words.length > 0)
    throw new CommandError(EXIT.usage, `${name} takes options only; see bailee ${name} --help.`);
}

/** An option that the command cannot do without. */
export function needed(name: string, option: string, value: string | undefined): string {
  if (value === undefined || value === '')
    throw new CommandError(EXIT.usage, `${name} needs --${option}; see bailee ${name} --help.`);
  return value;
}
