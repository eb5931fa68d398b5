/**
 * The two commands, on a fresh clone of what is committed, as a user without rights where this script may
 * choose: only Node, npm and git come from here; home, cache and settings do not.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AcceptLine } from '../line.ts';
import { freePort, freshPostgres, TEST_POSTGRES } from '../server.ts';
import { Faults, inFolder } from './faults.ts';
import { pageFaults } from './first-page.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const READY_WITHIN_S = 60;
const AGAIN_WITHIN_S = 8;
/** A quick run shares its machine with whatever runs beside it. */
const QUICK_PATIENCE = 2;
const TESTED_WITHIN_S = 8 * 60;
/** Longer than any limit, so that what is late is told by its figure. */
const PATIENCE_S = 20 * 60;
/** The user and group `nobody` of Debian. */
const NOBODY = 65_534;

interface Bare {
  readonly clone: string;
  readonly env: NodeJS.ProcessEnv;
  /** Absent: this script runs without rights already. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

type Log = (message: string) => void;

export const line: AcceptLine = {
  issue: 1,
  number: 1,
  title: 'Two commands on a bare machine',
  run: ({ quick, log }) =>
    inFolder(async (folder) => {
      const faults = new Faults(log);
      const bare = await makeBare(folder, log);
      const installed = await timed(bare, 'npm', ['ci', '--no-audit', '--no-fund']);
      faults.equal(installed.code, 0, 'npm ci ends with');
      if (installed.code !== 0) return faults.verdict(installed.said.slice(-500));
      log(`npm ci: ${installed.seconds} s`);
      const [first, second] = await starts(bare, faults, { log, patience: quick ? QUICK_PATIENCE : 1 });
      let figure = `npm ci ${installed.seconds} s, ready ${first} s after it, a second time ${second} s`;
      if (quick) figure += '; the suites are left to a full run and to .ci/run';
      else figure += await suites(bare, faults, installed.seconds, log);
      return faults.verdict(`${figure}${bare.user === undefined ? '' : `, as user ${bare.user.uid}`}`);
    }),
};

/** A clone of HEAD, and the shared data beside it as the README has it. All of it belongs to the user. */
async function makeBare(folder: string, log: Log): Promise<Bare> {
  const clone = join(folder, 'bailee');
  const made = await run({ clone: folder, env: process.env }, 'git', [
    'clone',
    '--quiet',
    '--no-hardlinks',
    ROOT,
    clone,
  ]);
  if (made.code !== 0) throw new Error(`git clone failed: ${made.said.trim()}`);
  const { said } = await run({ clone: ROOT, env: process.env }, 'git', ['status', '--porcelain']);
  if (said.trim() !== '')
    log('the working tree has changes that are not committed: HEAD is judged, without them');
  const shared = process.env.BAILEE_SHARED ?? join(ROOT, '../shared');
  if (existsSync(shared)) cpSync(shared, join(folder, 'shared'), { recursive: true });
  const home = join(folder, 'home');
  mkdirSync(home);
  mkdirSync(join(folder, 'tmp'));
  const env = {
    PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    HOME: home,
    TMPDIR: join(folder, 'tmp'),
    LANG: 'C.UTF-8',
    NO_COLOR: '1',
  };
  if (process.getuid?.() !== 0) return { clone, env };
  const user = { uid: NOBODY, gid: NOBODY };
  chownSync(folder, user.uid, user.gid);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    chownSync(join(folder, name), user.uid, user.gid);
  return { clone, env, user };
}

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

/** In a group of its own, so that what npm has started ends with it. */
function start(
  { clone, env, user }: Bare,
  command: string,
  args: readonly string[],
  more: NodeJS.ProcessEnv = {},
): ChildProcess {
  return spawn(command, args, {
    cwd: clone,
    env: { ...env, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    ...user,
  });
}

async function run(
  bare: Bare,
  command: string,
  args: readonly string[],
  more: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const child = start(bare, command, args, more);
  const said = listen(child);
  const late = setTimeout(() => endGroup(child, 'SIGKILL'), PATIENCE_S * 1_000);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(late);
  return { code, said: said() };
}

async function timed(bare: Bare, command: string, args: readonly string[], more: NodeJS.ProcessEnv = {}) {
  const started = performance.now();
  const ended = await run(bare, command, args, more);
  return { ...ended, seconds: secondsSince(started) };
}

function listen(child: ChildProcess): () => string {
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      said += chunk;
    });
  return () => said;
}

function endGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch (error) {
    if ((error as { code?: string }).code !== 'ESRCH') throw error;
  }
}

function secondsSince(started: number): number {
  return Math.round((performance.now() - started) / 100) / 10;
}

/** `npm start` twice, each until it is ready; between them the page is read and its commands are tried. */
async function starts(
  bare: Bare,
  faults: Faults,
  { log, patience }: { readonly log: Log; readonly patience: number },
): Promise<[number, number]> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const seconds: number[] = [];
  for (const limit of [READY_WITHIN_S, AGAIN_WITHIN_S]) {
    const allowed = limit * patience;
    const started = performance.now();
    const child = start(bare, 'npm', ['start'], { PORT: String(port) });
    const said = listen(child);
    const closed = once(child, 'close');
    try {
      const ready = await untilReady(child, url);
      const took = secondsSince(started);
      log(`npm start: /ready after ${took} s`);
      faults.check(ready, `npm start is never ready: ${said().slice(-500)}`);
      faults.check(took <= allowed, `ready after ${took} s, and ${allowed} s are allowed`);
      seconds.push(took);
      if (ready && limit === READY_WITHIN_S) {
        const cli = async (words: readonly string[]) => (await run(bare, 'npx', words, {})).said;
        for (const fault of await pageFaults(url, cli, log)) faults.check(false, fault);
      }
    } finally {
      endGroup(child, 'SIGTERM');
      const late = setTimeout(() => endGroup(child, 'SIGKILL'), 20_000);
      await closed;
      clearTimeout(late);
    }
  }
  return seconds as [number, number];
}

async function untilReady(child: ChildProcess, url: string): Promise<boolean> {
  const deadline = performance.now() + 3 * READY_WITHIN_S * 1_000;
  while (performance.now() < deadline && child.exitCode === null && child.signalCode === null) {
    const answer = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    if (answer?.status === 200) return true;
    await new Promise((wake) => setTimeout(wake, 50));
  }
  return false;
}

const TOTALS = /^(\d+) passed, (\d+) failed, (\d+) skipped$/m;

/** The suite on the embedded engine, within its limit together with the install, then on PostgreSQL. */
async function suites(bare: Bare, faults: Faults, installed: number, log: Log): Promise<string> {
  const settings = {
    BAILEE_SHARED: join(dirname(bare.clone), 'shared'),
    BAILEE_TEST_POSTGRES: TEST_POSTGRES,
  };
  const told: string[] = [];
  const database = await freshPostgres();
  try {
    for (const [name, more] of [
      ['npm test', settings],
      ['npm test on PostgreSQL', { ...settings, DATABASE_URL: database.url }],
    ] as const) {
      const { code, said, seconds } = await timed(bare, 'npm', ['test'], more);
      const totals = TOTALS.exec(said)?.[0] ?? 'no totals';
      log(`${name}: ${totals} in ${seconds} s`);
      faults.equal(code, 0, `${name} (${totals}; ${lastFailures(said)}) ends with`);
      faults.equal(TOTALS.exec(said)?.[3], '0', `${name}, skipped`);
      if (told.length === 0)
        faults.check(
          installed + seconds <= TESTED_WITHIN_S,
          `npm ci && npm test took ${Math.round(installed + seconds)} s`,
        );
      told.push(`; ${name} ${totals} in ${seconds} s`);
    }
  } finally {
    await database.drop();
  }
  return told.join('');
}

function lastFailures(said: string): string {
  const failed = [...said.matchAll(/^\s*FAIL\s+(\S+)/gm)].map(([, file]) => basename(file as string));
  const steps = [...said.matchAll(/^the (.+) failed$/gm)].map(([, step]) => step as string);
  return [...new Set([...failed, ...steps])].slice(0, 8).join(', ') || 'no test failed';
}
