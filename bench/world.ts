/** A fresh database on PostgreSQL and a context over it. `BENCH_POSTGRES` or the local server. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { buildCatalog } from '../src/catalog/build.ts';
import { parseCatalog } from '../src/catalog/parse.ts';
import type { Source } from '../src/collect/types.ts';
import type { GateCtx } from '../src/gate/context.ts';
import { aesGcm } from '../src/keys/cipher.ts';
import { fileRoot } from '../src/keys/root-file.ts';
import { openSecrets } from '../src/keys/secrets.ts';
import { readConfig } from '../src/platform/config.ts';
import { openDatabase } from '../src/platform/database.ts';
import { makeLog } from '../src/platform/log.ts';
import { makeMetrics } from '../src/platform/metrics.ts';
import { migrate, projectRoot } from '../src/platform/migrate.ts';
import { systemClock, systemRandom } from '../src/platform/random.ts';

export interface World {
  readonly ctx: GateCtx;
  readonly source: Source;
  /** For baselines: the same driver, the same server. */
  readonly pool: pg.Pool;
  readonly close: () => Promise<void>;
}

export const ADMIN = process.env.BENCH_POSTGRES ?? 'postgres://postgres@127.0.0.1:5432/postgres';

export async function admin(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: ADMIN });
  await client.connect();
  await client.query(sql);
  await client.end();
}

export async function makeWorld(): Promise<World> {
  const name = `bailee_bench_${randomBytes(4).toString('hex')}`;
  await admin(`CREATE DATABASE ${name}`);
  const url = new URL(ADMIN);
  url.pathname = `/${name}`;
  const db = openDatabase({ engine: 'postgres', connectionString: url.href, pool: 10 });
  await migrate(db);
  const folder = mkdtempSync(join(tmpdir(), 'bailee-bench-'));
  const config = readConfig({ BAILEE_DATA: folder, BAILEE_LOG_LEVEL: 'silent' }, null);
  const catalog = buildCatalog([
    parseCatalog(readFileSync(join(projectRoot(), 'packs/catalog/default.yaml'), 'utf8'), 'default.yaml'),
  ]);
  const ctx: GateCtx = {
    config,
    clock: systemClock,
    random: systemRandom(systemClock),
    db,
    root: await fileRoot(config.keysFile, true),
    cipher: aesGcm,
    log: makeLog(config),
    metrics: makeMetrics(),
    catalog,
    catalogVersion: 1,
    policy: { hash: 'none', rules: [] },
  };
  await openSecrets(ctx);
  const store = ctx.random.id();
  await db.query({
    text: 'INSERT INTO bailee.store (id, name, created_at) VALUES ($1, $2, now())',
    values: [store, 'bench'],
  });
  // The baseline runs on the same driver with the same settings, pipelining included.
  const pool = new pg.Pool({ connectionString: url.href, max: 10, pipeline: true } as pg.PoolConfig);
  pool.on('error', () => undefined);
  return {
    ctx,
    source: { kind: 'server', store, key: ctx.random.id(), country: 'DE' },
    pool,
    async close() {
      await pool.end();
      await db.close();
      await admin(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
