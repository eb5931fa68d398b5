/** One database on PostgreSQL for many schedules: emptied before each, with a key file of its own. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCatalog } from '../../src/catalog/build.ts';
import { parseCatalog } from '../../src/catalog/parse.ts';
import type { GateCtx } from '../../src/gate/context.ts';
import { aesGcm } from '../../src/keys/cipher.ts';
import { fileRoot } from '../../src/keys/root-file.ts';
import { openSecrets } from '../../src/keys/secrets.ts';
import { registerKeys } from '../../src/ledger/keys.ts';
import { readConfig } from '../../src/platform/config.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { makeLog } from '../../src/platform/log.ts';
import { makeMetrics } from '../../src/platform/metrics.ts';
import { migrate, projectRoot } from '../../src/platform/migrate.ts';
import type { Clock, Database, Random } from '../../src/platform/ports.ts';
import { seededRandom } from './dice.ts';
import { faultyClock, faultyDatabase, faultyRandom, faultyRoot, type Injector } from './ports.ts';
import type { LockWaits, Scheduler } from './scheduler.ts';

const CIRCLE = '10ms';
const VACUUM_EVERY = 40;
/** A lost schedule must not wait for the cap. */
const NO_CAP = '100000';

const catalog = buildCatalog([
  parseCatalog(readFileSync(join(projectRoot(), 'packs/catalog/default.yaml'), 'utf8'), 'default.yaml'),
]);
const metrics = makeMetrics();

export interface SteppingClock extends Clock {
  step(): void;
}

/** Stands still until it is told to go on by a millisecond. */
export function steppingClock(at: number): SteppingClock {
  let now = at;
  return {
    now: () => now,
    step() {
      now += 1;
    },
  };
}

export interface Installation {
  readonly url: string;
  /** Key file and journal of the present schedule. */
  readonly folder: string;
  /** The pool that nodes work on. */
  readonly db: Database;
  /** Looks from outside; never faulted. */
  readonly look: Database;
  waitingForLocks(): Promise<LockWaits>;
  /** Empty tables, empty folder. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** Opens an installation on a database of one's own. `fresh`: brings it to the newest migration first. */
export async function openInstallation(
  url: string,
  fresh: boolean,
  folder = mkdtempSync(join(tmpdir(), 'bailee-crash-')),
): Promise<Installation> {
  const db = openDatabase({ engine: 'postgres', connectionString: url, pool: 12 });
  const look = openDatabase({ engine: 'postgres', connectionString: url, pool: 2 });
  if (fresh) await prepare(look);
  const tables = fresh ? await tablesOf(look) : [];
  let resets = 0;
  return {
    url,
    folder,
    db,
    look,
    async waitingForLocks() {
      const { rows } = await look.query<{ pid: number; by: number[] }>({
        name: 'crash_waiting',
        text: `SELECT pid, pg_blocking_pids(pid) AS by FROM (
                 SELECT DISTINCT l.pid FROM pg_locks l JOIN pg_stat_activity a USING (pid)
                 WHERE NOT l.granted AND a.datname = current_database()) AS waiting`,
      });
      return { count: rows.length, circle: hasCircle(new Map(rows.map(({ pid, by }) => [pid, by]))) };
    },
    async reset() {
      resets += 1;
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
      const log = [
        "INSERT INTO bailee.ledger_head (size, frontier) VALUES (0, '')",
        'INSERT INTO bailee.ledger_sequence (next) VALUES (0)',
      ];
      await look.query({ text: [...tables.map((table) => `DELETE FROM ${table}`), ...log].join('; ') });
      if (resets % VACUUM_EVERY === 0) await look.query({ text: `VACUUM ${tables.join(', ')}` });
    },
    async close() {
      await db.close();
      await look.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** True when some wait for one another. */
function hasCircle(waits: ReadonlyMap<number, readonly number[]>): boolean {
  const leadsTo = (from: number, goal: number, passed: Set<number>): boolean =>
    (waits.get(from) ?? []).some((next) => {
      if (next === goal) return true;
      if (passed.has(next)) return false;
      return leadsTo(next, goal, passed.add(next));
    });
  return [...waits.keys()].some((pid) => leadsTo(pid, pid, new Set()));
}

async function prepare(db: Database): Promise<void> {
  await migrate(db);
  const { rows } = await db.query<{ name: string }>({ text: 'SELECT current_database() AS name' });
  // Where one may not set it, a circle of locks costs a second, and nothing else changes.
  await db
    .query({ text: `ALTER DATABASE "${rows[0]?.name}" SET deadlock_timeout = '${CIRCLE}'` })
    .catch(() => undefined);
  // A vacuum that comes by itself would take locks at a moment that no seed decides.
  for (const table of await leavesOf(db))
    await db.query({ text: `ALTER TABLE ${table} SET (autovacuum_enabled = false)` });
}

async function leavesOf(db: Database): Promise<string[]> {
  return named(
    db,
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname IN ('bailee', 'keys') AND format('%I.%I', schemaname, tablename)::regclass NOT IN
       (SELECT partrelid FROM pg_partitioned_table)`,
  );
}

async function tablesOf(db: Database): Promise<string[]> {
  return (await leavesOf(db)).filter((table) => table !== 'bailee.migration');
}

async function named(db: Database, text: string): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>({ text: `${text} ORDER BY 1` });
  return rows.map((row) => row.name);
}

export interface NodeOptions {
  /** Tells the randomness of this node in this life from all others. */
  readonly name: string;
  readonly clock: Clock;
  readonly faults?: { readonly scheduler: Scheduler; readonly injector: Injector };
}

/** A node of Bailee on the installation, as a start of the process would make it. */
export async function startNode(installation: Installation, options: NodeOptions): Promise<GateCtx> {
  const { faults } = options;
  const env = {
    BAILEE_DATA: installation.folder,
    BAILEE_LOG_LEVEL: 'silent',
    BAILEE_ERASURES_PER_HOUR: NO_CAP,
  };
  const config = readConfig(env, null);
  const root = await fileRoot(config.keysFile, true);
  const random: Random = seededRandom(options.name, options.clock);
  const bare = { config, cipher: aesGcm, log: makeLog(config), metrics };
  const rest = { catalog, catalogVersion: 1, policy: { hash: '0'.repeat(64), rules: [] } };
  const ctx: GateCtx =
    faults === undefined
      ? { ...bare, ...rest, clock: options.clock, random, db: { ...installation.db }, root }
      : {
          ...bare,
          ...rest,
          clock: faultyClock(options.clock, faults.injector),
          random: faultyRandom(random, faults.injector),
          db: faultyDatabase(installation.db, faults.scheduler, faults.injector),
          root: faultyRoot(root, faults.scheduler, faults.injector),
        };
  await openSecrets(ctx);
  await ctx.db.transaction((tx) => registerKeys(ctx, tx));
  return ctx;
}
