import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { POSTGRES_REASON, postgres, type TestContext, testContext } from '../../test/kit/context.ts';
import { openDatabase } from './database.ts';
import { migrate, projectRoot } from './migrate.ts';
import type { Database } from './ports.ts';

const FOLDER = join(projectRoot(), 'migrations');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.sql'));

async function empty(engine: 'pglite' | 'postgres'): Promise<TestContext> {
  const ctx = await testContext({ engine });
  await ctx.db.query({ text: 'DROP SCHEMA bailee, keys CASCADE' });
  return ctx;
}

async function done(db: Database): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>({
    text: 'SELECT name FROM bailee.migration ORDER BY name',
  });
  return rows.map((row) => row.name);
}

/** The migrations, and more. */
async function withFiles(
  files: Record<string, string>,
  work: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bailee-test-'));
  try {
    cpSync(FOLDER, folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe.each(['pglite', 'postgres'] as const)('migrations, on %s', (engine) => {
  const absent = engine === 'postgres' && postgres === null;

  it('run once each, in order, and not again', async ({ skip }) => {
    if (absent) skip(POSTGRES_REASON);
    const { db } = await empty(engine);
    expect(await migrate(db)).toBe(FILES.length);
    expect(await migrate(db)).toBe(0);
    expect(await done(db)).toEqual([...FILES].sort());
    expect((await db.query({ text: 'SELECT FROM keys.data_key' })).rowCount).toBe(0);
  });

  it('add what came since, and take other files for no migration', async ({ skip }) => {
    if (absent) skip(POSTGRES_REASON);
    const { db } = await testContext({ engine });
    const files = {
      '0101_later.sql': 'INSERT INTO public.steps VALUES (2);',
      '0100_sooner.sql': 'CREATE TABLE public.steps (n integer); INSERT INTO public.steps VALUES (1);',
      'notes.sql': 'DROP SCHEMA keys CASCADE;',
      '0102_notes.txt': 'DROP SCHEMA keys CASCADE;',
    };
    await withFiles(files, async (folder) => {
      expect(await migrate(db, folder)).toBe(2);
      expect(await migrate(db, folder)).toBe(0);
    });
    expect((await db.query({ text: 'SELECT n FROM public.steps' })).rows).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('leave nothing behind when one of them fails', async ({ skip }) => {
    if (absent) skip(POSTGRES_REASON);
    const { db } = await empty(engine);
    const broken = { '0100_half.sql': 'CREATE TABLE public.half (n integer); SELECT missing;' };
    await withFiles(broken, async (folder) => {
      await expect(migrate(db, folder)).rejects.toMatchObject({ code: '42703' });
    });
    expect(await done(db)).toEqual([]);
    const { rows } = await db.query({
      text: "SELECT to_regclass('public.half') AS half, to_regclass('keys.epoch') AS keys",
    });
    expect(rows).toEqual([{ half: null, keys: null }]);
    expect(await migrate(db)).toBe(FILES.length);
  });

  it('refuse a database that a newer version made, and change nothing', async ({ skip }) => {
    if (absent) skip(POSTGRES_REASON);
    const { db } = await testContext({ engine });
    await db.query({ text: "INSERT INTO bailee.migration (name) VALUES ('9999_future.sql')" });
    await withFiles({ '0100_more.sql': 'CREATE TABLE public.more (n integer);' }, async (folder) => {
      await expect(migrate(db, folder)).rejects.toThrow(/newer Bailee/);
      await expect(migrate(db, folder)).rejects.toMatchObject({ code: 'invalid_configuration' });
    });
    expect(await done(db)).toEqual([...FILES, '9999_future.sql'].sort());
    expect((await db.query({ text: "SELECT to_regclass('public.more') AS more" })).rows).toEqual([
      { more: null },
    ]);
  });
});

describe('migrations of several nodes that start at one moment', () => {
  it('run once in all, and every node finds them done', async ({ skip }) => {
    if (postgres === null) skip(POSTGRES_REASON);
    for (let round = 0; round < 3; round += 1) {
      const { url } = await empty('postgres');
      const nodes = Array.from({ length: 8 }, () =>
        openDatabase({ engine: 'postgres', connectionString: url!, pool: 2 }),
      );
      const ran = await Promise.all(nodes.map((node) => migrate(node)));
      expect(ran.reduce((sum, count) => sum + count, 0)).toBe(FILES.length);
      expect(ran.filter((count) => count > 0)).toHaveLength(1);
      expect(await done(nodes[0]!)).toEqual([...FILES].sort());
      await Promise.all(nodes.map((node) => node.close()));
    }
  });
});
