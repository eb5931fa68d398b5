/**
 * The composition: configuration → context → edge. What a start refuses (a locked folder, a wrong root key,
 * a faulty catalog), it refuses before anything is written, and it lets go of what it took.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { buildCatalog } from './catalog/build.ts';
import { parseCatalog } from './catalog/parse.ts';
import type { Catalog } from './catalog/types.ts';
import type { App, Overrides } from './edge/cli/command.ts';
import { CommandError, EXIT } from './edge/cli/exit.ts';
import { lawInForce } from './edge/cli/packs.ts';
import { stores } from './edge/cli/store.ts';
import type { DemoFile } from './edge/demo/file.ts';
import { fillDemo } from './edge/demo/fill.ts';
import { showDemo } from './edge/demo/show.ts';
import type { WelcomeShow } from './edge/http/app.ts';
import { buildServer } from './edge/http/server.ts';
import { type Background, placeAll, startBackground } from './edge/jobs/background.ts';
import type { GateCtx } from './gate/context.ts';
import { aesGcm } from './keys/cipher.ts';
import { environmentRoot } from './keys/root-environment.ts';
import { fileRoot } from './keys/root-file.ts';
import { openSecrets } from './keys/secrets.ts';
import { readEpochs } from './keys/sql.ts';
import { registerKeys } from './ledger/keys.ts';
import type { Config } from './platform/config.ts';
import { openDatabase } from './platform/database.ts';
import { openEmbedded } from './platform/embedded.ts';
import { BaileeError } from './platform/errors.ts';
import type { RootProvider } from './platform/key-ports.ts';
import { lockFolder } from './platform/lock.ts';
import { makeLog } from './platform/log.ts';
import { makeMetrics } from './platform/metrics.ts';
import { migrate, projectRoot } from './platform/migrate.ts';
import type { Database, Tx } from './platform/ports.ts';
import { systemClock, systemRandom } from './platform/random.ts';
import { makeMonths } from './rights/months.ts';

/** Undone in reverse, when a start fails and when it ends. */
type Undo = (() => Promise<void> | void)[];

/**
 * Builds everything and starts nothing. `overrides` exist in code alone, for tests; no configuration reaches
 * them. Throws `data_folder_locked`, `wrong_root_key`, `invalid_catalog`, `database_unavailable`.
 */
export async function compose(config: Config, overrides: Overrides = {}): Promise<App> {
  const undo: Undo = [];
  try {
    return build(await makeContext(config, overrides, undo), undo);
  } catch (error) {
    await unwind(undo);
    throw error;
  }
}

async function unwind(undo: Undo): Promise<void> {
  for (let last = undo.pop(); last !== undefined; last = undo.pop()) await last();
}

async function makeContext(config: Config, overrides: Overrides, undo: Undo): Promise<GateCtx> {
  const catalog = readCatalog(config);
  const clock = overrides.clock ?? systemClock;
  const db = await openStore(config, undo);
  const known = await knownEpochs(db);
  const ctx = {
    config,
    clock,
    random: overrides.random ?? systemRandom(clock),
    db,
    root: await openRoot(config, known === 0),
    cipher: overrides.cipher ?? aesGcm,
    log: overrides.log ?? makeLog(config),
    metrics: makeMetrics(),
  };
  // The root is checked before the first write; only a database without tables is migrated before.
  if (known > 0) await openSecrets(ctx);
  await migrate(db);
  if (known === 0) await openSecrets(ctx);
  await registerKeys(ctx, db);
  await makeMonths(ctx);
  const rules: GateCtx['policy']['rules'] = [];
  const hash = createHash('sha256').update(JSON.stringify(rules)).digest('hex');
  const catalogVersion = await registerCatalog(db, catalog, new Date(clock.now()));
  const law = lawInForce(config);
  return { ...ctx, catalog, catalogVersion, policy: { hash, rules }, ...(law === null ? {} : { law }) };
}

async function openStore(config: Config, undo: Undo): Promise<Database> {
  if (config.databaseUrl !== null) {
    const db = openDatabase({
      engine: 'postgres',
      connectionString: config.databaseUrl,
      pool: config.pool,
    });
    undo.push(() => db.close());
    return db;
  }
  undo.push(lockFolder(config.data));
  const { database } = await openEmbedded(join(config.data, 'pg'));
  undo.push(() => database.close());
  return database;
}

const NO_TABLE = new Set(['42P01', '3F000']);

/** How many epochs the database knows; 0 also for one without tables. */
async function knownEpochs(db: Database): Promise<number> {
  try {
    return (await readEpochs(db)).length;
  } catch (error) {
    if (NO_TABLE.has((error as { code?: string }).code ?? '')) return 0;
    throw error;
  }
}

const LOCK_TRIES = 100;
const LOCK_REST_MS = 100;

/** A key file is made by one process at a time: two nodes that start on one folder must not each make their own. */
async function openRoot(config: Config, create: boolean): Promise<RootProvider> {
  if (config.rootKey !== null) return environmentRoot(config.rootKey, config.previousRootKey);
  if (config.databaseUrl === null || !create) return fileRoot(config.keysFile, create);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const release = lockFolder(config.data);
      return await fileRoot(config.keysFile, create).finally(release);
    } catch (error) {
      if (!(error instanceof BaileeError) || error.code !== 'data_folder_locked') throw error;
      if (attempt === LOCK_TRIES) throw error;
      await new Promise((wake) => setTimeout(wake, LOCK_REST_MS));
    }
  }
}

