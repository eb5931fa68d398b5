/** A real context for a test: real engine, real key file, a clock that only moves when told. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { aesGcm } from '../../src/keys/cipher.ts';
import { fileRoot } from '../../src/keys/root-file.ts';
import { openSecrets } from '../../src/keys/secrets.ts';
import { readConfig } from '../../src/platform/config.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { openEmbedded } from '../../src/platform/embedded.ts';
import { makeLog } from '../../src/platform/log.ts';
import { makeMetrics } from '../../src/platform/metrics.ts';
import type { Clock, Ctx, Database } from '../../src/platform/ports.ts';
import { systemRandom } from '../../src/platform/random.ts';
import { closeAfterFile } from './closing.ts';

export interface TestClock extends Clock {
  advance(milliseconds: number): void;
}

export function testClock(start: number = Date.UTC(2026, 10, 22, 9, 0, 0)): TestClock {
  let now = start;
  return {
    now: () => now,
    advance(milliseconds) {
      now += milliseconds;
    },
  };
}

/** The PostgreSQL server for tests that race; null when none answers (the test then skips with `POSTGRES_REASON`). */
export const postgres = inject('postgres');
export const POSTGRES_REASON = 'needs PostgreSQL (set BAILEE_TEST_POSTGRES, or start one on 127.0.0.1:5432)';

async function clone(admin: string, template: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `bailee_test_${randomBytes(6).toString('hex')}`;
  const run = async (sql: string) => {
    const client = new pg.Client({ connectionString: admin });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await run(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

export interface TestDatabase {
  readonly db: Database;
  /** Connection string, on PostgreSQL. */
  readonly url: string | null;
  readonly close: () => Promise<void>;
}

/** A migrated, empty database of its own. */
export async function testDatabase(
  engine: 'pglite' | 'postgres' = inject('engine'),
  pool = 10,
): Promise<TestDatabase> {
  if (engine === 'pglite') {
    const { database } = await openEmbedded(null, new Blob([readFileSync(inject('template'))]));
    return { db: database, url: null, close: () => database.close() };
  }
  if (postgres === null) throw new Error(POSTGRES_REASON);
  const { url, drop } = await clone(postgres.admin, postgres.template);
  const db = openDatabase({ engine: 'postgres', connectionString: url, pool });
  return {
    db,
    url,
    async close() {
      await db.close();
      await drop();
    },
  };
}

export interface TestContext extends Ctx {
  readonly clock: TestClock;
  readonly url: string | null;
  readonly folder: string;
}

/** Closed after the test file. Pass `engine: 'postgres'` for a test that needs real concurrency. */
export async function testContext(
  options: { engine?: 'pglite' | 'postgres'; pool?: number; env?: Record<string, string> } = {},
): Promise<TestContext> {
  const folder = mkdtempSync(join(tmpdir(), 'bailee-test-'));
  const { db, url, close } = await testDatabase(options.engine, options.pool);
  const config = readConfig({ BAILEE_DATA: folder, BAILEE_LOG_LEVEL: 'silent', ...options.env }, null);
  const clock = testClock();
  const ctx: TestContext = {
    config,
    clock,
    random: systemRandom(clock),
    db,
    root: await fileRoot(config.keysFile, true),
    cipher: aesGcm,
    log: makeLog(config),
    metrics: makeMetrics(),
    url,
    folder,
  };
  await openSecrets(ctx);
  closeAfterFile(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });
  return ctx;
}
