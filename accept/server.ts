/**
 * Real processes for the scripts: the server as an operator starts it, the command line as a person
 * types it, and a database of one's own on PostgreSQL.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MAIN = join(ROOT, 'dist/src/main.js');
const READY_WITHIN_MS = 420_000;
const STOP_WITHIN_MS = 20_000;

export interface ServerOptions {
  /** Kept by whoever names it; without one, a folder that goes when the server is stopped. */
  readonly dataFolder?: string;
  /** Without one, the embedded engine. */
  readonly databaseUrl?: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Fill an empty installation with the demo shop. True unless said otherwise. */
  readonly demo?: boolean;
}

export interface Server {
  readonly url: string;
  readonly pid: number;
  readonly dataFolder: string;
  /** Sends the signal and waits until the process is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** A graceful stop: SIGTERM, and SIGKILL when 20 s have not been enough. */
  stop(): Promise<void>;
  /** All that the process has written so far, both streams. */
  log(): string;
}

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const running = new Set<Server>();
let demoCustomers: number | null = null;

/** How many customers the demo shops of this run have; as many as usual unless told. */
export function limitDemo(customers: number): void {
  demoCustomers = customers;
}

/** Stops whatever a script has left running. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map((server) => server.stop()));
}

/** The environment of a process of Bailee: none of the settings that happen to be set here. */
function environment(options: Omit<ServerOptions, 'dataFolder'> & { dataFolder: string }): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('BAILEE_') && !['DATABASE_URL', 'HOST', 'PORT'].includes(name),
  );
  return {
    ...Object.fromEntries(own),
    BAILEE_DATA: options.dataFolder,
    BAILEE_DEMO: String(options.demo ?? true),
    ...(demoCustomers === null ? {} : { BAILEE_DEMO_CUSTOMERS: String(demoCustomers) }),
    ...(options.databaseUrl === undefined ? {} : { DATABASE_URL: options.databaseUrl }),
    ...(options.port === undefined ? {} : { PORT: String(options.port) }),
    ...options.env,
  };
}

/** Starts `bailee start` and resolves once `/ready` answers 200. Throws with its log when it does not. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'bailee-accept-'));
  const port = options.port ?? (await freePort());
  const env = environment({ ...options, dataFolder, port });
  const child = spawn(process.execPath, [MAIN, 'start'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => written.push(String(chunk)));
  await once(child, 'spawn');

  const server = handle(child, {
    url: `http://127.0.0.1:${port}`,
    dataFolder,
    log: () => written.join(''),
    forget: () => options.dataFolder === undefined && rmSync(dataFolder, { recursive: true, force: true }),
  });
  running.add(server);
  try {
    await untilReady(child, server.url);
  } catch (error) {
    await server.stop();
    throw new Error(`${(error as Error).message}\n${server.log()}`);
  }
  return server;
}

interface Around {
  readonly url: string;
  readonly dataFolder: string;
  readonly log: () => string;
  readonly forget: () => void;
}

function handle(child: ChildProcess, { url, dataFolder, log, forget }: Around): Server {
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await gone;
  };
  const server: Server = {
    url,
    dataFolder,
    pid: child.pid as number,
    log,
    kill,
    async stop() {
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      await kill('SIGTERM');
      clearTimeout(late);
      running.delete(server);
      forget();
    },
  };
  return server;
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`The server ended before it was ready (${child.exitCode ?? child.signalCode}).`);
    }
    const answer = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The server was not ready within ${READY_WITHIN_MS / 1000} s.`);
}

/** Runs `bailee <args>` to its end. */
export async function runCommand(
  args: readonly string[],
  options: ServerOptions = {},
): Promise<CommandResult> {
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'bailee-accept-'));
  const env = environment({ ...options, dataFolder });
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (options.dataFolder === undefined) rmSync(dataFolder, { recursive: true, force: true });
  return { code: code ?? 1, stdout, stderr };
}

/** A port on the loopback address that is free at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

/** The PostgreSQL on which tests make their databases. */
export const TEST_POSTGRES =
  process.env.BAILEE_TEST_POSTGRES ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** An empty database of its own. `drop` ends whatever still uses it. */
export async function freshPostgres(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `bailee_accept_${randomBytes(6).toString('hex')}`;
  await administer(`CREATE DATABASE ${name}`);
  const url = new URL(TEST_POSTGRES);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: TEST_POSTGRES, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
  } catch (error) {
    const { hostname, port } = new URL(TEST_POSTGRES);
    throw new Error(`No PostgreSQL at ${hostname}:${port || 5432}; set BAILEE_TEST_POSTGRES.`, {
      cause: error,
    });
  }
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