function readCatalog(config: Config): Catalog {
  const builtIn = join(projectRoot(), 'packs', 'catalog', 'default.yaml');
  const documents = [parseCatalog(readFileSync(builtIn, 'utf8'), 'default.yaml')];
  if (config.catalog !== null) documents.push(parseCatalog(readOwn(config.catalog), config.catalog));
  return buildCatalog(documents);
}

function readOwn(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    const fault = 'BAILEE_CATALOG names a file that cannot be read.';
    throw new BaileeError('invalid_configuration', fault, { faults: [fault] });
  }
}

/** The number of this catalog: the one it had before, else the next. */
function registerCatalog(db: Database, catalog: Catalog, at: Date): Promise<number> {
  const hash = Buffer.from(catalog.hash, 'hex');
  return db.transaction(async (tx) => {
    await tx.query({ text: 'LOCK TABLE bailee.catalog_version IN SHARE ROW EXCLUSIVE MODE' });
    const { rows } = await tx.query<{ version: number }>({
      text: 'SELECT version FROM bailee.catalog_version WHERE hash = $1',
      values: [hash],
    });
    return rows[0]?.version ?? addCatalog(tx, catalog, hash, at);
  });
}

async function addCatalog(tx: Tx, { fields, events }: Catalog, hash: Buffer, at: Date): Promise<number> {
  const { rows } = await tx.query<{ version: number }>({
    text: `INSERT INTO bailee.catalog_version (version, hash, document, created_at)
           SELECT coalesce(max(version), 0) + 1, $1, $2, $3 FROM bailee.catalog_version RETURNING version`,
    values: [hash, JSON.stringify({ fields, events }), at],
  });
  return rows[0]!.version;
}

/** What changes while an app lives. */
interface State {
  url: string;
  open: boolean;
  stopping: boolean;
  background: Background | null;
  filling: Promise<DemoFile | null>;
  demo: DemoFile | null;
  shown: Promise<WelcomeShow | null> | null;
}

function build(ctx: GateCtx, undo: Undo): App {
  const { host, port } = ctx.config;
  const operatorToken = ctx.random.bytes(32).toString('base64url');
  const state: State = {
    url: `http://${host}:${port}`,
    open: false,
    stopping: false,
    background: null,
    filling: Promise.resolve(null),
    demo: null,
    shown: null,
  };
  const server: FastifyInstance = buildServer({
    ctx,
    version: readVersion(),
    url: () => state.url,
    ready: async () => state.open && !state.stopping && (await answers(ctx.db)),
    stopping: () => state.stopping,
    operatorToken,
    demo: () => shownOnce(ctx, server, state),
    shop: () => state.demo?.writeKeys ?? null,
    demoStaff: () => state.demo?.staff ?? null,
  });
  return {
    ctx,
    server,
    operatorToken,
    async runJobs() {
      state.background = await startBackground(ctx);
    },
    async listen() {
      state.url = await listen(server, host, port);
      return state.url;
    },
    async fillDemo(onProgress) {
      state.filling = fillDemo(ctx, { url: state.url, stopping: () => state.stopping, onProgress });
      state.demo = await state.filling;
      return state.demo;
    },
    open() {
      state.open = true;
    },
    stop: () => stop(ctx, server, state, undo),
  };
}

/** First no new work, then what was accepted, then what runs by itself; the database last. */
async function stop(ctx: GateCtx, server: FastifyInstance, state: State, undo: Undo): Promise<void> {
  if (state.stopping) return;
  state.stopping = true;
  try {
    await state.filling.catch(() => null);
    await server.close();
    if (state.background !== null) await state.background.stop();
    await placeAll(ctx);
  } finally {
    await unwind(undo);
  }
}

async function listen(server: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    const { code } = error as { code?: string };
    const why: Record<string, string> = {
      EADDRINUSE: `Port ${port} on ${host} is in use. Stop what uses it, or set PORT to another.`,
      EACCES: `Port ${port} may not be used by this user. Set PORT to one from 1024 on.`,
      EADDRNOTAVAIL: `This machine has no address ${host}. Set HOST to one that it has.`,
    };
    const sentence = why[code ?? ''];
    if (sentence === undefined) throw error;
    throw new CommandError(EXIT.unreachable, sentence);
  }
  const address = server.server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;
}

function answers(db: Database): Promise<boolean> {
  return db.query({ text: 'SELECT 1' }).then(
    () => true,
    () => false,
  );
}

/** The page's answers are asked for once: each asking opens a customer, and is recorded. */
async function shownOnce(ctx: GateCtx, server: FastifyInstance, state: State): Promise<WelcomeShow | null> {
  const { demo } = state;
  if (demo === null) return null;
  state.shown ??= (async () => {
    const store = (await stores(ctx.db)).find((each) => each.id === demo.store);
    return showDemo(server, store?.name ?? 'demo', demo);
  })();
  try {
    return await state.shown;
  } catch (error) {
    state.shown = null;
    ctx.log.warn({ err: error }, 'the first page has no answers to show');
    return null;
  }
}

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
