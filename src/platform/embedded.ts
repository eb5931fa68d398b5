/** The embedded engine (PGlite) behind a private Unix socket, so that one driver serves both engines. Trial only: it has no fsync. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { openDatabase } from './database.ts';
import type { Database } from './ports.ts';

export interface Embedded {
  readonly database: Database;
  readonly engine: PGlite;
}

/**
 * Opens (or makes) the database in `folder`, or one in memory when null, from `template` if given.
 * Closing the returned database stops the engine. The folder must be locked by the caller.
 */
export async function openEmbedded(folder: string | null, template?: Blob): Promise<Embedded> {
  const engine = await PGlite.create({
    ...(folder === null ? {} : { dataDir: folder }),
    ...(template === undefined ? {} : { loadDataDir: template }),
  });
  // A folder that only this user can enter: the engine asks for no password.
  const socketFolder = await mkdtemp(join(tmpdir(), 'bailee-'));
  const server = new PGLiteSocketServer({ db: engine, path: join(socketFolder, '.s.PGSQL.5432') });
  await server.start();
  const database = openDatabase({ engine: 'pglite', host: socketFolder, pool: 1 });
  return {
    engine,
    database: {
      ...database,
      async close() {
        await database.close();
        await server.stop();
        await engine.close();
        await rm(socketFolder, { recursive: true, force: true });
      },
    },
  };
}
