import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emailOf, shopOf } from '../../test/kit/backup.ts';
import { environmentRoot } from '../keys/root-environment.ts';
import { destroyInstallation, removeFiles } from './destroy.ts';

async function schemas(ctx: Awaited<ReturnType<typeof shopOf>>['ctx']): Promise<string[]> {
  const { rows } = await ctx.db.query<{ name: string }>({
    text: "SELECT nspname AS name FROM pg_catalog.pg_namespace WHERE nspname IN ('bailee', 'keys', 'pgboss')",
  });
  return rows.map((row) => row.name);
}

describe('destroying an installation', () => {
  it('exports first, drops every table, shreds the key file, and says what remains', async () => {
    const { ctx, files } = await shopOf(['ada']);
    const key = readFileSync(ctx.config.keysFile, 'utf8');
    const path = files('export').data;
    const destroyed = await destroyInstallation(ctx, path);
    expect(destroyed.exported).toMatchObject({ customers: 1, orders: 1 });
    const lines = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => line.kind)).toEqual(['customer', 'order']);
    expect(lines[0].fields['contact.email']).toBe(emailOf('ada'));
    expect(await schemas(ctx)).toEqual([]);
    expect(existsSync(ctx.config.keysFile)).toBe(false);
    expect(key).toContain('epochs');
    const remains = destroyed.remains.join(' ');
    for (const word of ['key file', 'Backups', 'Checkpoints', 'Logs', 'export'])
      expect(remains).toContain(word);
    await destroyInstallation(ctx, null);
  });

  it('destroys nothing when the export cannot be written', async () => {
    const { ctx } = await shopOf(['ada']);
    const path = join(ctx.folder, 'there');
    writeFileSync(path, 'mine');
    await expect(destroyInstallation(ctx, path)).rejects.toMatchObject({ code: 'conflict' });
    expect((await schemas(ctx)).sort()).toEqual(['bailee', 'keys']);
    expect(existsSync(ctx.config.keysFile)).toBe(true);
  });

  it('tells that a root key from the environment is for the operator to destroy', async () => {
    const { ctx } = await shopOf([]);
    const root = environmentRoot(Buffer.alloc(32, 1), null);
    const { remains } = await destroyInstallation({ ...ctx, root }, null);
    expect(remains[0]).toContain('BAILEE_ROOT_KEY');
  });

  it('removes the trial and what a server left, and keeps the erasure journal', async () => {
    const { ctx } = await shopOf([]);
    const at = (name: string) => join(ctx.folder, name);
    mkdirSync(at('pg/base'), { recursive: true });
    for (const name of ['run.json', 'demo.json', 'pg/base/1', 'erasures.jsonl']) writeFileSync(at(name), 'x');
    const remains = await removeFiles(ctx.config);
    expect(['run.json', 'demo.json', 'pg', 'erasures.jsonl'].map((name) => existsSync(at(name)))).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect(remains.join()).toContain('journal');
  });
});
