/** Made once per run: a migrated database that every test file clones, on whichever engine the run is for. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/platform/database.ts';
import { openEmbedded } from '../../src/platform/embedded.ts';
import { migrate } from '../../src/platform/migrate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Path of the embedded engine's template. */
    template: string;
    /** Server for tests that need PostgreSQL, or null. */
    postgres: { admin: string; template: string } | null;
    /** Which engine `testContext()` uses. */
    engine: 'pglite' | 'postgres';
  }
}

const DEFAULT_POSTGRES = 'postgres://postgres@127.0.0.1:5432/postgres';

async function reach(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function postgresTemplate(admin: string): Promise<string> {
  const name = `bailee_template_${randomBytes(4).toString('hex')}`;
  const client = new pg.Client({ connectionString: admin });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(admin);
  url.pathname = `/${name}`;
  const db = openDatabase({ engine: 'postgres', connectionString: url.href, pool: 2 });
  await migrate(db);
  await db.close();
  return name;
}

async function drop(admin: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: admin });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await client.end();
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'bailee-test-'));
  const template = join(folder, 'template.tar');
  const { database, engine } = await openEmbedded(null);
  await migrate(database);
  const dump = await engine.dumpDataDir('none');
  writeFileSync(template, Buffer.from(await dump.arrayBuffer()));
  await database.close();

  const asked = process.env.DATABASE_URL;
  const admin = asked ?? process.env.BAILEE_TEST_POSTGRES ?? DEFAULT_POSTGRES;
  const reachable = await reach(admin);
  if (asked !== undefined && !reachable)
    throw new Error('DATABASE_URL is set, but that PostgreSQL does not answer.');
  const name = reachable ? await postgresTemplate(admin) : null;
  project.provide('template', template);
  project.provide('postgres', name === null ? null : { admin, template: name });
  project.provide('engine', asked === undefined ? 'pglite' : 'postgres');
  return async () => {
    rmSync(folder, { recursive: true, force: true });
    if (name !== null) await drop(admin, name);
  };
}
