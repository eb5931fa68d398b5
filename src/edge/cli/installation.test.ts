import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { eraseByEmail, isFound, shopOf } from '../../../test/kit/backup.ts';
import { POSTGRES_REASON, postgres, testDatabase } from '../../../test/kit/context.ts';
import { sequence } from '../../ledger/sequence.ts';
import type { App, Deps } from './command.ts';
import { runCli } from './run.ts';
import { removeRun, writeRun } from './run-file.ts';

let made: Awaited<ReturnType<typeof shopOf>>;
let out: string[];
let err: string[];
/** One installation for all of it, in this order, until it is destroyed. */
beforeAll(async () => {
  made = await shopOf(['ada', 'grace'], { engine: 'pglite' });
});

/** Runs a command on the installation of the test. */
async function bailee(...args: string[]): Promise<number> {
  [out, err] = [[], []];
  const { ctx } = made;
  const app = { ctx, stop: async () => void (await sequence(ctx)) } as unknown as App;
  const deps: Deps = {
    compose: async () => app,
    config: () => ctx.config,
    env: {},
    quietLog: () => ctx.log,
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    progress: () => undefined,
    exit: () => undefined,
  };
  return runCli(args, deps);
}

const said = () => [...out, ...err].join('\n');

describe('looking after an installation from the command line', () => {
  it('backs up, and brings back without whoever was erased since', async () => {
    const { ctx, shop, files } = made;
    const { data, keys } = files('shop');
    expect(await bailee('backup', '--data', data, '--keys', keys)).toBe(0);
    expect(said()).toContain('dies when epoch 1 is destroyed');
    expect(await bailee('backup', '--data', data, '--keys', keys)).toBe(1);
    expect(said()).toContain('conflict');
    await eraseByEmail(ctx, shop, 'ada');
    expect(await bailee('restore', '--data', data, '--keys', keys)).toBe(1);
    expect(said()).toContain('--force');
    expect(await bailee('restore', '--data', data, '--keys', keys, '--force', '--json')).toBe(0);
    expect(JSON.parse(out.join('\n'))).toMatchObject({ erasures: 1, log: 'continued', carriedOver: true });
    expect(await isFound(ctx, shop, 'ada')).toBe(false);
    expect(await isFound(ctx, shop, 'grace')).toBe(true);
  });

  it('never prints a key', async () => {
    const { data, keys } = made.files('quiet');
    await bailee('backup', '--data', data, '--keys', keys, '--json');
    const secret = readFileSync(made.ctx.config.keysFile, 'utf8');
    for (const key of Object.values((JSON.parse(secret) as { epochs: Record<string, string> }).epochs))
      expect(said()).not.toContain(key);
  });

  it('asks for what a command cannot do without', async () => {
    for (const args of [
      ['backup'],
      ['restore', '--data', 'x'],
      ['move'],
      ['rotate', 'now'],
      ['doctor', '--jsn'],
    ])
      expect(await bailee(...args), args.join(' ')).toBe(2);
    const empty = mkdtempSync(join(tmpdir(), 'bailee-test-'));
    const before = made;
    const { ctx } = made;
    made = { ...made, ctx: { ...ctx, config: { ...ctx.config, keysFile: join(empty, 'root.json') } } };
    expect(await bailee('restore', '--data', 'x', '--keys', 'y')).toBe(4);
    expect(existsSync(join(empty, 'root.json'))).toBe(false);
    made = before;
  });

  it.skipIf(postgres === null)(
    `moves a trial to PostgreSQL${postgres === null ? ` (${POSTGRES_REASON})` : ''}`,
    async () => {
      const target = await testDatabase('postgres');
      try {
        expect(await bailee('move', '--to', target.url!)).toBe(0);
        expect(said()).toContain('set DATABASE_URL');
        expect(await bailee('move', '--to', target.url!)).toBe(1);
      } finally {
        await target.close();
      }
    },
  );

  it('does not replace or destroy under a running server', async () => {
    const { data: folder } = made.ctx.config;
    writeRun(folder, { url: 'http://127.0.0.1:1', pid: process.pid, token: 'x' });
    const { data, keys } = made.files('shop');
    for (const args of [
      ['restore', '--data', data, '--keys', keys],
      ['destroy', '--yes-destroy-everything'],
      ['move', '--to', 'postgres://127.0.0.1/x'],
    ]) {
      expect(await bailee(...args)).toBe(3);
      expect(said()).toContain('Stop it');
    }
    removeRun(folder);
  });

  it('rotates, says that older key backups are dead, and refuses them from then on', async () => {
    const { data, keys } = made.files('old');
    await bailee('backup', '--data', data, '--keys', keys);
    expect(await bailee('rotate')).toBe(0);
    expect(said()).toContain('Key backups from before this rotation are dead');
    expect(await bailee('restore', '--data', data, '--keys', keys, '--force')).toBe(4);
    expect(said()).toContain('destroyed by a rotation');
  });

  it('examines: 0 when all holds, 1 when something does not', async () => {
    expect(await bailee('doctor')).toBe(0);
    expect(said()).toContain('key-backups');
    expect(await bailee('doctor', '--json')).toBe(0);
    expect(JSON.parse(out.join('\n'))).toMatchObject({ ok: true });
    await made.ctx.db.query({ text: "UPDATE bailee.ledger_entry SET leaf = '\\x00'" });
    expect(await bailee('doctor')).toBe(1);
    expect(said()).toContain('FAULT');
  });

  it('destroys only when told so in full, and lists what remains', async () => {
    expect(await bailee('destroy')).toBe(2);
    expect(existsSync(made.ctx.config.keysFile)).toBe(true);
    const path = join(made.ctx.folder, 'export');
    expect(await bailee('destroy', '--yes-destroy-everything', '--export', path)).toBe(0);
    expect(said()).toContain('What remains');
    expect(existsSync(made.ctx.config.keysFile)).toBe(false);
    expect(existsSync(path)).toBe(true);
  });
});
