/** Everywhere bytes of an installation lie, as whoever steals the disk finds them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { wholeLog } from './log.ts';
import { ask, asOutsider } from './shop.ts';

export interface Place {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Every file of a folder, or one file; what is packed also unpacked. */
export function* filesOf(name: string, path: string): Generator<Place> {
  if (!existsSync(path)) return;
  const files = statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, encoding: 'utf8' })
    : [''];
  for (const file of files) {
    const bytes = contentOf(join(path, file));
    if (bytes === null) continue;
    yield { name, bytes };
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) yield { name: `${name}, unpacked`, bytes: gunzipSync(bytes) };
  }
}

/** Null for folders and for what went away meanwhile. */
function contentOf(path: string): Buffer | null {
  try {
    return statSync(path).isFile() ? readFileSync(path) : null;
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return null;
    throw error;
  }
}

/** Where PostgreSQL stands with its logs, to be taken before a run. */
export interface Position {
  readonly folder: string;
  readonly database: string;
  /** The WAL segment written at that moment. */
  readonly segment: string;
  readonly logs: ReadonlyMap<string, number>;
}

const LOG_FOLDERS = ['/var/log/postgresql'];

/** Throws a plain sentence when the data directory cannot be read from here. */
export async function positionOf(databaseUrl: string): Promise<Position> {
  return asOutsider(databaseUrl, async (client) => {
    const { rows } = await client.query<{ folder: string; log: string; oid: string; segment: string }>(
      `SELECT current_setting('data_directory') AS folder, current_setting('log_directory') AS log,
              (SELECT oid::text FROM pg_database WHERE datname = current_database()) AS oid,
              pg_walfile_name(pg_current_wal_lsn()) AS segment`,
    );
    const { folder, log, oid, segment } = rows[0]!;
    try {
      readdirSync(join(folder, 'pg_wal'));
    } catch {
      throw new Error(
        `The data directory of PostgreSQL, ${folder}, cannot be read: run this on its machine, as root.`,
      );
    }
    const logs = new Map<string, number>();
    for (const each of [...LOG_FOLDERS, log.startsWith('/') ? log : join(folder, log)])
      if (existsSync(each))
        for (const file of readdirSync(each)) {
          const path = join(each, file);
          if (statSync(path).isFile()) logs.set(path, statSync(path).size);
        }
    return { folder, database: oid, segment, logs };
  });
}

/** The files of this database, its temporary files, the WAL and the server's logs since `position`. */
export async function* rawPostgres(databaseUrl: string, position: Position): AsyncGenerator<Place> {
  await asOutsider(databaseUrl, (client) => client.query('CHECKPOINT'));
  yield* filesOf('data files', join(position.folder, 'base', position.database));
  yield* filesOf('temporary files', join(position.folder, 'base', 'pgsql_tmp'));
  const wal = join(position.folder, 'pg_wal');
  for (const file of readdirSync(wal).sort()) {
    if (!/^[0-9A-F]{24}$/.test(file) || file < position.segment) continue;
    const bytes = contentOf(join(wal, file));
    if (bytes !== null) yield { name: 'WAL', bytes };
  }
  for (const [path, from] of position.logs) yield { name: 'logs of PostgreSQL', bytes: tailOf(path, from) };
}

function tailOf(path: string, from: number): Buffer {
  const length = Math.max(0, statSync(path).size - from);
  const bytes = Buffer.alloc(length);
  const file = openSync(path, 'r');
  try {
    return bytes.subarray(0, readSync(file, bytes, 0, length, from));
  } finally {
    closeSync(file);
  }
}

/** Every row of every table as text: compressed pages and values kept beside their row are unpacked by that. */
export async function* tablesOf(databaseUrl: string): AsyncGenerator<Place> {
  const tables = await asOutsider(databaseUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
    );
    return rows.map(({ name }) => name);
  });
  for (const table of tables) {
    const bytes = await asOutsider(databaseUrl, async (client) => {
      const { rows } = await client.query<{ text: string }>(`SELECT t::text AS text FROM ${table} AS t`);
      return Buffer.from(rows.map(({ text }) => text).join('\n'));
    });
    yield { name: table.startsWith('bailee.quarantine') ? 'quarantine table' : `table contents`, bytes };
  }
}

/** What pg_dump writes, plain; nothing where there is no pg_dump of this version. */
export async function dumpOf(databaseUrl: string, log: (message: string) => void): Promise<Place[]> {
  const child = spawn('pg_dump', ['--no-password', databaseUrl], { stdio: ['ignore', 'pipe', 'ignore'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await Promise.race([
    once(child, 'close').then(([closed]) => closed as number | null),
    once(child, 'error').then(() => -1),
  ]);
  if (code === 0) return [{ name: 'pg_dump', bytes: Buffer.concat(chunks) }];
  log('there is no pg_dump for this server: its dump is left out');
  return [];
}

/** What anyone, or an administrator, may ask a running server for. */
export async function outsideOf(url: string, administrator: string): Promise<Place[]> {
  const places: Place[] = [];
  for (const [name, path] of [
    ['metrics', '/metrics'],
    ['counts', '/api/undeclared'],
    ['list of the quarantine', '/api/quarantine?limit=200'],
    ['first page', '/'],
  ] as const)
    places.push({ name, bytes: Buffer.from((await ask(url + path, administrator)).text) });
  for (const bytes of await wholeLog(url)) places.push({ name: 'ledger', bytes });
  return places;
}
