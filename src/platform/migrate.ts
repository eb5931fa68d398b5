/**
 * Migrations: files in order, each once. Several nodes may start at once: the first statement's race is
 * met by trying again, and from then on a table lock makes the others wait (no advisory locks: the
 * embedded engine has none).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BaileeError } from './errors.ts';
import type { Database } from './ports.ts';

const OBJECT_RACES = new Set(['23505', '42P06', '42P07', '42710']);

/** The folder that holds package.json: packs and migrations lie there. */
export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** Brings the database to the newest migration; resolves with how many ran. Throws when the database is newer than the code. */
export async function migrate(
  db: Database,
  folder: string = join(projectRoot(), 'migrations'),
): Promise<number> {
  const files = readdirSync(folder)
    .filter((name) => /^\d{4}_.+\.sql$/.test(name))
    .sort();
  await prepare(db);
  return db.transaction(async (tx) => {
    await tx.query({ text: 'LOCK TABLE bailee.migration IN ACCESS EXCLUSIVE MODE' });
    const { rows } = await tx.query<{ name: string }>({
      text: 'SELECT name FROM bailee.migration ORDER BY name',
    });
    const done = new Set(rows.map((row) => row.name));
    const unknown = [...done].find((name) => !files.includes(name));
    if (unknown !== undefined)
      throw new BaileeError(
        'invalid_configuration',
        'The database was made by a newer Bailee. Start that version.',
      );
    let ran = 0;
    for (const name of files) {
      if (done.has(name)) continue;
      await tx.query({ text: readFileSync(join(folder, name), 'utf8') });
      await tx.query({ text: 'INSERT INTO bailee.migration (name) VALUES ($1)', values: [name] });
      ran += 1;
    }
    return ran;
  });
}

async function prepare(db: Database): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await db.query({ text: 'CREATE SCHEMA IF NOT EXISTS bailee' });
      await db.query({
        text: 'CREATE TABLE IF NOT EXISTS bailee.migration (name text PRIMARY KEY, ran_at timestamptz NOT NULL DEFAULT now())',
      });
      return;
    } catch (error) {
      if (attempt >= 10 || !OBJECT_RACES.has((error as { code?: string }).code ?? '')) throw error;
    }
  }
}
