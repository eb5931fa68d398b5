import { isLoopback } from '../../platform/config.ts';
import type { DemoFile } from '../demo/file.ts';
import { type App, type Command, type Deps, readArgs } from './command.ts';
import { CommandError, EXIT, type ExitCode, explain } from './exit.ts';
import { removeRun, writeRun } from './run-file.ts';

/** Serves until it is told to stop. */
export const startCommand: Command = {
  help: `Usage: bailee start

Serves on HOST (127.0.0.1) and PORT (4000), with the database at DATABASE_URL or, without one, a trial
database in BAILEE_DATA (./data). BAILEE_DEMO=false leaves an empty installation empty.

SIGTERM or SIGINT stops it: new work is refused and what was accepted is finished. A second signal ends
it at once. SIGHUP reads the policy packs again; if one is faulty, those in force stay in force.`,
  run,
};

async function run(args: string[], deps: Deps): Promise<ExitCode> {
  const { words } = readArgs(args, {});
  if (words.length > 0)
    throw new CommandError(EXIT.usage, 'start takes no words; settings come from the environment.');
  const config = deps.config();
  const signal = untilSignal(deps);
  const app = await deps.compose(config);
  const reloading = onReload(app, deps);
  try {
    if (signal.came()) return EXIT.done;
    const url = await app.listen();
    await app.runJobs();
    const filling = serve(app, url, deps);
    await Promise.race([signal.first, filling.then(() => signal.first)]);
    deps.err('Stopping: no new work is taken, what was accepted is finished.');
    return EXIT.done;
  } finally {
    await app.stop();
    removeRun(config.data);
    signal.done();
    reloading.done();
  }
}

/** A new pack is taken without a stop. A faulty one is told, and changes nothing. */
function onReload({ ctx }: App, deps: Deps): { readonly done: () => void } {
  const onSignal = () => {
    try {
      ctx.law?.reload();
      deps.err(
        ctx.law === undefined ? 'No policy packs are set (BAILEE_LAW).' : 'The policy packs were read again.',
      );
    } catch (error) {
      deps.err(explain(error).sentences.join(' '));
      deps.err('The policy packs that were in force stay in force.');
    }
  };
  process.on('SIGHUP', onSignal);
  return { done: () => process.off('SIGHUP', onSignal) };
}

async function serve(app: App, url: string, deps: Deps): Promise<void> {
  const demo = await app.fillDemo((messages) => deps.progress(`Filling the demo shop: ${messages} messages`));
  deps.progress(null);
  writeRun(app.ctx.config.data, { url, pid: process.pid, token: app.operatorToken });
  app.open();
  for (const line of greeting(app, url, demo)) deps.err(line);
}

function greeting({ ctx }: App, url: string, demo: DemoFile | null): string[] {
  const { config, db, root } = ctx;
  const lines = [`Bailee serves at ${url}. Open it in a browser: it shows what to try.`];
  if (db.engine === 'pglite')
    lines.push(
      `The database is the built-in trial engine in ${config.data}. It does not wait for the disk, so keep no real data in it; set DATABASE_URL to a PostgreSQL for that.`,
    );
  lines.push(
    root.kind === 'file'
      ? `The keys are in ${config.keysFile}. Keep a copy apart from the data: without it, nothing can be opened.`
      : 'The root key comes from BAILEE_ROOT_KEY. Without it, nothing can be opened.',
  );
  if (demo !== null)
    lines.push(
      `The demo shop has ${demo.customers.length} invented customers. Its keys are in ${config.data}/demo.json:`,
      `  server write key         ${demo.writeKeys.server}`,
      `  support key              ${demo.apiKeys.support}`,
      `  privacy officer's key    ${demo.apiKeys.privacyOfficer}`,
      `  administrator's key      ${demo.apiKeys.administrator}`,
    );
  if (demo !== null && demo.staff.length > 0)
    lines.push(
      `Its people sign in at ${url}/console; the page there lets you in as any of them.`,
      ...demo.staff.map(
        ({ email, password, role }) => `  ${role.padEnd(24)} ${email.padEnd(32)} ${password}`,
      ),
    );
  if (!isLoopback(config.host))
    lines.push('The server is reachable from other machines, so the keys of a demo shop do not work here.');
  return lines;
}

interface Signals {
  /** Resolves at the first signal. A second one ends the process at once. */
  readonly first: Promise<void>;
  came(): boolean;
  done(): void;
}

function untilSignal(deps: Deps): Signals {
  let count = 0;
  let resolve: () => void = () => undefined;
  const first = new Promise<void>((wake) => {
    resolve = wake;
  });
  const onSignal = () => {
    count += 1;
    if (count > 1) deps.exit(EXIT.interrupted);
    resolve();
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  return {
    first,
    came: () => count > 0,
    done() {
      process.off('SIGTERM', onSignal);
      process.off('SIGINT', onSignal);
    },
  };
}
